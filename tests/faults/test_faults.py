"""The harness itself, and a few kinds of faults as `make faults` puts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from faults import page, run
from faults.columns import exchanges
from faults.cut import WINDOWS
from faults.fault import KINDS, Fault, Place, fault_of, take
from faults.judge import Bench, Verdict, is_there
from faults.sheets import Texts
from reported_losses.definition.location import package_dir
from reported_losses.issue import Issue, Key, Severity
from reported_losses.validation.check import check

# The harness is a tool of development; one Python is enough for it.
pytestmark = pytest.mark.slow

SMALL = WINDOWS[1].name


@pytest.fixture(scope="module")
def small() -> Texts:
    return run.package(SMALL)


@pytest.fixture(scope="module")
def bench(small: Texts, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(small, tmp_path_factory.mktemp("bench"))


def test_a_package_is_written_as_it_was_read() -> None:
    full = run.package("")
    for path, data in full.files().items():
        assert (package_dir() / path).read_bytes() == data


def test_a_cut_is_clean_and_small(small: Texts, tmp_path: Path) -> None:
    small.write(tmp_path)
    assert check(tmp_path, today=small.today) == []
    assert 0 < len(small["loss_counts"].rows) < 4000
    assert small["revisions"].rows


def test_a_row_is_changed_at_its_line(small: Texts) -> None:
    sheet = small["categories"]
    changed = sheet.changed({3: sheet.with_cells(3, {"label_en": "Other"})})
    lines = changed.data.decode().splitlines()
    assert changed.lines == (5,)
    assert [n for n, line in enumerate(lines, 1) if line not in sheet.data().decode()] == [5]


def test_a_row_with_another_key_moves_to_its_place(small: Texts) -> None:
    sheet = small["categories"]
    changed = sheet.changed({0: sheet.with_cells(0, {"category": "zeppelins"})})
    names = [line.partition(",")[0] for line in changed.data.decode().splitlines()[1:]]
    assert names == sorted(names)
    assert changed.lines == (len(sheet.rows) + 1, 2) or set(changed.lines) == {
        2,
        len(sheet.rows) + 1,
    }


def test_a_row_whose_key_cannot_be_read_stays(small: Texts) -> None:
    sheet = small["reports"]
    changed = sheet.changed({7: sheet.with_cells(7, {"report_date": "22.02.2023"})})
    assert changed.lines == (9,)
    assert "22.02.2023" in changed.data.decode().splitlines()[8]


def test_a_missing_row_is_where_it_was(small: Texts) -> None:
    sheet = small["reports"]
    changed = sheet.changed({7: None})
    assert changed.lines == (9,)
    assert len(changed.data.decode().splitlines()) == len(sheet.rows)


def issue(**parts: object) -> Issue:
    return Issue(code="x", severity=Severity.ERROR, message="x", **parts)  # type: ignore[arg-type]


def test_an_issue_is_there_at_the_line_the_key_the_name_or_the_file(small: Texts) -> None:
    sheet = small["loss_counts"]
    place = Place(small, sheet, 5, Random(1))  # noqa: S311 - no secret
    fault = fault_of(place, [])
    assert not is_there(issue(path=sheet.table.path, line=7), fault)
    key = sheet.named(place.row)
    path = sheet.table.path
    at = Fault("x", {path: b""}, {path: (7,)}, keys=(key,), names=frozenset({"a-name"}))
    assert is_there(issue(path=path, line=7), at)
    assert not is_there(issue(path=path, line=8), at)
    assert is_there(issue(path="data/readings.csv", line=1, key=Key(record="r", **key)), at)
    assert not is_there(issue(key=Key({**key, "report_date": "1999-01-01"})), at)
    assert is_there(issue(found="a-name"), at)
    assert is_there(issue(path=path), Fault("x", {path: b""}, whole=True))
    assert not is_there(issue(path=path), at)


def test_there_are_many_kinds_and_each_can_be_put_somewhere() -> None:
    assert len(KINDS) >= 120
    names = sorted((window.name for window in WINDOWS), key=lambda name: name != SMALL)
    for kind in KINDS.values():
        assert any(take(kind, run.package(name), 1) for name in names), kind.name


def test_the_same_faults_are_put_each_time(small: Texts) -> None:
    for name in tuple(KINDS)[::40]:
        one, other = (take(KINDS[name], small, 2, 1) for _ in range(2))
        assert [fault.files for fault in one] == [fault.files for fault in other]


def test_a_fault_is_taken_out_again(bench: Bench, small: Texts) -> None:
    for name in ("file: missing", "file: a stray table in data", "total: a digit is wrong"):
        bench.of_kind(KINDS[name], take(KINDS[name], small, 1))
    held = {
        path.relative_to(bench.folder).as_posix(): path.read_bytes()
        for path in bench.folder.rglob("*")
        if path.is_file()
    }
    assert held == small.files()


# What must hold whatever rules are added: these are caught, located, and with a right code.
@pytest.mark.parametrize(
    "name",
    [
        "total: the first digit is wrong",
        "total: exchanged with the next row of the report",
        "figure: doubled",
        "key of a figure: a category misspelt",
        "increment: a digit is wrong",
        "evidence: another word",
        "correction: missing",
        "date: 22.02.2023",
        "text: zero-width space",
        "file: lines end with CR LF",
        "file: cut inside a line",
        "file: two columns exchanged",
        "schema: cut in half",
        "descriptor: an empty object",
    ],
)
def test_a_fault_is_caught_in_its_place(name: str, bench: Bench, small: Texts) -> None:
    for verdict in bench.of_kind(KINDS[name], take(KINDS[name], small, 2)):
        assert verdict.outcome == "error", verdict
        assert verdict.located, verdict
        assert verdict.right, verdict


def test_an_exchange_in_a_column_changes_that_column(small: Texts, bench: Bench) -> None:
    (fault,) = exchanges(small, "loss_counts", "total", 1)
    assert fault.columns == {"total"}
    assert bench.judge(fault, "loss_counts.total").outcome == "error"


def verdict(outcome: str, kind: str = "sources.title") -> Verdict:
    return Verdict(
        kind, SMALL, "", "sources/x", outcome, outcome != "never", outcome != "never", ()
    )


def test_a_column_that_nothing_judges_needs_a_reason() -> None:
    assert page.unexplained([verdict("never", "no.column")]) == ["no.column"]
    assert page.unexplained([verdict("never", "no.column"), verdict("error", "no.column")]) == []


def test_the_page_keeps_what_people_wrote(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(page.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    name = next(iter(KINDS))
    page.write([verdict("error", name)], [verdict("warning")], [run.package(SMALL)], "size", path)
    first = path.read_bytes()
    page.write([verdict("error", name)], [verdict("warning")], [run.package(SMALL)], "size", path)
    assert path.read_bytes() == first
    assert _by_hand(path) == _by_hand(page.PAGE)


def _by_hand(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    for part in page.PARTS:
        marks = f"{re.escape(page.begin(part))}.*?{re.escape(page.end(part))}"
        text = re.sub(marks, "", text, flags=re.DOTALL)
    return text


def test_a_page_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="kinds"):
        page.filled("a page", {"kinds": "x"})


def _tasks() -> Iterator[run.Task]:
    yield run.Task("total: it is one more", SMALL)
    yield run.Task("sources.title", SMALL, column=True)


def test_a_run_gives_its_results_in_order() -> None:
    found = run.run(list(_tasks()), 1, run.Size(places=2, by_group=1, pairs=2))
    assert [{one.kind for one in done} for done in found] == [
        {"total: it is one more"},
        {"sources.title"},
    ]
