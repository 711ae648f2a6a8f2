"""`reported-losses add`: from a pasted report to rows, or to the reason why not."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import february
from february import DAY, PAGE, RECORDED, URL
from history_repository import Tree, figure
from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.intake.general_staff import build
from reported_losses.intake.tables import Row
from reported_losses.validation.check import check

SCHEMAS = package_dir() / "schemas" / "report"
TANKS = figure("tanks", DAY)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return february.package(tmp_path / "package")


def add(tree: Tree, text: str | bytes, *more: str) -> int:
    """Add a report that stands in a file."""
    path = tree.folder.parent / "report.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return add_file(tree, path, *more)


def add_file(tree: Tree, path: Path | str, *more: str) -> int:
    days = () if "--recorded-on" in more else ("--recorded-on", RECORDED)
    return main(["add", str(path), "--package", str(tree.folder), *days, *more])


def found(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def one(tree: Tree, table: str, day: str = DAY, category: str = "tanks", **cells: str) -> Row:
    rows = [
        row
        for row in tree.rows(table)
        if row.get("report_date") == day
        and row.get("category", category) == category
        and all(row[name] == text for name, text in cells.items())
        and row["reporter"] == "ua-general-staff"
    ]
    assert len(rows) == 1
    return rows[0]


def assert_as_decided(tree: Tree) -> None:
    """Assert that the figures are what all readings of the tables together decide."""
    package = load_package(tree.folder)
    readings = [build.reading_from(r) for r in tree.rows("readings") if TANKS(r | figure_key(r))]
    decided = build.decide(package, readings, tree.rows("records"))
    rows = build.loss_count_rows(decided.figures.values(), readings, tree.rows("series"))
    held = {
        (row["category"], row["report_date"]): row
        for row in tree.rows("loss_counts")
        if row["reporter"] == "ua-general-staff"
    }
    assert held.keys() == {(row["category"], row["report_date"]) for row in rows}
    for row in rows:
        assert row.items() <= held[row["category"], row["report_date"]].items()


def figure_key(row: Row) -> Row:
    """Return what makes a row of the reporter pass for one of the tanks of the day."""
    return {"category": "tanks", "report_date": DAY, "reporter": row["reporter"]}


def describe_quotations(tree: Tree) -> None:
    """Describe the record of quotations, of which the package has none yet."""
    shipped = Tree(package_dir())
    for table, name in (("records", "record"), ("sources", "source")):
        rows = [row for row in shipped.rows(table) if row[name] == "gs-quoted"]
        for row in rows if table == "records" else ():
            row |= {"first_day": DAY, "last_day": DAY, "gaps": "", "categories": "tanks"}
        tree.write(table, [*tree.rows(table), *rows])


# A new day


def test_a_new_day_is_added_with_its_readings_report_and_page(tree: Tree) -> None:
    base = february.package(tree.folder.parent / "base")
    assert add(tree, february.text(), "--url", URL) == 0
    assert one(tree, "loss_counts") == {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
        "report_date": DAY,
        "total": "3334",
        "increment": "8",
        "qualifier": "exact",
        "evidence": "primary",
        "increment_evidence": "primary",
        "recorded_on": RECORDED,
    }
    assert one(tree, "loss_counts", category="personnel")["qualifier"] == "about"
    reading = one(tree, "readings", record="gs-text")
    assert (reading["total"], reading["increment"]) == ("3334", "8")
    assert one(tree, "reports")["url"] == URL
    (page,) = (row for row in tree.rows("sources") if row["source"] == reading["source"])
    assert (page["url"], page["accessed_on"]) == (URL, RECORDED)
    (record,) = (row for row in tree.rows("records") if row["record"] == "gs-text")
    assert record["last_day"] == DAY
    assert tree.rows("revisions") == []
    assert check(tree.folder, base=base.folder, today=RECORDED) == []
    assert_as_decided(tree)


def test_adding_twice_changes_nothing(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(tree, february.text(), "--url", URL) == 0
    before = february.contents(tree.folder)
    capsys.readouterr()
    assert add(tree, february.text(), "--url", URL, "--recorded-on", "2026-11-26") == 0
    assert "hold this report already" in capsys.readouterr().out
    assert february.contents(tree.folder) == before


def test_days_between_go_into_the_gaps_and_leave_them_when_they_are_filled(tree: Tree) -> None:
    assert add(tree, february.text(february.FOLLOWING, end="23.02.23")) == 0
    records = {row["record"]: row for row in tree.rows("records")}
    assert f"{DAY}/{DAY}" in records["gs-text"]["gaps"]
    series = {row["category"]: row for row in tree.rows("series")}
    assert f"{DAY}/{DAY}" in series["tanks"]["gaps"]
    assert check(tree.folder) == []
    assert add(tree, february.text()) == 0
    assert (
        f"{DAY}/{DAY}"
        not in {row["record"]: row for row in tree.rows("records")}["gs-text"]["gaps"]
    )
    assert check(tree.folder) == []
    assert_as_decided(tree)


def test_a_dry_run_writes_nothing_and_its_json_has_the_schema(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    assert add(tree, february.text(), "--dry-run", "--format", "json") == 0
    assert february.contents(tree.folder) == before
    report = found(capsys)
    schema = json.loads((SCHEMAS / "addition.json").read_text("utf-8"))
    other = json.loads((SCHEMAS / "report.json").read_text("utf-8"))
    registry = Registry().with_resource(other["$id"], Resource.from_contents(other))
    Draft202012Validator(schema, registry=registry).validate(report)
    assert report["report_date"] == DAY
    assert report["figures"][1] == {
        "category": "tanks",
        "total": 3334,
        "increment": 8,
        "qualifier": "exact",
        "line": 3,
    }
    assert report["issues"] == report["refused"] == report["unread"] == []
    assert len(report["proposed"]["loss_counts"]["added"]) == 13
    assert not report["written"]


# Where it was published


POST = "https://www.facebook.com/GeneralStaff.ua/posts/1"


@pytest.mark.parametrize("url", [POST, "https://t.me/GeneralStaffZSU/77"])
def test_a_post_of_the_general_staff_is_its_own_publication(tree: Tree, url: str) -> None:
    assert add(tree, february.text(), "--url", url) == 0
    assert one(tree, "loss_counts")["evidence"] == "primary"
    assert one(tree, "readings", record="gs-facebook")["total"] == "3334"
    assert one(tree, "reports")["url"] == url
    (record,) = (row for row in tree.rows("records") if row["record"] == "gs-facebook")
    assert (record["kind"], record["first_day"], record["last_day"]) == ("text", DAY, DAY)
    assert check(tree.folder) == []
    assert_as_decided(tree)
    following = february.text(february.FOLLOWING, end="23.02.23")
    assert add(tree, following, "--url", f"{url}1") == 0
    (record,) = (row for row in tree.rows("records") if row["record"] == "gs-facebook")
    assert record["last_day"] == february.NEXT


@pytest.mark.parametrize(
    "url", ["https://facebook.com.example/GeneralStaff.ua/1", "https://t.me/GeneralStaffZSUx/1"]
)
def test_no_figure_follows_from_a_page_that_quotes_the_report_and_that_is_said(
    tree: Tree, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    describe_quotations(tree)
    assert add(tree, february.text(), "--url", url, "--format", "json") == 0
    report = found(capsys)
    assert (report["record"], len(report["notes"])) == ("gs-quoted", 1)
    assert "loss_counts" not in report["proposed"]


def test_a_forgotten_address_is_added_later(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(tree, february.text(), "--format", "json") == 0
    assert "--url" in "".join(found(capsys)["notes"])
    base = february.copy(tree.folder, tree.folder.parent / "base")
    assert add(tree, february.text(), "--url", URL, "--format", "json") == 0
    assert found(capsys)["notes"] == []
    name = one(tree, "readings", record="gs-text")["source"]
    (page,) = (row for row in tree.rows("sources") if row["source"] == name)
    assert (page["url"], page["note"], page["licence"]) == (URL, "", "CC-BY-4.0")
    assert one(tree, "reports")["url"] == URL
    assert check(tree.folder, base=base.folder) == []
    before = february.contents(tree.folder)
    assert add(tree, february.text(), "--url", f"{URL}other/", "--format", "json") == 0
    assert f"{URL}other/" in "".join(found(capsys)["notes"])
    assert february.contents(tree.folder) == before


# What contradicts


def test_a_wrong_digit_is_refused_with_the_code_of_the_gate(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    wrong = february.text({"tanks": (3_343, 8)})
    assert add(tree, wrong, "--format", "json") == 1
    assert february.contents(tree.folder) == before
    report = found(capsys)
    assert {issue["code"] for issue in report["issues"]} == {"loss_counts/increment-matches"}
    assert [issue["key"]["category"] for issue in report["issues"]] == ["tanks"]
    assert report["refused"]


def test_a_contradiction_that_the_report_prints_needs_a_reason(tree: Tree) -> None:
    printed = february.text({"tanks": (3_343, 8)})
    reason = "Printed so on the page and on the image."
    assert add(tree, printed, "--reason", reason) == 0
    correction = one(tree, "corrections")
    assert (correction["amount"], correction["reason"]) == ("9", reason)
    assert check(tree.folder) == []
    assert_as_decided(tree)


def test_a_second_record_that_agrees_fills_increments_and_is_no_revision(tree: Tree) -> None:
    describe_quotations(tree)
    assert add(tree, february.text(february.WITHOUT_INCREMENTS)) == 0
    assert one(tree, "loss_counts")["increment"] == ""
    first = one(tree, "loss_counts")["recorded_on"]
    assert add(tree, february.text(), "--url", PAGE, "--recorded-on", "2026-11-26") == 0
    row = one(tree, "loss_counts")
    assert (row["increment"], row["increment_evidence"]) == ("8", "quoted")
    assert row["recorded_on"] == first
    assert one(tree, "readings", record="gs-quoted")["source"] == "news-example-2023-02-22"
    assert tree.rows("revisions") == []
    assert check(tree.folder) == []
    assert_as_decided(tree)


def test_a_changed_total_needs_a_reason_and_gets_a_revision(tree: Tree) -> None:
    assert add(tree, february.text(february.WITHOUT_INCREMENTS)) == 0
    before = february.contents(tree.folder)
    changed = february.text({"tanks": (3_335, 9)})
    assert add(tree, changed) == 1
    assert february.contents(tree.folder) == before
    assert add(tree, changed, "--reason", "The page was mended.") == 0
    assert one(tree, "loss_counts")["total"] == "3335"
    revised = {
        (row["table"], row["column"], row["old"], row["new"]) for row in tree.rows("revisions")
    }
    assert revised == {
        ("loss_counts", "total", "3334", "3335"),
        ("readings", "total", "3334", "3335"),
    }
    assert {row["reason"] for row in tree.rows("revisions")} == {"The page was mended."}
    assert check(tree.folder) == []
    assert_as_decided(tree)


def test_a_wrong_date_is_refused_whatever_the_reason(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    dated = february.text(end="21.02.23")
    more = ("--reason", "Printed so.", "--allow-many", "--format", "json")
    assert add(tree, dated, *more) == 1
    assert found(capsys)["fits"] == DAY
    assert february.contents(tree.folder) == before


def test_one_reason_does_not_cover_contradictions_in_many_categories(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    labels = ("tanks", "APV", "MLRS", "aircraft")
    rebased = {label: (february.FIGURES[label][0] + 50, 1) for label in labels}
    reason = ("--reason", "The reporter counted anew.")
    assert add(tree, february.text(rebased), *reason, "--format", "json") == 1
    assert found(capsys)["fits"] is None
    assert february.contents(tree.folder) == before
    del rebased["tanks"]
    assert add(tree, february.text(rebased), *reason, "--dry-run") == 0
    rebased["tanks"] = (3_384, 1)
    assert add(tree, february.text(rebased), *reason, "--allow-many") == 0
    assert one(tree, "corrections")["amount"] == "57"


# What was not read


def test_an_unread_line_is_named_and_stops_the_report(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    odd = february.text().replace("tanks \N{FIGURE DASH} 3", "t\N{CYRILLIC SMALL LETTER A}nks - 3")
    assert add(tree, odd, "--format", "json") == 1
    assert february.contents(tree.folder) == before
    report = found(capsys)
    assert [line["line"] for line in report["unread"]] == [3]
    assert "tanks" not in {row["category"] for row in report["figures"]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-report"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b"tanks", "no-report"),
        (b"Hello, world. " * 9, "no-report"),
        (b"\xff\xfe\xff" * 9, "not-utf8"),
    ],
)
def test_what_is_no_report_is_said(
    tree: Tree, capsys: pytest.CaptureFixture[str], data: bytes, code: str
) -> None:
    before = february.contents(tree.folder)
    assert add(tree, data, "--format", "json") == 1
    report = found(capsys)
    assert code in {problem["code"] for problem in report["problems"]}
    assert (report["figures"], report["proposed"]) == ([], {})
    assert february.contents(tree.folder) == before


def test_shuffled_lines_are_the_same_report(tree: Tree, tmp_path: Path) -> None:
    other = february.package(tmp_path / "other")
    head, *lines = february.text().splitlines(keepends=True)
    assert add(tree, february.text()) == 0
    assert add(other, head + "".join(reversed(lines))) == 0
    assert february.contents(other.folder) == february.contents(tree.folder)


def test_a_doubled_line_is_read_once_and_a_contradictory_one_stops_the_report(tree: Tree) -> None:
    twice = february.text() + "tanks - 3334 (+8),\n"
    assert add(tree, twice, "--dry-run") == 0
    assert add(tree, february.text() + "tanks - 3335 (+8),\n") == 1


def test_a_category_that_is_not_in_the_report_is_named_and_stops_it(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    lines = february.text().splitlines(keepends=True)
    without = "".join(line for line in lines if not line.startswith("tanks"))
    assert add(tree, without, "--url", URL, "--format", "json") == 1
    report = found(capsys)
    assert report["missing"] == ["tanks"]
    assert len(report["notes"]) == len(report["refused"]) == 1
    assert february.contents(tree.folder) == before
    assert add(tree, without, "--allow-partial") == 0
    assert check(tree.folder) == []
    assert add(tree, without) == 0  # held already, and the gap is declared


def test_what_a_quoting_page_leaves_out_stops_nothing(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    describe_quotations(tree)
    lines = february.text().splitlines(keepends=True)
    without = "".join(line for line in lines if not line.startswith("MLRS"))
    assert add(tree, without, "--url", PAGE, "--format", "json") == 0
    assert found(capsys)["missing"] == []


def test_days_that_are_jumped_over_are_said(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    following = february.text(february.FOLLOWING, end="23.02.23")
    assert add(tree, following, "--url", URL, "--format", "json", "--dry-run") == 0
    (note,) = found(capsys)["notes"]
    assert DAY in note


# How it is called


def test_the_day_of_the_text_is_not_overruled(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(tree, february.text(), "--date", february.NEXT) == 2
    assert DAY in capsys.readouterr().err


@pytest.mark.parametrize(
    ("dates", "codes"),
    [
        ("", []),
        (" from 24.02.22 to 31.02.23", ["impossible-date"]),
        (" from 24.02.22 to 22.02.23, and from 24.02.22 to 23.02.23", ["contradictory-dates"]),
    ],
)
def test_a_text_without_a_sure_day_asks_for_one(
    tree: Tree, capsys: pytest.CaptureFixture[str], dates: str, codes: list[str]
) -> None:
    before = february.contents(tree.folder)
    undated = february.text().replace(" from 24.02.22 to 22.02.23", dates)
    assert add(tree, undated, "--format", "json") == 1
    report = found(capsys)
    assert [problem["code"] for problem in report["problems"]] == codes
    assert "--date" in report["refused"][0]
    assert report["report_date"] is None
    assert february.contents(tree.folder) == before
    assert add(tree, undated, "--date", DAY) == 0


def test_a_report_comes_from_standard_input(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(february.text().encode())))
    assert add_file(tree, "-") == 0
    assert one(tree, "loss_counts")["total"] == "3334"


@pytest.mark.parametrize(
    "more",
    [
        ("--record", "petro"),
        ("--record", "nobody"),
        ("--url", "javascript:alert(1)"),
        ("--archived-url", "x"),
        ("--date", "yesterday"),
        ("--recorded-on", "1.1.2026"),
    ],
)
def test_bad_options_are_refused(tree: Tree, more: tuple[str, ...]) -> None:
    before = february.contents(tree.folder)
    assert add(tree, february.text(), *more) == 2
    assert february.contents(tree.folder) == before


def test_an_endless_file_a_folder_and_nothing_are_refused(tree: Tree, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(10_000_001)
    for path in (large, tmp_path, tmp_path / "nowhere", Path("\0")):
        assert add_file(tree, path) == 2


@pytest.mark.posix
def test_pipes_and_devices_are_never_waited_for(tree: Tree, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        assert add_file(tree, path) == 2


@pytest.mark.posix
def test_data_that_leads_out_of_the_package_is_refused(tree: Tree, tmp_path: Path) -> None:
    data = tree.folder / "data"
    data.rename(tmp_path / "elsewhere")
    data.symlink_to(tmp_path / "elsewhere")
    before = {path.name: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()}
    assert add(tree, february.text()) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "elsewhere").iterdir()} == before
