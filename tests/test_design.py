"""docs/design.md is equal to the tree: its rooms exist, and its walks are what really runs."""

from __future__ import annotations

import csv
import importlib
import inspect
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

import pytest

import bad_cases
from intake.general_staff.upstream_records import UpstreamRecords, describe_page
from reported_losses.commands.cli import main
from reported_losses.definition.location import package_dir
from reported_losses.validation.check import check
from test_architecture import FILES, ROOMS, room_of

ROOT = package_dir()
PAGE = (ROOT / "docs/design.md").read_text(encoding="utf-8")
CHECK = "A contributed cell becomes an issue"
DECIDE = "A reading becomes a figure"
REPLACE = "A table is replaced"


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def functions(text: str) -> list[str]:
    """Return the functions named in a text, in order: `module.function` below the package."""
    return list(
        dict.fromkeys(re.findall(r"`((?:[a-z_]+\.)+(?!json`|csv`|lock`|new`)[a-z_]+)`", text))
    )


def steps(title: str) -> list[str]:
    """Return the functions named in a section's numbered steps."""
    text = section(title)
    return functions(text[text.index("\n1. ") : text.rindex("\n\n")])


def function(name: str) -> Callable[..., object]:
    module, _, attribute = f"reported_losses.{name}".rpartition(".")
    found: Callable[..., object] = getattr(importlib.import_module(module), attribute)
    return found


def calls(names: list[str], run: Callable[[], object]) -> list[str]:
    """Return the functions in the order in which a run calls each for the first time."""
    codes: dict[CodeType, str] = {inspect.unwrap(function(name)).__code__: name for name in names}
    called: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in codes:
            called.setdefault(codes[frame.f_code])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return list(called)


def test_the_rooms_are_those_of_the_tree_from_the_ground_up() -> None:
    rows = re.findall(r"^\| `(\w+)`( \(to come\))? \| ", section("Rooms"), re.MULTILINE)
    assert tuple(name for name, _ in rows) == ROOMS
    there = {room_of(path) for path in FILES} - {"__init__", "__main__"}
    assert {name for name, to_come in rows if not to_come} == there


@pytest.mark.parametrize("name", functions(section(CHECK) + section(DECIDE) + section(REPLACE)))
def test_every_function_is_where_the_page_says(name: str) -> None:
    found = function(name)
    assert f"{found.__module__}.{found.__qualname__}" == f"reported_losses.{name}"


def test_a_cell_becomes_an_issue_in_the_steps_of_the_page(tmp_path: Path) -> None:
    tables = bad_cases.build(tmp_path)
    (case,) = (case for case in bad_cases.cases() if case.code == "loss_counts/increment-matches")
    for edit in case.edits:
        bad_cases.apply(tmp_path, tables, edit)
    assert calls(steps(CHECK), lambda: check(tmp_path)) == steps(CHECK)


def test_a_reading_becomes_a_figure_in_the_steps_of_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "datapackage.json", folder)
    (folder / "data").mkdir()
    shutil.copy(ROOT / "data/series.csv", folder / "data")
    describe_page(folder)
    with (ROOT / "data/records.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    with (folder / "data/records.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0], lineterminator="\n")
        writer.writeheader()
        for row in records:  # no record has been read yet
            writer.writerow(row | {"first_day": "2023-05-25", "last_day": "2023-05-25", "gaps": ""})
    upstream = UpstreamRecords(4).write(tmp_path / "upstream")
    command = ["reconcile", "--package", str(folder), "--upstream", str(upstream), "--write"]
    assert calls(steps(DECIDE), lambda: main(command)) == steps(DECIDE)
    assert (folder / "data/loss_counts.csv").exists()


def test_a_table_is_replaced_in_the_steps_of_the_page(tmp_path: Path) -> None:
    bad_cases.build(tmp_path)
    path = tmp_path / "data/series.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    text = section(REPLACE)
    named = functions(text[text.index("\n1. ") : text.index("\n\nA journal")])
    assert calls(named, lambda: main(["sort", str(tmp_path)])) == named
    assert b"\r" not in path.read_bytes()
