"""An issue stands on the line of the change that is nearest to it."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from reported_losses.definition.descriptor import installed
from reported_losses.issue import Issue, Key, Severity
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.blame import caused
from reported_losses.validation.history.comparison import Comparison
from reported_losses.validation.history.diff import ChangedCell, Diff, Row, TableDiff

PACKAGE = installed()
SERIES = {"reporter": "ua-general-staff", "subject": "russia", "category": "tanks"}


def key(day: str = "", **more: str) -> Key:
    return Key({**more, **SERIES, **({"report_date": day} if day else {})})


def cell(of: Key, line: int, column: str = "total") -> ChangedCell:
    return ChangedCell(of, column, "1", "2", "fixed", line)


def comparison(**changed: list[ChangedCell | Row]) -> Comparison:
    tables = {
        name: TableDiff(
            name,
            changed=tuple(one for one in found if isinstance(one, ChangedCell)),
            removed=tuple(one for one in found if isinstance(one, Row)),
        )
        for name, found in changed.items()
    }
    base = Base("base", None, PACKAGE, lambda *_: b"")
    return Comparison(base, base, Diff(PACKAGE, PACKAGE, MappingProxyType(tables)), {})


def issue(day: str, column: str | None = "total") -> Issue:
    return Issue(
        "loss_counts/increment-matches",
        Severity.ERROR,
        "It does not add up.",
        table="loss_counts",
        path="data/loss_counts.csv",
        line=99,
        column=column,
        key=key(day),
    )


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"loss_counts": [cell(key("2023-05-04"), 4)]}, ("loss_counts", 4)),
        # The nearest day before, not one after it.
        (
            {"loss_counts": [cell(key(f"2023-05-0{day}"), day) for day in (2, 4, 6)]},
            ("loss_counts", 4),
        ),
        (
            {"loss_counts": [cell(key(f"2023-05-{day:02}"), day) for day in (8, 6, 9)]},
            ("loss_counts", 6),
        ),
        # A reading of the same day rather than a figure of another one.
        (
            {
                "loss_counts": [cell(key("2023-05-04"), 4)],
                "readings": [cell(key("2023-05-05", record="petro"), 7)],
            },
            ("readings", 7),
        ),
        # A reading of another day has nothing to do with it.
        ({"readings": [cell(key("2023-05-06", record="petro"), 7)]}, ("loss_counts", 99)),
        (
            {"readings": [Row(key("2023-05-05", record="petro"), key("2023-05-05"), 8)]},
            ("readings", 8),
        ),
        # Another category has nothing to do with it, so the issue stays.
        (
            {"loss_counts": [cell(Key({**key("2023-05-05"), "category": "ships"}), 4)]},
            ("loss_counts", 99),
        ),
        ({}, ("loss_counts", 99)),
    ],
)
def test_it_stands_on_the_nearest_change(
    changed: dict[str, list[ChangedCell | Row]], place: tuple[str, int]
) -> None:
    ((moved,), left_out) = caused([issue("2023-05-05")], [], comparison(**changed))
    assert ((moved.table, moved.line), left_out) == (place, 0)
    if place != ("loss_counts", 99):
        assert "data/loss_counts.csv:99" in moved.message


def test_an_issue_of_the_base_is_left_out_unless_its_cell_was_edited() -> None:
    found = [issue("2023-05-05")]
    untouched = comparison(loss_counts=[cell(key("2023-05-05"), 99, "qualifier")])
    edited = comparison(loss_counts=[cell(key("2023-05-05"), 99, "total")])
    assert caused(found, found, untouched) == ([], 1)
    assert caused(found, found, edited) == (found, 0)


def test_issues_of_files_and_of_the_check_stay() -> None:
    kept = [
        Issue("check/not-judged", Severity.ERROR, "No."),
        Issue("file/quoting", Severity.ERROR, "No.", table="series", path="data/series.csv"),
    ]
    assert caused(kept, kept, comparison()) == (kept, 0)
