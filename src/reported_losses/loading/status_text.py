"""The status of the dataset as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reported_losses.loading.describe_category import numbers, wrapped

if TYPE_CHECKING:
    import datetime as dt

    from reported_losses.loading.status import ReporterStatus, Status


def lines(found: Status) -> Iterator[str]:
    """Give the lines that a status prints as."""
    today = f"; today is {found.today}" if found.today else ""
    yield f"data version {found.version}{today}"
    for one in found.reporters:
        yield ""
        yield f"{one.reporter} on the losses of {one.subject}"
        yield f"  last report: {one.last_report}{_age(one)}"
        yield f"  {one.report_days:,} report days since {one.first_report}{_holes(one)}"
        yield f"  {one.figures:,} figures: {numbers(one.evidence)}"
        yield from wrapped(_increments(one))
        for category, day in one.behind.items():
            yield f"  {category}: no figure since {day}"


def _age(one: ReporterStatus) -> str:
    if one.days_since is None:
        return ""
    number = abs(one.days_since)
    words = f"{number:,} {'day' if number == 1 else 'days'}"
    return f", {words} {'ago' if one.days_since >= 0 else 'ahead'}"


def _holes(one: ReporterStatus) -> str:
    if not one.daily:
        return ", at irregular intervals"
    if not one.gaps:
        return ", none missing"
    gaps = (str(first) if first == last else f"{first} to {last}" for first, last in one.gaps)
    return f", {one.gap_days:,} missing: {', '.join(gaps)}"


def _increments(one: ReporterStatus) -> str:
    """Say until when there are increments, and of which categories."""
    if not one.increments:
        return "increments: none"
    by_day: dict[dt.date, list[str]] = {}
    for category, day in one.last_increments.items():
        by_day.setdefault(day, []).append(category)
    last = "; ".join(f"{day} {', '.join(by_day[day])}" for day in sorted(by_day, reverse=True))
    years = ", ".join(f"{year} {days}" for year, days in one.increment_days.items())
    return (
        f"increments on {sum(one.increment_days.values()):,} days ({years}), "
        f"of every category last on {one.last_full_increments or 'none'}; "
        f"the last of each: {last}"
    )
