"""What a person should know of a report that is added, beyond what changes in the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from reported_losses.intake.general_staff.readings import REPORTER, Reading
from reported_losses.intake.report_gaps import declared
from reported_losses.intake.tables import Row

_Tables = Mapping[str, Sequence[Row]]


def notes(  # noqa: PLR0913, PLR0917 - what is added, and where
    old: _Tables, new: _Tables, record: Row, page: Row, made: Sequence[Reading], day: dt.date
) -> Iterator[str]:
    """Say which gaps are declared, whether figures follow, and what became of the address.

    Args:
        old: The tables as they are.
        new: The tables with the report.
        record: Row of the record that the report belongs to.
        page: Row of `sources` of its page.
        made: Readings that the report adds or changes.
        day: Day of the report.

    Yields:
        Lines of words.
    """
    yield from declared(old["series"], new["series"])
    counts = record["votes"] == "true"
    if made and not counts and not _has_figures(new, day):
        yield (
            f"No figure of {day} follows: the record {record['record']} does not vote on totals, "
            "because pages that quote the report slip. Add the report with the address of the "
            "ministry's page or of the General Staff's own post."
        )
    if made and counts and not page["url"]:
        yield (
            "No address is given. The figures count all the same as read from the reporter's own "
            f"publication ({record['record']}): nobody can look there. Add the report again with "
            "--url to say where it was published."
        )
    if page["url"] and not any(row["url"] == page["url"] for row in _pages(new)):
        yield (
            f"{page['url']} is not written down: the report is held already, and its readings and "
            "its row of reports name other pages."
        )


def _pages(tables: _Tables) -> Iterator[Row]:
    yield from tables["sources"]
    yield from tables["reports"]


def _has_figures(new: _Tables, day: dt.date) -> bool:
    text = day.isoformat()
    return any(
        row["reporter"] == REPORTER and row["report_date"] == text for row in new["loss_counts"]
    )
