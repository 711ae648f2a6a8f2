"""A release, and a folder and a server to use it from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import loopback
from engines.needs import missing
from released import shipped_source
from released_checkout import next_release, released_checkout, run
from reported_losses.release.build import held_files, release_files
from reported_losses.release.makers import all_makers

pytest.register_assert_rewrite("engines.page")
collect_ignore = ["spark_run.py"]  # it runs in another environment


@pytest.fixture(scope="session")
def release_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of a release; it is not to be changed."""
    folder = tmp_path_factory.mktemp("release")
    source = shipped_source()
    held = dict(held_files(source.folder, source.package))
    for name, data in release_files(source, held, all_makers()).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of a release and of the one after it; they are not to be changed."""
    checkout = released_checkout(tmp_path_factory.mktemp("releases") / "checkout")
    first = built(checkout, "first", "none")
    next_release(checkout)
    return first, built(checkout, "second", f"../{first.name}")


def built(checkout: Path, name: str, previous: str) -> Path:
    done = run(checkout, "build", "--out", f"../{name}", "--previous", previous)
    assert done.returncode == 0, done.stderr
    return checkout.parent / name


@pytest.fixture
def workplace(release_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder of one's own with the files of a release, as the page says."""
    folder = tmp_path / "workplace"
    shutil.copytree(release_folder, folder)
    monkeypatch.chdir(folder)
    return folder


@dataclass(frozen=True)
class Site:
    """The project's pages on this machine: their address, and the ranges that were asked for."""

    address: str
    asked: list[str]


@pytest.fixture
def site(release_folder: Path) -> Iterator[Site]:
    """Serve a release under the path of the newest one."""
    asked: list[str] = []
    answers = {
        f"/data/latest/{path.name}": loopback.ranges(path.read_bytes(), asked)
        for path in release_folder.iterdir()
    }
    with loopback.server(answers) as address:
        yield Site(address, asked)


@pytest.fixture(scope="session")
def engines() -> None:
    """Fail, and say what to do, where something is missing that the engines need."""
    if found := missing():
        pytest.fail("\n".join(found), pytrace=False)
