"""`statements.csv` of upstream, with our curated changes, as remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reported_losses.errors import nearest_first
from reported_losses.intake import curated_files
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.organisations import Organisations
from reported_losses.intake.statements.remark import Amount, Page, Remark, Speaker
from reported_losses.intake.text import text_rows, web_address
from reported_losses.intake.upstream_files import Location
from reported_losses.intake.upstream_values import optional_date, optional_figure

FILE = Path("statements.csv")
HEADER = tuple(
    "statement_id stated_on date_precision speaker speaker_role organisation side_of_speaker about "
    "topic measure rate basis subset value_low value_high qualifier period_start period_end "
    "summary source_title publisher url published_on language confidence notes".split()
)

MEASURES = {"personnel-losses": "personnel", "uav": "uavs"}
QUALIFIERS = {"exactly": "exact"}

# Notes that say that the page itself does not give the day.
_DAY_INFERRED = re.compile(
    r"stated_on|day (?!of the update quoted)(?!from the text)|said on a |over the weekend|"
    r"page (?:un)?dated|page carries no date|page header date|page gives \d"
)
# Notes that say that the page does not give the period.
_PERIOD_INFERRED = re.compile(
    r"period (?:end|start) (?:approximate|not)|period not stated|start not given"
)
# Notes that the tables say in another way.
_LEFT_OUT = {"non-quantitative"}
# Upstream's column names in notes, and the words for them.
_IN_WORDS = (
    ("stated_on is ", "day of the statement: "),
    ("stated_on", "day of the statement"),
    ("published_on", "day of publication"),
)


def read(
    folder: Path, organisations: Organisations, log: ImportLog, curated: Path = curated_files.FOLDER
) -> list[Remark]:
    """Read every remark.

    Args:
        folder: Folder of the upstream files.
        organisations: Who the speakers and organisations are.
        log: Takes what was split, and the changes that lapsed.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: The file does not have the known form; the message says where.
    """
    reader = _Reader(organisations, log, curated)
    remarks: list[Remark] = []
    seen: set[str] = set()
    for location, row in text_rows(folder / FILE, HEADER):
        if row["statement_id"] in seen:
            raise location.error(f"has {row['statement_id']!r}, which is in the file twice")
        seen.add(row["statement_id"])
        remarks += reader.remarks(location, row)
    return remarks


class _Reader:
    """Turns rows into remarks; holds the curated decisions about them."""

    def __init__(self, organisations: Organisations, log: ImportLog, curated: Path) -> None:
        self._organisations, self._log = organisations, log
        self._pages = _Pages(curated)
        changes, splits = (curated_files.rows(name, curated) for name in ("changes", "splits"))
        self._changes = curated_files.grouped(changes, "statement_id")
        self._splits = curated_files.grouped(splits, "statement_id")

    def remarks(self, location: Location, row: Mapping[str, str]) -> list[Remark]:
        """Return the remark of a row; none or several if a curated decision says so."""
        name = row["statement_id"]
        usual = {
            **row,
            "basis": _basis(row, self._organisations),
            "via": "",
            "left_out": "",
        }
        changes = self._changes.get((name,), ())
        changed = curated_files.with_changes(usual, changes, self._log.lapsed)
        if changed["left_out"]:
            self._log.left_out.append(f"{name}: {changed['left_out']}")
            return []
        splits = self._splits.get((name,), [])
        remarks = [self._remark(location, part) for part in _parts(changed, splits)]
        if splits:
            self._log.split.append(f"{name}: {splits[0]['reason']}")
        return remarks

    def _remark(self, location: Location, row: Mapping[str, str]) -> Remark:
        notes = [note.strip() for note in row["notes"].split(";") if note.strip()]
        inferred = row["date_precision"] == "inferred" or any(map(_DAY_INFERRED.match, notes))
        stated_on = optional_date(location, "stated_on", row["stated_on"])
        if stated_on is None:
            raise location.error("has no stated_on; a date was expected")
        if not row["summary"]:
            raise location.error("has no summary; one sentence was expected")
        speaker = _speaker(location, row, self._organisations)
        amount = _amount(location, row, inferred=inferred)
        published_inferred = any(note.startswith("published_on") for note in notes)
        return Remark(
            origin=row["statement_id"],
            speaker=speaker,
            stated_on=stated_on,
            precision="inferred" if inferred else row["date_precision"],
            subject=row["about"],
            topic=row["topic"],
            summary=row["summary"],
            page=self._pages.page(location, row, inferred=published_inferred),
            confidence=row["confidence"],
            amount=amount,
            notes=tuple(_in_words(note) for note in notes if note not in _LEFT_OUT),
        )


def _parts(row: Mapping[str, str], splits: list[dict[str, str]]) -> Iterator[Mapping[str, str]]:
    """Yield the row, or the rows that a curated decision splits it into."""
    if not splits:
        yield row
    for (part,), cells in sorted(curated_files.grouped(splits, "part").items()):
        new = {cell["column"]: cell["new"] for cell in cells}
        yield {**row, **new, "statement_id": f"{row['statement_id']}-{part}"}


class _Pages:
    """The pages that rows name, with the curated decisions about them."""

    def __init__(self, curated: Path) -> None:
        self._pages = curated_files.grouped(curated_files.rows("pages", curated), "url")
        names = curated_files.rows("publishers", curated)
        self._publishers = {row["as_written"]: (row["publisher"], row["note"]) for row in names}

    def page(self, location: Location, row: Mapping[str, str], *, inferred: bool) -> Page:
        """Return the page that a row names.

        Args:
            location: Row of the file, for messages.
            row: Cells `url`, `source_title`, `publisher`, `published_on`, `language`.
            inferred: Whether the day of publication was taken from the context.
        """
        publisher, note = self._publishers.get(row["publisher"], (row["publisher"], ""))
        cells = {**row, "publisher": publisher, "note": note}
        for change in self._pages.get((row["url"],), ()):
            cells[change["column"]] = change["new"]
        day = optional_date(location, "published_on", cells["published_on"])
        return Page(
            title=cells["source_title"],
            publisher=cells["publisher"],
            url=web_address(location, cells["url"]),
            published_on=day,
            published_on_precision=("inferred" if inferred else "day") if day else None,
            language=cells["language"] or None,
            note=cells["note"] or None,
            name=cells.get("name"),
        )


def _in_words(note: str) -> str:
    for column, words in _IN_WORDS:
        note = note.replace(column, words)
    return note


def _speaker(location: Location, row: Mapping[str, str], organisations: Organisations) -> Speaker:
    for column, known in (
        ("speaker", organisations.speakers),
        ("organisation", organisations.slugs),
    ):
        if row[column] not in known:
            near = nearest_first(row[column], known)[0]
            problem = f"has {column} = {row[column]!r}, which organisations.csv does not have"
            raise location.error(f"{problem}; the nearest it has is {near!r}")
    slug, name = organisations.speakers[row["speaker"]]
    # An organisation that speaks in its own name speaks for itself, not for its parent.
    own_name = slug in organisations.table
    organisation = slug if own_name else organisations.slugs[row["organisation"]]
    _, _, via = row["speaker"].partition(", via ")
    via = row["via"] or via
    return Speaker(slug, name, organisation, row["speaker_role"] or None, via or None)


def _amount(location: Location, row: Mapping[str, str], *, inferred: bool) -> Amount | None:
    if not row["measure"]:
        return None
    start = optional_date(location, "period_start", row["period_start"])
    end = optional_date(location, "period_end", row["period_end"])
    ends_on_inferred_day = inferred and end is not None and row["period_end"] == row["stated_on"]
    period_inferred = ends_on_inferred_day or _PERIOD_INFERRED.search(row["notes"])
    return Amount(
        measure=MEASURES.get(row["measure"], row["measure"]),
        rate=row["rate"] or "total",
        basis=row["basis"],
        qualifier=QUALIFIERS.get(row["qualifier"], row["qualifier"]),
        low=optional_figure(location, "value_low", row["value_low"]),
        high=optional_figure(location, "value_high", row["value_high"]),
        subset=row["subset"] or None,
        period_start=start,
        period_end=end,
        period_precision=("inferred" if period_inferred else "day") if start or end else None,
    )


def _basis(row: Mapping[str, str], organisations: Organisations) -> str:
    """Return what the figure rests on; a third party's figure of losses is an estimate."""
    default = organisations.basis.get(row["organisation"], "")
    if row["basis"] == "reported" and row["topic"] == "losses" and default == "estimated":
        return "estimated"
    return row["basis"]
