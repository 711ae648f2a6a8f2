"""The site's folder is there whole or not at all."""

from __future__ import annotations

import json
import posixpath
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest

from made_days import Page
from reported_losses.commands.cli import main
from reported_losses.definition.location import package_dir
from reported_losses.errors import BadArgumentError
from reported_losses.site import build
from reported_losses.site.build import build_site

FILES = {"index.html": b"<p>", "days/2023-02-22.html": b"", "views/a/b.csv": b"a\n"}


def parts() -> Mapping[str, bytes]:
    return FILES


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_files_of_all_parts_are_in_their_folders(tmp_path: Path) -> None:
    more = {"days/index.html": b"x"}
    assert build_site(tmp_path / "site", [parts, lambda: more]) == FILES | more
    assert held(tmp_path / "site") == FILES | more


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    build_site(tmp_path / "site", [parts])
    assert held(tmp_path / "site") == FILES


def test_two_parts_may_not_make_one_file(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        build_site(tmp_path / "site", [parts, parts])
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("place", ["full", "file", "link", "nowhere/site"])
def test_a_place_that_is_taken_or_is_none_is_refused_before_anything_is_made(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Mapping[str, bytes]:
        raise AssertionError

    (tmp_path / "full").mkdir()
    (tmp_path / "full/index.html").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "full", target_is_directory=True)
    with pytest.raises(BadArgumentError):
        build_site(tmp_path / place, [fail])
    monkeypatch.setattr(build, "PARTS", (fail,))
    assert main(["site", "--out", str(tmp_path / place)]) == 2
    assert place in capsys.readouterr().err
    assert (tmp_path / "full/index.html").read_bytes() == b"mine"


def test_a_place_that_cannot_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(BadArgumentError, match="Permission denied"):
        build_site(tmp_path / "site", [parts])
    assert not list(tmp_path.iterdir())


def test_a_part_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> Mapping[str, bytes]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_site(tmp_path / "site", [parts, fail])
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_it_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PARTS", (parts,))
    assert main(["site", "--out", str(tmp_path / "site")]) == 0
    assert f"3 files, {sum(map(len, FILES.values()))} bytes" in capsys.readouterr().out
    assert held(tmp_path / "site") == FILES


def test_out_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["site"])
    assert stopped.value.code == 2
    assert "--out" in capsys.readouterr().err


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    assert main(["site", "--out", str(folder)]) == 0
    return folder


# What the pages workflow puts beside.
BESIDE = {("docs/index.html", ""), ("docs/methodology.html", ""), ("releases.json", "")}


@pytest.mark.slow
def test_the_whole_site_leads_nowhere_in_vain(site: Path) -> None:
    texts = {
        path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("*.html")
    }
    places = {name: set(re.findall(r' id="([^"]+)"', text)) for name, text in texts.items()}
    wanted = {
        (posixpath.normpath(posixpath.join(posixpath.dirname(name), to)) if to else name, anchor)
        for name, text in texts.items()
        for to, anchor in re.findall(r' href="(?!https?://|data:)([^"#]*)#?([^"]*)"', text)
    }
    assert wanted
    # What follows `#` in a link to the explorer is its state.
    vain = {
        (to, anchor)
        for to, anchor in wanted - BESIDE
        if not (site / to).is_file() or (anchor and "=" not in anchor and anchor not in places[to])
    }
    assert not vain


@pytest.mark.slow
def test_pages_of_the_whole_site_are_well_formed(site: Path) -> None:
    for path in [site / "index.html", *sorted(site.glob("days/*.html"))[::40]]:
        assert not Page(path.read_bytes()).wrong, path.name


@pytest.mark.slow
def test_every_day_of_the_reports_has_its_page_and_its_json(site: Path) -> None:
    schema = jsonschema.Draft202012Validator(
        json.loads((package_dir() / "schemas/report/day.json").read_text("utf-8"))
    )
    found = {path.stem for path in site.glob("days/*.json")}
    assert {path.stem for path in site.glob("days/*.html")} == found | {"index"}
    for path in sorted(site.glob("days/*.json"))[::50]:
        schema.validate(json.loads(path.read_bytes()))
