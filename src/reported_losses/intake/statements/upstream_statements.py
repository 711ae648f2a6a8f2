"""`statements.csv` of upstream, with our curated changes: what was said."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reported_losses.errors import nearest_first
from reported_losses.intake import curated_files, upstream
from reported_losses.intake import text as prose
from reported_losses.intake.statements.categories import linked, relinked
from reported_losses.intake.statements.import_log import Log
from reported_losses.intake.statements.organisations import Bodies
from reported_losses.intake.statements.statement import Amount, Page, Said, Speaker

FILE = Path("statements.csv")
HEADER = tuple(
    "statement_id stated_on date_precision speaker speaker_role organisation side_of_speaker about "
    "topic measure rate basis subset value_low value_high qualifier period_start period_end "
    "summary source_title publisher url published_on language confidence notes".split()
)

MEASURES = {"personnel-losses": "personnel", "uav": "uavs"}
QUALIFIERS = {"exactly": "exact"}

# How a note says that the page itself does not give the day.
_DAY = re.compile(
    r"stated_on|day (?!of the update quoted)(?!from the text)|said on a |over the weekend|"
    r"page (?:un)?dated|page carries no date|page header date|page gives \d"
)
_PERIOD = re.compile(r"period (?:end|start) (?:approximate|not)|period not stated|start not given")
_SILENT = {"non-quantitative"}
_IN_WORDS = (
    ("stated_on is ", "day of the statement: "),
    ("stated_on", "day of the statement"),
    ("published_on", "day of publication"),
)


def read(
    folder: Path, bodies: Bodies, log: Log, curated: Path = curated_files.FOLDER
) -> list[Said]:
    """Read every figure and remark.

    Args:
        folder: Folder of the upstream files.
        bodies: Who the speakers and organisations are.
        log: Takes what was split, and the changes that lapsed.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: The file is not in the form known; the message gives the place.
    """
    path, seen = folder / FILE, set()
    changes = curated_files.by(("statement_id",), curated_files.rows("changes", curated))
    splits = curated_files.by(("statement_id",), curated_files.rows("splits", curated))
    links = {row["statement_id"]: row for row in curated_files.rows("links", curated)}
    places = {row["statement_id"]: row["place"] for row in curated_files.rows("places", curated)}
    pages = Pages(path, curated)
    said: list[Said] = []
    for place, row in prose.rows(path, HEADER):
        key = (row["statement_id"],)
        if key in seen:
            raise upstream.fault(path, place, f"has {key[0]!r}, which stands twice in the file")
        seen.add(key)
        usual = {**row, "basis": _basis(row, bodies), "place": places.get(key[0], "")}
        changed = curated_files.changed(usual, changes.get(key, ()), log.lapsed)
        parts = _parts(changed, splits.get(key, []))
        figures = [_said(path, place, part, bodies, pages) for part in parts]
        said += [relinked(one, links[key[0]]) for one in figures] if key[0] in links else figures
        if key in splits:
            log.split.append(f"{key[0]}: {splits[key][0]['reason']}")
    return said


def _parts(row: Mapping[str, str], splits: list[dict[str, str]]) -> Iterator[Mapping[str, str]]:
    """Yield the row, or the rows a curated decision divides it into."""
    if not splits:
        yield row
    for (part,), cells in sorted(curated_files.by(("part",), splits).items()):
        new = {cell["column"]: cell["new"] for cell in cells}
        yield {**row, **new, "statement_id": f"{row['statement_id']}-{part}"}


class Pages:
    """The pages of one upstream file, mended by the curated ones."""

    def __init__(self, path: Path, curated: Path) -> None:
        self._path = path
        self._pages = curated_files.by(("url",), curated_files.rows("pages", curated))
        names = curated_files.rows("publishers", curated)
        self._publishers = {row["as_written"]: (row["publisher"], row["note"]) for row in names}

    def page(self, place: str, row: Mapping[str, str], *, inferred: bool) -> Page:
        """Return the page a row names.

        Args:
            place: Place of the row, for messages.
            row: Cells `url`, `source_title`, `publisher`, `published_on`, `language`.
            inferred: Whether the day of publication was taken from the context.
        """
        publisher, note = self._publishers.get(row["publisher"], (row["publisher"], ""))
        cells = {**row, "publisher": publisher, "note": note}
        for change in self._pages.get((row["url"],), ()):
            cells[change["column"]] = change["new"]
        day = date(self._path, place, "published_on", cells["published_on"])
        return Page(
            title=cells["source_title"],
            publisher=cells["publisher"],
            url=prose.address(self._path, place, cells["url"]),
            published_on=day,
            published_on_precision=("inferred" if inferred else "day") if day else None,
            language=cells["language"] or None,
            note=cells["note"] or None,
            name=cells.get("name"),
        )


def _said(path: Path, place: str, row: Mapping[str, str], bodies: Bodies, pages: Pages) -> Said:
    notes = [note.strip() for note in row["notes"].split(";") if note.strip()]
    inferred = row["date_precision"] == "inferred" or any(_DAY.match(note) for note in notes)
    stated_on = date(path, place, "stated_on", row["stated_on"])
    if stated_on is None:
        raise upstream.fault(path, place, "has no stated_on; a date was expected")
    if not row["summary"]:
        raise upstream.fault(path, place, "has no summary; one sentence was expected")
    speaker = _speaker(path, place, row, bodies)
    amount = _amount(path, place, row, inferred=inferred)
    published_inferred = any(note.startswith("published_on") for note in notes)
    return Said(
        origin=row["statement_id"],
        speaker=speaker,
        stated_on=stated_on,
        precision="inferred" if inferred else "day",
        subject=row["about"],
        topic=row["topic"],
        summary=row["summary"],
        page=pages.page(place, row, inferred=published_inferred),
        confidence=row["confidence"],
        amount=amount and linked(amount, row["about"], speaker.organisation, stated_on),
        notes=tuple(_in_words(note) for note in notes if note not in _SILENT),
    )


def _in_words(note: str) -> str:
    for jargon, words in _IN_WORDS:
        note = note.replace(jargon, words)
    return note


def _speaker(path: Path, place: str, row: Mapping[str, str], bodies: Bodies) -> Speaker:
    for column, known in (("speaker", bodies.speakers), ("organisation", bodies.organisations)):
        if row[column] not in known:
            near = nearest_first(row[column], known)[0]
            problem = f"has {column} = {row[column]!r}, which organisations.csv does not have"
            raise upstream.fault(path, place, f"{problem}; the nearest it has is {near!r}")
    slug, name = bodies.speakers[row["speaker"]]
    # A body that speaks in its own name speaks for itself, not for what it is part of.
    organisation = slug if slug in bodies.table else bodies.organisations[row["organisation"]]
    _, _, via = row["speaker"].partition(", via ")
    return Speaker(slug, name, organisation, row["speaker_role"] or None, via or None)


def _amount(path: Path, place: str, row: Mapping[str, str], *, inferred: bool) -> Amount | None:
    if not row["measure"]:
        return None
    start = date(path, place, "period_start", row["period_start"])
    end = date(path, place, "period_end", row["period_end"])
    open_day = inferred and end is not None and row["period_end"] == row["stated_on"]
    unsure = open_day or _PERIOD.search(row["notes"])
    measure = MEASURES.get(row["measure"], row["measure"])
    return Amount(
        measure=measure,
        rate=row["rate"] or "total",
        basis=row["basis"],
        qualifier=QUALIFIERS.get(row["qualifier"], row["qualifier"]),
        low=number(path, place, "value_low", row["value_low"]),
        high=number(path, place, "value_high", row["value_high"]),
        subset=row["subset"] or None,
        place=row["place"] or None,
        period_start=start,
        period_end=end,
        period_precision=("inferred" if unsure else "day") if start or end else None,
    )


def _basis(row: Mapping[str, str], bodies: Bodies) -> str:
    """Return what the figure rests on; what others say of a war they are not in is an estimate."""
    default = bodies.basis.get(row["organisation"], "")
    if row["basis"] == "reported" and row["topic"] == "losses" and default == "estimated":
        return "estimated"
    return row["basis"]


def date(path: Path, place: str, column: str, text: str) -> dt.date | None:
    """Read a date YYYY-MM-DD, or nothing."""
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        problem = f"has {column} = {text!r} where a date YYYY-MM-DD that exists was expected"
        raise upstream.fault(path, place, problem)
    return day


def number(path: Path, place: str, column: str, text: str) -> str | None:
    """Read a figure that may have a decimal point and thousands separated by commas."""
    if not text:
        return None
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text
    if not re.fullmatch(r"0|[1-9]\d{0,8}(\.\d*[1-9])?", plain):
        raise upstream.fault(path, place, f"has {column} = {text!r} where a figure was expected")
    return plain
