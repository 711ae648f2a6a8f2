"""Whether withdrawn rows can be put back, and stay withdrawn."""

from __future__ import annotations

import json

import pytest

from validation.rules.kit import broken, run, tables

PARTS = ("ua-general-staff", "russia", "tanks", "2023-02-25")
KEY = "/".join(PARTS)
ROW = {
    **dict(zip(("reporter", "subject", "category", "report_date"), PARTS, strict=True)),
    "total": "7",
    "recorded_on": "2026-11-01",
}


def found(code: str, *revisions: dict[str, object]) -> list[int]:
    rows = [
        {"revision": number, "key": KEY, "column": "", "old": json.dumps(ROW), **cells}
        for number, cells in enumerate(revisions, 1)
    ]
    return broken(f"revisions/{code}", tables(loss_counts=run([5, 6]), revisions=rows))


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({}, []),
        ({"old": ""}, [0]),
        ({"old": "7"}, [0]),
        ({"old": "[1]"}, [0]),
        ({"old": "{"}, [0]),
        ({"old": json.dumps({**ROW, "total": 7})}, [0]),
        ({"old": json.dumps({**ROW, "total": "7,0"})}, [0]),
        ({"old": json.dumps({**ROW, "recorded_on": "2026-02-30"})}, [0]),
        ({"old": json.dumps({**ROW, "note": "no such column"})}, [0]),
        ({"old": json.dumps({**ROW, "category": "ships"})}, [0]),
        ({"old": '{"total": "7", "total": "8"}'}, [0]),
        ({"new": "7"}, [0]),
        ({"column": "total", "old": "7"}, []),
    ],
)
def test_a_withdrawn_row_is_kept_whole(cells: dict[str, object], bad: list[int]) -> None:
    assert found("withdrawn-whole", cells) == bad


def test_a_withdrawn_row_stays_withdrawn() -> None:
    there = "ua-general-staff/russia/tanks/2023-02-22"
    revised: dict[str, object] = {"column": "total", "old": "6", "new": "7"}
    assert found("withdrawn-for-good", {}) == []
    assert found("withdrawn-for-good", {"key": there}) == [0]
    assert found("withdrawn-for-good", revised, {}) == []
    assert found("withdrawn-for-good", {}, revised) == [1]
    assert found("withdrawn-for-good", {}, {}) == [1]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"replaced_by": "ua-general-staff/russia/tanks/2023-02-22"}, []),
        ({"replaced_by": "ua-general-staff/russia/tanks/2023-02-26"}, [0]),
        ({"replaced_by": "tanks"}, [0]),
        ({"replaced_by": KEY}, [0]),
        ({"replaced_by": "ua-general-staff/russia/tanks/2023-02-22", "column": "total"}, [0]),
    ],
)
def test_a_withdrawn_row_is_replaced_by_another(cells: dict[str, object], bad: list[int]) -> None:
    assert found("replaced-by-exists", cells) == bad


@pytest.mark.parametrize(("new", "bad"), [("7", []), ("8", [0])])
def test_the_last_value_of_a_withdrawn_row_is_in_its_withdrawal(new: str, bad: list[int]) -> None:
    assert found("matches-data", {"column": "total", "old": "6", "new": new}, {}) == bad


@pytest.mark.parametrize(("day", "bad"), [("2026-11-01", []), ("2026-10-31", [0])])
def test_a_row_is_withdrawn_after_it_was_recorded(day: str, bad: list[int]) -> None:
    assert found("revised-in-time", {"revised_on": day}) == bad
