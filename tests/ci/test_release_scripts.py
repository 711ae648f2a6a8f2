"""The shell steps of a release: two builds are compared, distributions checked, assets fetched."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import reported_losses as rl
from ci.fake_programs import calls, write_program
from reported_losses.definition.location import package_dir

pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed"),
]

SCRIPTS = package_dir() / ".github/scripts"


def run(
    script: str, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", SCRIPTS / script, *arguments],
        env={**os.environ, **environment}, check=False, capture_output=True, text=True,
    )  # fmt: skip


def write_build(folder: Path) -> Path:
    """Write a build of a release: two files with their sums, and a distribution."""
    files = {"a.csv": b"a\n1\n", "CONTENTS.json": b"{}\n"}
    for name in ("release", "dist"):
        (folder / name).mkdir(parents=True)
    for name, data in files.items():
        (folder / "release" / name).write_bytes(data)
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (folder / "release/SHA256SUMS").write_text(text, encoding="utf-8")
    (folder / "dist/a.whl").write_bytes(b"wheel")
    return folder


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Path, Path]:
    return write_build(tmp_path / "one"), write_build(tmp_path / "two")


def same(builds: tuple[Path, Path]) -> bool:
    return run("same_builds.sh", *builds).returncode == 0


def test_equal_builds_are_the_same(builds: tuple[Path, Path]) -> None:
    assert same(builds)


@pytest.mark.parametrize("name", ["release/a.csv", "release/SHA256SUMS", "dist/a.whl"])
@pytest.mark.parametrize("fault", ["altered", "missing"])
def test_builds_that_differ_are_not(builds: tuple[Path, Path], name: str, fault: str) -> None:
    path = builds[1] / name
    path.unlink() if fault == "missing" else path.write_bytes(b"another")
    assert not same(builds)


@pytest.mark.parametrize(
    "fault", ["wrong sum", "file without a sum", "sum without a file", "no dist"]
)
def test_builds_that_are_wrong_in_the_same_way_are_not(
    builds: tuple[Path, Path], fault: str
) -> None:
    for build in builds:
        if fault == "wrong sum":
            (build / "release/a.csv").write_bytes(b"a\n2\n")
        elif fault == "file without a sum":
            (build / "release/stray.csv").write_bytes(b"")
        elif fault == "sum without a file":
            (build / "release/a.csv").unlink()
        else:
            (build / "dist/a.whl").unlink()
    assert not same(builds)


def test_every_release_of_data_is_downloaded_into_its_folder(tmp_path: Path) -> None:
    tags = "v1.1.0\nv1.0.0\nnightly\nv1.0.0-rc1\nv1.0.0/../../x\n$(touch ran)\n"
    write_program(tmp_path / "bin", "gh", {"release list": tags})
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = run("download_releases.sh", tmp_path / "assets", PATH=path)
    assert done.returncode == 0, done.stderr
    got = [call[2:] for call in calls(tmp_path / "bin", "gh") if call[1] == "download"]
    assert got == [
        [f"v{version}", "--dir", str(tmp_path / "assets" / version)]
        for version in ("1.1.0", "1.0.0")
    ]
    assert list((tmp_path / "assets").iterdir()) == []


def test_a_list_that_cannot_be_had_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "gh").write_text("#!/bin/sh\necho v1.0.0\nexit 1\n", encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    assert run("download_releases.sh", tmp_path / "assets", PATH=path).returncode != 0


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Make a wheel and an sdist that hold next to nothing."""
    folder = tmp_path / "dist"
    folder.mkdir()
    with zipfile.ZipFile(
        folder / f"reported_losses-{rl.__version__}-py3-none-any.whl", "w"
    ) as made:
        made.writestr("reported_losses/__init__.py", f"__version__ = {rl.__version__!r}\n")
        made.writestr(
            "reported_losses/__main__.py", "import sys\nsys.exit(sys.argv[1:] != ['check'])\n"
        )
    (folder / f"reported_losses-{rl.__version__}.tar.gz").touch()
    return folder


@pytest.mark.parametrize("fault", ["", "stray", "no sdist", "version", "bad data"])
def test_distributions_are_checked(dist: Path, fault: str) -> None:
    version = "9.9.9" if fault == "version" else rl.__version__
    if fault == "version":
        for path in list(dist.iterdir()):
            path.rename(dist / path.name.replace(rl.__version__, version))
    if fault == "stray":
        (dist / "stray.whl").touch()
    if fault == "no sdist":
        (dist / f"reported_losses-{version}.tar.gz").unlink()
    if fault == "bad data":
        (wheel,) = dist.glob("*.whl")
        with zipfile.ZipFile(wheel, "w") as made:
            made.writestr("reported_losses/__init__.py", f"__version__ = {version!r}\n")
            made.writestr("reported_losses/__main__.py", "import sys\nsys.exit(1)\n")
    done = run("check_dist.sh", dist, version, PYTHON=sys.executable, RUNNER_TEMP=str(dist.parent))
    assert (done.returncode == 0) == (not fault), done.stderr
