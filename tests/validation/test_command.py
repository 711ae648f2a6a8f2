"""`reported-losses check`: what it prints, where it writes, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import bad_cases
from reported_losses.commands.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "package"
    home.mkdir()
    bad_cases.build(home)
    return home


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / "data" / "loss_counts.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_clean_data_exits_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder)]) == 0
    assert "no issues" in capsys.readouterr().out


def test_errors_exit_1_and_show_the_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, ",5600,600,", ",5 600,600,")
    assert main(["check", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "ua-general-staff,russia,personnel,2022-03-02,5 600,600,about" in out
    assert "loss_counts.csv:6:46" in out


def test_the_default_is_the_package_around_the_current_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, ",5600,600,", ",5 600,600,")
    monkeypatch.chdir(folder / "data")
    assert main(["check"]) == 1
    assert "loss_counts.total.type" in capsys.readouterr().out


def test_select_and_ignore_choose_codes(folder: Path) -> None:
    spoil(folder, ",5600,600,", ",5 600,600,")
    assert main(["check", str(folder), "--ignore", "loss_counts.total.type"]) == 0
    assert main(["check", str(folder), "--ignore", "*.type"]) == 0
    assert main(["check", str(folder), "--select", "file/*"]) == 0
    assert main(["check", str(folder), "--select", "file/*", "loss_counts.*"]) == 1


def test_select_does_not_hide_what_could_not_be_judged(folder: Path) -> None:
    (folder / "data" / "loss_counts.csv").unlink()
    assert main(["check", str(folder), "--select", "loss_counts/never-decreases"]) == 1


def test_an_unknown_code_is_bad_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder), "--ignore", "loss_counts/never-decrease"]) == 2
    assert "loss_counts/never-decreases" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--format", "yaml"], ["--today", "22.02.2023"], ["--output", "no/such/folder/report.txt"]],
)
def test_bad_usage_exits_2(folder: Path, arguments: list[str]) -> None:
    assert main(["check", str(folder), *arguments]) == 2


def test_a_folder_without_a_package_is_bad_usage(tmp_path: Path) -> None:
    assert main(["check", str(tmp_path)]) == 2


def test_warnings_count_if_asked_to(folder: Path) -> None:
    tables = bad_cases.build(folder.parent)
    case = next(case for case in bad_cases.cases() if case.code == "loss_counts/stale-report")
    for edit in case.edits:
        bad_cases.apply(folder.parent, tables, edit)
    assert main(["check", str(folder.parent)]) == 0
    assert main(["check", str(folder.parent), "--fail-on", "warning"]) == 1


def test_today_is_an_argument(folder: Path) -> None:
    assert main(["check", str(folder), "--today", "2022-03-08"]) == 1
    assert main(["check", str(folder), "--today", "2026-11-22"]) == 0


def test_output_is_written_whole_and_replaces(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text("old", encoding="utf-8")
    spoil(folder, ",5600,600,", ",5 600,600,")
    command = ["check", str(folder), "--format", "json", "--output", str(report)]
    assert main(command) == 2
    assert report.read_text(encoding="utf-8") == "old"
    assert main([*command, "--force"]) == 1
    written = json.loads(report.read_text(encoding="utf-8"))
    assert [issue["code"] for issue in written["issues"]] == ["loss_counts.total.type"]
    assert written["rows"]["loss_counts"] == 9
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package", "report.json"]


def test_a_value_below_its_minimum_is_told_the_bound_and_the_sign(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, ",207,2,", ",-7454,2,")
    assert main(["check", str(folder), "--select", "loss_counts.total.minimum"]) == 1
    (hint,) = (line for line in capsys.readouterr().out.splitlines() if "hint:" in line)
    assert "0 or more" in hint
    assert "perhaps 7454" in hint


def test_a_broken_descriptor_is_an_issue(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    shown = capsys.readouterr().out
    assert "nothing could be checked" in shown
    assert "0.0.0" not in shown
    assert main(["check", str(folder), "--select", "loss_counts/*"]) == 1


def test_an_internal_error_exits_2_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("reported_losses.validation.check.examine", fail)
    assert main(["check", str(folder)]) == 2
    message = capsys.readouterr().err
    assert "internal fault" in message
    assert "Traceback" not in message


def test_no_dataframe_library_is_imported(folder: Path) -> None:
    code = (
        "import sys; from reported_losses.commands.cli import main; "
        f"code = main(['check', {str(folder)!r}]); "
        "print([n for n in ('pandas', 'polars', 'pandera') if n in sys.modules]); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("[]\n")
