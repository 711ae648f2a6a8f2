"""Each command that writes tables, killed at random moments and run together with another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bad_cases
import february
import february_records
from intake.general_staff.upstream_records import PAGE, UpstreamRecords
from intake.other_reporters.test_import_counts import upstream_and_package
from intake.statements.upstream_statements import row, write_files
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.intake.tables import read_rows, to_csv

pytestmark = [pytest.mark.posix, pytest.mark.slow]

ROOT = package_dir()
TESTS = Path(__file__).parents[1]
Job = dict[str, Any]


def command(name: str, package: Path, source: Path, day: str = "2026-11-22") -> list[str]:
    options = [
        "--package",
        str(package),
        "--upstream",
        str(source),
        "--recorded-on",
        day,
        "--write",
    ]
    return [name, *options]


def for_reconcile(folder: Path, package: Path) -> list[str]:
    """Add what the General Staff's figures need to a package."""
    known = load_package(package)
    for name in ("series", "records", "sources"):
        table = known.table(name)
        rows = {tuple(row[key] for key in table.primary_key): row for row in read_rows(ROOT, table)}
        if name == "records":
            for row_ in rows.values():
                row_ |= {"first_day": "2023-05-25", "last_day": "2023-05-25", "gaps": ""}
        if name == "sources":
            page = {"source": "page", "title": "A page", "publisher": "A newspaper", "url": PAGE}
            rows["page",] = dict.fromkeys(table.names, "") | page
        held = {
            tuple(row[key] for key in table.primary_key): row for row in read_rows(package, table)
        }
        (package / table.path).write_bytes(to_csv(table, [*(rows | held).values()]))
    return command("reconcile", package, UpstreamRecords(9).write(folder / "records"))


def counts_package(folder: Path) -> tuple[Path, Path]:
    return upstream_and_package(folder)


def reconcile(folder: Path) -> Job:
    _, package = counts_package(folder)
    return {"folder": package, "commands": [for_reconcile(folder, package)]}


def import_counts(folder: Path) -> Job:
    source, package = counts_package(folder)
    return {"folder": package, "commands": [command("import-counts", package, source)]}


def import_statements(folder: Path) -> Job:
    source, package, curated = write_files(folder, [row("a"), row("b", stated_on="2023-05-09")])
    job = [command("import-statements", package, source)]
    return {"folder": package, "commands": job, "curated": curated}


def sort(folder: Path) -> Job:
    package = folder / "package"
    package.mkdir()
    for table in bad_cases.build(package).values():
        path = package / table.path
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return {"folder": package, "commands": [["sort", str(package)]]}


def add(folder: Path) -> Job:
    package = february.package(folder / "package").folder
    (folder / "report.txt").write_text(february.text(), "utf-8")
    options = ["--package", str(package), "--recorded-on", february.RECORDED]
    return {"folder": package, "commands": [["add", str(folder / "report.txt"), *options]]}


def revise(folder: Path) -> Job:
    package = february.package(folder / "package").folder
    options = ["--package", str(package), "--recorded-on", february.RECORDED, "--reason", "A slip."]
    edit = ["records", "gs-text", "note", "In other words."]
    return {"folder": package, "commands": [["revise", *edit, *options]]}


def update(folder: Path) -> Job:
    tree = february.package(folder / "package")
    upstream = february_records.write(february_records.new_day(tree), folder / "records")
    options = ["--package", str(tree.folder), "--today", february.RECORDED]
    return {"folder": tree.folder, "commands": [["update", "--upstream", str(upstream), *options]]}


def add_statement(folder: Path) -> Job:
    tree = february.package(folder / "package")
    bodies = read_rows(ROOT, load_package(ROOT).table("organisations"))
    ours = [row | {"parent": ""} for row in bodies if row["organisation"] == "uk-mod"]
    tree.write("organisations", [*tree.rows("organisations"), *ours])
    said = {
        "date": "2023-02-20",
        "speaker": "Ben Wallace",
        "organisation": "uk-mod",
        "summary": "Wallace said that more than 450 Russian soldiers had been killed.",
        "url": "https://news.example/said",
        "title": "Wallace on Russian deaths",
        "publisher": "News Example",
        "package": str(tree.folder),
        "recorded-on": february.RECORDED,
    }
    options = [word for name, text in said.items() for word in (f"--{name}", text)]
    claim = ["--claim", "subject=russia", "measure=killed", "figure=450", "qualifier=more-than"]
    return {"folder": tree.folder, "commands": [["add-statement", *options, *claim]]}


def withdraw(folder: Path) -> Job:
    package = folder / "package"
    package.mkdir()
    bad_cases.build(package)
    options = ["--package", str(package), "--recorded-on", "2026-11-24", "--reason", "Held twice."]
    return {"folder": package, "commands": [["withdraw", "categories", "drones", *options]]}


COMMANDS = pytest.mark.parametrize(
    "job",
    [
        *(reconcile, import_counts, import_statements, sort),
        *(add, add_statement, revise, withdraw, update),
    ],
)


def trials(job: Job, number: int) -> dict[str, int]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{TESTS}"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "writing.killed", str(number), "1"],
        input=json.dumps(job, default=str),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def assert_one_set(found: dict[str, int]) -> None:
    for fault in ("mixed", "mixed at last", "left over", "stuck"):
        assert found[fault] == 0, found


@COMMANDS
def test_a_command_killed_at_any_moment_leaves_one_set(
    job: Callable[[Path], Job], tmp_path: Path
) -> None:
    assert_one_set(trials(job(tmp_path), 4))


@pytest.mark.long
@COMMANDS
def test_a_command_killed_200_times_leaves_one_set(
    job: Callable[[Path], Job], tmp_path: Path
) -> None:
    found = trials(job(tmp_path), 200)
    assert_one_set(found)
    assert found["unfinished"] > 0, found


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.long)])
def test_two_commands_at_once_lose_nothing(tmp_path: Path, times: int) -> None:
    source, package = counts_package(tmp_path)
    commands = [for_reconcile(tmp_path, package), command("import-counts", package, source)]
    found = trials({"folder": package, "commands": commands}, times)
    assert found == {"refused": 0, "lost": 0}
