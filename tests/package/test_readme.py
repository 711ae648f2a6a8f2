"""The README's code runs, its commands parse, its links lead somewhere, its table is true."""

from __future__ import annotations

import itertools
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import reported_losses as rl
from reported_losses.commands.cli import main, parser
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir

ROOT = package_dir()
README = (ROOT / "README.md").read_text(encoding="utf-8")
REPOSITORY = f"{installed().raw['homepage']}/blob/main/"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


DEFINITION = re.compile(r"^\[([^\]]+)\]: (\S+)$", re.MULTILINE)


def links(text: str) -> list[str]:
    """Return where links lead, inline or defined at the end, without what follows a #."""
    inline = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    return inline + [target.partition("#")[0] for _, target in DEFINITION.findall(text)]


def blocks(language: str, page: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


@pytest.mark.filterwarnings("default")  # the schema warns of steps that ask for a look
def test_the_python_runs() -> None:
    names: dict[str, Any] = {}
    for code in blocks("python"):
        exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - it is our own
    assert len(names["counts"]) == len(rl.load("loss_counts"))
    assert not names["tanks"].empty


@pytest.mark.filterwarnings("default")
def test_the_python_of_the_loading_page_runs() -> None:
    names: dict[str, Any] = {}
    found = blocks("python", (ROOT / "docs/loading.md").read_text(encoding="utf-8"))
    assert found
    for code in found:
        exec(compile(code, "loading.md", "exec", dont_inherit=True), names)  # noqa: S102 - likewise
    assert names["tanks"](names["counts"]) > 0


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
    assert "..." in lines
    # An ellipsis stands for at least one line; everything else is there in order.
    for shown, after in itertools.pairwise([*lines, "end"]):
        if shown == "...":
            assert after != printed[0]
            left_out = printed.index(after) if after != "end" else len(printed)
            del printed[:left_out]
        else:
            assert printed.pop(0) == shown
    assert not printed


def test_an_earlier_state_is_not_of_the_future() -> None:
    days = re.findall(r'as_of="([^"]+)"', README)
    latest = max(str(day)[:10] for day in rl.load("loss_counts")["recorded_on"])
    assert days
    assert max(days) <= latest


def test_every_table_is_named() -> None:
    assert all(f"`{name}`" in README for name in rl.tables())


def test_links_work_outside_the_checkout() -> None:
    # The README is shown by package indexes, too, where relative links lead nowhere.
    assert links(README)
    assert all(target.startswith("https://") for target in links(README))
    named, defined = set(re.findall(r"\]\[([^\]]+)\]", README)), set(DEFINITION.findall(README))
    assert named == {name for name, _ in defined}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_checkout_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in links(text):
        if target.startswith(REPOSITORY):
            assert (ROOT / target.removeprefix(REPOSITORY)).exists(), target
        elif "://" not in target:
            assert (page.parent / target).exists(), target
