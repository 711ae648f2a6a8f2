"""What `revisions` must tell of a changed value and of a withdrawn row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bad_cases
from history_repository import Tree
from reported_losses.definition.withdrawn import row_text
from reported_losses.issue import Issue
from reported_losses.validation.check import check
from reported_losses.validation.history.base import folder_base
from reported_losses.validation.history.changes import Kind, changes_between

PERSONNEL = ("personnel", "2022-03-02")
TANKS = "ua-general-staff/russia/tanks/2022-03-02"


class Pair:
    """The valid package of the cases, twice."""

    def __init__(self, folder: Path) -> None:
        for name in ("base", "here"):
            (folder / name).mkdir()
            bad_cases.build(folder / name)
        self.base, self.here = Tree(folder / "base"), Tree(folder / "here")

    def found(self) -> list[Issue]:
        return check(self.here.folder, base=self.base.folder)

    def codes(self) -> list[str]:
        return [issue.code for issue in self.found()]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


DEFINED = "Drones reported lost; counted with nothing else."


def drones(row: dict[str, str]) -> bool:
    return row["category"] == "drones"


def told(**cells: str) -> dict[str, str]:
    return {"table": "categories", "key": "drones", "revised_on": "2026-11-22", **cells}


def test_a_value_revised_twice_is_told_by_the_chain(pair: Pair) -> None:
    pair.here.change("categories", drones, definition="people")
    pair.here.revise(**told(column="definition", old=DEFINED, new="systems"))
    pair.here.revise(**told(column="definition", old="systems", new="people"))
    assert pair.codes() == []
    pair.here.change("revisions", lambda row: row["revision"] == "2", old="people", new="systems")
    assert pair.codes() == ["history/value-changed"]


def test_a_value_revised_and_back_is_told_from_the_base_on(pair: Pair) -> None:
    pair.here.revise(**told(column="definition", old=DEFINED, new="people"))
    pair.here.revise(**told(column="definition", old="people", new=DEFINED))
    assert pair.codes() == []
    pair.here.change("revisions", lambda row: row["revision"] == "2", old="systems")
    (issue,) = pair.found()
    assert (issue.code, issue.line, issue.expected) == ("history/value-changed", 3, DEFINED)


def test_a_withdrawal_holds_the_row_of_the_base(pair: Pair) -> None:
    (gone,) = pair.here.remove("categories", drones)
    names = list(gone)
    pair.here.revise(**told(old=row_text(names, gone)))
    assert pair.codes() == []
    other = {**gone, "definition": "Another one."}
    pair.here.change("revisions", lambda row: row["revision"] == "2", old=row_text(names, other))
    (issue,) = pair.found()
    assert (issue.code, issue.path, issue.column) == (
        "history/row-removed",
        "data/revisions.csv",
        "old",
    )


def test_a_row_may_be_revised_and_then_withdrawn(pair: Pair) -> None:
    (gone,) = pair.here.remove("categories", drones)
    pair.here.revise(**told(column="definition", old=DEFINED, new="people"))
    pair.here.revise(**told(old=row_text(gone, {**gone, "definition": "people"})))
    assert pair.codes() == []
    pair.here.change("revisions", lambda row: row["revision"] == "2", old="systems")
    assert pair.codes() == ["history/row-removed"]


def test_a_withdrawn_row_does_not_come_back(pair: Pair) -> None:
    (gone,) = pair.base.remove("categories", drones)
    for tree in (pair.base, pair.here):
        tree.revise(**told(old=row_text(gone, gone)))
    assert pair.codes() == ["revisions/withdrawn-for-good"]


@pytest.mark.parametrize("column", ["reason", "old", "version"])
def test_no_revision_is_revised(pair: Pair, column: str) -> None:
    cells = {"reason": "Another one.", "old": "202", "version": "0.0.9"}
    pair.here.change("revisions", lambda row: row["revision"] == "1", **{column: cells[column]})
    assert pair.codes() == ["history/value-changed"]


def test_no_revision_is_removed(pair: Pair) -> None:
    pair.here.remove("revisions", bool)
    assert pair.codes() == ["history/row-removed"]


@pytest.mark.parametrize(
    ("table", "column", "old", "new", "allowed"),
    [
        ("sources", "licence", "", "MIT", True),
        ("sources", "licence", "MIT", "CC0-1.0", False),
        ("sources", "accessed_on", "2026-11-01", "2026-11-02", True),
        ("sources", "accessed_on", "2026-11-02", "2026-11-01", False),
        ("sources", "title", "One title", "Another title", True),
        ("categories", "definition", "items", "people", False),
    ],
)
def test_a_column_changes_as_its_history_says(
    pair: Pair, table: str, column: str, old: str, new: str, allowed: object
) -> None:
    key = next(iter(pair.base.rows(table)[0].items()))
    for tree, text in ((pair.base, old), (pair.here, new)):
        tree.change(table, lambda row: row[key[0]] == key[1], **{column: text})
    codes = pair.codes()
    assert ("history/value-changed" not in codes) is allowed


def test_the_history_is_that_of_the_base(pair: Pair) -> None:
    path = pair.here.folder / "schemas/categories.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"history": "fixed"', '"history": "free"'), encoding="utf-8")
    pair.here.change("categories", drones, definition="people")
    assert set(pair.codes()) == {"history/schema-weakened", "history/value-changed"}


def test_a_schema_that_stated_no_history_was_not_stricter(pair: Pair) -> None:
    path = pair.base.folder / "schemas/categories.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r',\s*"history": "[a-z]+"', "", text), encoding="utf-8")
    assert '"free"' in text or '"growing"' in text
    assert pair.codes() == []


def test_a_revision_is_not_of_a_released_version(pair: Pair) -> None:
    changelog = pair.base.folder / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-11-22\n", "utf-8")
    pair.here.change("categories", drones, definition="people")
    pair.here.revise(**told(column="definition", old=DEFINED, new="people"))
    assert pair.codes() == ["history/version-not-bumped"]
    pair.here.change("revisions", lambda row: row["revision"] == "2", version="0.1.1")
    assert pair.codes() == []


@pytest.mark.parametrize(
    ("changelog", "before", "after", "allowed"),
    [
        ("## [Unreleased]\n\n## [0.1.0]\n", "0.1.1", "0.2.0", True),
        ("## [Unreleased]\n\n## [0.1.0]\n", "0.2.0", "0.1.1", False),
        ("## [Unreleased]\n\n## [0.1.0]\n", "0.1.0", "0.2.0", False),
        ("## [Unreleased]\n", "0.1.0", "0.2.0", True),
    ],
)
def test_a_release_sets_the_version_of_the_revisions_that_it_has_first(
    pair: Pair, changelog: str, before: str, after: str, allowed: object
) -> None:
    for tree, version in ((pair.base, before), (pair.here, after)):
        (tree.folder / "CHANGELOG.md").write_text(changelog, "utf-8")
        tree.change("categories", drones, definition="people")
        tree.revise(**told(column="definition", old=DEFINED, new="people", version=version))
    changes = changes_between(folder_base(pair.base.folder), folder_base(pair.here.folder))
    (change,) = (one for one in changes.changes if one.table == "revisions")
    assert ("history/value-changed" not in pair.codes()) is allowed
    assert (change.kind is Kind.FREE) is allowed


@pytest.mark.parametrize(
    ("version", "sections", "allowed"),
    [
        ("1.0.0", "Unreleased 1.0.0", True),  # a day's pull request
        ("1.0.0", "1.0.0", False),  # released again, with other contents
        ("1.0.1", "1.0.1 1.0.0", False),  # a row was added
        ("1.1.0", "1.1.0 1.0.0", True),
        ("2.0.0", "2.0.0 1.0.0", True),
        ("0.9.0", "Unreleased 1.0.0", False),
    ],
)
def test_the_version_fits_what_changed(
    pair: Pair, version: str, sections: str, allowed: object
) -> None:
    for tree, now, said in (
        (pair.base, "1.0.0", "Unreleased 1.0.0"),
        (pair.here, version, sections),
    ):
        path = tree.folder / "datapackage.json"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"version": "0.1.0"', f'"version": "{now}"'), "utf-8")
        page = "".join(f"## [{section}]\n" for section in said.split())
        (tree.folder / "CHANGELOG.md").write_text(page, "utf-8")
    pair.base.remove("categories", drones)
    assert ("history/version-not-bumped" not in pair.codes()) is allowed


def test_a_fall_of_a_living_list_is_acknowledged_by_a_note(tmp_path: Path) -> None:
    (case,) = (case for case in bad_cases.cases() if case.code == "history/restated-drop")
    base = bad_cases.build_base(tmp_path / "base", case)
    assert base is not None
    (tmp_path / "here").mkdir()
    here, tables = Tree(tmp_path / "here"), bad_cases.build(tmp_path / "here")
    for edit in case.edits:
        bad_cases.apply(here.folder, tables, edit)
    assert [issue.code for issue in check(here.folder, base=base)] == [case.code]
    reading = {
        "record": "gs-text",
        "reporter": "oryx",
        "subject": "russia",
        "category": "tanks",
        "report_date": "2022-03-05",
        "total": "48",
        "note": "The list was cleared of duplicates.",
    }
    here.write("readings", [*here.rows("readings"), reading])
    assert case.code not in [issue.code for issue in check(here.folder, base=base)]


def test_a_value_without_its_type_is_told_once(pair: Pair) -> None:
    pair.here.change("corrections", bool, amount="2.5")
    assert pair.codes() == ["corrections.amount.type"]


def test_a_series_ends_only_by_a_revision(pair: Pair) -> None:
    """Nothing is due after the last report, so a cell could stop a living series for good."""

    def tanks(row: dict[str, str]) -> bool:
        return (row["reporter"], row["category"]) == ("ua-general-staff", "tanks")

    pair.here.change("series", tanks, last_report="2022-03-03")
    assert pair.codes() == ["history/value-changed"]
    pair.here.revise(
        table="series",
        key="ua-general-staff/russia/tanks",
        column="last_report",
        old="",
        new="2022-03-03",
        revised_on="2026-11-22",
    )
    assert pair.codes() == []


def test_a_gap_that_a_revision_tells_of_is_no_surprise(pair: Pair) -> None:
    gap = "2022-03-02/2022-03-02"
    for one in (pair.base, pair.here):
        for table in ("loss_counts", "readings"):
            one.remove(table, lambda row: (row["category"], row["report_date"]) == PERSONNEL)
        one.change("records", bool, kept="dissent")
    where = {"table": "series", "key": "ua-general-staff/russia/personnel", "column": "gaps"}
    pair.here.change("series", lambda row: row["category"] == "personnel", gaps=gap)
    assert pair.codes() == ["history/gap-declared"]
    pair.here.revise(**where, old="", new=gap, revised_on="2026-11-22")
    assert pair.codes() == []
