"""The gate: every check in its order, as a list of issues; never raises on bad data.

The order is descriptor, file, types, field constraints and keys, rules. Each step sees
what the one before could read: a cell without a value of its type is reported once and
unknown from then on, and a table that cannot be read stops only what needs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from reported_losses.dataset.descriptor import Package, Table, load_package
from reported_losses.dataset.location import DESCRIPTOR, package_dir
from reported_losses.errors import BadArgumentError, DescriptorError
from reported_losses.issue import Issue, Severity
from reported_losses.parsing import FILE_CODES
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.parsing.table_cache import read_typed
from reported_losses.validation.breaches import Breaches
from reported_losses.validation.constraints import cell_constraints, key_constraints, settled
from reported_losses.validation.findings import Checked, broken, misplaced
from reported_losses.validation.rules import CATALOGUE


@dataclass(frozen=True, slots=True)
class Examination:
    """What a check saw.

    Attributes:
        folder: Package folder.
        package: Its descriptor; None where that cannot be understood.
        rows: Rows read, by table.
        issues: What was found, in order.
        tables: Tables read, as typed.
    """

    folder: Path
    package: Package | None
    rows: Mapping[str, int]
    issues: list[Issue]
    tables: Mapping[str, TypedTable]


def check(
    path: str | Path | None = None,
    *,
    base: str | Path | None = None,
    tables: Iterable[str] | None = None,
    today: dt.date | None = None,
) -> list[Issue]:
    """Check a package: files, types, constraints, keys and every rule.

    Args:
        path: Package folder, the one with `datapackage.json`; the installed dataset by default.
        base: Package folder of an earlier version. Comparing with one is not possible yet, and
            naming one is refused rather than passed over.
        tables: Names of the tables whose issues are wanted; all of them by default. Tables
            they refer to are read as well.
        today: The day taken as today. Without it no report is in the future: a check
            never reads the clock, so that it gives the same answer tomorrow.

    Returns:
        The issues in order of file and line; an empty list where there are none. Of one
        code in one file 1,000 issues are listed and the rest counted in one more.

    Raises:
        BadArgumentError: `path` is not a package folder, or a `base` is given.
        UnknownNameError: There is no such table.

    >>> check()
    []
    """
    if base is not None:
        raise BadArgumentError("a package cannot be compared with a base yet; leave `base` out")
    return examine(path, tables=tables, today=today).issues


def examine(
    path: str | Path | None = None,
    *,
    tables: Iterable[str] | None = None,
    today: dt.date | None = None,
) -> Examination:
    """Check a package as `check` does, and tell what was read."""
    folder = package_dir() if path is None else Path(path)
    if not (folder / DESCRIPTOR).exists():
        msg = f"{folder} is not a package folder: it has no {DESCRIPTOR}"
        raise BadArgumentError(msg)
    try:
        package = load_package(folder)
    except DescriptorError as error:
        nothing: Mapping[str, Any] = MappingProxyType({})
        return Examination(folder, None, nothing, [_descriptor_issue(error)], nothing)
    wanted = tuple(package.tables) if tables is None else tuple(tables)
    for name in wanted:
        package.table(name)
    checked, issues = _read(folder, _needed(package, wanted))
    issues += _judge(checked, wanted, today)
    rows = {name: checked[name].typed.rows for name in wanted if name in checked}
    kept = sorted(issue for issue in issues if issue.table in wanted)
    typed = {name: table.typed for name, table in checked.items()}
    return Examination(folder, package, rows, kept, typed)


def _descriptor_issue(error: DescriptorError) -> Issue:
    known = FILE_CODES["file/descriptor"]
    place = str(error).partition(":")[0]
    return Issue(
        known.code,
        Severity.ERROR,
        str(error),
        path=place if place.endswith(".json") else DESCRIPTOR,
        expected=known.expected,
        hint=known.fix,
    )


def _needed(package: Package, wanted: Iterable[str]) -> list[Table]:
    """Return the wanted tables and those their keys and rules look into."""
    names = set(wanted)
    for name in tuple(names):
        names |= {key.table for key in package.table(name).foreign_keys}
        names |= {need for rule in CATALOGUE.values() if rule.table == name for need in rule.needs}
    return [table for name, table in package.tables.items() if name in names]


def _read(folder: Path, tables: Iterable[Table]) -> tuple[dict[str, Checked], list[Issue]]:
    checked: dict[str, Checked] = {}
    issues: list[Issue] = []
    for table in tables:
        typed, found = read_typed(folder, table)
        issues += found
        if typed is not None:
            checked[table.name] = Checked(typed, from_arrow(table, typed.data, typed.invalid))
    # What parsing used and gave back is memory the rules can have.
    pa.default_memory_pool().release_unused()
    return checked, issues


def _judge(
    checked: Mapping[str, Checked], wanted: Sequence[str], today: dt.date | None
) -> list[Issue]:
    """Judge cells, then keys, then rules; each sees what the ones before let stand."""
    issues: list[Issue] = []
    raw = {name: table.columns for name, table in checked.items()}
    clean: dict[str, Columns] = {}
    for name, table in checked.items():
        masks = (
            (constraint, constraint.judge(table.columns, raw))
            for constraint in cell_constraints(table.typed.table)
        )
        judged = [(constraint, mask) for constraint, mask in masks if mask.any()]
        clean[name] = settled(table.columns, judged)
        for constraint, mask in judged:
            issues += broken(constraint, mask, table, raw)
        issues += misplaced(table, clean[name])
    breaches = Breaches(checked, clean, today)
    for name in wanted:
        if name in checked:
            issues += _keys(checked[name], clean[name], raw) + breaches.of(name)
    return issues


def _keys(table: Checked, clean: Columns, raw: Mapping[str, Columns]) -> list[Issue]:
    """Judge keys; what is referred to is taken as it stands, right or wrong."""
    issues: list[Issue] = []
    for constraint in key_constraints(table.typed.table):
        if all(name in raw for name in constraint.needs):
            issues += broken(constraint, constraint.judge(clean, raw), table, raw)
    return issues
