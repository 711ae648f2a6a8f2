"""Git writes every file with LF, also where it is set up to write CRLF as on Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reported_losses.definition.location import package_dir
from reported_losses.validation.check import check

ROOT = package_dir()
WINDOWS = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")
NAME = ("-c", "user.name=A", "-c", "user.email=a@example.org")
PACKAGE = [
    "datapackage.json",
    *(
        f"{folder}/{path.name}"
        for folder, pattern in (("data", "*.csv"), ("schemas", "*.json"))
        for path in sorted((ROOT / folder).glob(pattern))
    ),
]


def git(folder: Path, *arguments: str | Path) -> str:
    # A git hook that runs the suite sets variables that name its own repository.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, env=clean
    )
    return done.stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of the package alone, with the attributes of this one."""
    folder = tmp_path_factory.mktemp("repository")
    for name in [".gitattributes", *PACKAGE]:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, *NAME, "commit", "--quiet", "--message", "Add the package")
    return folder


def test_the_attributes_apply_to_every_file_of_the_package(repository: Path) -> None:
    told = git(repository, "check-attr", "text", "eol", "--", *PACKAGE).splitlines()
    assert set(told) == {
        line for name in PACKAGE for line in (f"{name}: text: set", f"{name}: eol: lf")
    }


def test_a_clone_made_as_on_windows_is_clean(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, *WINDOWS, "clone", "--quiet", repository, tmp_path / "clone")
    assert check(tmp_path / "clone") == check(ROOT)
    for name in PACKAGE:
        assert (tmp_path / "clone" / name).read_bytes() == (ROOT / name).read_bytes()


def test_without_the_attributes_such_a_clone_is_broken(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", repository, "source")
    git(tmp_path / "source", "rm", "--quiet", ".gitattributes")
    git(tmp_path / "source", *NAME, "commit", "--quiet", "--message", "Remove the attributes")
    git(tmp_path, *WINDOWS, "clone", "--quiet", "source", "clone")
    issues = check(tmp_path / "clone")
    broken = {issue.path for issue in issues if issue.code == "file/line-ends"}
    assert len(broken) == len(list((ROOT / "data").glob("*.csv")))
