"""Whether each revision is possible."""

from __future__ import annotations

import pytest

from reported_losses.validation.failures import Tables
from validation.rules.kit import TODAY, broken, package, run, tables

KEY = "ua-general-staff/russia/tanks/2023-02-22"


def found(code: str, *revisions: dict[str, object]) -> list[int]:
    rows = [
        {"revision": number, "key": KEY, "old": 7, "new": 5, **cells}
        for number, cells in enumerate(revisions, 1)
    ]
    return broken(f"revisions/{code}", tables(loss_counts=run([5]), revisions=rows))


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({}, []),
        ({"column": "category", "old": "tank", "new": "tanks"}, [0]),
        ({"column": "sum"}, []),  # revisions/matches-data
        ({"table": "attic"}, [0]),
    ],
)
def test_a_revision_changes_no_key(cells: dict[str, object], bad: list[int]) -> None:
    assert found("no-key", cells) == bad


@pytest.mark.parametrize(("old", "bad"), [(7, []), ("", []), (5, [0]), ("7,0", [0]), ("07", [0])])
def test_a_revision_changes_a_value(old: object, bad: list[int]) -> None:
    assert found("changes-value", {"old": old}) == bad


@pytest.mark.parametrize(
    ("first", "second", "bad"),
    [
        ({}, {}, []),
        ({"revised_on": "2026-11-22"}, {"revised_on": "2026-11-21"}, [1]),
        ({"version": "1.10.0"}, {"version": "1.9.0"}, [1]),
        ({"version": "1.9.0"}, {"version": "1.10.0"}, []),
    ],
)
def test_revisions_are_in_order(
    first: dict[str, object], second: dict[str, object], bad: list[int]
) -> None:
    assert found("in-order", first, second) == bad


@pytest.mark.parametrize(
    ("day", "bad"), [("2026-11-22", []), ("2026-11-21", [0]), ("2026-11-23", [0])]
)
def test_a_row_is_revised_after_it_was_recorded(day: str, bad: list[int]) -> None:
    assert found("revised-in-time", {"revised_on": day}) == bad


@pytest.mark.parametrize(("step", "bad"), [(0, []), (1, []), (2, [0])])
def test_a_version_is_the_packages_or_the_next(step: int, bad: list[int]) -> None:
    major, minor, patch = map(int, package().version.split("."))
    for release in ((major + step, 0, 0), (major, minor + step, 0), (major, minor, patch + step)):
        if step == 0 and release != (major, minor, patch):
            continue
        version = ".".join(map(str, release))
        rows = [{"key": KEY, "old": 7, "new": 5, "version": version}]
        held = Tables(package(), tables(revisions=rows))
        assert broken("revisions/version-not-ahead", held, TODAY) == bad


def test_without_a_descriptor_no_version_is_judged() -> None:
    assert found("version-not-ahead", {"version": "99.0.0"}) == []
