"""`reported-losses revise`: values change only together with what follows, and with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import february
from february import DAY
from history_repository import Tree, figure
from reported_losses.commands.cli import main
from reported_losses.validation.check import check

REASON = ("--reason", "The page was read again.", "--recorded-on", "2026-11-26")
READING = f"gs-text/ua-general-staff/russia/tanks/{DAY}"
FIGURE = f"ua-general-staff/russia/tanks/{DAY}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with a report that has a slip, and no increments that show it."""
    tree = february.package(tmp_path_factory.mktemp("revise") / "package")
    report = tree.folder.parent / "report.txt"
    slip = february.WITHOUT_INCREMENTS | {"tanks": (3_335, None)}
    report.write_text(february.text(slip), "utf-8")
    day = ("--recorded-on", february.RECORDED)
    assert main(["add", str(report), "--package", str(tree.folder), *day]) == 0
    return tree.folder


@pytest.fixture
def tree(filled: Path, tmp_path: Path) -> Tree:
    return february.copy(filled, tmp_path / "package")


def revise(tree: Tree, *arguments: str) -> int:
    return main(["revise", *arguments, "--package", str(tree.folder)])


def total(tree: Tree) -> str:
    (row,) = (row for row in tree.rows("loss_counts") if figure("tanks", DAY)(row))
    return row["total"]


def test_a_revised_reading_revises_its_figure(tree: Tree, filled: Path) -> None:
    assert revise(tree, "readings", READING, "total", "3334", *REASON) == 0
    assert total(tree) == "3334"
    told = [(row["table"], row["key"], row["old"], row["new"]) for row in tree.rows("revisions")]
    assert told == [
        ("loss_counts", FIGURE, "3335", "3334"),
        ("readings", READING, "3335", "3334"),
    ]
    (version,) = {row["version"] for row in tree.rows("revisions")}
    assert version == "0.1.0"  # not released yet
    assert check(tree.folder, base=filled) == []


def test_what_became_of_the_figure_and_of_the_other_readings_is_said(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    day = f"/{february.BEFORE}"
    key, figures = READING.replace(f"/{DAY}", day), FIGURE.replace(f"/{DAY}", day)
    rows = tree.rows("readings")
    (held,) = (row for row in rows if tree.key("readings", row) == key)
    more = str(int(held["total"]) + 1)
    before = {tree.key("readings", row) for row in rows}
    assert revise(tree, "readings", key, "total", more, *REASON) == 0
    said = capsys.readouterr().out
    assert f"figure {figures} stays {held['total']}" in said
    assert f"{more} in gs-text" in said
    new = {tree.key("readings", row) for row in tree.rows("readings")} - before
    assert new
    assert all(f"readings {name}: has" in said for name in new)
    assert revise(tree, "readings", READING, "total", "3334", *REASON) == 0
    assert f"figure {FIGURE}: 3335 → 3334, primary: 3334 in gs-text" in capsys.readouterr().out


def test_a_figure_is_not_revised_against_its_readings(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    assert revise(tree, "loss_counts", FIGURE, "total", "3334", *REASON) == 1
    assert "loss_counts/" in capsys.readouterr().out
    assert february.contents(tree.folder) == before


def test_values_that_depend_on_each_other_change_together(tree: Tree, filled: Path) -> None:
    series = "oryx/russia/tanks"
    rows = [row for row in tree.rows("loss_counts") if row["reporter"] == "oryx"]
    row = next(row for row in rows if f"{row['reporter']}/russia/{row['category']}" == series)
    key = f"{series}/{row['report_date']}"
    more = str(int(row["total"]) + 1)
    status = next(
        one
        for one in tree.rows("status_counts")
        if tree.key("status_counts", one).startswith(f"{key}/")
    )
    also = (
        *("--also", "readings", f"oryx-data/{key}", "total", more),
        *("--also", "status_counts", tree.key("status_counts", status), "total"),
        str(int(status["total"]) + 1),
    )
    assert revise(tree, "loss_counts", key, "total", more, *REASON) == 1
    assert revise(tree, "loss_counts", key, "total", more, *also, *REASON) == 0
    assert len(tree.rows("revisions")) == 3
    assert [one.code for one in check(tree.folder, base=filled) if one.severity == "error"] == []


def test_a_contradiction_is_not_explained_by_the_way(tree: Tree) -> None:
    base = february.copy(tree.folder, tree.folder.parent / "base").folder
    edit = ("readings", READING, "increment", "8")
    before = february.contents(tree.folder)
    assert revise(tree, *edit, *REASON) == 1
    assert february.contents(tree.folder) == before
    assert revise(tree, *edit, *REASON, "--correction", "Printed so.") == 0
    (row,) = (row for row in tree.rows("corrections") if figure("tanks", DAY)(row))
    assert (row["amount"], row["reason"]) == ("1", "Printed so.")
    assert check(tree.folder, base=base) == []


def test_a_free_text_is_revised_as_well(tree: Tree) -> None:
    new = "In other words."
    assert revise(tree, "records", "gs-text", "note", new, *REASON, "--source", "gs-text") == 0
    (row,) = tree.rows("revisions")
    assert (row["column"], row["new"], row["source"]) == ("note", new, "gs-text")


def test_a_dry_run_writes_nothing(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    before = february.contents(tree.folder)
    assert revise(tree, "readings", READING, "total", "3334", *REASON, "--dry-run") == 0
    assert "3335 → 3334" in capsys.readouterr().out
    assert february.contents(tree.folder) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reading", READING, "total", "1"), "readings"),
        (("readings", READING.replace("22", "2"), "total", "1"), "no row"),
        (("readings", READING, "totl", "1"), "total"),
        (("readings", READING, "category", "tanks"), "key"),
        (("loss_counts", FIGURE, "evidence", "agreed"), "recomputed"),
        (("readings", READING, "total", "3335"), "already"),
        (("readings", READING, "total", "3,334"), "whole numbers"),
        (("revisions", "1", "reason", "x"), "revision"),
        (("readings", READING, "total", "3334", "--reason", " "), "reason"),
        (("readings", READING, "total", "3334", "--recorded-on", "soon"), "soon"),
    ],
)
def test_what_cannot_be_revised_is_refused(
    tree: Tree, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    before = february.contents(tree.folder)
    assert revise(tree, *arguments[:4], *REASON, *arguments[4:]) == 2
    assert said in capsys.readouterr().err
    assert february.contents(tree.folder) == before


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("series", "ua-general-staff/russia/tanks", "policy", "sometimes"), "series.policy.enum"),
        (("loss_counts", FIGURE, "recorded_on", "2026-11-20"), "history/recorded-on-changed"),
        (
            ("reports", f"ua-general-staff/{DAY}", "period_end", "yesterday"),
            "reports.period_end.type",
        ),
    ],
)
def test_what_the_gate_refuses_is_not_written(
    tree: Tree, capsys: pytest.CaptureFixture[str], edit: tuple[str, ...], code: str
) -> None:
    before = february.contents(tree.folder)
    assert revise(tree, *edit, *REASON) == 1
    assert code in capsys.readouterr().out
    assert february.contents(tree.folder) == before
