"""frictionless judges the same package; on fields and keys both must find the same.

`make frictionless` judges the shipped package; here it judges small ones. Where the two differ, a named difference must explain it, and each named difference must
still occur: a list that nothing tests grows into an alibi.
"""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bad_cases import Case, apply, build, cases
from known_differences import DIFFERENCES, Difference, Told, explanations
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Package
from second_opinion import (
    THEIRS,
    Change,
    Cut,
    Edit,
    Finding,
    Tables,
    add_dialect,
    cut,
    ours,
    read_rows,
    theirs,
    touched,
    write_rows,
)

ROOT = Path(__file__).parents[2]


def disagreements(
    folder: Path, package: Package, tables: Tables, changes: Iterable[Change]
) -> dict[Finding, list[str]]:
    """Return what one side alone finds after a change, with the names of why."""
    names = touched(package, changes)
    mine, other = ours(folder, names), theirs(folder / THEIRS, names)
    told = Told(package, tables, mine)
    return {
        finding: explanations(told, finding, "ours" if finding in mine else "theirs")
        for finding in mine ^ other
    }


def change(edit: Edit) -> Change:
    return edit.table, edit.column


def case_change(edit: Mapping[str, Any]) -> Change:
    return edit["table"], edit.get("column")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    folder = tmp_path_factory.mktemp("cut")
    shutil.copy(ROOT / "datapackage.json", folder)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (folder / "data").mkdir()
    add_dialect(folder)
    package = load_package(ROOT)
    tables = cut(package, {name: read_rows(ROOT, one) for name, one in package.tables.items()})
    for name, rows in tables.items():
        write_rows(folder, package.tables[name], rows)
    return Cut(folder, package, tables)


SPELLINGS = {
    "integer": "-5|0|1| 5|5 |+5|05|1_000|1 000|1,000|1e3|0x1F|\uff11\uff12|5.0|99999999999999999999|x",
    "number": "-5|-0.5|0|0.5|.5|5.|5.0|1_0|1e3|NaN|inf|-inf|1,5|\uff11|x",
    "boolean": "true|false|True|TRUE|1|0|yes|x",
    "date": "2023-02-03|2020-01-01|2023-02-30|2023-2-3|20230203|03.02.2023|0000-01-01|9999-12-31"
    "|2023-02-03T00:00:00|2023-02-03 |\uff12\uff10\uff12\uff13-02-03|x",
    "string": "x|Russia|russia| russia|a b|a--b|https://a.b|ftp://a.b|\"|'|a,b|a;b|=1|en|EN|1.0.0",
}


@st.composite
def edits_of(draw: st.DrawFn, small: Cut) -> Edit:
    filled = sorted(name for name, rows in small.tables.items() if rows)
    table = draw(st.sampled_from(filled))
    rows = small.tables[table]
    row = draw(st.integers(0, len(rows) - 1))
    column = draw(st.sampled_from((*small.package.tables[table].names, None)))
    if column is None:
        return Edit(table, row, None)
    place = small.package.tables[table].names.index(column)
    one = small.package.tables[table].field(column)
    spellings = ("", *SPELLINGS[one.type].split("|"), *(one.enum or ()))
    letters = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=8)
    others = st.sampled_from(sorted({other[place] for other in rows}))
    text = draw(st.sampled_from(spellings) | others | letters)
    return Edit(table, row, column, text)


def test_both_find_nothing_in_the_cut(small: Cut) -> None:
    assert theirs(small.folder / THEIRS) == set()
    assert ours(small.folder) == set()


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_they_agree_cell_by_cell(small: Cut, data: st.DataObject) -> None:
    edits = data.draw(st.lists(edits_of(small), min_size=1, max_size=5))
    with small.changed(edits) as tables:
        found = disagreements(small.folder, small.package, tables, map(change, edits))
    assert all(found.values()), found


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda one: one.name)
def test_a_known_difference_still_occurs(small: Cut, difference: Difference) -> None:
    with small.changed(difference.edits) as tables:
        found = disagreements(small.folder, small.package, tables, map(change, difference.edits))
    assert difference.name in {name for names in found.values() for name in names}


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    folder = tmp_path_factory.mktemp("valid")
    tables = build(folder)
    add_dialect(folder)
    texts = {name: read_rows(folder, table) for name, table in tables.items()}
    return Cut(folder, load_package(folder), texts)


@pytest.mark.slow
@pytest.mark.parametrize(
    "case", [one for one in cases() if "/" not in one.code], ids=lambda one: one.code
)
def test_they_agree_on_every_code(valid: Cut, case: Case) -> None:
    tables, changed = valid.package.tables, {edit["table"] for edit in case.edits}
    before = {name: (valid.folder / tables[name].path).read_bytes() for name in changed}
    try:
        for edit in case.edits:
            apply(valid.folder, tables, edit)
        texts = valid.tables | {name: read_rows(valid.folder, tables[name]) for name in changed}
        found = disagreements(valid.folder, valid.package, texts, map(case_change, case.edits))
    finally:
        for name, data in before.items():
            (valid.folder / tables[name].path).write_bytes(data)
    assert all(found.values()), found
