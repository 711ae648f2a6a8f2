"""The record `gs-quoted`: the report of the day as news pages quote it, read by us, CSV.

Each reading names the page. Every page is described in `sources` beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.intake.general_staff.russianwarship import CATEGORIES
from reported_losses.intake.pages import source_of
from reported_losses.intake.text import text_rows, web_address
from reported_losses.intake.upstream_files import Location
from reported_losses.intake.upstream_values import optional_count, report_date

RECORD = "gs-quoted"
FILE = Path("news-quotations", "general_staff.csv")
HEADER = ("report_date", "category", "total", "increment", "url", "checked", "note")
CHECKED = ("once", "twice")
# The source of what was read in a text without an address.
UNLINKED = "gs-quoted-unlinked"


@dataclass(frozen=True, slots=True)
class _Quote:
    location: Location
    reading: Reading
    twice: bool


def read(folder: Path, pages: Mapping[str, str]) -> list[Reading]:
    """Read the record.

    Two pages that agree on a cell are one reading: of the page that was read twice, or else of
    the first.

    Args:
        folder: Folder of the upstream records.
        pages: Slug of the source of each page, by web address.

    Returns:
        Readings, in file order.

    Raises:
        UpstreamError: The file does not have the form described here, or two pages differ.
        DataError: A page is not described in `sources`.
    """
    quotes: dict[Cell, _Quote] = {}
    for quote in _quotes(folder / FILE, pages):
        cell = quote.reading.cell
        quotes[cell] = _merged(quotes[cell], quote) if cell in quotes else quote
    if not quotes:
        raise Location(folder / FILE).error("holds no figures")
    return [quote.reading for quote in quotes.values()]


def _quotes(path: Path, pages: Mapping[str, str]) -> Iterator[_Quote]:
    for location, row in text_rows(path, HEADER):
        date = report_date(location, row["report_date"])
        at = location.at(date)
        category = row["category"]
        if category not in CATEGORIES:
            raise at.error(f"has the unknown category {category!r}")
        if row["checked"] not in CHECKED:
            raise at.error(f"has checked = {row['checked']!r}; {' or '.join(CHECKED)} was expected")
        total = optional_count(at, "total", row["total"])
        increment = optional_count(at, "increment", row["increment"])
        if total is None and increment is None:
            raise at.error("has neither a total nor an increment")
        yield _Quote(
            at,
            Reading(
                RECORD,
                Cell(category, date),
                total,
                increment,
                source=_source(at, row["url"], pages),
                note=row["note"] or None,
            ),
            row["checked"] == "twice",
        )


def _source(location: Location, url: str, pages: Mapping[str, str]) -> str:
    address = web_address(location, url)
    return UNLINKED if address is None else source_of(address, pages)


def _merged(one: _Quote, other: _Quote) -> _Quote:
    """Return two quotes of one cell as one."""
    first, second = one.reading, other.reading
    if first.source == second.source:
        raise other.location.error(f"{first.cell.category} is in the file twice for this page")
    for name in ("total", "increment"):
        here, there = getattr(first, name), getattr(second, name)
        if here is not None and there is not None and here != there:
            problem = f"has {first.cell.category} {name} {there}; another page has {here}"
            raise other.location.error(problem)
    kept = other if other.twice and not one.twice else one
    total = first.total if first.total is not None else second.total
    increment = first.increment if first.increment is not None else second.increment
    also = second.source if kept is one else first.source
    note = f"{kept.reading.note}; also on {also}" if kept.reading.note else f"Also on {also}."
    return replace(kept, reading=replace(kept.reading, total=total, increment=increment, note=note))
