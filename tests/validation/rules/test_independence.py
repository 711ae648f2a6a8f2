"""Which records are independent: origins, and the rules on `records.derived_from`."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.dates import day_number
from reported_losses.validation.rules.independence import (
    Lineage,
    RecordOrigins,
    origins,
    parse_derived_from,
)
from reported_losses.validation.rules.rule import Context
from validation.rules.kit import DAY, broken, tables

READABLE = "records/derived-from-readable"
KNOWN = "records/derived-from-known"
SOURCES = [{"source": name} for name in ("image", "page", "text", "a", "b", "c")]


def record(name: str, derived_from: str = "") -> dict[str, str]:
    return {"record": name, "source": name, "derived_from": derived_from}


def test_a_record_leads_back_to_the_last_publication() -> None:
    found = RecordOrigins([record("a", "b"), record("b", "page"), record("c"), record("page")])
    assert [found.of(name, DAY) for name in ("a", "b", "c", "page")] == [
        "page",
        "page",
        "c",
        "page",
    ]


def test_a_record_may_change_its_publication_and_have_none_for_a_while() -> None:
    found = RecordOrigins([record("a", "image@/2023-02-20 page@2023-02-22/2023-02-23")])
    days = [dt.date(2023, 2, day) for day in range(20, 25)]
    assert [found.of("a", day) for day in days] == ["image", "a", "page", "page", "a"]


def test_a_copy_of_a_copy_changes_when_either_does() -> None:
    found = RecordOrigins(
        [record("a", "b@/2023-02-21"), record("b", "image@/2023-02-20 text@2023-02-21/")]
    )
    days = [dt.date(2023, 2, day) for day in (20, 21, 22)]
    assert [found.of("a", day) for day in days] == ["image", "text", "a"]


def test_an_unknown_record_is_its_own_origin() -> None:
    assert RecordOrigins([]).of("a", DAY) == "a"


@pytest.mark.parametrize("chain", [30, 3_000])
def test_a_circle_and_a_chain_without_end_are_survived(chain: int) -> None:
    rows = [record(str(step), str((step + 1) % chain)) for step in range(chain)]
    found = RecordOrigins(rows)
    assert all(found.of(row["record"], DAY) for row in rows)


PARTS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.integers(0, 20), st.integers(0, 20)), max_size=4
)


@given(st.lists(PARTS, min_size=5, max_size=5))
def test_stretches_cover_every_day_once(cells: list[list[tuple[str, int, int]]]) -> None:
    def day(number: int) -> str:
        return str(DAY + dt.timedelta(days=number))

    texts = [
        " ".join(f"{name}@{day(min(low, high))}/{day(max(low, high))}" for name, low, high in cell)
        for cell in cells
    ]
    lineage = Lineage(zip("abcde", texts, strict=True))
    for source in "abcde":
        stretches = lineage.stretches(source)
        assert stretches[0].first < 0
        assert stretches[-1].last > 10**6
        assert all(b.first == a.last + 1 for a, b in pairwise(stretches))
        assert all(one.source in "abcde" for one in stretches)


@given(st.lists(PARTS, min_size=3, max_size=3), st.integers(-2, 22))
def test_arrays_and_rows_agree(cells: list[list[tuple[str, int, int]]], number: int) -> None:
    day = DAY + dt.timedelta(days=number)

    def text(cell: list[tuple[str, int, int]]) -> str:
        parts = []
        for name, one, other in cell:
            first, last = (DAY + dt.timedelta(days=end) for end in sorted((one, other)))
            parts.append(f"{name}@{first}/{last}")
        return " ".join(parts)

    rows = [record(name, text(cell)) for name, cell in zip("abc", cells, strict=True)]
    held = tables(records=rows)
    context = Context(held, held["records"])
    found = origins(context).of(np.arange(3), np.full(3, day_number(day)))
    by_name = RecordOrigins(rows)
    names = [by_name.of(name, day) for name in "abc"]
    for one in range(3):
        for other in range(3):
            assert (found[one] == found[other]) == (names[one] == names[other])


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("", False),
        ("page", False),
        ("image@/2023-02-20 page@2023-02-21/", False),
        ("image@/2023-02-20 page@2023-02-20/", True),
        ("image@2023-02-21/ page@/2023-02-20", True),
        ("image@2023-02-30/", True),
        ("image@2023-02-21/2023-02-20", True),
        (" ".join(["page@/"] * 101), True),
    ],
)
def test_days_are_in_order(text: str, bad: bool) -> None:  # noqa: FBT001 - a test table
    held = tables(records=[record("a", text)], sources=SOURCES)
    assert broken(READABLE, held) == ([0] if bad else [])


def test_names_are_sources_and_lead_back() -> None:
    rows = [
        record("a", "b"),
        record("b", "a"),
        record("c", "page"),
        record("d", "nowhere"),
        record("e", "page@/2023-02-20 e@2023-02-21/"),
    ]
    held = tables(records=rows, sources=[*SOURCES, {"source": "d"}, {"source": "e"}])
    assert broken(KNOWN, held) == [0, 1, 3, 4]


def test_a_cell_that_cannot_be_read_ends_the_parse() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_derived_from("page@2023-02-22/2023-02-21")
