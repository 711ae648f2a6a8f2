"""The installed data: every way to it notices that a file is not the one that was built."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import pytest

import reported_losses as rl
from reported_losses.definition.location import package_dir
from wheel_builds import build

pytestmark = pytest.mark.slow

ROOT = package_dir()
TABLE = "loss_counts"

USE = """
import json, sys, warnings
import reported_losses as rl
calls = {
    "load": lambda: rl.load("loss_counts", engine="arrow"),
    "pandas": lambda: rl.load("loss_counts"),
    "validated": lambda: rl.load("loss_counts", validate=True),
    "as_of": lambda: rl.load("loss_counts", as_of="2099-01-01"),
    "daily": lambda: rl.daily("tanks"),
    "compare": lambda: rl.compare("tanks"),
    "parquet": lambda: rl.parquet("loss_counts", folder=sys.argv[1]),
    "path": lambda: rl.path("loss_counts"),
    "package": rl.package,
    "schema": lambda: rl.schema("corrections").validate(rl.load("corrections")),
    "claims": rl.claims,
    "other": lambda: rl.load("series", engine="arrow"),
}
seen = {"file": rl.__file__}
for name, call in calls.items():
    try:
        call()
    except rl.DataError as error:
        seen[name] = [str(error), [issue.code for issue in error.issues]]
    else:
        seen[name] = None
seen["check"] = [[issue.code, issue.path] for issue in rl.check(tables=["loss_counts"])]
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def site(wheel: Path, tmp_path: Path) -> Path:
    """A folder that holds the installed package and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    return tmp_path / "site"


def file(site: Path, name: str = TABLE) -> Path:
    return site / "reported_losses/_package/data" / f"{name}.csv"


def run(site: Path, code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=site,
        env={**os.environ, "PYTHONPATH": os.fspath(site)},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def use(site: Path, cache: Path) -> dict[str, Any]:
    done = run(site, USE, cache)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert Path(seen.pop("file")).is_relative_to(site)
    return seen


def test_an_installed_package_works(site: Path, tmp_path: Path) -> None:
    seen = use(site, tmp_path / "cache")
    assert seen.pop("check") == []
    assert not any(seen.values()), seen


def _cut(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))


def _one_digit(path: Path) -> None:
    """Change a figure; the size stays, and so do the times of the file."""
    before = path.stat()
    data = path.read_bytes()
    place = data.index(b",3334,")
    path.write_bytes(data[:place] + b",3335," + data[place + 6 :])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


DAMAGE: tuple[tuple[Callable[[Path], object], str, str], ...] = (
    (_cut, "file/not-as-built", r"[\d,]+ bytes(, [\d,]+ rows)? instead of [\d,]+ bytes"),
    (_one_digit, "file/not-as-built", r"SHA-256 \w+ instead of .*SHA-256 \w+"),
    (Path.unlink, "file/missing", "does not exist"),
    (_endless, "file/leaves-package", "link"),
    (_pipe, "file/not-regular", "pipe"),
)


@pytest.mark.posix
@pytest.mark.parametrize(
    ("damage", "code", "words"),
    DAMAGE,
    ids=["cut", "digit", "missing", "endless", "pipe"],
)
def test_every_way_to_a_damaged_table_is_refused(
    damage: Callable[[Path], object], code: str, words: str, site: Path, tmp_path: Path
) -> None:
    damage(file(site))
    seen = use(site, tmp_path / "cache")
    assert [code, f"data/{TABLE}.csv"] in seen.pop("check")
    assert seen.pop("claims") is None
    assert seen.pop("other") is None
    if damage is _cut:
        assert re.search(r"[\d,]+ rows instead of [\d,]+ bytes, [\d,]+ rows", seen["load"][0])
    for name, refusal in seen.items():
        assert refusal is not None, name
        message, codes = refusal
        assert code in codes, name
        assert re.search(words, message), (name, message)
        assert f"reported-losses=={rl.__version__}" in message, (name, message)
    assert not list(tmp_path.glob("cache/*"))


def test_what_is_damaged_while_a_process_runs_is_noticed(site: Path) -> None:
    code = (
        "import reported_losses as rl, pathlib\n"
        "rl.load('loss_counts', engine='arrow'); path = rl.path('loss_counts')\n"
        "path.write_bytes(path.read_bytes().rpartition(b'\\n')[0].rpartition(b'\\n')[0] + b'\\n')\n"
        "for call in (lambda: rl.load('loss_counts', engine='arrow'), lambda: rl.path('loss_counts')):\n"
        "    try: call()\n"
        "    except rl.DataError: print('refused')\n"
    )
    assert run(site, code).stdout.split() == ["refused", "refused"]


@pytest.mark.parametrize("name", ["bytes", "hash", "rows"])
def test_a_wheel_that_does_not_state_how_it_was_built_is_refused(name: str, site: Path) -> None:
    path = site / "reported_losses/_package/datapackage.json"
    package = json.loads(path.read_bytes())
    del package["resources"][3][name]
    path.write_text(json.dumps(package), encoding="utf-8")
    done = run(site, "import reported_losses as rl; rl.load('series', engine='arrow')")
    assert "DescriptorError" in done.stderr
    assert "reinstall" in done.stderr


def test_frictionless_verifies_the_same_statements(site: Path) -> None:
    path = file(site, "organisations")
    whole = path.read_bytes()
    rows = whole.splitlines(keepends=True)
    for data, types in (
        (whole, set[str]()),
        (whole.replace(b"Ukraine", b"Ukrainf", 1), {"hash-count"}),
        (b"".join(rows[:-1]), {"byte-count", "hash-count", "row-count"}),
    ):
        path.write_bytes(data)
        package = frictionless.Package(site / "reported_losses/_package/datapackage.json")
        report = package.get_resource("organisations").validate()
        assert {error.type for task in report.tasks for error in task.errors} == types


def test_commands_that_write_leave_the_installed_data_alone(site: Path) -> None:
    before = file(site, "categories").read_bytes()
    words = ["reported-losses", "withdraw", "categories", "tanks", "--reason", "x"]
    code = f"import sys; sys.argv = {words!r}; import reported_losses.__main__ as m; sys.exit(m.main())"
    for more in ("", "; sys.argv += ['--package', 'reported_losses/_package']"):
        done = run(site, code.replace("; import reported", f"{more}; import reported"))
        assert done.returncode == 2, done.stdout
        assert "--package DIR" in done.stderr
    assert file(site, "categories").read_bytes() == before
