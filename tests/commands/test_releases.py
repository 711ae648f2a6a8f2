"""`build`, `verify` and `index`: what they print, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from history_repository import Tree
from reported_losses.commands.cli import main
from reported_losses.definition import location
from reported_losses.definition.location import CONTENTS
from reported_losses.definition.releases_list import read_index
from reported_losses.release import build as building
from reported_losses.release import makers
from reported_losses.release.verify import verify
from small_releases import MAKERS, add_row, checkout, edit, reseal, say, three

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simple writers, which need no database library."""
    monkeypatch.setattr(makers, "all_makers", lambda: MAKERS)
    monkeypatch.setattr(building, "all_makers", lambda: MAKERS)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return three(tmp_path_factory.mktemp("commands"))[0].parent


@pytest.fixture
def folder(releases: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(releases, tmp_path / "releases"))


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """A checkout that the code is taken to belong to."""
    tree = checkout(tmp_path / "checkout")
    monkeypatch.setattr(location, "package_dir", lambda: tree.folder)
    monkeypatch.setattr(building, "package_dir", lambda: tree.folder)
    return tree


def test_build_says_what_it_made(tree: Tree, tmp_path: Path, capsys: Capture) -> None:
    assert main(["build", "--out", str(tmp_path / "0.1.0"), "--previous", "none"]) == 0
    assert "0.1.0 of 2026-12-01" in capsys.readouterr().out
    assert not verify(tmp_path / "0.1.0", makers=MAKERS)
    add_row(tree)
    say(tree, "0.2.0", "2026-12-15")
    before = ["--previous", str(tmp_path / "0.1.0")]
    assert main(["build", "--out", str(tmp_path / "0.2.0"), *before]) == 0


def test_build_tells_data_from_usage(tree: Tree, tmp_path: Path, capsys: Capture) -> None:
    out = ["build", "--out", str(tmp_path / "0.1.0")]
    assert main([*out, "--previous", "nowhere"]) == 2
    assert main(["build", "--out", str(tree.folder / "data" / "x")]) == 2
    edit(tree, "CITATION.cff", "0.1.0", "0.0.9")
    assert main(out) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "CITATION.cff" in captured.err
    assert not (tmp_path / "0.1.0").exists()


def test_the_hint_about_the_release_before_is_an_option(
    tree: Tree, tmp_path: Path, capsys: Capture
) -> None:
    say(tree, "0.1.1", "2026-12-15")
    assert main(["build", "--out", str(tmp_path / "0.1.1")]) == 2
    assert "--previous 0.1.0" in capsys.readouterr().err


def test_installed_code_builds_nothing(
    tree: Tree, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tree.folder.rename(tmp_path / "_package")
    for module in (location, building):
        monkeypatch.setattr(module, "package_dir", lambda: home)
    assert main(["build", "--out", str(tmp_path / "0.1.0")]) == 2
    assert "checkout" in capsys.readouterr().err


def test_verify_says_what_it_verified(folder: Path, capsys: Capture) -> None:
    assert main(["verify", str(folder / "0.2.0")]) == 0
    text = capsys.readouterr().out
    assert "nothing wrong" in text
    assert all(what in text for what in ("files", "tables", "every rule", "reported-losses.sqlite"))
    assert "chain" not in text


def test_verify_names_what_is_wrong(folder: Path, capsys: Capture) -> None:
    (folder / "0.2.0" / "reports.csv").write_bytes(b"")
    (folder / "0.2.0" / "\x1b[2J").write_bytes(b"")
    assert main(["verify", str(folder / "0.2.0")]) == 1
    text = capsys.readouterr().out
    assert "reports.csv [altered]" in text
    assert "\x1b" not in text
    assert main(["verify", str(folder / "0.2.0"), "--format", "json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert facts["chain"] is None
    (one,) = facts["releases"]
    assert {(each["file"], each["code"]) for each in one["problems"]} == {
        ("reports.csv", "altered"),
        ("\x1b[2J", "extra"),
    }
    assert one["not_verified"]


@pytest.mark.parametrize("name", ["", "0.2.0", "0.2.1"])
def test_verify_sees_a_rewritten_release(name: str, folder: Path, capsys: Capture) -> None:
    assert main(["verify", str(folder / name), "--chain", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["chain"] == {"releases": 3, "problems": []}
    (folder / "0.2.0" / "extra.txt").write_bytes(b"day\n")
    reseal(folder / "0.2.0")
    assert main(["verify", str(folder / name), "--chain", "--format", "json"]) == 1
    facts = json.loads(capsys.readouterr().out)
    assert len(facts["releases"]) == (1 if name else 3)
    assert [one["file"] for one in facts["chain"]["problems"]] == [f"0.2.0/{CONTENTS}"]
    assert main(["verify", str(folder / name), "--chain"]) == 1
    assert "0.2.0 was rewritten" in capsys.readouterr().out


def test_verify_takes_a_version_from_the_cache(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert main(["verify", "0.2.0", "--chain"]) == 0
    assert "chain of 3 releases" in capsys.readouterr().out
    assert main(["verify", "0.9.0"]) == 2
    assert "reported-losses fetch 0.9.0" in capsys.readouterr().err
    assert folder.is_dir()


@pytest.mark.parametrize("cached", [True, False])
def test_of_a_part_of_a_release_what_is_there_is_verified(
    cached: bool,  # noqa: FBT001 - a case
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    (folder / "0.2.0" / "SHA256SUMS").unlink()
    (folder / "0.2.0" / "reports.csv").unlink()
    assert main(["verify", str(folder / "0.2.0")]) == 1
    # The folder of fetched releases is `releases` in the cache.
    assert folder.name == "releases"
    if cached:
        monkeypatch.setenv("REPORTED_LOSSES_CACHE", str(folder.parent))
    name = ["0.2.0"] if cached else [str(folder / "0.2.0"), "--partial"]
    capsys.readouterr()
    assert main(["verify", *name]) == 0
    assert "not verified: 2 files that are not here" in capsys.readouterr().out
    (folder / "0.2.0" / "reports.parquet").write_bytes(b"x")
    assert main(["verify", *name]) == 1


def test_csv_files_that_were_not_fetched_are_no_damage(folder: Path, capsys: Capture) -> None:
    for path in (folder / "0.2.0").glob("*.csv"):
        path.unlink()
    assert main(["verify", str(folder / "0.2.0"), "--partial"]) == 0
    shown = capsys.readouterr().out
    assert "CSV files were not fetched" in shown
    assert "as listed" not in shown
    (folder / "0.2.0" / "reports.csv").write_bytes(b"")
    assert main(["verify", str(folder / "0.2.0"), "--partial"]) == 1
    assert "as listed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [["nowhere"], ["0.2.0/reports.csv"], ["0.2.0", "--format", "x"]]
)
def test_verify_used_wrongly(
    arguments: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(folder)
    assert main(["verify", *arguments]) == 2
    assert "internal fault" not in capsys.readouterr().err


@pytest.fixture
def home(releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The checkout that the releases came from, as the current folder."""
    shutil.copytree(releases.parent / "checkout", tmp_path / "home")
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path / "home"


def test_index_lists_the_releases(home: Path, folder: Path, capsys: Capture) -> None:
    out = home.parent / "releases.json"
    changelog = home / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8")
    withdrawn = text.replace("2026-12-15\n", "2026-12-15 [YANKED]\n\nWithdrawn: days swapped.\n")
    assert main(["index", str(folder), "--out", str(out)]) == 0
    assert "3 releases, latest 0.2.1, stable 0.2.0" in capsys.readouterr().out
    assert main(["index", str(folder), "--out", str(out)]) == 2
    changelog.write_text(withdrawn, encoding="utf-8")
    assert main(["index", str(folder), "--out", str(out), "--force"]) == 0
    index = read_index(out.read_bytes())
    assert (index.latest, index.stable) == ("0.2.1", "0.1.0")
    assert index.releases[1].reason == "days swapped."


@pytest.mark.parametrize("fault", ["missing", "altered", "rewritten"])
def test_index_refuses_what_is_not_whole(
    fault: str, home: Path, folder: Path, capsys: Capture
) -> None:
    match fault:
        case "missing":
            shutil.rmtree(folder / "0.2.0")
        case "altered":
            (folder / "0.2.0" / "reports.csv").write_bytes(b"")
        case _:
            (folder / "0.2.0" / "extra.txt").write_bytes(b"day\n")
            reseal(folder / "0.2.0")
    out = home.parent / "releases.json"
    assert main(["index", str(folder), "--out", str(out)]) == 1
    assert f"[{fault}]" in capsys.readouterr().err
    assert not out.exists()


def test_index_without_a_changelog(home: Path, folder: Path, capsys: Capture) -> None:
    (home / "CHANGELOG.md").unlink()
    assert main(["index", str(folder), "--out", "releases.json"]) == 1
    assert "CHANGELOG.md" in capsys.readouterr().err
