"""The UK Ministry of Defence's average numbers of Russian casualties a day, by month.

The ministry publishes them as charts in posts on X. They follow the General Staff's totals
and are not independent of them.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake.general_staff.readings import REPORTER as GENERAL_STAFF
from reported_losses.intake.statements.remark import Amount, Page, Remark, Speaker
from reported_losses.intake.text import date_in, text_rows, web_address
from reported_losses.intake.upstream_values import optional_figure

FILE = Path("estimates", "uk_mod_monthly.csv")
AVERAGE = "casualties (average daily losses)"
HEADER = (
    "month",
    "year",
    AVERAGE,
    "days in month",
    "casualties in month",
    "cumulative casualties",
    "date (at beginning of next month)",
    "source",
    "source_url",
    "note",
)
SPEAKER = Speaker(
    "uk-mod", "UK Ministry of Defence", "uk-mod", "defence ministry intelligence update"
)
NOTES = (
    "day taken from the number of the post",
    "tracks the General Staff's figures and is not independent of them",
)
# These numbers are wrong: a spreadsheet counted the number of one post up, row by row.
DRAGGED = range(1918563185390502174, 1918563185390502177)
POST = 1918563185390502173

# The summary of a chart lists at most so many months one by one.
_LISTED = 6
_MONTHS = {name.lower(): month for month, name in enumerate(calendar.month_name) if name}


def read(folder: Path) -> Iterator[Remark]:
    """Yield the average of each month.

    Raises:
        UpstreamError: The file does not have the known form; the message says where.
    """
    remarks = list(_averages(folder / FILE))
    posts: dict[str, list[Remark]] = {}
    for remark in remarks:
        posts.setdefault(remark.page.key, []).append(remark)
    for remark in remarks:
        summary = _summary([one.amount for one in posts[remark.page.key] if one.amount])
        yield dataclasses.replace(remark, summary=summary)


def _averages(path: Path) -> Iterator[Remark]:
    """Yield the average of each month, its summary still empty."""
    seen: set[dt.date] = set()
    for location, row in text_rows(path, HEADER):
        if row["month"] not in _MONTHS or not re.fullmatch(r"20\d\d", row["year"]):
            raise location.error(f"has no month: {row['month']!r} {row['year']!r}")
        first = dt.date(int(row["year"]), _MONTHS[row["month"]], 1)
        if first in seen:
            raise location.error(f"gives the average of {first:%Y-%m} a second time")
        seen.add(first)
        average = optional_figure(location, AVERAGE, row[AVERAGE])
        address = web_address(location, _post(row["source_url"]))
        stated_on = date_in(address or "")
        if average is None or address is None or stated_on is None:
            raise location.error("has no average, or no post to take the day from")
        yield Remark(
            origin=f"uk-mod-average-{first:%Y-%m}",
            speaker=SPEAKER,
            stated_on=stated_on,
            precision="inferred",
            subject="russia",
            topic="losses",
            summary="",
            page=_page(address, stated_on),
            confidence="medium",
            amount=_amount(first, average),
            notes=NOTES,
        )


def _post(address: str) -> str:
    return re.sub(
        r"(?<=/status/)\d+",
        lambda found: str(POST) if int(found[0]) in DRAGGED else found[0],
        address,
    )


def _amount(first: dt.date, average: str) -> Amount:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Amount(
        measure="killed-or-wounded",
        rate="per-day",
        basis="reported",
        qualifier="exact",
        low=average,
        high=average,
        period_start=first,
        period_end=last,
        period_precision="day",
        derived_from=GENERAL_STAFF,
    )


def _summary(averages: list[Amount]) -> str:
    """Write the summary of a chart: every month of a short one, the range of a long one."""
    months = sorted((one.period_start or dt.date.min, one.low or "") for one in averages)
    first, last = months[0], months[-1]
    chart = "In a chart, the UK Ministry of Defence gave the average number of Russian casualties"
    if len(months) > _LISTED:
        lowest, highest = (f(months, key=lambda month: int(month[1])) for f in (min, max))
        return (
            f"{chart} a day for {len(months)} months from {_month(first)} to {_month(last)}: the "
            f"lowest was {_count(lowest)} in {_month(lowest)}, the highest {_count(highest)} in "
            f"{_month(highest)}."
        )
    *others, end = [f"{_count(month)} in {_month(month)}" for month in months]
    listed = f"{', '.join(others)} and {end}" if others else end
    return f"{chart} a day: {listed}."


def _month(month: tuple[dt.date, str]) -> str:
    day = month[0]
    return f"{calendar.month_name[day.month]} {day.year}"


def _count(month: tuple[dt.date, str]) -> str:
    return f"{int(month[1]):,}"


def _page(address: str, stated_on: dt.date) -> Page:
    return Page(
        title="Chart of Russian casualties by month",
        publisher="UK Ministry of Defence",
        url=address,
        published_on=stated_on,
        published_on_precision="inferred",
        language="en",
        note="a post on X, named in The Economist's list of estimates",
    )
