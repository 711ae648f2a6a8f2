"""One statement with its claims and its page, as rows of the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.schema import Package, Table
from reported_losses.errors import BadArgumentError, unknown_name
from reported_losses.intake.changes import Outcome, compare
from reported_losses.intake.pages import pages_of
from reported_losses.intake.statements.naming import free_name
from reported_losses.intake.tables import Row, read_rows
from reported_losses.intake.text import clean, is_latin, require_web_address, slug, web_address
from reported_losses.intake.upstream_files import Location

TABLES = ("sources", "statements", "claims")
FIGURE = "figure"
"""Key of a claim that stands for its low and high ends, as its qualifier asks."""

_LOW, _HIGH = (
    frozenset(("exact", "about", "more-than")),
    frozenset(("exact", "about", "up-to", "nearly")),
)
_USUAL = {"rate": "total", "basis": "reported", "qualifier": "exact"}
_OWN = ("statement", "claim", "recorded_on")
_BOTH = "both"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as its adder describes it; the names are those of the columns.

    Attributes:
        stated_on: Day of the statement.
        speaker: Who spoke.
        organisation: Slug of the body spoken for.
        summary: The statement in our own words.
        url: Address of the page.
        title: What the page is; not needed if `sources` has the address.
        publisher: Who published it; likewise.
        claims: Its figures: column to text.
        cells: Further cells of the statement.
        page: Further cells of the page, if it is new.
    """

    stated_on: dt.date
    speaker: str
    organisation: str
    summary: str
    url: str
    title: str
    publisher: str
    claims: Sequence[Mapping[str, str]]
    cells: Mapping[str, str]
    page: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewStatement(Outcome):
    """The tables with a statement added.

    Attributes:
        name: Name of the statement.
        source: Name of its page.
        is_new_speaker: Whether no statement had its speaker before.
    """

    name: str
    source: str
    is_new_speaker: bool


def add_statement(folder: Path, package: Package, said: Said, recorded_on: dt.date) -> NewStatement:
    """Compute the tables with a statement added; nothing is written to files.

    Args:
        folder: Package folder; nothing in it is changed.
        package: Its descriptor.
        said: The statement.
        recorded_on: Day given to new rows.

    Raises:
        UnknownNameError: There is no such organisation, column or value.
        BadArgumentError: The statement is held already, or the page is new and not described.
        UpstreamError: A text has markup, or an address is none.
        DataError: A table cannot be read.
    """
    old = {name: read_rows(folder, package.table(name)) for name in (*TABLES, "organisations")}
    known = {row["organisation"] for row in old.pop("organisations")}
    if said.organisation not in known:
        remark = "A body that is new gets a row in data/organisations.csv first."
        raise unknown_name("organisation", said.organisation, known, remark=remark)
    _refuse(said, recorded_on)
    page, is_new = _page(old["sources"], said, recorded_on)
    name = _name(old["statements"], said, page)
    today = recorded_on.isoformat()
    claims = [
        _claim(package.table("claims"), cells, said)
        | {"statement": name, "claim": str(number), "recorded_on": today}
        for number, cells in enumerate(said.claims, 1)
    ]
    statement = _statement(package.table("statements"), said, claims) | {
        "statement": name,
        "source": page["source"],
        "recorded_on": today,
    }
    new = {
        "sources": [*old["sources"], page] if is_new else old["sources"],
        "statements": [*old["statements"], statement],
        "claims": [*old["claims"], *claims],
    }
    speakers = {row["speaker"] for row in old["statements"]}
    changes = compare(package, old, new)
    return NewStatement(
        package, new, changes, name, page["source"], statement["speaker"] not in speakers
    )


def _refuse(said: Said, recorded_on: dt.date) -> None:
    """Refuse a day to come, and a speaker after whom no statement can be named."""
    if said.stated_on > recorded_on:
        raise BadArgumentError(
            f"the statement is of {said.stated_on}, after {recorded_on}, the day on which it is "
            "recorded"
        )
    for name, text in (("speaker", said.speaker), ("publisher", said.publisher)):
        if text.strip() and not is_latin(text):
            raise BadArgumentError(
                f"{name} {text!r} is not in Latin letters: write it as English texts do; "
                "statements and pages are named after it"
            )


def _text(column: str, text: str) -> str:
    return clean(Location(Path(f"--{column.replace('_', '-')}")), column, text)


def _page(sources: Sequence[Row], said: Said, read_on: dt.date) -> tuple[Row, bool]:
    """Return the row of the page, and whether it is new."""
    where = Location(Path("--url"))
    require_web_address(where, said.url)
    url = web_address(where, said.url) or ""
    names = {row["source"]: row for row in sources}
    known = pages_of(sources).get(url)
    if known is not None:
        return names[known], False
    missing = [name for name in ("title", "publisher") if not getattr(said, name).strip()]
    if missing:
        raise BadArgumentError(
            f"the page {url} is new: describe it", remedy=(missing[0], f"THE {missing[0].upper()}")
        )
    publisher = _text("publisher", said.publisher)
    day = said.page.get("published_on") or said.stated_on.isoformat()
    row = dict.fromkeys(next(iter(sources), {}), "") | {
        name: _text(name, text) for name, text in said.page.items() if text
    }
    return row | {
        "source": free_name(f"{slug(publisher)}-{day}", names),
        "title": _text("title", said.title),
        "publisher": publisher,
        "url": url,
        "accessed_on": read_on.isoformat(),
        "published_on_precision": "day" if row.get("published_on") else "",
    }, True


def _name(statements: Sequence[Row], said: Said, page: Row) -> str:
    """Return the name of the statement; refuse one that is held."""
    day = said.stated_on.isoformat()
    for row in statements:
        if (row["stated_on"], row["speaker"], row["source"]) == (
            day,
            said.speaker.strip(),
            page["source"],
        ):
            raise BadArgumentError(f"this statement is held already: {row['statement']}")
    held = {row["statement"] for row in statements}
    return free_name(f"{day}-{slug(said.speaker)}-{slug(page['publisher'])}", held)


def _statement(table: Table, said: Said, claims: Sequence[Row]) -> Row:
    subjects = {_BOTH if row["measure"] == "loss-ratio" else row["subject"] for row in claims}
    about = subjects.pop() if len(subjects) == 1 else _BOTH
    cells = {
        "stated_on": said.stated_on.isoformat(),
        "stated_on_precision": "day",
        "speaker": said.speaker,
        "organisation": said.organisation,
        "about": about,
        "topic": "losses" if claims else "assessment",
        "summary": said.summary,
        "confidence": "high",
    } | {name: text for name, text in said.cells.items() if text}
    return _row(table, cells)


def _claim(table: Table, given: Mapping[str, str], said: Said) -> Row:
    """Return the cells of a claim."""
    cells = _USUAL | {"confidence": said.cells.get("confidence") or "high"} | dict(given)
    for name in cells:
        if name in _OWN or name not in {*table.names, FIGURE}:
            keys = [FIGURE, *(one for one in table.names if one not in _OWN)]
            raise unknown_name("key of a claim", name, keys)
    for name in ("subject", "measure"):
        if not cells.get(name):
            raise BadArgumentError(f"a claim has no {name}: add {name}=…")
    figure = cells.pop(FIGURE, "")
    if figure:
        ends = (("low", _LOW), ("high", _HIGH))
        cells |= {end: figure for end, kinds in ends if cells["qualifier"] in kinds}
    if (cells.get("period_start") or cells.get("period_end")) and "period_precision" not in cells:
        cells["period_precision"] = "day"
    return _row(table, cells)


def _row(table: Table, cells: Mapping[str, str]) -> Row:
    """Return a row; a value that its column does not list is refused with the nearest ones."""
    row = dict.fromkeys(table.names, "")
    for name, text in cells.items():
        known = table.field(name).enum
        if known is not None and text not in known:
            raise unknown_name(f"{table.name}.{name}", text, map(str, known))
        row[name] = _text(name, text)
    return row
