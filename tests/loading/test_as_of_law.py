"""The law of `as_of`: from any history of additions, revisions and withdrawals, each day comes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kept_table import COUNTS, EVENTS, Keeper, playing, read
from reported_losses.errors import BadArgumentError
from reported_losses.intake.tables import to_csv
from reported_losses.loading.as_of import as_of
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import TextTable

FIXED = [field.name for field in COUNTS.fields if field.history == "fixed"]


def rows_of(text: TextTable, columns: list[str]) -> list[tuple[str, ...]]:
    cells = [text.data.column(name).to_pylist() for name in columns]
    return list(zip(*cells, strict=True))


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_each_day_comes_back(events: list[list[tuple[int, str, str]]]) -> None:
    keeper, saved = Keeper(), {}
    for day in playing(keeper, events):
        saved[day] = to_csv(COUNTS, keeper.rows.values()), bool(keeper.rows or keeper.gone)
    now, log = read("loss_counts", list(keeper.rows.values())), read("revisions", keeper.revisions)
    for day, (data, begun) in saved.items():
        if not begun:
            with pytest.raises(BadArgumentError):
                as_of(now, log, day)
            continue
        table, _ = parse_bytes(data, COUNTS)
        assert table is not None
        columns = [*FIXED, "increment"]
        then = as_of(now, log, day)
        assert rows_of(then, columns) == rows_of(table, columns)
        assert len(then.lines) == then.data.num_rows


def test_a_withdrawn_row_comes_back_as_it_was_before_it_was_revised() -> None:
    keeper = Keeper()
    keeper.play(0, "total", "", "2026-01-01")
    keeper.play(0, "total", "7", "2026-01-02")
    keeper.play(0, "qualifier", "1", "2026-01-03")
    keeper.play(0, "total", "withdrawn", "2026-01-04")
    now, log = read("loss_counts", []), read("revisions", keeper.revisions)
    columns = ["total", "qualifier", "recorded_on"]
    states = [rows_of(as_of(now, log, f"2026-01-0{day}"), columns) for day in range(1, 5)]
    assert states == [
        [("5", "exact", "2026-01-01")],
        [("7", "exact", "2026-01-01")],
        [("7", "about", "2026-01-01")],
        [],
    ]
