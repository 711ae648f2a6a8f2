"""`timeline()`: one category day by day, with the columns that most readers want."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reported_losses.loading.arguments import text
from reported_losses.loading.computed import convert
from reported_losses.loading.day_table import ask, computed, descriptor, selected

if TYPE_CHECKING:
    import datetime as dt

SHOWN = (
    *("report_date", "total", "change", "change_mean_7"),
    *("evidence", "correction", "correction_kind", "correction_reason"),
)


def timeline(  # noqa: PLR0913 - one call, all of them by name
    category: str,
    *,
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    engine: str = "pandas",
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
) -> Any:
    """TODO."""
    asked = ask(
        text("category", category),
        reporter=reporter,
        subject=subject,
        engine=engine,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
    )
    columns = selected(computed(asked), asked)
    shown = {name: columns[name] for name in SHOWN}
    return convert(descriptor("timeline"), shown, asked.engine, index="report_date")
