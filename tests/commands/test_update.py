"""`reported-losses update`: new days come in, and what was fetched is not trusted."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import february
import february_records
from february import BEFORE, DAY, RECORDED
from february_records import EQUIPMENT, PERSONNEL
from history_repository import Tree, figure
from loopback import file, server
from reported_losses.commands.cli import main
from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.intake.general_staff import fetched, orc_losses, ukrainska_pravda
from reported_losses.validation.check import check


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return february.package(tmp_path / "package")


def update(tree: Tree, upstream: Path | str, *more: str) -> int:
    home = ("--package", str(tree.folder), "--today", RECORDED)
    return main(["update", "--upstream", str(upstream), *home, *more])


def test_what_is_held_changes_nothing(tree: Tree, tmp_path: Path) -> None:
    before = february.contents(tree.folder)
    assert (
        update(tree, february_records.write(february_records.records_of(tree), tmp_path / "up"))
        == 0
    )
    assert february.contents(tree.folder) == before


def test_a_new_day_comes_with_its_evidence_and_the_report_pasted_later_is_no_revision(
    tree: Tree, tmp_path: Path
) -> None:
    base = february.package(tmp_path / "base")
    assert (
        update(
            tree,
            february_records.write(february_records.new_day(tree), tmp_path / "up"),
            "--dry-run",
        )
        == 0
    )
    assert february.contents(tree.folder) == february.contents(base.folder)
    assert update(tree, tmp_path / "up") == 0
    (row,) = (row for row in tree.rows("loss_counts") if figure("tanks", DAY)(row))
    assert (row["total"], row["increment"], row["evidence"]) == ("3334", "", "single")
    assert check(tree.folder, base=base.folder) == []
    report = tmp_path / "report.txt"
    report.write_text(february.text(), "utf-8")
    day = ("--recorded-on", "2026-11-26", "--package", str(tree.folder))
    assert main(["add", str(report), *day]) == 0
    (row,) = (row for row in tree.rows("loss_counts") if figure("tanks", DAY)(row))
    assert (row["increment"], row["evidence"], row["recorded_on"]) == ("8", "primary", RECORDED)
    assert tree.rows("revisions") == []
    before = february.contents(tree.folder)
    assert update(tree, tmp_path / "up") == 0
    assert february.contents(tree.folder) == before


def describe_front_page(tree: Tree) -> None:
    """Describe the third record that is fetched, of which the package has none yet."""
    shipped = Tree(package_dir())
    (record,) = (r for r in shipped.rows("records") if r["record"] == "ukrainska-pravda")
    own = {"first_day": DAY, "last_day": DAY, "gaps": ""}
    tree.write("records", [*tree.rows("records"), record | own])
    held = {row["source"] for row in tree.rows("sources")}
    pages = {"ukrainska-pravda", "ukrainska-pravda-front-page"} - held
    more = [row for row in shipped.rows("sources") if row["source"] in pages]
    tree.write("sources", [*tree.rows("sources"), *more])


def test_over_the_web_it_is_the_same(tree: Tree, tmp_path: Path) -> None:
    other = february.package(tmp_path / "other")
    for each in (tree, other):
        describe_front_page(each)
    number = (dt.date.fromisoformat(DAY) - WAR_BEGAN).days + 1
    day = {key: february_records.NEW[name] for key, name in ukrainska_pravda.CATEGORIES.items()}
    scraped = [{"id": number, "created_at": f"{DAY}T08:00:00.000Z"} | day]
    upstream = february_records.write(february_records.new_day(tree), tmp_path / "up")
    path = upstream / ukrainska_pravda.FILE
    path.parent.mkdir()
    path.write_text(json.dumps({"i18n": [], "days": scraped}), "utf-8")
    files = {
        f"/{path.relative_to(upstream).as_posix()}": file(path.read_bytes())
        for path in upstream.rglob("*.json")
    }
    assert update(other, upstream) == 0
    with server(files) as home:
        assert update(tree, f"{home}/") == 0
    assert february.contents(tree.folder) == february.contents(other.folder)
    (row,) = (row for row in tree.rows("loss_counts") if figure("tanks", DAY)(row))
    assert row["evidence"] == "agreed"


def test_a_file_that_cannot_be_fetched_leaves_everything(tree: Tree) -> None:
    before = february.contents(tree.folder)
    with server({}) as home:
        assert update(tree, home) == 2
    assert update(tree, "ftp://example.org/") == 2
    assert february.contents(tree.folder) == before


def test_a_fall_that_nobody_printed_needs_a_reason(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    upstream = february_records.write(february_records.new_day(tree, tanks=334), tmp_path / "up")
    assert update(tree, upstream) == 1
    assert "tanks" in capsys.readouterr().out
    assert february.contents(tree.folder) == before


def test_a_record_that_repeats_its_last_row_is_refused(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    records = february_records.records_of(tree)
    frozen = {
        row["category"]: int(row["total"])
        for row in tree.rows("readings")
        if row["record"] == "petro" and row["report_date"] == BEFORE and row["total"]
    }
    moving = {name: frozen[name] + 100 for name in ("personnel", "tanks")}
    february_records.add_day(records, "petro", DAY, frozen | moving)
    upstream = february_records.write(records, tmp_path / "up")
    assert update(tree, upstream, "--reason", "Nobody looked.") == 2
    assert BEFORE in capsys.readouterr().err
    assert february.contents(tree.folder) == before


def test_a_held_figure_moves_only_with_a_reason(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = february_records.records_of(tree)
    february_records.add_day(records, "orc-losses", DAY, february_records.NEW)
    assert update(tree, february_records.write(records, tmp_path / "up")) == 0
    before = february.contents(tree.folder)
    later = february_records.NEW | {"tanks": 3_330}
    february_records.add_day(records, "petro", DAY, later)
    upstream = february_records.write(records, tmp_path / "up")
    capsys.readouterr()
    assert update(tree, upstream) == 1
    assert "3334 → 3330, disputed" in capsys.readouterr().out
    assert february.contents(tree.folder) == before
    assert update(tree, upstream, "--reason", "The image has 3330.") == 0
    told = [(row["table"], row["old"], row["new"], row["reason"]) for row in tree.rows("revisions")]
    assert told == [("loss_counts", "3334", "3330", "The image has 3330.")]


@pytest.mark.parametrize("path", [EQUIPMENT, PERSONNEL, orc_losses.FILE])
def test_a_file_that_lost_a_day_is_refused(path: Path, tree: Tree, tmp_path: Path) -> None:
    records = february_records.new_day(tree)
    records[path] = [row for row in records[path] if row["date"] != BEFORE]
    before = february.contents(tree.folder)
    assert update(tree, february_records.write(records, tmp_path / "up")) == 2
    assert february.contents(tree.folder) == before


def test_half_a_record_is_named(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upstream = february_records.write(february_records.records_of(tree), tmp_path / "up")
    (upstream / PERSONNEL).unlink()
    assert update(tree, upstream) == 0
    said = capsys.readouterr().out
    assert f"petro is left out: {PERSONNEL.as_posix()}" in said
    assert said.count("left out") == 1


def test_a_file_of_another_form_is_refused(tree: Tree, tmp_path: Path) -> None:
    before = february.contents(tree.folder)
    records = february_records.new_day(tree)
    for row in records[EQUIPMENT]:
        row["tanks"] = row.pop("tank")
    assert update(tree, february_records.write(records, tmp_path / "up")) == 2
    (tmp_path / "up" / EQUIPMENT).write_text("<html>", "utf-8")
    assert update(tree, tmp_path / "up") == 2
    assert update(tree, tmp_path / "nowhere") == 2
    assert february.contents(tree.folder) == before


def test_a_file_that_changes_many_old_readings_is_refused(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = february_records.new_day(tree)
    for row in records[EQUIPMENT]:
        row |= {key: value + 1 for key, value in row.items() if key not in {"date", "day"}}
        row["date"] = row["date"]
    before = february.contents(tree.folder)
    assert update(tree, february_records.write(records, tmp_path / "up")) == 2
    assert "petro" in capsys.readouterr().err
    assert february.contents(tree.folder) == before


def test_the_addresses_are_those_of_the_descriptor() -> None:
    found = fetched.addresses(installed(), Tree(package_dir()).rows("sources"))
    assert set(found) == set(fetched.below("https://example.org"))
    assert all(url.startswith("https://raw.githubusercontent.com/") for url in found.values())
