"""A figure: what one reporter reported about one category on one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One figure of a reporter.

    Attributes:
        subject: Whose losses.
        category: Slug of the category.
        date: Day of the report.
        total: Cumulative total.
        url: Web address of the report; empty if the record does not give it.
        statuses: Pairs of status and number of items; empty if the reporter does not divide.
        note: What is unusual about the figure.
    """

    subject: str
    category: str
    date: dt.date
    total: int
    url: str = ""
    statuses: tuple[tuple[str, int], ...] = ()
    note: str = ""
