"""Why a figure has its evidence: what is said of ties, of records and of increments."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff.build import Figure, Reconciliation
from reported_losses.intake.general_staff.explain import READ, TIES, WHY, explain, rivals, why
from reported_losses.intake.general_staff.readings import Cell

DAY = dt.date(2022, 2, 27)
TIED: dict[str, Any] = {
    "cell": Cell("personnel", DAY),
    "total": 4500,
    "increment": None,
    "votes": {4300: ("orc-losses",), 4500: ("petro", "minfin")},
    "strength": {4300: 1, 4500: 1},
    "printed": {},
    "fits": {4300: 0, 4500: 2},
    "evidence": "disputed",
    "increment_evidence": "",
}


def figure(**other: object) -> Figure:
    return Figure(**(TIED | other))


def test_a_tie_names_its_totals_and_the_rule() -> None:
    said = why(figure())
    assert "4,300 and 4,500; the rule for ties takes 4,500" in said
    assert said.startswith(WHY["disputed"])
    assert rivals(figure()) == (4300, 4500)
    assert rivals(figure(evidence="majority")) == ()


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        ({4300: 1, 4500: 3}, "3 independent records give this figure; 1 gives another"),
        ({4300: 2, 4500: 3}, "3 independent records give this figure; 2 give another"),
    ],
)
def test_a_majority_is_counted(strength: dict[int, int], words: str) -> None:
    assert why(figure(evidence="majority", strength=strength)) == words


def test_records_are_called_by_their_titles_where_they_are_given() -> None:
    all_of_it = Reconciliation({figure().cell: figure(printed={"petro": 1250})}, ())
    bare = explain(all_of_it, DAY, "personnel")
    assert "4,500: petro, minfin; two printed increments fit it" in bare
    assert "+1,250 is in petro" in bare
    titled = explain(all_of_it, DAY, "personnel", {"petro": "A list"})
    assert "4,500: A list, minfin; " in titled
    assert TIES in bare


def test_every_place_of_an_increment_has_words() -> None:
    field = installed().table("loss_counts").field("increment_evidence")
    assert set(READ) == set(field.enum or ())
