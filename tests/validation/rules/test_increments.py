"""`loss_counts/increment-evidence-supported`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules.increments import increment_evidence_of
from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

CODE = "loss_counts/increment-evidence-supported"
NEXT = DAY + dt.timedelta(days=1)
RECORDS = [
    {"record": "gs-text", "kind": "text"},
    {"record": "petro", "kind": "transcription"},
    {"record": "quoted", "kind": "quotation", "votes": "false"},
    {"record": "address", "kind": "address", "votes": "false"},
]


Rows = list[dict[str, object]]
Prints = list[dict[str, dict[str, object]]]


def world(
    held: str,
    readings: Prints,
    increment: object = 2,
    total: object = 7,
    **more: Rows,
) -> Mapping[str, Columns]:
    """Two figures, 5 and `total`; the increment of the second, and what the readings print."""
    figures = run([5, total], increment=["", increment], increment_evidence=["", held])
    votes = [
        {"record": name, "report_date": NEXT, **cells}
        for one in readings
        for name, cells in one.items()
    ]
    return tables(series=[{}], loss_counts=figures, readings=votes, records=RECORDS, **more)


PRINTS: list[tuple[str, Prints]] = [
    ("primary", [{"gs-text": {"increment": 2}}, {"quoted": {"increment": 2}}]),
    ("quoted", [{"quoted": {"increment": 2}}, {"address": {"increment": 2}}]),
    ("quoted", [{"petro": {"increment": 2}}, {"gs-text": {"increment": 3}}]),
    ("address", [{"address": {"increment": 2}}]),
    ("address", [{"address": {"increment": 2}}, {"gs-text": {"increment": 2, "stale": "true"}}]),
]


@pytest.mark.parametrize(("evidence", "readings"), PRINTS)
def test_the_best_print_counts(evidence: str, readings: Prints) -> None:
    for held in ("primary", "quoted", "address", ""):
        assert broken(CODE, world(held, readings)) == ([] if held == evidence else [1])
    assert increment_evidence_of(world("", readings)) == ["", evidence]


def test_without_an_increment_the_cell_is_empty() -> None:
    readings: Prints = [{"gs-text": {"increment": 2}}]
    assert broken(CODE, world("", readings, increment="")) == []
    assert broken(CODE, world("primary", readings, increment="")) == [1]


@pytest.mark.parametrize(
    ("total", "stated", "fits"), [(7, "", True), (8, "", False), (8, 1, True), (8, 2, False)]
)
def test_an_address_must_fit_the_totals_or_a_stated_correction(
    total: int, stated: object, *, fits: bool
) -> None:
    readings: Prints = [
        {"address": {"increment": 2}},
        {"petro": {"correction": stated}},
    ]
    amounts: Rows = [{"report_date": NEXT, "amount": total - 7}]
    held = world("address", readings, total=total, corrections=amounts if total > 7 else [])
    assert broken(CODE, held) == ([] if fits else [1])


def test_an_increment_that_nobody_prints_is_found_once() -> None:
    readings: Prints = [{"gs-text": {"increment": 3}}]
    assert broken(CODE, world("primary", readings)) == [1]
    # The sum does not hold either, and loss_counts/increment-matches says so.
    assert broken(CODE, world("primary", readings, total=9)) == []


@pytest.mark.parametrize("cells", [{"increment": UNKNOWN}, {"increment": 2, "stale": UNKNOWN}])
def test_unreadable_readings_cannot_be_judged(cells: dict[str, object]) -> None:
    assert broken(CODE, world("quoted", [{"gs-text": cells}])) == []


def test_what_is_wrong_is_said() -> None:
    from reported_losses.validation.rules import CATALOGUE

    held = world("quoted", [{"gs-text": {"increment": 2}}])
    words = CATALOGUE[CODE].describe(held, 1)
    assert words.expected == "primary"
    held = world("primary", [{"gs-text": {"increment": 2}}], increment="")
    assert CATALOGUE[CODE].describe(held, 1).expected == "an empty cell"
    held = world("primary", [])
    assert "no reading" in CATALOGUE[CODE].describe(held, 1).message
