"""The law of `as_of`: from any history of records and revisions, each day's state comes back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.dataset.descriptor import installed
from reported_losses.errors import BadArgumentError
from reported_losses.loading.as_of import as_of
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import TextTable

START = dt.date(2026, 1, 1)
LENGTH = 8

# Per day of the history: which figures are recorded anew, and which get another value.
EVENTS = st.lists(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", "1", "2", "3"])), max_size=3),
    min_size=1,
    max_size=LENGTH,
)
States = dict[str, dict[str, str]]


def text(name: str, rows: list[list[str]]) -> TextTable:
    table = installed().table(name)
    lines = [",".join(table.names), *(",".join(row) for row in rows)]
    read, issues = parse_bytes(("\n".join(lines) + "\n").encode(), table)
    assert read is not None, issues
    return read


def history(events: list[list[tuple[int, str]]]) -> tuple[States, list[list[str]], list[list[str]]]:
    """Play events day by day; return each day's state, and the two tables at the end."""
    recorded: dict[str, str] = {}
    state: dict[str, str] = {}
    states: States = {}
    revisions: list[list[str]] = []
    for day in (START + dt.timedelta(days=number) for number in range(len(events))):
        for figure, value in events[(day - START).days]:
            key = f"ua-general-staff/russia/tanks/2025-12-0{figure + 1}"
            if key not in recorded:
                recorded[key] = day.isoformat()
            elif state[key] != value:
                number = str(len(revisions) + 1)
                change = ["increment", state[key], value, "Misread.", ""]
                revisions.append([number, day.isoformat(), "0.1.0", "loss_counts", key, *change])
            state[key] = value
        states[day.isoformat()] = dict(state)
    counts = [
        [*key.split("/"), "5", state[key], "exact", "single", "", recorded[key]]
        for key in sorted(state)
    ]
    return states, counts, revisions


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_each_day_comes_back(events: list[list[tuple[int, str]]]) -> None:
    states, counts, revisions = history(events)
    now, log = text("loss_counts", counts), text("revisions", revisions)
    for day, state in states.items():
        if not state:
            with pytest.raises(BadArgumentError):
                as_of(now, log, day)
            continue
        then = as_of(now, log, day)
        keys = [str(then.key(row)) for row in range(then.rows)]
        assert {key: then.cell(row, "increment") for row, key in enumerate(keys)} == state
        assert len(keys) == len(state)
