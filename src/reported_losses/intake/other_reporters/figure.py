"""A figure: what one record says that a reporter reported about one category on one day."""

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
        record: Slug of the record that holds it.
        url: Web address of the report; empty if the record does not give it.
        page: Web address of the page on which the figure was read, in a record that consists of
            pages; empty otherwise.
        precision: How the day is known: `day` or `inferred`.
        qualifier: How the record hedges the total; empty if it does not say.
        statuses: Pairs of status and number of items; empty if the reporter does not divide.
        note: What is unusual about the figure.
    """

    subject: str
    category: str
    date: dt.date
    total: int
    record: str
    url: str = ""
    page: str = ""
    precision: str = "day"
    qualifier: str = ""
    statuses: tuple[tuple[str, int], ...] = ()
    note: str = ""
