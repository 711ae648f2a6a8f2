"""Which figures make up a category: the law, told day by day in plain words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.loading.category_totals import Broader, Held, held, parts
from reported_losses.loading.reporter import Life

DAYS = 4
# A whole of two halves, of which one has parts of its own.
TREE: Broader = {"whole": None, "left": "whole", "right": "whole", "a": "left", "b": "left"}

FIGURES = st.dictionaries(
    st.sampled_from(sorted(TREE)),
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=DAYS, max_size=DAYS),
    min_size=1,
)


def on_day(category: str, figures: dict[str, tuple[bool, bool]]) -> set[str] | None:
    """Return the figures to add on one day; None if nothing is counted, empty if one is missing.

    Args:
        category: The category.
        figures: Whether each category is counted, and whether it has a figure.
    """
    counted, has_figure = figures.get(category, (False, False))
    if has_figure:
        return {category}
    found = [on_day(name, figures) for name, parent in TREE.items() if parent == category]
    known = [one for one in found if one is not None]
    if not known:
        return set() if counted else None
    return set().union(*known) if all(known) else set()


@given(FIGURES)
def test_a_category_is_its_own_figure_or_all_of_its_parts(
    figures: dict[str, list[tuple[bool, bool]]],
) -> None:
    holding = {
        name: Held(
            np.array([0 if counted and has else -1 for counted, has in days]),
            np.array([counted for counted, _ in days]),
        )
        for name, days in figures.items()
    }
    found = parts("whole", holding, TREE)
    for day in range(DAYS):
        there = {name: (days[day][0], all(days[day])) for name, days in figures.items()}
        expected = on_day("whole", there) or set()
        assert {name for name, mask in found.items() if mask[day]} == expected


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)), st.integers(0, 9), st.booleans())
def test_a_figure_holds_until_the_next_but_not_through_a_gap(
    reported: set[int],
    gap: set[int],
    last: int,
    irregular: bool,  # noqa: FBT001 - drawn
) -> None:
    days, own = np.arange(10), np.array(sorted(reported), dtype=np.int64)
    life = Life(0, last, irregular, tuple((day, day) for day in gap - reported))
    found = held(own, life, days)
    assert found.counted.tolist() == [day <= last for day in range(10)]
    for day in range(10):
        until = [row for row, when in enumerate(own) if when <= day] or [-1]
        if day > last or (irregular and day in gap - reported):
            assert found.row[day] == -1
        elif irregular or day in reported:
            assert found.row[day] == until[-1]
        else:
            assert found.row[day] == -1
