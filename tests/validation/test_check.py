"""The order of the checks, what a broken table stops, and what callers may ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import bad_cases
from reported_losses.definition.schema import Table
from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.parsing.issues import LISTED
from reported_losses.validation.check import check, examine


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    return bad_cases.build(tmp_path)


def edit(folder: Path, tables: dict[str, Table], **what: object) -> None:
    bad_cases.apply(folder, tables, what)


def codes(folder: Path, names: list[str] | None = None) -> list[str]:
    return [issue.code for issue in check(folder, tables=names)]


def test_the_datasets_own_test_is_one_line() -> None:
    # A warning asks a person to look; an honest row may give one.
    assert [issue for issue in check() if issue.severity == "error"] == []


def test_all_problems_at_once_in_order_of_file_and_line(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    edit(tmp_path, tables, table="loss_counts", line=7, column="total", put="6210")
    edit(tmp_path, tables, table="readings", line=4, column="total", put="6210")
    edit(tmp_path, tables, table="loss_counts", line=2, column="qualifier", put="circa")
    edit(tmp_path, tables, table="categories", line=2, column="unit", put="")
    edit(tmp_path, tables, table="status_counts", make="nothing")
    issues = check(tmp_path)
    assert [(issue.path, issue.line) for issue in issues] == [
        ("data/categories.csv", 2),
        ("data/loss_counts.csv", 2),
        ("data/loss_counts.csv", 7),
        ("data/status_counts.csv", None),
    ]
    assert issues == sorted(set(issues))


def test_a_cell_that_cannot_be_cast_is_reported_once(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    edit(tmp_path, tables, table="loss_counts", line=6, column="total", put="5 600")
    (issue,) = check(tmp_path)
    assert (issue.code, issue.line, issue.column, issue.position) == (
        "loss_counts.total.type",
        6,
        "total",
        46,
    )
    assert issue.found == "5 600"
    assert issue.key == {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "personnel",
        "report_date": "2022-03-02",
    }


def test_a_cell_with_an_unseen_character_is_reported_once(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    edit(tmp_path, tables, table="loss_counts", line=6, column="total", put="56\u200b00")
    assert codes(tmp_path) == ["file/invisible-character"]


def test_a_broken_table_stops_only_what_needs_it(tmp_path: Path, tables: dict[str, Table]) -> None:
    edit(tmp_path, tables, table="series", make="empty")
    edit(tmp_path, tables, table="loss_counts", line=7, column="total", put="6210")
    edit(tmp_path, tables, table="readings", line=4, column="total", put="6210")
    edit(tmp_path, tables, table="reports", line=2, column="url", put="oryx.example")
    assert codes(tmp_path) == [
        "loss_counts/increment-matches",
        "reports.url.pattern",
        "file/empty",
    ]


def test_a_wholly_wrong_column_is_listed_up_to_the_limit(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    path = tmp_path / tables["sources"].path
    rows = (f"source-{number:05},,A paper" for number in range(LISTED + 500))
    width = "," * (len(tables["sources"].names) - 3)
    lines = (f"{row}{width}\n" for row in rows)
    head = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*head, *lines]), encoding="utf-8")
    issues = [i for i in check(tmp_path) if i.code == "sources.title.required"]
    assert len(issues) == LISTED + 1
    assert "500 more" in issues[-1].message


def test_tables_asks_for_some_and_refuses_unknown_names(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    edit(tmp_path, tables, table="categories", line=2, column="unit", put="")
    edit(tmp_path, tables, table="sources", line=2, column="title", put="")
    assert codes(tmp_path, ["sources"]) == ["sources.title.required"]
    with pytest.raises(UnknownNameError):
        check(tmp_path, tables=["source"])


def test_without_today_nothing_is_in_the_future(tmp_path: Path, tables: dict[str, Table]) -> None:
    del tables
    assert check(tmp_path) == []
    assert check(tmp_path, today=dt.date(2026, 11, 22)) == []
    codes = {issue.code for issue in check(tmp_path, today=dt.date(2022, 3, 8))}
    assert {"loss_counts/not-in-future", "sources/not-in-future"} < codes


def test_rows_are_counted_by_table(tmp_path: Path, tables: dict[str, Table]) -> None:
    edit(tmp_path, tables, table="series", make="empty")
    seen = examine(tmp_path)
    assert seen.rows["loss_counts"] == 9
    assert "series" not in seen.rows


def test_a_folder_without_a_descriptor_is_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(BadArgumentError):
        check(tmp_path)


@pytest.mark.parametrize(
    ("put", "meant"),
    [
        ("1 000", "1000"),
        ("1,000", "1000"),
        ("1e3", "1000"),
        ("１２", "12"),  # noqa: RUF001 - full-width digits are what this is about
        ("+5", "5"),
        ("0x1F", "31"),
        ("NaN", "empty"),
        ("NA", "empty"),
        ("null", "empty"),
        ("007", "7"),
        ("-0", "0"),
        ("1O0", "100"),
    ],
)
def test_usual_slips_of_a_number_are_recognised(
    tmp_path: Path, tables: dict[str, Table], put: str, meant: str
) -> None:
    edit(tmp_path, tables, table="loss_counts", line=2, column="total", put=put)
    (issue,) = check(tmp_path)
    assert (issue.code, issue.line, issue.position) == ("loss_counts.total.type", 2, 30)
    assert issue.hint is not None
    assert meant in issue.hint


@pytest.mark.parametrize(
    ("put", "meant"), [("22.02.2023", "2023-02-22"), ("2023-02-30", "no day"), ("44979", "number")]
)
def test_usual_slips_of_a_date_are_recognised(
    tmp_path: Path, tables: dict[str, Table], put: str, meant: str
) -> None:
    edit(tmp_path, tables, table="loss_counts", line=2, column="recorded_on", put=put)
    (issue,) = check(tmp_path)
    assert issue.code == "loss_counts.recorded_on.type"
    assert issue.hint is not None
    assert meant in issue.hint


@pytest.mark.parametrize(
    ("column", "put", "value"),
    [
        ("total", '"1,000"', "1000"),
        ("total", "007", "7"),
        ("total", "1.2E+05", None),
        ("total", "about 7", None),
        ("recorded_on", "22.02.2023", "2023-02-22"),
        ("recorded_on", "03.02.2023", None),
    ],
)
def test_a_value_is_named_where_only_one_was_meant(
    tmp_path: Path, tables: dict[str, Table], column: str, put: str, value: str | None
) -> None:
    edit(tmp_path, tables, table="loss_counts", line=2, column=column, put=put.strip('"'))
    (issue,) = check(tmp_path)
    assert issue.code == f"loss_counts.{column}.type"
    assert issue.value == value


@pytest.mark.parametrize("make", ["pipe", "folder", "link-out", "huge"])
@pytest.mark.parametrize("path", ["datapackage.json", "schemas/series.json"])
def test_a_descriptor_that_is_no_file_is_an_issue(
    tmp_path: Path, tables: dict[str, Table], path: str, make: str
) -> None:
    edit(tmp_path, tables, path=path, make=make)
    (issue,) = check(tmp_path)
    assert (issue.code, issue.path) == ("file/descriptor", path)


def test_rows_appended_at_the_end_are_one_issue_that_says_where_they_belong(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    path = tmp_path / tables["loss_counts"].path
    header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *rows[4:], *rows[:4]]), encoding="utf-8")
    (issue,) = (issue for issue in check(tmp_path) if issue.code == "file/sort-order")
    assert issue.line == len(rows) - 2
    assert "4 rows" in issue.message
    assert "after the header" in issue.message
    path.write_text("".join([header, *rows[:2], *rows[3:], rows[2]]), encoding="utf-8")
    (issue,) = (issue for issue in check(tmp_path) if issue.code == "file/sort-order")
    assert issue.line == len(rows) + 1
    assert "after line 3" in issue.message


def test_total_and_increment_in_each_other_s_column_are_recognised(
    tmp_path: Path, tables: dict[str, Table]
) -> None:
    path = tmp_path / tables["loss_counts"].path
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    names = tables["loss_counts"].names
    total, increment = names.index("total"), names.index("increment")
    line = next(n for n, text in enumerate(lines) if n and text.split(",")[increment])
    cells = lines[line].split(",")
    cells[total], cells[increment] = cells[increment], cells[total]
    lines[line] = ",".join(cells)
    path.write_text("".join(lines), encoding="utf-8")
    issues = [issue for issue in check(tmp_path) if "swapped" in (issue.hint or "")]
    assert [issue.line for issue in issues] == [line + 1]
    assert "corrections" in str(issues[0].hint)
