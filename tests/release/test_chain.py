"""A release that was rewritten is named by the one after it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reported_losses.release.chain import verify_chain
from reported_losses.release.contents import CONTENTS
from reported_losses.release.verify import verify
from small_releases import MAKERS, reseal, three


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return three(tmp_path_factory.mktemp("chain"))[0].parent


@pytest.fixture
def folders(releases: Path, tmp_path: Path) -> dict[str, Path]:
    shutil.copytree(releases, tmp_path / "releases")
    return {path.name: path for path in (tmp_path / "releases").iterdir()}


def found(folders: dict[str, Path]) -> list[tuple[str, str]]:
    return [(one.file, one.code) for one in verify_chain(folders.values())]


def test_a_chain_is_whole(folders: dict[str, Path]) -> None:
    assert sorted(folders) == ["0.1.0", "0.2.0", "0.2.1"]
    assert not found(folders)
    assert verify_chain(reversed(list(folders.values()))) == ()


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_a_release_rewritten_with_all_its_sums_is_named(
    version: str, folders: dict[str, Path]
) -> None:
    # The extra file is in both lists, so the release by itself is as it should be.
    (folders[version] / "extra.txt").write_bytes(b"day\n")
    reseal(folders[version])
    assert not verify(folders[version], makers=MAKERS)
    assert found(folders) == [(f"{version}/{CONTENTS}", "rewritten")]


def test_a_rewritten_link_shows_in_the_next(folders: dict[str, Path]) -> None:
    path = folders["0.2.0"] / CONTENTS
    contents = json.loads(path.read_text(encoding="utf-8"))
    contents["previous"]["sha256"] = "0" * 64
    path.write_text(json.dumps(contents), encoding="utf-8")
    reseal(folders["0.2.0"])
    assert found(folders) == [
        (f"0.1.0/{CONTENTS}", "rewritten"),
        (f"0.2.0/{CONTENTS}", "rewritten"),
    ]


@pytest.mark.parametrize(
    ("version", "problems"),
    [
        ("0.1.0", [("0.1.0", "missing")]),
        ("0.2.0", [("0.2.0", "missing")]),
        ("0.2.1", []),
    ],
)
def test_a_missing_release_is_named(
    version: str, problems: list[tuple[str, str]], folders: dict[str, Path]
) -> None:
    del folders[version]
    assert found(folders) == [(f"{name}/{CONTENTS}", code) for name, code in problems]


def test_a_release_beside_the_chain_is_named(folders: dict[str, Path]) -> None:
    for name, contents in (("0.2.0", None), ("0.2.1", "0.1.0")):
        path = folders[name] / CONTENTS
        raw = json.loads(path.read_text(encoding="utf-8"))
        raw["previous"] = contents and {"version": contents, "sha256": "0" * 64}
        path.write_text(json.dumps(raw), encoding="utf-8")
    assert found(folders) == [(f"0.2.0/{CONTENTS}", "rewritten"), (f"0.2.0/{CONTENTS}", "unlinked")]


def test_two_of_one_version_are_named(folders: dict[str, Path], tmp_path: Path) -> None:
    folders["copy"] = shutil.copytree(folders["0.2.0"], tmp_path / "copy")
    assert (f"0.2.0/{CONTENTS}", "twice") in found(folders)


@pytest.mark.parametrize("data", [b"", b"{}", b"<html>", b"[" * 100_000, None])
def test_a_release_that_cannot_be_read_is_named(
    data: bytes | None, folders: dict[str, Path]
) -> None:
    path = folders["0.2.0"] / CONTENTS
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    assert found(folders) == [
        (f"0.2.0/{CONTENTS}", "unreadable"),
        (f"0.2.0/{CONTENTS}", "missing"),
    ]
