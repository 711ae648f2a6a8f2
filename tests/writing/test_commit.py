"""Tables are replaced together or not at all, at whatever step a process dies or a call fails."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import resource
import signal
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import bad_cases
from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import DataError, ReportedLossesError, WritingError
from reported_losses.loading.load import arrow
from reported_losses.validation.check import check
from reported_losses.writing import commit, journal
from reported_losses.writing.commit import writing
from reported_losses.writing.journal import JOURNAL, unfinished
from reported_losses.writing.lock import LOCK
from stepped import at_call, die, in_child

pytestmark = pytest.mark.posix

Files = Mapping[str, bytes]
CHANGED = ("series", "reports", "loss_counts")
# Every call by which a commit changes something, or could fail.
CALLS = ("open", "close", "fsync", "ftruncate", "chmod", "replace", "unlink", "scandir", "stat")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package.

    Its descriptor is read once for all commits: that is no step of a commit. Nothing waits for the
    disk either, because what is tested here does not depend on it and it takes most of the time.
    """
    bad_cases.build(tmp_path)
    package = load_package(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(commit, "load_package", lambda _: package)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}


def restore(folder: Path, files: Files) -> None:
    for path in (folder / "data").iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / "data" / name).write_bytes(data)


def longer(files: Files) -> dict[str, bytes]:
    """What the tables of a package are after `replace`."""
    changed = {f"{name}.csv" for name in CHANGED}
    return {name: data + b"more\n" * (name in changed) for name, data in files.items()}


def replace(folder: Path) -> str:
    """Replace three tables; return what became of a commit that was cut off."""
    with writing(folder, "test") as held:
        new = longer(contents(folder))
        held.replace({name: new[f"{name}.csv"] for name in CHANGED})
        return held.recovered


def left(folder: Path) -> set[str]:
    """The files that are neither tables nor descriptors nor the lock."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    known = {"datapackage.json", LOCK}
    return {name for name in there - known if not name.endswith(".csv") and "schemas/" not in name}


def steps(folder: Path) -> range:
    old = contents(folder)
    with at_call(CALLS, 1_000_000, die) as seen:
        replace(folder)
    assert contents(folder) == longer(old)
    assert not left(folder)
    restore(folder, old)
    return range(1, seen[0] + 1)


@pytest.mark.slow
def test_a_process_killed_at_any_step_leaves_one_set(folder: Path) -> None:
    old, new = contents(folder), longer(contents(folder))
    ends = set()
    for step in steps(folder):

        def run(step: int = step) -> None:
            with at_call(CALLS, step, die):
                replace(folder)

        assert os.WTERMSIG(in_child(run)) == signal.SIGKILL
        cut_off = (folder / JOURNAL).exists()
        assert cut_off or contents(folder) in (old, new) or left(folder)
        with writing(folder, "test") as held:
            assert bool(held.recovered) == cut_off
        assert contents(folder) in (old, new)
        assert not left(folder)
        ends.add((cut_off, contents(folder) == new))
        restore(folder, old)
    # Before the journal, with the journal, and after it.
    assert ends == {(False, False), (True, True), (False, True)}


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 1_000_000], ids=["once", "for good"])
def test_a_call_that_fails_at_any_step_leaves_one_set(folder: Path, times: int) -> None:
    old, new = contents(folder), longer(contents(folder))
    ends = set()
    for step in steps(folder):
        failures = iter(range(times))

        def fail(failures: Iterator[int] = failures) -> None:
            if next(failures, None) is not None:
                raise OSError(errno.EIO, os.strerror(errno.EIO))

        said = ""
        with at_call(CALLS, step, fail):
            try:
                replace(folder)
            except ReportedLossesError as error:
                said = str(error)
        found, cut_off = contents(folder), (folder / JOURNAL).exists()
        if "no table was changed" in said or "nothing was written" in said:
            assert {name: found[name] for name in old} == old
        with writing(folder, "test"):
            pass
        assert contents(folder) in (old, new)
        assert not left(folder)
        ends.add((cut_off, contents(folder) == new))
        restore(folder, old)
    assert {(False, False), (False, True)} <= ends


LONG = pytest.mark.long


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "renames"),
    [
        *(("failing", renames) for renames in range(3)),
        ("killed", 1),
        # Each step is a process; what they add is seen when a call fails.
        pytest.param("killed", 0, marks=LONG),
        pytest.param("killed", 2, marks=LONG),
    ],
)
def test_the_next_command_may_be_cut_off_as_well(folder: Path, how: str, renames: int) -> None:
    new = longer(contents(folder))
    cut_off_after(folder, renames)
    cut_off = {**contents(folder), "journal": (folder / JOURNAL).read_bytes()}

    def recover() -> None:
        with writing(folder, "test"):
            pass

    def fail() -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for step in range(1, 1_000):
        if how == "killed":

            def run(step: int = step) -> None:
                with at_call(CALLS, step, die):
                    recover()

            done = not os.WIFSIGNALED(in_child(run))
        else:
            with contextlib.suppress(ReportedLossesError), at_call(CALLS, step, fail) as seen:
                recover()
            done = seen[0] < step
        recover()
        assert contents(folder) == new
        assert not left(folder)
        if done:
            return
        restore(folder, {name: data for name, data in cut_off.items() if name != "journal"})
        (folder / JOURNAL).write_bytes(cut_off["journal"])  # last, as no table was edited since


def test_readers_are_told_and_change_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_off_after(folder, renames=1)
    before = contents(folder)
    found = unfinished(folder, load_package(folder))
    assert found is not None
    assert not found.refused
    assert all(name in found.message for name in (*CHANGED, "reported-losses sort"))
    assert "file/unfinished-commit" in {issue.code for issue in check(folder)}
    with pytest.raises(DataError, match="reported-losses sort"):
        arrow(load_package(folder).table("sources"), folder=folder)
    assert main(["sort", str(folder), "--dry-run"]) == 2
    assert "reported-losses sort" in capsys.readouterr().err
    assert contents(folder) == before
    assert (folder / JOURNAL).exists()


def cut_off_after(folder: Path, renames: int) -> None:
    """Kill a commit when so many of its new files have been renamed."""

    def run() -> None:
        real, done = os.replace, iter(range(100))

        def counted(*args: Path) -> None:
            if next(done) == renames + 1:  # the journal is renamed as well
                die()
            real(*args)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "replace", counted)
            replace(folder)

    assert os.WTERMSIG(in_child(run)) == signal.SIGKILL
    assert (folder / JOURNAL).exists()


def test_the_next_command_finishes_a_commit_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = longer(contents(folder))
    cut_off_after(folder, renames=1)
    assert main(["sort", str(folder)]) == 1  # the rows that were added are no rows
    assert capsys.readouterr().err.startswith("reported-losses: finished a commit")
    assert contents(folder) == new
    assert not left(folder)


def test_a_commit_whose_new_file_is_damaged_is_undone(folder: Path) -> None:
    old = contents(folder)
    cut_off_after(folder, renames=0)
    (folder / "data/.reports.csv.new").write_bytes(b"half")
    with writing(folder, "test") as held:
        assert held.recovered.startswith("undid")
    assert contents(folder) == old
    assert not left(folder)


def test_a_table_that_was_edited_after_the_cut_keeps_the_edit(folder: Path) -> None:
    cut_off_after(folder, renames=0)
    path = folder / "data/reports.csv"
    path.write_bytes(path.read_bytes() + b"by hand\n")
    after = (folder / JOURNAL).stat().st_mtime_ns + 1
    os.utime(path, ns=(after, after))
    with writing(folder, "test") as held:
        assert held.recovered.startswith("undid")
    assert path.read_bytes().endswith(b"by hand\n")
    assert not left(folder)


def test_a_commit_that_can_be_neither_finished_nor_undone_is_left_to_a_person(
    folder: Path,
) -> None:
    old = contents(folder)
    cut_off_after(folder, renames=1)
    mixed = contents(folder)
    (folder / "data/.reports.csv.new").unlink()
    (folder / "data/.loss_counts.csv.new").unlink()
    for _ in range(2):
        with pytest.raises(WritingError, match="Restore"), writing(folder, "test"):
            pass
    assert {name: mixed[name] for name in old} == contents(folder)
    # What the message asks for is enough.
    restore(folder, old)
    with writing(folder, "test") as held:
        assert held.recovered
    assert contents(folder) == old
    assert not left(folder)


def test_a_table_changed_by_an_editor_meanwhile_is_not_overwritten(folder: Path) -> None:
    path = folder / "data/reports.csv"
    edited = path.read_bytes() + b"by hand\n"
    with writing(folder, "test") as held:
        path.write_bytes(edited)
        with pytest.raises(WritingError, match=r"reports\.csv was changed"):
            held.replace({"reports": b"new\n", "series": b"new\n"})
    assert path.read_bytes() == edited
    assert (folder / "data/series.csv").read_bytes() != b"new\n"
    assert not left(folder)


def test_what_dead_writers_left_is_swept_and_nothing_else(folder: Path) -> None:
    keep = [".other.csv.new", ".series.csv.newer", "series.csv.new", ".series.csv.abc.new"]
    gone = [".series.csv.new", ".reports.csv.k3_x9abz.new"]
    for name in (*keep, *gone):
        (folder / "data" / name).write_bytes(b"x")
    (folder / f"{JOURNAL}.new").write_bytes(b"x")
    (folder / "data/.claims.csv.new").symlink_to("series.csv")
    with writing(folder, "test"):
        pass
    assert left(folder) == {f"data/{name}" for name in keep}
    assert (folder / "data/series.csv").exists()


def test_the_mode_of_a_file_and_a_link_inside_the_package_stay(folder: Path) -> None:
    path, kept = folder / "data/series.csv", folder / "kept.csv"
    path.rename(kept)
    path.symlink_to("../kept.csv")
    kept.chmod(0o640)
    with writing(folder, "test") as held:
        held.replace({"series": b"new\n"})
    assert path.is_symlink()
    assert kept.read_bytes() == b"new\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


def test_a_link_out_of_the_package_and_two_tables_in_one_file_are_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "series.csv"
    outside.write_bytes(b"theirs\n")
    path = folder / "data/series.csv"
    path.unlink()
    path.symlink_to("reports.csv")
    with pytest.raises(WritingError, match="one file"), writing(folder, "test") as held:
        held.replace({"series": b"a\n", "reports": b"b\n"})
    path.unlink()
    path.symlink_to(outside)
    with pytest.raises(WritingError, match="leads out"), writing(folder, "test"):
        pass
    assert outside.read_bytes() == b"theirs\n"


def test_a_full_device_changes_nothing(folder: Path) -> None:
    old = contents(folder)
    longest = max(len(data) for name, data in longer(old).items() if f"{name}"[:-4] in CHANGED)

    def run() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest - 3, longest - 3))
        try:
            replace(folder)
        except WritingError as error:
            return int("no table was changed" not in str(error))
        return 1

    assert in_child(run) == 0
    assert contents(folder) == old
    assert not left(folder)


@pytest.mark.parametrize("closed", [".", "data"])
def test_a_folder_that_cannot_be_written_is_said_and_nothing_changes(closed: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad_cases.build(folder)
        for path in (folder, folder / "data"):
            path.chmod(0o777)
        path = folder / "data/series.csv"
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        old = contents(folder)
        (folder / closed).chmod(0o555)

        def run() -> int:
            if os.getuid() == 0:  # whom permissions do not bind
                os.setgid(65534)
                os.setuid(65534)
            try:
                with writing(folder, "test") as held:
                    held.replace({"series": b"new\n"})
            except WritingError as error:
                return int("Permission denied" not in str(error))
            return 1

        assert in_child(run) == 0
        (folder / closed).chmod(0o777)
        assert contents(folder) == old
        assert not left(folder)


def test_a_folder_without_a_package_gets_no_lock(tmp_path: Path) -> None:
    assert main(["sort", str(tmp_path)]) == 2
    assert not list(tmp_path.iterdir())


DIGEST = "0" * 64


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "[]",
        "null",
        "9" * 5_000,
        "[" * 20_000,
        '{"tables": []}',
        '{"tables": {}, "more": 1}',
        json.dumps({"tables": {"../outside": DIGEST}}),
        json.dumps({"tables": {"/etc/passwd": DIGEST}}),
        json.dumps({"tables": {"data/series.csv": DIGEST}}),
        json.dumps({"tables": {"datapackage": DIGEST}}),
        json.dumps({"tables": {"x" * 5_000 + "\x1b[2J": DIGEST}}),
        json.dumps({"tables": {"series": DIGEST.replace("0", "G")}}),
        json.dumps({"tables": {"series": DIGEST + "0"}}),
        json.dumps({"tables": {"series": f"{DIGEST}\n"}}),
        json.dumps({"tables": {"series": 0}}),
        json.dumps({"tables": {"series": {"a": DIGEST}}}),
        f'{{"tables": {{"series": "{DIGEST}", "series": "{DIGEST}"}}}}',
        json.dumps({"tables": {"series": DIGEST}}) + " " * 70_000,
    ],
)
def test_a_forged_journal_is_refused_and_never_followed(
    folder: Path, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / JOURNAL).write_text(document, encoding="utf-8")
    (folder / "data/.series.csv.new").write_bytes(b"theirs\n")
    before = contents(folder)
    assert main(["sort", str(folder)]) == 2
    err = capsys.readouterr().err
    assert "not the journal of a commit" in err
    assert len(err) < 1_000
    assert err.isprintable() or "\x1b" not in err
    found = unfinished(folder, load_package(folder))
    assert found is not None
    assert found.refused
    assert contents(folder) == before
    assert (folder / JOURNAL).read_text(encoding="utf-8") == document


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_journal_that_is_no_ordinary_file_is_refused(folder: Path, kind: str) -> None:
    path = folder / JOURNAL
    if kind == "link":
        (folder / "elsewhere").write_text(json.dumps({"tables": {"series": DIGEST}}))
        path.symlink_to("elsewhere")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(journal.JournalError), writing(folder, "test"):
        pass
