"""CONTRIBUTING.md shows what the commands print."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import transcripts
from reported_losses.definition.descriptor import installed
from reported_losses.validation.catalogue import code_texts


def test_the_transcripts_are_what_the_commands_print(tmp_path: Path) -> None:
    page = transcripts.PAGE.read_text("utf-8")
    assert {command.split()[0] for command in transcripts.commands(page)} == {
        "add",
        "add-statement",
        "revise",
        "withdraw",
    }
    now = transcripts.shown(page, tmp_path)
    differences = difflib.unified_diff(page.splitlines(), now.splitlines(), lineterm="", n=1)
    assert list(differences) == [], "run `python -m transcripts` with src and tests on PYTHONPATH"


def test_every_code_that_is_named_exists() -> None:
    page = transcripts.PAGE.read_text("utf-8")
    codes = set(re.findall(r"`([a-z_]+/[a-z-]+)`", page)) - {"data/"}
    assert codes <= set(code_texts(installed()))
