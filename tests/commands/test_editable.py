"""Commands that write refuse every package but the one that is edited; never the installed one."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path

import pytest

import bad_cases
from reported_losses.commands.cli import COMMANDS, main
from reported_losses.definition import location
from reported_losses.definition.file_facts import file_facts

# Words that are enough to be read, and the option that writes, or the one that does not.
UPSTREAM = ("--upstream", "nowhere")
WRITING = {
    "add": ("report.txt",),
    "add_statement": (
        *("--date", "2023-02-20", "--speaker", "Ben Wallace", "--organisation", "uk-mod"),
        *("--summary", "He said it.", "--url", "https://news.example/said"),
    ),
    "revise": ("categories", "drones", "label_en", "Others", "--reason", "A slip."),
    "withdraw": ("categories", "drones", "--reason", "Held twice."),
    "sort": (),
    "update": UPSTREAM,
    "reconcile": UPSTREAM,
    "import_counts": UPSTREAM,
    "import_statements": UPSTREAM,
}
EACH = pytest.mark.parametrize("name", WRITING)


def module_name(name: str) -> str:
    return f"reported_losses.commands.{name}"


def describe(folder: Path, *, built: bool) -> None:
    """State in a descriptor how each table was built, as `hatch_build.py` does, or no longer."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_bytes())
    for resource in package["resources"]:
        facts = file_facts((folder / resource["path"]).read_bytes())
        if built:
            resource.update(facts)
        else:
            for name in facts:
                del resource[name]
    path.write_text(json.dumps(package), "utf-8")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package as a wheel holds it, which is taken for the installed one."""
    folder = tmp_path / "reported_losses" / "_package"
    folder.mkdir(parents=True)
    bad_cases.build(folder)
    describe(folder, built=True)
    monkeypatch.setattr(location, "package_dir", lambda: folder)
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "report.txt").write_text("Tanks: 3334", "utf-8")
    monkeypatch.chdir(empty)
    return folder


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def arguments(name: str, package: Path | None, *, dry: bool) -> list[str]:
    """Return a command line that would change the package, or only say so."""
    given = [] if package is None else [str(package)]
    words = [importlib.import_module(module_name(name)).NAME, *WRITING[name]]
    words += given if name == "sort" else [word for one in given for word in ("--package", one)]
    dry_by_default = name in {"reconcile", "import_counts", "import_statements"}
    option = "--write" if dry_by_default else "--dry-run"
    return [*words, option] if dry != dry_by_default else words


def test_every_command_that_writes_is_tried() -> None:
    sources = {
        name: inspect.getsource(importlib.import_module(module_name(name))) for name in COMMANDS
    }
    assert {name for name, source in sources.items() if ".held(" in source} == set(WRITING)


@pytest.mark.parametrize("dry", [False, True], ids=["writing", "dry"])
@EACH
def test_without_a_package_folder_nothing_is_written(
    name: str, *, dry: bool, installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(installed)
    assert main(arguments(name, None, dry=dry)) == 2
    assert "no package folder here" in capsys.readouterr().err
    assert contents(installed) == before


@pytest.mark.parametrize("dry", [False, True], ids=["writing", "dry"])
@EACH
def test_an_installed_package_is_refused_even_if_it_is_named(
    name: str, *, dry: bool, installed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = installed.rename(installed.with_name("copy"))
    before = contents(copy)
    assert main(arguments(name, copy, dry=dry)) == 2
    assert "remove bytes, hash and rows" in capsys.readouterr().err
    assert contents(copy) == before


def test_the_folder_around_is_refused_too_if_it_is_installed(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(installed)
    monkeypatch.chdir(installed / "data")
    assert main(arguments("withdraw", None, dry=False)) == 2
    assert contents(installed) == before


def test_a_copy_without_what_was_built_is_edited(installed: Path) -> None:
    copy = installed.rename(installed.with_name("copy"))
    describe(copy, built=False)
    before = contents(copy)
    assert main(arguments("withdraw", copy, dry=False)) == 0
    assert contents(copy) != before
