"""frictionless judges the same package; on fields and keys both must find the same.

A finding is a code and a line. Where the two differ, a named difference must explain it,
and each named difference must still occur: a list that nothing tests grows into an alibi.
"""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import frictionless
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reported_losses.check import check
from reported_losses.descriptor import Field, Package, Table, load_package
from reported_losses.field_types import FIELD_TYPES

ROOT = Path(__file__).parents[2]
ROWS = 5
THEIRS = "with-dialect.json"

Rows = list[list[str]]
Tables = dict[str, Rows]


class Finding(NamedTuple):
    """What one side found: our code, and the line."""

    code: str
    line: int

    @property
    def table(self) -> str:
        return self.code.split(".")[0]

    @property
    def kind(self) -> str:
        parts = self.code.split(".")
        return parts[1] if parts[1] in {"primaryKey", "foreignKey"} else parts[2]


class Edit(NamedTuple):
    """One cell changed; or, without a column, a row copied to the end of its table."""

    table: str
    row: int
    column: str | None
    text: str = ""


# What each side finds


def ours(folder: Path, names: Iterable[str] | None = None) -> set[Finding]:
    return {
        Finding(issue.code, issue.line)
        for issue in check(folder, tables=names)
        if "/" not in issue.code and issue.line is not None
    }


def theirs(descriptor: Path, names: Iterable[str] | None = None) -> set[Finding]:
    package = frictionless.Package(str(descriptor))
    reports = [
        package.get_resource(name).validate(limit_errors=100_000)
        for name in (package.resource_names if names is None else names)
    ]
    tasks = [task for report in reports for task in report.tasks]
    return {_mapped(task.name, error) for task in tasks for error in task.errors}


def _mapped(table: str, error: Any) -> Finding:  # noqa: ANN401 - frictionless ships no types
    kind = error.type
    if kind == "primary-key":
        return Finding(f"{table}.primaryKey", error.row_number)
    if kind == "foreign-key":
        return Finding(f"{table}.foreignKey.{'-'.join(error.field_names)}", error.row_number)
    if kind == "constraint-error":
        constraint = re.match(r'constraint "(\w+)"', error.note)
        assert constraint, error.note
        return Finding(f"{table}.{error.field_name}.{constraint[1]}", error.row_number)
    ending = {"type-error": "type", "unique-error": "unique"}[kind]
    return Finding(f"{table}.{error.field_name}.{ending}", error.row_number)


# A small package with real rows


def read_rows(folder: Path, table: Table) -> Rows:
    with (folder / table.path).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def write_rows(folder: Path, table: Table, rows: Rows) -> None:
    with (folder / table.path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([list(table.names), *rows])


def cut(package: Package, tables: Tables) -> Tables:
    """Return the first rows of every table, and every row they lean on."""
    kept = {name: {tuple(row) for row in rows[:ROWS]} for name, rows in tables.items()}
    size = -1
    while size != (size := sum(map(len, kept.values()))):
        for name, table in package.tables.items():
            for key in table.foreign_keys:
                asked = {_cells(table, row, key.fields) for row in kept[name]}
                target = package.tables[key.table]
                kept[key.table] |= {
                    tuple(row)
                    for row in tables[key.table]
                    if _cells(target, row, key.references) in asked
                }
    return {
        name: [row for row in rows if tuple(row) in kept[name]] for name, rows in tables.items()
    }


def _cells(table: Table, row: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[table.names.index(name)] for name in names)


@dataclass(frozen=True)
class Cut:
    """The small package on disk, and how to change it for a moment."""

    folder: Path
    package: Package = field(repr=False)
    tables: Tables = field(repr=False)

    def edited(self, edits: Sequence[Edit]) -> Tables:
        tables = {name: [list(row) for row in rows] for name, rows in self.tables.items()}
        for edit in edits:
            rows = tables[edit.table]
            if edit.column is None:
                rows.append(list(rows[edit.row]))
            else:
                names = self.package.tables[edit.table].names
                rows[edit.row][names.index(edit.column)] = edit.text
        return tables

    def touched(self, changed: Iterable[str]) -> list[str]:
        """Return the tables whose findings a change of some tables can change."""
        return [
            name
            for name, table in self.package.tables.items()
            if name in changed or any(key.table in changed for key in table.foreign_keys)
        ]

    def differences(self, edits: Sequence[Edit]) -> tuple[Tables, dict[Finding, str]]:
        """Return the changed tables and what one side alone found, with its name."""
        tables = self.edited(edits)
        changed = {edit.table for edit in edits}
        for name in changed:
            write_rows(self.folder, self.package.tables[name], tables[name])
        try:
            names = self.touched(changed)
            mine, other = ours(self.folder, names), theirs(self.folder / THEIRS, names)
        finally:
            for name in changed:
                write_rows(self.folder, self.package.tables[name], self.tables[name])
        sides = dict.fromkeys(mine - other, "ours") | dict.fromkeys(other - mine, "theirs")
        return tables, sides

    def fields(self, finding: Finding) -> tuple[str, ...]:
        """Return the columns a finding judges."""
        table = self.package.tables[finding.table]
        if finding.kind == "primaryKey":
            return table.primary_key
        if finding.kind == "foreignKey":
            return tuple(finding.code.split(".")[2].split("-"))
        return (finding.code.split(".")[1],)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    folder = tmp_path_factory.mktemp("cut")
    shutil.copy(ROOT / "datapackage.json", folder)
    raw = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in raw["resources"]:
        # Left alone, frictionless guesses the dialect anew from each changed file.
        resource["dialect"] = {
            "csv": {"delimiter": ",", "quoteChar": '"', "skipInitialSpace": False}
        }
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (folder / "data").mkdir()
    package = load_package(ROOT)
    tables = cut(package, {name: read_rows(ROOT, one) for name, one in package.tables.items()})
    for name, rows in tables.items():
        write_rows(folder, package.tables[name], rows)
    (folder / THEIRS).write_text(json.dumps(raw), encoding="utf-8")
    return Cut(folder, package, tables)


# Where they differ, and why


@dataclass(frozen=True)
class Difference:
    """One thing in which the two differ on purpose."""

    name: str
    reason: str
    side: str
    explains: Callable[[Cut, Tables, Finding], bool]
    edits: tuple[Edit, ...]


def _row(tables: Tables, finding: Finding) -> list[str]:
    return tables[finding.table][finding.line - 2]


def _texts(small: Cut, tables: Tables, finding: Finding) -> Iterator[tuple[Field, str]]:
    table = small.package.tables[finding.table]
    for name in small.fields(finding):
        yield table.field(name), _row(tables, finding)[table.names.index(name)]


def castable(field: Field, text: str) -> bool:
    """Say whether we give the text a value."""
    kind = FIELD_TYPES[field.type]
    if not re.fullmatch(kind.spelling, text):
        return False
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def loosely(field: Field, text: str) -> bool:
    """Say whether frictionless gives a value to a text that we do not."""
    if castable(field, text) or not text:
        return False
    reader = frictionless.Field.from_descriptor({"name": field.name, "type": field.type})
    return reader.read_cell(text)[0] is not None


def spelled_loosely(small: Cut, tables: Tables, finding: Finding) -> bool:
    return finding.kind == "type" and all(loosely(*cell) for cell in _texts(small, tables, finding))


def judged_loosely(small: Cut, tables: Tables, finding: Finding) -> bool:
    return finding.kind != "type" and any(loosely(*cell) for cell in _texts(small, tables, finding))


def same_but_loosely(small: Cut, tables: Tables, finding: Finding) -> bool:
    """Say whether an earlier row has the same values to frictionless, loosely spelled."""
    if finding.kind not in {"primaryKey", "unique"}:
        return False
    table = small.package.tables[finding.table]
    rows = tables[finding.table][: finding.line - 2]
    return any(
        loosely(table.field(name), row[table.names.index(name)])
        for row in rows
        for name in small.fields(finding)
    )


def empty(field: Field, text: str) -> bool:
    """Say whether frictionless has no value for the text."""
    return not text or not (castable(field, text) or loosely(field, text))


def partly_missing(kind: str) -> Callable[[Cut, Tables, Finding], bool]:
    def explains(small: Cut, tables: Tables, finding: Finding) -> bool:
        cells = list(_texts(small, tables, finding))
        return finding.kind == kind and any(empty(*cell) for cell in cells)

    return explains


def key_unread(small: Cut, tables: Tables, finding: Finding) -> bool:
    """Say whether the row referred to may be one whose key has no value to us."""
    if finding.kind != "foreignKey":
        return False
    cells = [text for _, text in _texts(small, tables, finding)]
    own = small.package.tables[finding.table]
    (key,) = (one for one in own.foreign_keys if one.fields == small.fields(finding))
    target = small.package.tables[key.table]
    fields = [target.field(name) for name in key.references]
    for row in tables[key.table]:
        held = list(zip(fields, _cells(target, row, key.references), cells, strict=True))
        unread = [bool(text) and not castable(one, text) for one, text, _ in held]
        fits = [text == asked for _, text, asked in held]
        if any(unread) and all(u or f for u, f in zip(unread, fits, strict=True)):
            return True
    return False


def breaks_itself(field: Field, text: str) -> bool:
    """Say whether a cell breaks a constraint on itself."""
    if not text:
        return field.required
    if not castable(field, text):
        return False
    value = FIELD_TYPES[field.type].parse(text)
    return (
        (field.enum is not None and text not in field.enum)
        or (field.pattern is not None and not re.fullmatch(field.pattern, text))
        or (field.minimum is not None and value < field.minimum)
        or (field.maximum is not None and value > field.maximum)
    )


def broken_already(small: Cut, tables: Tables, finding: Finding) -> bool:
    keys = {"primaryKey", "foreignKey"}
    cells = _texts(small, tables, finding)
    return finding.kind in keys and any(breaks_itself(*cell) for cell in cells)


def unique_already(small: Cut, tables: Tables, finding: Finding) -> bool:
    table = small.package.tables[finding.table]
    key = table.primary_key
    del tables
    return finding.kind == "primaryKey" and len(key) == 1 and table.field(key[0]).unique


DIFFERENCES = (
    Difference(
        "a cell that breaks a constraint on itself",
        "It is reported once, by that constraint; keys it is part of are not judged.",
        "theirs",
        broken_already,
        (Edit("loss_counts", 0, "subject", "Russia"),),
    ),
    Difference(
        "a primary key that is declared unique",
        "`unique` says all there is to say; frictionless says it twice.",
        "theirs",
        unique_already,
        (Edit("categories", 0, None),),
    ),
    Difference(
        "one spelling for each value",
        "frictionless reads what Python reads: 1_000, full-width digits, 2023-2-3, NaN. To us "
        "two spellings of a value hide a difference.",
        "ours",
        spelled_loosely,
        (Edit("loss_counts", 0, "total", "1_000"),),
    ),
    Difference(
        "a loosely spelled value is judged",
        "What has no accepted spelling has no value to us, so nothing more is said of it.",
        "theirs",
        judged_loosely,
        (Edit("loss_counts", 0, "total", "-0_5"),),
    ),
    Difference(
        "a loosely spelled key is a key",
        "The same, seen from a later row whose key is well spelled.",
        "theirs",
        same_but_loosely,
        (
            Edit("loss_counts", 0, None),
            Edit("loss_counts", 0, "report_date", "2022-2-25"),
        ),
    ),
    Difference(
        "a reference with a missing part",
        "To frictionless a row whose reference is missing in part refers to nothing that "
        "exists; to us it refers to nothing, and `required` says so once.",
        "theirs",
        partly_missing("foreignKey"),
        (Edit("loss_counts", 0, "report_date", ""),),
    ),
    Difference(
        "a primary key with a missing part",
        "frictionless compares what is left of the key; to us such a row has no key, and "
        "`required` or `type` says so once.",
        "theirs",
        partly_missing("primaryKey"),
        (Edit("categories", 0, "category", ""),),
    ),
    Difference(
        "a reference to a key that cannot be read",
        "The cell of the key is reported; frictionless blames every row that refers to it as "
        "well, we do not while the rest of the key fits.",
        "theirs",
        key_unread,
        (Edit("reports", 1, "report_date", "yesterday"),),
    ),
)


def explanations(small: Cut, tables: Tables, finding: Finding, side: str) -> list[str]:
    return [
        one.name for one in DIFFERENCES if one.side == side and one.explains(small, tables, finding)
    ]


# Changes


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


# The tests


def test_both_find_nothing_in_the_package() -> None:
    assert theirs(ROOT / "datapackage.json") == set()
    assert ours(ROOT) == set()


def test_both_find_nothing_in_the_cut(small: Cut) -> None:
    assert small.differences([]) == (small.tables, {})
    assert theirs(small.folder / THEIRS) == set()


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_they_agree_cell_by_cell(small: Cut, data: st.DataObject) -> None:
    edits = data.draw(st.lists(edits_of(small), min_size=1, max_size=5))
    tables, sides = small.differences(edits)
    unexplained = {
        finding: side
        for finding, side in sides.items()
        if not explanations(small, tables, finding, side)
    }
    assert not unexplained


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda one: one.name)
def test_a_known_difference_still_occurs(small: Cut, difference: Difference) -> None:
    tables, sides = small.differences(difference.edits)
    names = {
        name
        for finding, side in sides.items()
        for name in explanations(small, tables, finding, side)
    }
    assert difference.name in names


AGREED: Mapping[str, tuple[Edit, ...]] = {
    "loss_counts.total.type": (Edit("loss_counts", 0, "total", "many"),),
    "loss_counts.total.required": (Edit("loss_counts", 0, "total", ""),),
    "loss_counts.total.minimum": (Edit("loss_counts", 0, "total", "-1"),),
    "loss_counts.report_date.minimum": (Edit("loss_counts", 0, "report_date", "2021-01-01"),),
    "loss_counts.subject.enum": (Edit("loss_counts", 0, "subject", "Russia"),),
    "loss_counts.primaryKey": (Edit("loss_counts", 0, None),),
    "loss_counts.foreignKey.reporter-subject-category": (
        Edit("loss_counts", 0, "category", "nothing"),
    ),
    "loss_counts.foreignKey.reporter-report_date": (
        Edit("loss_counts", 0, "report_date", "2022-02-24"),
        Edit("reports", 0, "report_date", "2019-01-01"),
    ),
    "categories.category.unique": (Edit("categories", 0, None),),
    "categories.category.pattern": (Edit("categories", 0, "category", "Main Tanks"),),
    "categories.foreignKey.broader": (Edit("categories", 0, "broader", "nothing"),),
    "records.votes.type": (Edit("records", 0, "votes", "yes"),),
    "records.first_day.type": (Edit("records", 0, "first_day", "2023-02-30"),),
}


@pytest.mark.parametrize("code", AGREED)
def test_both_find_each_kind(small: Cut, code: str) -> None:
    tables = small.edited(AGREED[code])
    for name in {edit.table for edit in AGREED[code]}:
        write_rows(small.folder, small.package.tables[name], tables[name])
    try:
        both = ours(small.folder) & theirs(small.folder / THEIRS)
    finally:
        for name in {edit.table for edit in AGREED[code]}:
            write_rows(small.folder, small.package.tables[name], small.tables[name])
    assert code in {finding.code for finding in both}
