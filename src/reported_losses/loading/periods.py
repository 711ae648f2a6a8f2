"""`periods()`: sums by week, month, quarter or year, with the number of days that they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reported_losses.dataset.dates import day_number
from reported_losses.dataset.schema import Field, Table
from reported_losses.loading.arguments import choice
from reported_losses.loading.computed import column, convert
from reported_losses.loading.day_table import (
    Asked,
    ask,
    computed,
    descriptor,
    last_report,
    lives_of,
    selected,
)
from reported_losses.parsing.columns import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
STEPS = ("week", *_MONTHS)
# 1970-01-05 was a Monday.
_MONDAY = 4
_WEEK = 7


def periods(  # noqa: PLR0913 - one call, all of them by name
    category: str | Iterable[str] | None = None,
    *,
    every: str = "month",
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
) -> Any:
    """TODO."""
    step = choice("every", every, STEPS)
    asked = ask(
        category,
        reporter=reporter,
        subject=subject,
        engine=engine,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
    )
    everything = computed(asked)
    columns = selected(everything, asked)
    named = () if isinstance(category, str) else ("category",)
    made = _sums(columns, step, asked)
    shown = {name: one for name, one in made.items() if name in {*named, *_SUMS}}
    return convert(_descriptor(), shown, asked.engine)
