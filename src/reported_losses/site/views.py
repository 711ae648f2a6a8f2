"""The views that the explorer offers by default, as CSV and JSON files for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reported_losses.loading.claims import claims
from reported_losses.loading.compare import PERSONNEL, compare
from reported_losses.loading.computed import arrow_table
from reported_losses.loading.day_table import computed, descriptor, reported
from reported_losses.loading.export import csv_bytes, json_bytes
from reported_losses.site.compare_data import compared
from reported_losses.site.series_data import Key, asked_of, reporters

if TYPE_CHECKING:
    import pyarrow as pa

_SHOWN = (
    *("report_date", "total", "change", "change_mean_7", "increment", "increment_mean_7"),
    *("evidence", "correction", "correction_kind", "correction_reason"),
)


def view_files() -> Mapping[str, bytes]:
    """Return the files of all views.

    Returns:
        From path to bytes, a `.csv` and a `.json` of each view:

        - `views/<reporter>_<subject>_<category>`: one row per report of a series.
        - `views/beside_<subject>_<category>`: what `compare` gives for every day.
        - `views/statements`: what `claims` gives.
        - `views/latest`: the last row of each series.
    """
    return {
        f"views/{name}.{form}": write(data)
        for name, data in _views()
        for form, write in (("csv", csv_bytes), ("json", json_bytes))
    }


def view_name(key: Key) -> str:
    """Return the name of the view of a series.

    >>> view_name(("oryx", "ukraine", "tanks"))
    'oryx_ukraine_tanks'
    """
    return "_".join(key)


def _views() -> Iterator[tuple[str, pa.Table]]:
    latest = []
    for key, data in _series():
        yield view_name(key), data
        latest.append(_with_key(key, data.slice(data.num_rows - 1)))
    import pyarrow as pa

    yield "latest", pa.concat_tables(latest)
    for one in compared():
        yield f"beside_{one.subject}_{one.category}", one.data
    yield f"beside_russia_{PERSONNEL}", compare(PERSONNEL, subject="russia", engine="arrow")
    yield "statements", claims(engine="arrow")


def _series() -> Iterator[tuple[Key, pa.Table]]:
    """Give the rows of each series that has any, as the explorer shows them."""
    for reporter, subject in reporters():
        asked = asked_of(reporter, subject)
        columns = computed(asked, reported(asked))
        category = columns["category"]
        for name in category.held():
            rows = (category.values == category.code(name)).nonzero()[0]
            shown = {one: columns[one].take(rows) for one in _SHOWN}
            yield (reporter, subject, name), arrow_table(descriptor("timeline"), shown)


def _with_key(key: Key, data: pa.Table) -> pa.Table:
    import pyarrow as pa

    names: Any = zip(("reporter", "subject", "category"), key, strict=True)
    for place, (name, text) in enumerate(names):
        data = data.add_column(place, name, pa.array([text] * data.num_rows, pa.string()))
    return data
