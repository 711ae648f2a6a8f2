"""What the machine does is told as such: streams closed, full or left, folders deleted or shut."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import bad_cases
from reported_losses.commands.cli import main

pytestmark = pytest.mark.posix
CODE = (
    f"import sys; sys.path[:0] = {sys.path!r};"
    "from reported_losses.commands.cli import main; sys.exit(main())"
)
INTERNAL = "internal fault"


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which `$RUN` is the command."""
    environment = {**os.environ, "RUN_PYTHON": sys.executable, "RUN_CODE": CODE}
    line = line.replace("$RUN", '"$RUN_PYTHON" -c "$RUN_CODE"')
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package with so many issues that the report fills any pipe."""
    folder = tmp_path_factory.mktemp("broken")
    bad_cases.build(folder)
    path = folder / "data" / "loss_counts.csv"
    rows = "".join(f"x{n},russia,tanks,x,x,x,x,x,x,x\n" for n in range(3_000))
    path.write_text(path.read_text("utf-8") + rows, "utf-8")
    return folder


@pytest.mark.parametrize("command", ["check .", "tables", "--help", "--version", "cite"])
def test_a_full_device_is_said(broken: Path, command: str) -> None:
    done = shell(f"$RUN {command} > /dev/full", broken)
    assert done.returncode == 2, done.stderr
    assert "standard output cannot be written: No space left" in done.stderr
    assert INTERNAL not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check .", "tables", "cite"])
def test_a_closed_output_is_said(broken: Path, command: str) -> None:
    done = shell(f"$RUN {command} >&-", broken)
    assert done.returncode == 2, done.stderr
    assert "standard output cannot be written" in done.stderr
    assert INTERNAL not in done.stderr


def test_a_report_to_a_file_needs_no_output(broken: Path, tmp_path: Path) -> None:
    done = shell(f"$RUN check . --format json --output {tmp_path}/report.json >&-", broken)
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "report.json").read_text("utf-8").startswith("{")


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_errors_that_nobody_can_read_change_nothing(broken: Path, redirection: str) -> None:
    done = shell(f"$RUN check no-such-folder {redirection}", broken)
    assert done.returncode == 2
    assert done.stdout == ""


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_reader_that_leaves_does_not_make_errors_vanish(broken: Path, form: str) -> None:
    done = shell(f"set -o pipefail; $RUN check . --format {form} | head -c 10 > /dev/null", broken)
    assert done.returncode == 1, done.stderr
    assert done.stderr == ""


def test_a_deleted_folder_is_said(tmp_path: Path) -> None:
    done = shell("mkdir gone; cd gone; rmdir ../gone; $RUN check", tmp_path)
    assert done.returncode == 2
    assert "deleted" in done.stderr
    assert INTERNAL not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["check", "a" * 5_000],
        ["check", "a/" * 3_000],
        ["sort", "a" * 5_000],
        ["check", "--output", "a" * 300],
        ["export", "series", "--format", "csv", "--out", "a" * 300],
        ["export", "series", "--format", "csv", "--out", "a/" * 3_000],
    ],
    ids=lambda command: " ".join(command)[:30],
)
def test_an_over_long_path_is_said(
    command: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    bad_cases.build(folder)
    monkeypatch.chdir(folder)
    assert main(command) == 2
    said = capsys.readouterr().err
    assert INTERNAL not in said
    assert len(said) < 10_000


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another"
)
def test_a_folder_that_may_not_be_searched_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "shut").mkdir(mode=0o700)
    code = "import os, sys; os.setgid(65534); os.setuid(65534); sys.exit(cli.main())"
    # What is imported later must be readable to anybody, so everything is imported before.
    imports = (
        "import reported_losses.validation.check, reported_losses.report, fnmatch;"
        "from reported_losses.commands import cli, _screen; cli.parser()"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}; {imports}; {code}", "check", f"{tmp_path}/shut/package"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert INTERNAL not in done.stderr


@pytest.mark.parametrize(
    "command", [["check"], ["check", "--ignore"], ["describe"], ["check", "x", "y"], ["zz"]]
)
@pytest.mark.parametrize("text", ["\x1b[31mred", "a\u202eb", "a\nb", "\udcff"])
def test_what_was_typed_is_shown_safely(
    command: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main([*command, text])
    except SystemExit as end:
        code = end.code
    assert code == 2
    said = capsys.readouterr().err
    assert not set("\x1b\u202e\udcff") & set(said)
    assert "a\nb" not in said


def put(path: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        (path.parent / "target").write_text("mine", "utf-8")
        path.symlink_to("target")
    elif kind == "dangling":
        path.symlink_to("nothing")
    elif kind == "device":
        path.symlink_to("/dev/null")
    else:
        path.mkdir()


def export(path: Path, *more: str) -> int:
    return main(["export", "series", "--format", "csv", "--out", str(path), *more])


@pytest.mark.parametrize("kind", ["pipe", "link", "dangling", "device", "folder"])
def test_only_files_are_replaced(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.csv"
    put(path, kind)
    before = path.lstat()
    for more in ([], ["--force"]):
        assert export(path, *more) == 2
        assert "is not replaced" in capsys.readouterr().err
    assert path.lstat().st_ino == before.st_ino
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".new")]


def test_a_device_is_not_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("/dev/null", "/dev/full"):
        assert export(Path(path), "--force") == 2
        assert "device" in capsys.readouterr().err
        assert stat.S_ISCHR(Path(path).lstat().st_mode)


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o444])
def test_a_replaced_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", "utf-8")
    path.chmod(mode)
    assert export(path) == 2
    assert export(path, "--force") == 0
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text("utf-8") != "old"
