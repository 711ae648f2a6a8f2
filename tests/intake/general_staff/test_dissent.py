"""A record kept only where it dissents can be completed again."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.errors import DataError
from reported_losses.intake.general_staff.dissent import Coverage, complete, dissent, spoken
from reported_losses.intake.general_staff.readings import Cell, Reading
from reported_losses.parsing.intervals import DAY

FIRST = dt.date(2023, 1, 1)
COVERAGE = Coverage(
    "minfin", FIRST, FIRST + DAY * 9, frozenset({FIRST + DAY}), frozenset({"tanks"})
)

cells = st.builds(
    Cell, st.sampled_from(["tanks", "ships"]), st.integers(0, 9).map(lambda n: FIRST + DAY * n)
)


def readings_of(record: str) -> st.SearchStrategy[list[Reading]]:
    return st.dictionaries(cells, st.integers(0, 2), max_size=12).map(
        lambda totals: [Reading(record, cell, total) for cell, total in totals.items()]
    )


@settings(max_examples=150)
@given(petro=readings_of("petro"), orc=readings_of("orc-losses"), minfin=readings_of("minfin"))
def test_completing_the_dissent_restores_the_whole_record(
    petro: list[Reading], orc: list[Reading], minfin: list[Reading]
) -> None:
    minfin = [reading for reading in minfin if reading.cell in COVERAGE]
    kept = dissent(minfin, petro + orc, COVERAGE)
    completed = complete(petro + orc + kept, [COVERAGE])
    with_totals = {r for r in completed if r.record == "minfin" and r.total is not None}
    assert with_totals == set(minfin)


@settings(max_examples=100)
@given(petro=readings_of("petro"), minfin=readings_of("minfin"))
def test_nothing_that_agrees_is_kept(petro: list[Reading], minfin: list[Reading]) -> None:
    minfin = [reading for reading in minfin if reading.cell in COVERAGE]
    agreed = {(r.cell, r.total) for r in petro}
    assert all((r.cell, r.total) not in agreed for r in dissent(minfin, petro, COVERAGE))


def test_a_missing_reading_of_a_cell_on_which_the_others_differ_is_refused() -> None:
    cell = Cell("tanks", FIRST)
    with pytest.raises(DataError, match="2023-01-01 tanks"):
        complete([Reading("petro", cell, 1), Reading("orc-losses", cell, 2)], [COVERAGE])


@settings(max_examples=150)
@given(petro=readings_of("petro"), minfin=readings_of("minfin"), text=readings_of("gs-text"))
def test_silence_says_the_same_after_another_record_is_added(
    petro: list[Reading], minfin: list[Reading], text: list[Reading]
) -> None:
    minfin = [reading for reading in minfin if reading.cell in COVERAGE]
    kept = petro + dissent(minfin, petro, COVERAGE)
    before = {r for r in complete(kept, [COVERAGE]) if r.record == "minfin"}
    more = spoken(kept, text, [COVERAGE])
    after = {r for r in complete([*kept, *text, *more], [COVERAGE]) if r.record == "minfin"}
    assert {r for r in after if r.total is not None} == {r for r in before if r.total is not None}
