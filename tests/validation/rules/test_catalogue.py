from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reported_losses.validation.rules
from reported_losses.validation.rules import CATALOGUE, Rule
from reported_losses.validation.rules.rule import ALL_TABLES, rule
from validation.rules.kit import package

ROOM = Path(reported_losses.validation.rules.__file__).parent


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))
def test_an_entry_is_complete(entry: Rule) -> None:
    assert re.fullmatch(r"[a-z_]+/[a-z]+(-[a-z]+)*", entry.code)
    assert entry.code.partition("/")[0] == entry.table
    package().table(entry.table).field(entry.column)
    for name in entry.needs if entry.needs != ALL_TABLES else ():
        package().table(name)
    told = entry.text
    for text in (told.title, told.rationale, told.example, told.fix):
        assert text.strip() == text != ""
    assert told.title.endswith(".")
    assert len(told.title) <= 90


def test_the_catalogue_names_each_rule_once() -> None:
    entry = CATALOGUE["loss_counts/never-decreases"]
    declare = rule("loss_counts", title="", rationale="", example="", fix="", column="total")
    with pytest.raises(ValueError, match=entry.code):
        declare(entry.find)


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
