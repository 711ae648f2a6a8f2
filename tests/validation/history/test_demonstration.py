"""A demonstration repository: what each kind of change is told against the base, and where."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import jsonschema
import pytest

from history_repository import (
    BEFORE,
    DAY,
    REPORTER,
    Tree,
    copied,
    figure,
    git,
    new_repository,
    write_cut,
)
from reported_losses.commands.cli import main
from reported_losses.definition.location import package_dir
from reported_losses.definition.withdrawn import row_text
from reported_losses.issue import Issue
from reported_losses.validation.check import check, examine

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OLD_DAY = "2024-05-10"
TANKS = figure("tanks", OLD_DAY)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return new_repository(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def tree(repository: Tree, tmp_path: Path) -> Tree:
    return copied(repository, tmp_path)


@pytest.fixture(scope="module")
def next_day(repository: Tree, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    tree = copied(repository, tmp_path_factory.mktemp("next-day"))
    write_cut(tree.folder, DAY)
    return tree


@pytest.fixture
def good_day(next_day: Tree, tmp_path: Path) -> Tree:
    return copied(next_day, tmp_path)


def places(issues: Iterable[Issue]) -> set[tuple[str, str | None, int | None]]:
    return {(issue.code, issue.path, issue.line) for issue in issues}


def codes(issues: Iterable[Issue]) -> set[str]:
    return {issue.code for issue in issues}


def test_nothing_changed(tree: Tree) -> None:
    assert tree.found() == []


def test_a_good_day_passes(good_day: Tree) -> None:
    examined = examine(good_day.folder, base="main")
    assert examined.issues == []
    assert examined.compared is not None
    assert examined.compared.commit == git(good_day.folder, "rev-parse", "HEAD")
    assert examined.compared.rows > 2 * 13


def test_a_day_that_one_more_record_tells_passes(tree: Tree, tmp_path: Path) -> None:
    """The base has what it had before a second record told of the same days."""
    base = copied(tree, tmp_path / "base")
    (record,) = base.remove("records", lambda row: row["record"] == "gs-infographic")
    base.remove("readings", lambda row: row["record"] == record["record"])
    base.change("loss_counts", TANKS, evidence="single", increment="", increment_evidence="")
    base.change("loss_counts", figure("artillery", OLD_DAY), evidence="single")
    base.change("records", lambda row: row["record"] == "petro", last_day=OLD_DAY)
    assert check(tree.folder, base=base.folder) == []


def test_one_wrong_digit_is_told_on_the_new_day_alone(good_day: Tree) -> None:
    wrong = figure("tanks", DAY)
    (row,) = [row for row in good_day.rows("loss_counts") if wrong(row)]
    good_day.change("loss_counts", wrong, total=row["total"][:-1] + str(9 - int(row["total"][-1])))
    issues = good_day.found()
    line = good_day.line("loss_counts", wrong)
    assert ("loss_counts/increment-matches", "data/loss_counts.csv", line) in places(issues)
    assert {(issue.path, issue.line) for issue in issues} == {("data/loss_counts.csv", line)}


def test_an_old_figure_changed_with_its_readings_is_seen(tree: Tree) -> None:
    later = str(int(tree.change("loss_counts", TANKS)[0]["total"]) + 1)
    tree.change("loss_counts", TANKS, total=later)
    tree.change("readings", lambda row: TANKS(row) and row["total"] != "", total=later)
    issues = tree.found()
    at = ("history/value-changed", "data/loss_counts.csv", tree.line("loss_counts", TANKS))
    assert at in places(issues)
    changed = [number for number, row in enumerate(tree.rows("readings"), 2) if TANKS(row)]
    told = {
        issue.line
        for issue in issues
        if issue.code == "history/value-changed" and issue.path == "data/readings.csv"
    }
    assert told
    assert told <= set(changed)
    lines = {("data/loss_counts.csv", at[2]), *(("data/readings.csv", line) for line in changed)}
    assert {(issue.path, issue.line) for issue in issues} <= lines


def test_a_day_deleted_behind_a_gap_is_seen(tree: Tree) -> None:
    def of_day(row: dict[str, str]) -> bool:
        return row["reporter"] == REPORTER and row["report_date"] == OLD_DAY

    gone = {name: tree.remove(name, of_day) for name in ("loss_counts", "readings", "reports")}
    for table in ("series", "records"):
        rows = tree.rows(table)
        for row in rows:
            if row["reporter"] == REPORTER:
                row["gaps"] = " ".join(sorted([*row["gaps"].split(), f"{OLD_DAY}/{OLD_DAY}"]))
        tree.write(table, rows)
    issues = tree.found()
    assert {"history/row-removed", "history/coverage-shrunk"} <= codes(issues)
    removed = [issue for issue in issues if issue.code == "history/row-removed"]
    assert len(removed) == sum(map(len, gone.values()))
    gaps = {issue.table for issue in issues if issue.column == "gaps"}
    assert gaps == {"series", "records"}
    # The line of a removed row is the one now in its place.
    tanks = next(issue for issue in removed if issue.key.get("category") == "tanks")
    line = tree.line("loss_counts", figure("tanks", "2024-05-11"))
    assert ("loss_counts", line) in {(issue.table, issue.line) for issue in removed}
    assert tanks.key["report_date"] == OLD_DAY


def test_a_deleted_statement_is_seen(tree: Tree) -> None:
    name = tree.rows("statements")[3]["statement"]
    for table in ("claims", "statement_sources", "statements"):
        tree.remove(table, lambda row: row["statement"] == name)
    issues = tree.found()
    assert ("history/row-removed", "data/statements.csv", 5) in places(issues)
    assert codes(issues) <= {"history/row-removed", "sources/used"}


def test_computed_increments_are_seen(tree: Tree) -> None:
    (row, before) = (
        next(row for row in tree.rows("loss_counts") if where(row))
        for where in (TANKS, figure("tanks", "2024-05-09"))
    )
    base = copied(tree, tree.folder.parent / "unprinted")
    for one in (tree, base):
        one.change("readings", TANKS, increment="")
    base.change("loss_counts", TANKS, increment="", increment_evidence="")
    computed = str(int(row["total"]) - int(before["total"]))
    tree.change("loss_counts", TANKS, increment=computed)
    issues = check(tree.folder, base=base.folder)
    assert {(issue.path, issue.line) for issue in issues} == {
        ("data/loss_counts.csv", tree.line("loss_counts", TANKS))
    }
    assert "history/value-changed" not in codes(issues)


def test_a_backdated_row_is_seen(good_day: Tree) -> None:
    row = figure("tanks", DAY)
    good_day.change("loss_counts", row, recorded_on="2026-11-01")
    line = good_day.line("loss_counts", row)
    assert places(good_day.found()) == {
        ("history/recorded-on-changed", "data/loss_counts.csv", line),
        ("loss_counts/recorded-in-time", "data/loss_counts.csv", line),
    }


def test_a_changed_day_of_recording_is_seen_also_with_a_revision(tree: Tree) -> None:
    (row,) = tree.change("loss_counts", TANKS)
    tree.change("loss_counts", TANKS, recorded_on="2026-11-23")
    tree.revise(
        table="loss_counts",
        key=tree.key("loss_counts", row),
        column="recorded_on",
        old=row["recorded_on"],
        new="2026-11-23",
    )
    assert codes(tree.found()) == {"history/recorded-on-changed"}


def test_a_weakened_schema_is_seen(tree: Tree) -> None:
    path = tree.folder / "schemas/loss_counts.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    for field in schema["fields"]:
        if field["name"] == "total":
            del field["constraints"]["minimum"]
    path.write_text(json.dumps(schema, indent=2, ensure_ascii=False), encoding="utf-8")
    (issue,) = tree.found()
    assert (issue.code, issue.path) == ("history/schema-weakened", "schemas/loss_counts.json")
    text = path.read_text(encoding="utf-8").splitlines()[(issue.line or 0) - 1]
    assert '"total"' in text


def test_a_looser_policy_is_seen(tree: Tree) -> None:
    def tanks(row: dict[str, str]) -> bool:
        return (row["reporter"], row["category"]) == (REPORTER, "submarines")

    tree.change("series", tanks, policy="restated")
    line = tree.line("series", tanks)
    assert places(tree.found()) == {("history/rules-weakened", "data/series.csv", line)}


def test_what_a_record_s_vote_changes_stands_at_the_record(tree: Tree) -> None:
    def image(row: dict[str, str]) -> bool:
        return row["record"] == "gs-infographic"

    tree.change("records", image, votes="false")
    issues = tree.found()
    line = tree.line("records", image)
    assert {"history/rules-weakened", "loss_counts/evidence-supported"} <= codes(issues)
    assert {(issue.path, issue.line) for issue in issues} == {("data/records.csv", line)}
    # The cause is not lost among what follows from it.
    assert len([issue for issue in issues if issue.code == "loss_counts/evidence-supported"]) == 6


def test_a_told_revision_passes_and_one_of_another_value_does_not(tree: Tree) -> None:
    (row,) = tree.change("loss_counts", TANKS)
    tree.change("loss_counts", TANKS, qualifier="about")
    tree.change("readings", TANKS, qualifier="about")
    told = {"table": "loss_counts", "key": tree.key("loss_counts", row), "column": "qualifier"}
    base = copied(tree, tree.folder.parent / "read-before")
    base.change("loss_counts", TANKS, qualifier="exact")
    (issue,) = check(tree.folder, base=base.folder)
    assert issue.code == "history/value-changed"
    tree.revise(**told, old="exact", new="about")
    assert check(tree.folder, base=base.folder) == []
    tree.change("revisions", lambda one: one["key"] == told["key"], old="nearly")
    (issue,) = check(tree.folder, base=base.folder)
    assert (issue.code, issue.path) == ("history/value-changed", "data/revisions.csv")
    assert (issue.column, issue.found, issue.expected) == ("old", "nearly", "exact")


def test_a_withdrawn_row_passes_and_another_row_in_its_place_does_not(tree: Tree) -> None:
    gone = tree.remove("statement_sources", bool)
    assert gone
    names = list(gone[0])
    for row in gone:
        key = tree.key("statement_sources", row)
        tree.revise(table="statement_sources", key=key, old=row_text(names, row))
    assert codes(tree.found()) <= {"sources/used"}
    note = {**gone[0], "note": "Another note"}
    tree.change("revisions", lambda one: one["revision"] == "1", old=row_text(names, note))
    assert codes(tree.found()) <= {"sources/used"}  # a note may change at any time
    tree.change("revisions", lambda one: one["revision"] == "1", old="")
    assert "revisions/withdrawn-whole" in codes(tree.found())


def test_what_the_base_has_too_is_left_out(tree: Tree) -> None:
    tree.change("loss_counts", TANKS, evidence="single")
    git(tree.folder, "commit", "-q", "-a", "-m", "A slip")
    assert check(tree.folder) != []
    tree.change("claims", lambda row: row["note"] != "", note="Another note.")
    examined = examine(tree.folder, base="HEAD")
    assert examined.issues == []
    assert examined.compared is not None
    assert examined.compared.left_out == len(check(tree.folder))


def test_a_doubled_row_is_no_issue_of_the_base(tree: Tree) -> None:
    path = tree.folder / "data/loss_counts.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:9], *lines[8:]]), encoding="utf-8", newline="")
    assert "loss_counts.primaryKey" in codes(tree.found())


def test_an_issue_elsewhere_stands_on_the_line_that_caused_it(tree: Tree) -> None:
    (reading,) = tree.remove(
        "readings", lambda row: TANKS(row) and row["record"] == "gs-infographic"
    )
    base = copied(tree, tree.folder.parent / "more")
    rows = tree.rows("readings")
    wrong = {**reading, "record": "orc-losses", "total": "1", "increment": "", "note": "Copied."}
    tree.write(
        "readings",
        [row for row in rows if not (TANKS(row) and row["record"] == "orc-losses")] + [wrong],
    )
    issues = check(tree.folder, base=base.folder)
    line = tree.line("readings", lambda row: TANKS(row) and row["record"] == "orc-losses")
    assert issues
    assert {(issue.path, issue.line) for issue in issues} == {("data/readings.csv", line)}


def test_a_claim_that_no_longer_fits_stands_on_the_figure_that_changed(tree: Tree) -> None:
    """What a page quotes is not blamed for another figure, and nobody is told to change it."""
    total = next(row["total"] for row in tree.rows("loss_counts") if TANKS(row))
    first = tree.rows("claims")[0]
    base = copied(tree, tree.folder.parent / "claimed")
    for one in (tree, base):
        for day in (OLD_DAY, "2024-05-11"):  # a figure that breaks its own sum blames no claim
            one.change("readings", figure("tanks", day), increment="")
            one.change("loss_counts", figure("tanks", day), increment="", increment_evidence="")
        one.change(
            "claims",
            lambda row: (row["statement"], row["claim"]) == (first["statement"], first["claim"]),
            reporter=REPORTER,
            subject="russia",
            category="tanks",
            period_start="2022-02-24",
            period_end=OLD_DAY,
            low=total,
            high=total,
        )
    tree.change("loss_counts", TANKS, total=str(int(total) + 1))
    tree.change("readings", TANKS, total=str(int(total) + 1))
    line = tree.line("loss_counts", TANKS)
    found = [issue for issue in check(tree.folder, base=base.folder) if issue.table != "readings"]
    assert {(issue.path, issue.line) for issue in found} == {("data/loss_counts.csv", line)}
    (claim,) = (issue for issue in found if issue.code == "claims/matches-count")
    assert "data/claims.csv:2 fails" in claim.message
    tree.remove("loss_counts", TANKS)
    gone = [issue for issue in check(tree.folder, base=base.folder) if issue.table != "readings"]
    (claim,) = (issue for issue in gone if issue.code == "claims/matches-count")
    assert (claim.path, claim.line) == ("data/loss_counts.csv", line)


def test_a_sum_that_fails_on_the_next_day_stands_on_the_changed_day(tree: Tree) -> None:
    later = str(int(next(row for row in tree.rows("loss_counts") if TANKS(row))["total"]) + 1)
    base = copied(tree, tree.folder.parent / "unprinted")
    for one in (tree, base):
        one.change("readings", TANKS, increment="")
        one.change("loss_counts", TANKS, increment="", increment_evidence="")
    tree.change("readings", lambda row: TANKS(row) and row["total"] != "", total=later)
    tree.change("loss_counts", TANKS, total=later)
    issues = check(tree.folder, base=base.folder)
    sums = [issue for issue in issues if issue.code == "loss_counts/increment-matches"]
    line = tree.line("loss_counts", TANKS)
    assert {(issue.path, issue.line) for issue in sums} == {("data/loss_counts.csv", line)}
    next_line = tree.line("loss_counts", figure("tanks", "2024-05-11"))
    assert f"data/loss_counts.csv:{next_line}" in sums[0].message


def test_the_command_says_what_it_compared_with(
    good_day: Tree, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(good_day.folder)
    assert main(["check", "--base", "HEAD", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    schema = (package_dir() / "schemas/report/report.json").read_text(encoding="utf-8")
    jsonschema.validate(report, json.loads(schema))
    base = report["base"]
    commit = git(good_day.folder, "rev-parse", "HEAD")
    assert (base["name"], base["commit"], base["left_out"]) == ("HEAD", commit, 0)
    for form in ("text", "github", "markdown", "sarif", "junit"):
        assert main(["check", "--base", "HEAD", "--format", form]) == 0
        assert commit[:12] in capsys.readouterr().out
    assert main(["check", "--base", "no-such-branch"]) == 2
    assert "no-such-branch" in capsys.readouterr().err


def test_the_base_is_the_commit_in_common(good_day: Tree) -> None:
    """A branch is not blamed for what main did meanwhile."""
    git(good_day.folder, "stash", "-q", "-u")
    start = git(good_day.folder, "rev-parse", "HEAD")
    good_day.change("categories", lambda row: row["category"] == "tanks", definition="Tanks.")
    git(good_day.folder, "commit", "-q", "-a", "-m", "On main")
    git(good_day.folder, "checkout", "-q", "-b", "branch", start)
    git(good_day.folder, "stash", "pop", "-q")
    examined = examine(good_day.folder, base="main")
    assert examined.compared is not None
    assert (examined.issues, examined.compared.commit) == ([], start)


def test_a_table_that_the_base_cannot_give_is_said_and_hides_nothing(tree: Tree) -> None:
    path = tree.folder / "data/series.csv"
    good = path.read_bytes()
    path.write_bytes(b"nonsense\n")
    git(tree.folder, "commit", "-q", "-a", "-m", "Broken")
    path.write_bytes(good)
    tree.change("loss_counts", TANKS, total="1")
    found = codes(tree.found())
    assert {"history/base-unreadable", "history/value-changed"} <= found
    assert "loss_counts/never-decreases" in found
    compared = examine(tree.folder, base="HEAD").compared
    assert compared is not None
    assert compared.uncompared == ("series",)  # no change is not what was seen


def test_the_days_of_a_repository_are_those_of_the_cut(good_day: Tree) -> None:
    days = {row["report_date"] for row in good_day.rows("reports") if row["reporter"] == REPORTER}
    assert {BEFORE, DAY} <= days
