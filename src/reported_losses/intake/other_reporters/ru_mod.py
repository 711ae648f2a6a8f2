"""The Russian Ministry of Defence's totals of Ukrainian losses: briefings, then pages.

`curated/ru_mod_cells.csv` holds what comparing the parsed figures with the texts of the briefings
and with the pages showed: figures that are the keeper's and not the text's, figures of another
category, hedges, and what a reader should know of a figure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from reported_losses.intake import curated_files
from reported_losses.intake.other_reporters import ru_mod_briefings, ru_mod_pages
from reported_losses.intake.other_reporters.figure import Figure
from reported_losses.intake.other_reporters.upstream import Upstream
from reported_losses.intake.upstream_files import Location
from reported_losses.parsing.intervals import days_between

REPORTER = "ru-mod"
DECISIONS = "ru_mod_cells"
DECIDED = ("record", "category", "qualifier", "note")


def read(upstream: Upstream) -> list[Figure]:
    """Read both files and apply the curated decisions.

    Returns:
        Figures in order, one for each category and day.

    Raises:
        UpstreamError: A file does not have the known form, both have a figure of one category
            and day, or a decision does not fit; the message says where.
    """
    briefings, quoted = ru_mod_briefings.read(upstream), ru_mod_pages.read(upstream)
    held = {(figure.category, figure.date) for figure in briefings}
    for figure in quoted:
        if (figure.category, figure.date) in held:
            problem = f"has {figure.category} of {figure.date}, which the briefings have as well"
            place = Location(upstream.folder / ru_mod_pages.FILE)
            raise place.error(f"{problem}: nothing decides between the two yet")
    return sorted(_decided(briefings + quoted, upstream.curated))


def gaps(own: set[dt.date], subject: set[dt.date]) -> Iterable[dt.date]:
    """Return the days to declare as gaps of a series: those without a figure.

    They reach to the last report of the ministry, whatever it named: a total that a report does
    not repeat is not known to stand.

    Args:
        own: Days of the series.
        subject: Days on which any series of the same subject has a figure.
    """
    return set(days_between(min(own), max(subject))) - own


def _decided(figures: Iterable[Figure], curated: Path) -> list[Figure]:
    rows = curated_files.rows(DECISIONS, curated)
    decisions = curated_files.grouped(rows, "category", "date")
    place = Location(curated / f"{DECISIONS}.csv")
    return [
        _with(figure, decisions.get((figure.category, str(figure.date)), ()), place)
        for figure in figures
    ]


def _with(figure: Figure, decisions: Sequence[dict[str, str]], place: Location) -> Figure:
    """Return a figure as decisions change it; a decision about another total is refused."""
    new: dict[str, str] = {}
    for row in decisions:
        cell = f"{row['category']} of {row['date']}"
        if row["total"] != str(figure.total):
            problem = f"decides about {cell} = {row['total']}, and upstream has {figure.total}"
            raise place.error(f"{problem}: look at it again")
        if row["column"] not in DECIDED:
            problem = f"names the column {row['column']!r} for {cell}"
            raise place.error(f"{problem}; known are {', '.join(DECIDED)}")
        new[row["column"]] = row["new"]
    return replace(
        figure,
        record=new.get("record", figure.record),
        category=new.get("category", figure.category),
        qualifier=new.get("qualifier", figure.qualifier),
        note=new.get("note", figure.note),
    )
