"""What `CONTENTS.json` says of a table: its rows, the digest of its values, and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reported_losses.definition.contents import TableEntry

if TYPE_CHECKING:
    import pyarrow as pa

_REPORTER, _DAY = "reporter", "report_date"


def table_entry(data: pa.Table, logical: str) -> TableEntry:
    """Return what is said of a table.

    Args:
        data: The table.
        logical: Digest of its values.

    >>> import pyarrow as pa
    >>> table_entry(pa.table({"reporter": ["oryx"], "report_date": ["2022-03-01"]}), "").days
    {'oryx': ('2022-03-01', '2022-03-01')}
    """
    days: dict[str, tuple[Any, Any]] = {}
    if {_REPORTER, _DAY} <= set(data.column_names):
        for reporter, day in set(
            zip(data[_REPORTER].to_pylist(), data[_DAY].to_pylist(), strict=True)
        ):
            first, last = days.get(reporter, (day, day))
            days[reporter] = min(first, day), max(last, day)
    return TableEntry(
        data.num_rows,
        logical,
        {name: (str(first)[:10], str(last)[:10]) for name, (first, last) in sorted(days.items())},
    )
