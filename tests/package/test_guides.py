"""The commands that the guides show exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from reported_losses.commands.cli import parser
from reported_losses.definition.location import package_dir

ROOT = package_dir()
GUIDES = [
    path
    for path in sorted([ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
    if "```sh\n" in path.read_text(encoding="utf-8")
]


def commands(page: Path, program: str) -> list[list[str]]:
    """Return the arguments of every line of shell that runs a program, wherever it is."""
    blocks = re.findall(
        r"^ *```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    lines = (shlex.split(line, comments=True) for block in blocks for line in block.splitlines())
    return [words[1:] for words in lines if words and Path(words[0]).name == program]


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_parses(page: Path) -> None:
    for arguments in commands(page, "reported-losses"):
        parser().parse_args(arguments)


def test_every_target_of_make_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    shown = [target for page in GUIDES for (target, *_) in commands(page, "make")]
    assert {"env", "core", "test", "generated"} <= set(shown)
    assert set(shown) <= targets
