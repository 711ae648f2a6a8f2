"""Each difference of two states is called what it is, the losses first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from history_repository import Tree
from reported_losses.definition.versions import Part
from reported_losses.definition.withdrawn import row_text
from reported_losses.validation.check import check
from reported_losses.validation.history.changes import LOST, Kind
from two_packages import compared, figure, kinds, only, two_packages

KEY = "ua-general-staff/russia/tanks/2022-03-02"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Tree, Tree]:
    return two_packages(tmp_path)


def test_equal_states_differ_in_nothing(pair: tuple[Tree, Tree]) -> None:
    changes = compared(*pair)
    assert not changes
    assert (changes.losses, changes.series, changes.bump.part) == (0, (), None)


@pytest.mark.parametrize(
    ("revision", "kind"),
    [
        (None, "changed"),
        ({"old": "210", "new": "211"}, "revised"),
        ({"old": "209", "new": "211"}, "changed"),  # tells of another value than there was
        ({"old": "210", "new": "212"}, "changed"),  # does not lead to the value there is
    ],
)
def test_a_fixed_value_is_revised_or_lost(
    pair: tuple[Tree, Tree], revision: dict[str, str] | None, kind: str
) -> None:
    old, new = pair
    new.change("loss_counts", figure, total="211")
    if revision is not None:
        new.revise(table="loss_counts", key=KEY, column="total", **revision)
    change = only(compared(old, new), "loss_counts")
    assert (str(change.kind), change.column, change.old, change.new) == (
        kind,
        "total",
        "210",
        "211",
    )
    assert change.line == new.line("loss_counts", figure)
    assert change.reason == ("The page was read again." if kind == "revised" else "")
    assert compared(old, new).losses == (kind == "changed")


@pytest.mark.parametrize(
    ("told", "kind"), [("no", "removed"), ("whole", "withdrawn"), ("otherwise", "removed")]
)
def test_a_row_is_withdrawn_or_lost(pair: tuple[Tree, Tree], told: str, kind: str) -> None:
    old, new = pair
    (row,) = new.remove("categories", lambda one: one["category"] == "drones")
    if told != "no":
        cells = row if told == "whole" else row | {"unit": "people"}
        text = row_text(list(row), cells)
        new.revise(table="categories", key="drones", column="", old=text, new="")
    changes = compared(old, new)
    change = only(changes, "categories")
    assert (str(change.kind), change.cells["label_en"]) == (kind, "Drones")
    assert changes.losses == (kind == "removed")


def test_columns_that_may_change_are_no_losses(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    new.change("loss_counts", figure, evidence="agreed")
    new.change("records", lambda row: row["record"] == "gs-text", last_day="2022-03-30", note="A")
    assert kinds(compared(old, new)) == [
        ("grown", "records", "last_day"),
        ("derived", "loss_counts", "evidence"),
        ("free", "records", "note"),
    ]


def test_a_changed_revision_is_lost(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    new.change("revisions", lambda _: True, reason="Another one.")
    assert kinds(compared(old, new)) == [("changed", "revisions", "reason")]


def test_the_worst_comes_first(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    new.change("loss_counts", figure, total="211", evidence="agreed")
    new.remove("categories", lambda row: row["category"] == "drones")
    new.write("sources", [*new.rows("sources"), new.rows("sources")[0] | {"source": "zz"}])
    found = [one.kind for one in compared(old, new).changes]
    assert found == [Kind.REMOVED, Kind.CHANGED, Kind.ADDED, Kind.DERIVED]
    assert list(Kind)[: len(LOST)] == list(LOST)


def test_days_that_are_covered_no_more_are_losses(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    new.remove("loss_counts", lambda row: row["report_date"] == "2022-03-03")
    new.change("series", lambda row: row["category"] == "personnel", gaps="2022-03-01/2022-03-02")
    tables = [table for table, _ in compared(old, new).coverage]
    assert set(tables) == {"series", "loss_counts"}


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_table_of_one_state_counts_row_by_row(pair: tuple[Tree, Tree], side: str) -> None:
    old, new = pair
    tree = old if side == "new" else new
    path = tree.folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"] = [
        one for one in descriptor["resources"] if one["name"] != "status_counts"
    ]
    path.write_text(json.dumps(descriptor), "utf-8")
    rows = len((old if side == "old" else new).rows("status_counts"))
    changes = compared(old, new)
    kind = "added" if side == "new" else "removed"
    assert kinds(changes) == [(kind, "status_counts", "")] * rows
    assert bool(changes.schema_losses) == (side == "old")
    assert changes.bump.part is (Part.MAJOR if side == "old" else Part.MINOR)


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_table_that_cannot_be_read_is_a_loss(pair: tuple[Tree, Tree], side: str) -> None:
    tree = pair[side == "new"]
    (tree.folder / "data/reports.csv").write_bytes(b'reporter,"\n')
    changes = compared(*pair)
    assert [table for table, _ in changes.uncompared] == ["reports"]
    assert changes.losses == 1


def test_another_order_of_rows_is_another_form(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    path = new.folder / "data/sources.csv"
    header, *rows = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *rows[::-1]]), "utf-8")
    changes = compared(old, new)
    assert (changes.reformed, changes.changes, bool(changes)) == (("sources",), (), True)


def test_the_series_say_how_far_they_moved(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    rows = new.rows("loss_counts")
    last = next(
        row for row in rows if row["report_date"] == "2022-03-03" and row["category"] == "tanks"
    )
    rows.append(last | {"report_date": "2022-03-04", "total": "215"})
    new.write("loss_counts", rows)
    new.change("loss_counts", figure, total="211")
    (move,) = compared(old, new).series
    assert (move.reporter, move.subject) == ("ua-general-staff", "russia")
    assert (move.last_old, move.last_new, move.days_added) == ("2022-03-03", "2022-03-04", 1)
    assert (move.figures_new - move.figures_old, move.totals_changed, move.days_removed) == (
        1,
        1,
        0,
    )
    assert [(one.category, one.old, one.new, one.by) for one in move.totals] == [
        ("tanks", "207", "215", 8)
    ]


def test_a_total_that_is_no_number_has_no_distance(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    new.change("loss_counts", lambda row: row["report_date"] == "2022-03-03", total="²")
    moves = [one for move in compared(old, new).series for one in move.totals]
    assert {one.by for one in moves} == {None}


@pytest.mark.parametrize(
    ("changelog", "version", "least", "enough"),
    [
        ("## [Unreleased]\n", "0.1.0", "", True),
        ("## [0.1.0]\n", "0.1.0", "0.1.1", False),
        ("## [0.1.0]\n", "0.1.1", "0.1.1", True),
        ("## [0.1.0]\n", "0.2.0", "0.1.1", True),
    ],
)
def test_a_released_version_is_bumped(
    pair: tuple[Tree, Tree], changelog: str, version: str, least: str, enough: object
) -> None:
    old, new = pair
    (old.folder / "CHANGELOG.md").write_text(changelog, "utf-8")
    path = new.folder / "datapackage.json"
    for tree, text in ((old, "0.1.0"), (new, version)):
        path = tree.folder / "datapackage.json"
        path.write_text(
            json.dumps(json.loads(path.read_text("utf-8")) | {"version": text}), "utf-8"
        )
    new.change("loss_counts", figure, total="211")
    bump = compared(old, new).bump
    assert (bump.part, bump.least, bump.enough) == (Part.PATCH, least, enough)


def change_schema(tree: Tree, table: str, **change: object) -> None:
    path = tree.folder / f"schemas/{table}.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")


def test_tables_of_another_shape_are_compared_all_the_same(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    for tree in pair:
        change_schema(tree, "records", primaryKey=["title"])
        change_schema(tree, "readings", foreignKeys=[])
    new.change("records", lambda row: row["record"] == "gs-text", last_day="2022-02-01")
    changes = compared(old, new)
    assert kinds(changes) == [("changed", "records", "last_day")]
    assert [table for table, _ in changes.coverage] == ["records"]


def test_tables_of_another_shape_do_not_stop_the_check(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    for tree in pair:
        change_schema(tree, "records", primaryKey=["title"])
        change_schema(tree, "readings", foreignKeys=[])
    new.change("records", lambda row: row["record"] == "gs-text", last_day="2022-02-01")
    codes = {issue.code for issue in check(new.folder, base=old.folder)}
    assert {"check/not-judged", "history/value-changed"} <= codes
