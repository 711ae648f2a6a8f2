from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from reported_losses.site.packed import days, exceptions, runs, steps, without_empty

NUMBERS = st.none() | st.integers(-5, 5)


def from_runs(packed: Sequence[int | None]) -> list[int | None]:
    pairs = zip(packed[::2], packed[1::2], strict=True)
    return [value for value, times in pairs for _ in range(times or 0)]


@given(st.lists(NUMBERS))
def test_runs_give_the_values_again(values: list[int | None]) -> None:
    assert from_runs(runs(values)) == values


@given(st.lists(st.integers()))
def test_steps_sum_to_the_values(values: list[int]) -> None:
    packed = steps(values)
    assert [sum(packed[: row + 1]) for row in range(len(packed))] == values


@given(st.sets(st.integers(0, 40)))
def test_days_give_the_days_again(numbers: set[int]) -> None:
    packed = days(sorted(numbers))
    found = packed[:1]
    for step in from_runs(packed[1:]):
        found.append(found[-1] + (step or 0))
    assert found == sorted(numbers)


@given(st.lists(st.tuples(NUMBERS, NUMBERS)))
def test_exceptions_give_the_values_again(pairs: list[tuple[int | None, int | None]]) -> None:
    values, usual = [one for one, _ in pairs], [one for _, one in pairs]
    packed = exceptions(values, usual)
    found = list(usual)
    for first, size, value in zip(packed[::3], packed[1::3], packed[2::3], strict=True):
        assert first is not None
        assert size is not None
        found[first : first + size] = [value] * size
    assert found == values


def test_what_is_usual_takes_no_room() -> None:
    assert exceptions([1, 2, 2, None], [1, 2, 2, None]) == []


@given(st.lists(st.sampled_from([None, "", 0, 1, "a"])))
def test_only_empty_cells_at_the_end_go(row: list[object]) -> None:
    kept = without_empty(row)
    assert row[: len(kept)] == kept
    assert not any(one not in {None, ""} for one in row[len(kept) :])
    assert not kept or kept[-1] not in {None, ""}
