"""The README's code runs, its commands parse, its links lead somewhere, its table is true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import reported_losses as rl
from reported_losses.commands.cli import main, parser
from reported_losses.dataset.location import package_dir

ROOT = package_dir()
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.filterwarnings("default")  # the schema warns of steps that ask for a look
def test_the_python_runs() -> None:
    names: dict[str, Any] = {}
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - it is our own
    assert len(names["counts"]) == len(rl.load("loss_counts"))
    assert not names["tanks"].empty


def test_the_commands_parse() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("reported-losses")]
    assert commands
    for command in commands:
        parser().parse_args(command)


def test_the_summary_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = [text for text in blocks("text") if text.startswith("$ reported-losses")]
    command, *lines = block.splitlines()
    assert main(shlex.split(command)[2:]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert set(lines) <= set(printed)


def test_every_table_is_named() -> None:
    assert all(f"`{name}`" in README for name in rl.tables())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_checkout_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target
