from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reported_losses.validation.rules
from reported_losses.validation.rules import CATALOGUE, Rule
from reported_losses.validation.rules.registry import rule
from validation.rules.kit import package

ROOM = Path(reported_losses.validation.rules.__file__).parent


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_an_entry_is_complete(entry: Rule) -> None:
    assert re.fullmatch(r"[a-z_]+/[a-z]+(-[a-z]+)*", entry.code)
    assert entry.code.partition("/")[0] == entry.table
    package().table(entry.table).field(entry.column)
    for name in entry.needs:
        package().table(name)
    for text in (entry.title, entry.rationale, entry.example, entry.fix):
        assert text.strip() == text != ""
    assert entry.title.endswith(".")
    assert len(entry.title) <= 90


def test_the_catalogue_names_each_rule_once() -> None:
    entry = CATALOGUE["loss_counts/never-decreases"]
    declare = rule(title="", rationale="", example="", fix="", column="total")
    with pytest.raises(ValueError, match=entry.code):
        declare(entry.function)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOM.rglob("*.py")):
        yield path.relative_to(ROOM).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_rules_know_no_frames_and_no_files() -> None:
    for name, tree in modules():
        imported = {
            part.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for part in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
            )
        }
        assert not imported & {"pandas", "pandera", "polars", "pyarrow", "os", "pathlib", "io"}, (
            name
        )
