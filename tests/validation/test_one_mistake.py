"""One mistake gives one error: what depends on it is not judged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reported_losses.definition.location import package_dir
from reported_losses.issue import Issue
from reported_losses.validation.check import check

HOME = package_dir()
FIGURE = "ua-general-staff,russia,personnel,2023-02-22,145060,620,"


def errors(folder: Path, table: str, old: str, new: str) -> list[Issue]:
    """Return the errors of the shipped package with one text changed."""
    for name in ("data", "schemas"):
        shutil.copytree(HOME / name, folder / name)
    shutil.copy(HOME / "datapackage.json", folder)
    path = folder / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return [issue for issue in check(folder) if issue.severity == "error"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({0: "ua-general-stuff"}, "loss_counts.foreignKey.reporter-subject-category"),
        ({2: "personel"}, "loss_counts.foreignKey.reporter-subject-category"),
        ({2: "personnel "}, "file/whitespace"),
        ({1: "russian"}, "loss_counts.subject.enum"),
        ({3: "22.02.2023"}, "loss_counts.report_date.type"),
        ({4: "145,060", 5: "620"}, "file/ragged-row"),
        ({4: ""}, "loss_counts.total.required"),
    ],
)
def test_a_wrong_cell_of_a_figure_is_one_error(
    cells: dict[int, str], code: str, tmp_path: Path
) -> None:
    parts = FIGURE.split(",")
    for index, text in cells.items():
        parts[index] = text
    (issue,) = errors(tmp_path, "loss_counts", FIGURE, ",".join(parts))
    assert (issue.code, issue.table) == (code, "loss_counts")


def test_a_wrong_total_is_not_blamed_on_the_next_day(tmp_path: Path) -> None:
    found = errors(tmp_path, "loss_counts", FIGURE, FIGURE.replace("145060", "1450600"))
    assert [issue.key["report_date"] for issue in found] == ["2023-02-22"] * len(found)
    # The sum does not come out, and no record has this total: two facts about one cell's row.
    codes = {issue.code for issue in found}
    assert codes == {"loss_counts/increment-matches", "loss_counts/evidence-supported"}


def test_a_column_that_a_spreadsheet_rewrote_is_one_error(tmp_path: Path) -> None:
    for name in ("data", "schemas"):
        shutil.copytree(HOME / name, tmp_path / name)
    shutil.copy(HOME / "datapackage.json", tmp_path)
    path = tmp_path / "data" / "loss_counts.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    for row in rows:
        row[3] = "/".join(reversed(row[3].split("-")))
    text = "".join(f"{line}\n" for line in [header, *map(",".join, rows)])
    path.write_text(text, encoding="utf-8", newline="")
    (issue,) = (one for one in check(tmp_path) if one.severity == "error")
    assert (issue.code, issue.line) == ("loss_counts.report_date.type", 2)
