"""Columns in key order: groups of different sizes, and cells that cannot be judged."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.parsing.cast import cast
from reported_losses.parsing.columns import from_arrow, ragged
from reported_losses.parsing.read_table import parse_bytes
from small_table import HEADER, TABLE


@given(st.lists(st.integers(0, 4), max_size=8))
def test_ragged_numbers_every_element_of_every_group(counts: list[int]) -> None:
    owner, within = ragged(np.array(counts, dtype=np.int64))
    expected = [(group, index) for group, count in enumerate(counts) for index in range(count)]
    assert list(zip(owner.tolist(), within.tolist(), strict=True)) == expected


def test_a_cell_with_an_issue_is_unknown_and_keeps_its_row_in_order() -> None:
    text, _ = parse_bytes(f"{HEADER}a,k,,1\nb ,\u200bk,,2\nc,,2023-02-30,3\n".encode(), TABLE)
    assert text is not None
    typed, issues = cast(text)
    assert [issue.code for issue in issues] == ["small.day.type"]
    columns = from_arrow(TABLE, typed.data, typed.invalid)
    assert columns.row.tolist() == [0, 1, 2]
    assert columns["name"].known.tolist() == columns["name"].valid.tolist() == [True, False, True]
    assert columns["kind"].known.tolist() == [True, False, True]
    assert columns["kind"].valid.tolist() == [True, False, False]
    assert columns["day"].known.tolist() == [True, True, False]
