"""The diff of two states is what comparing their rows one by one gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bad_cases
from history_repository import Tree
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Package
from reported_losses.definition.versions import Part
from reported_losses.intake.tables import to_csv
from reported_losses.validation.history.base import Base, folder_base
from reported_losses.validation.history.diff import Diff, diff_tables

PACKAGE = load_package(package_dir())
NAMES = ("tanks", "ships", "uavs", "boats")
TEXTS = st.sampled_from(["", "A text", "Two\nlines", 'A "quoted" one', "One, two", "two"])
ROWS = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(TEXTS, st.sampled_from(["items", "people"])), max_size=4
)
Cells = dict[str, tuple[str, str]]


def state(rows: Cells, package: Package = PACKAGE) -> Base:
    table = PACKAGE.table("categories")
    data = to_csv(
        table,
        [
            {"category": name, "label_en": label, "unit": unit}
            for name, (label, unit) in rows.items()
        ],
    )
    empty = {one.path: to_csv(one, []) for one in PACKAGE.tables.values()}
    return Base("x", None, package, lambda path, _: {**empty, table.path: data}[path])


@given(ROWS, ROWS)
def test_it_is_what_comparing_one_by_one_gives(old: Cells, new: Cells) -> None:
    diff = diff_tables(state(old), state(new)).tables["categories"]
    assert {row.key["category"] for row in diff.added} == new.keys() - old.keys()
    assert {row.key["category"] for row in diff.removed} == old.keys() - new.keys()
    expected = {
        (name, column, old[name][at], new[name][at])
        for name in old.keys() & new.keys()
        for at, column in enumerate(("label_en", "unit"))
        if old[name][at] != new[name][at]
    }
    changed = {(cell.key["category"], cell.column, cell.old, cell.new) for cell in diff.changed}
    assert changed == expected
    assert bool(diff) is (old != new)
    lines = {row.line for row in diff.added} | {cell.line for cell in diff.changed}
    assert len(lines) == diff.rows - len(diff.removed)
    for row in diff.added:
        label, unit = new[row.key["category"]]
        assert (row.cells["label_en"], row.cells["unit"]) == (label, unit)


@given(ROWS, ROWS)
def test_the_place_of_a_removed_row_is_the_next_row_that_stays(old: Cells, new: Cells) -> None:
    new = {name: cells for name, cells in new.items() if old.get(name) == cells}
    one_line = {name: (label.replace("\n", " "), unit) for name, (label, unit) in new.items()}
    before = {**{name: (a.replace("\n", " "), b) for name, (a, b) in old.items()}, **one_line}
    for row in diff_tables(state(before), state(one_line)).tables["categories"].removed:
        after = sorted(name for name in one_line if name > row.key["category"])
        place = sorted(one_line).index(after[0]) + 2 if after else len(one_line) + 1
        assert row.line == place


def schema_changed(folder: Path, **keywords: object) -> Diff:
    """Change keywords of one column in a copy of the valid package, and compare."""
    (folder / "old").mkdir(parents=True)
    (folder / "new").mkdir()
    for name in ("old", "new"):
        bad_cases.build(folder / name)
    path = folder / "new/schemas/categories.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    column = next(field for field in schema["fields"] if field["name"] == "unit")
    for name, value in keywords.items():
        place = column if name in {"type", "history"} else column["constraints"]
        if value is None:
            place.pop(name, None)
        else:
            place[name] = value
    path.write_text(json.dumps(schema), encoding="utf-8")
    return diff_tables(folder_base(folder / "old"), folder_base(folder / "new"))


UNITS = list(PACKAGE.table("categories").field("unit").enum or ())


@pytest.mark.parametrize(
    ("keywords", "weaker", "part"),
    [
        ({"required": None}, True, Part.MAJOR),
        ({"enum": None}, True, Part.MAJOR),
        ({"enum": [*UNITS, "crates"]}, False, Part.MINOR),
        ({"enum": [*UNITS[1:], "crates"]}, True, Part.MAJOR),
        ({"enum": UNITS[1:]}, False, Part.MAJOR),
        ({"history": "free"}, True, Part.MAJOR),
        ({"pattern": "^[a-z]+$"}, False, Part.MINOR),
        ({"minLength": 2}, False, Part.MINOR),
        ({"unique": True}, False, Part.MINOR),
    ],
)
def test_schemas_become_weaker_or_stricter(
    tmp_path: Path, keywords: dict[str, object], weaker: object, part: Part
) -> None:
    diff = schema_changed(tmp_path, **keywords)
    (change,) = diff.schemas
    assert (change.weaker, change.part, diff.part) == (weaker, part, part)


def test_a_column_more_or_less_is_compared_in_the_others(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        bad_cases.build(tmp_path / name)
    old, new = Tree(tmp_path / "old"), Tree(tmp_path / "new")
    path = new.folder / "schemas/categories.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["fields"] = [one for one in schema["fields"] if one["name"] != "label_uk"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    rows = old.rows("categories")
    rows[0]["definition"] = "Another one."
    new.write("categories", rows)
    diff = diff_tables(folder_base(old.folder), folder_base(new.folder)).tables["categories"]
    assert (diff.columns_removed, diff.columns_added) == (("label_uk",), ())
    assert [(cell.column, cell.new) for cell in diff.changed] == [("definition", "Another one.")]


def test_corrections_are_a_patch_and_rows_a_minor_version() -> None:
    one, other = {"tanks": ("A", "items")}, {"tanks": ("B", "items")}
    more = {**other, "ships": ("C", "items")}
    assert diff_tables(state(one), state(one)).part is None
    assert diff_tables(state(one), state(other)).part is Part.PATCH
    assert diff_tables(state(more), state(other)).part is Part.PATCH
    assert diff_tables(state(other), state(more)).part is Part.MINOR
