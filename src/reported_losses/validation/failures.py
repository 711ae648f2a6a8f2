"""What fails a check, found once for `check`, which opens files, and for pandera's schemas.

`failures` judges columns in key order: first the constraints on cells, then keys, then rules. Each
step sees what the ones before it accepted: a cell that fails a constraint on itself is unknown to
keys, and a text that refers to nothing is unknown to rules, so that one mistake is reported once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from reported_losses.definition.schema import Package, Table
from reported_losses.issue import CodeText
from reported_losses.parsing.columns import Columns
from reported_losses.validation import constraint_words
from reported_losses.validation.constraints import (
    Constraint,
    cell_constraints,
    key_constraints,
    settled,
    without_dangling,
)
from reported_losses.validation.keys import Mask, Rows
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.rule import ALL_TABLES, Rule, Verdict
from reported_losses.validation.words import Source, Words


@dataclass(frozen=True, slots=True)
class Failure:
    """One check that failed.

    Attributes:
        text: What people are told of its code.
        table: Table whose rows fail.
        rows: int64; the failing rows in key order, listed in the order of the source.
        describe: Puts some of these rows into words, one `Words` for each.
    """

    text: CodeText
    table: str
    rows: Rows
    describe: Callable[[Rows, Source], list[Words]]


class Tables(Mapping[str, Columns]):
    """Tables judged together, by name, without what fails: as rules see them.

    A cell that fails a constraint on itself is unknown, and so is a text that refers to nothing.

    Args:
        package: Descriptor of the package.
        raw: Columns of every table that could be read, as they are.
        whole: The whole of the one table whose rows may be a part of it. What a row of the part
            refers to or is compared with may be there.
    """

    def __init__(
        self, package: Package, raw: Mapping[str, Columns], whole: Columns | None = None
    ) -> None:
        self.package = package
        self.raw = raw
        self.whole = whole
        self.derived: dict[str, Any] = {}
        """What rules derive from these tables, so that each thing is derived once."""
        self.unjudged: dict[str, Verdict] = {}
        """The rules that could not be judged, or not in full, so far, by code."""
        self._failing: dict[str, list[tuple[Constraint, Mask]]] = {}
        self._settled: dict[str, Columns] = {}

    def __getitem__(self, name: str) -> Columns:
        if name not in self.raw:
            raise KeyError(name)
        self.failing(name)
        return self._settled[name]

    def __contains__(self, name: object) -> bool:
        return name in self.raw

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    def failing(self, name: str) -> list[tuple[Constraint, Mask]]:
        """Return the constraints that rows of a table fail, each with its mask of rows.

        A constraint that needs a table that is not there is left out.
        """
        if name not in self._failing:
            table, own = self.package.table(name), self.raw[name]
            found = [(one, one.judge(own, self.raw)) for one in cell_constraints(table)]
            found = [(one, mask) for one, mask in found if mask.any()]
            own = settled(own, found)
            for constraint in key_constraints(table):
                if all(need in self.raw for need in constraint.needs):
                    mask = constraint.judge(own, self.raw)
                    if self.whole is not None and constraint.kind == "foreignKey":
                        # What a row of a part refers to may have been left out.
                        with_rest = {**self.raw, self.whole.name: self.whole}
                        mask = mask & constraint.judge(own, with_rest)
                    if mask.any():
                        found.append((constraint, mask))
                        own = without_dangling(constraint, mask, own, table, self.raw)
            self._failing[name], self._settled[name] = found, own
        return self._failing[name]

    def is_part(self, name: str) -> bool:
        """Return whether the rows of a table may be a part of it."""
        return self.whole is not None and self.whole.name == name

    def replacing(self, own: Columns, *, part: bool = False) -> Tables:
        """Return these tables with one of them replaced.

        Of the others, those that refer to it are judged again.

        Args:
            own: The table in its place.
            part: Whether its rows may be a part of the table that is replaced.
        """
        whole = self.raw.get(own.name) if part else None
        others = Tables(self.package, {**self.raw, own.name: own}, whole)
        for name, held in self._settled.items():
            keys = self.package.table(name).foreign_keys
            if name != own.name and all(key.table != own.name for key in keys):
                others._settled[name] = held
                others._failing[name] = self._failing[name]
        return others


def failures(name: str, tables: Tables, today: dt.date | None = None) -> Iterator[Failure]:
    """Judge one table: its cells, its keys, and every rule about it.

    Args:
        name: Name of the table.
        tables: The table itself, and those that its keys and rules look into. A check that needs
            a table that is not there is left out. So are rules about the table as a whole if its
            rows may be a part of it.
        today: The day taken as today; without it nothing is in the future.

    Yields:
        Every check that some row fails.
    """
    own = tables.raw[name]
    for constraint, mask in tables.failing(name):
        yield _broken(constraint, mask, own, tables, today)
    for rule in CATALOGUE.values():
        if rule.table == name and not (rule.whole and tables.is_part(name)):
            verdict = rule.verdict(tables, today, tables.derived)
            if verdict.unjudged is not None:
                tables.unjudged[rule.code] = verdict
            if verdict.failing is not None and verdict.failing.any():
                yield _failing_rule(rule, verdict.failing, own, tables, today)


def needed(package: Package, name: str) -> set[str]:
    """Return the names of the tables that judging a table looks into, itself included."""
    names = {name}
    for rule in CATALOGUE.values():
        if rule.table == name:
            names |= set(package.tables if rule.needs == ALL_TABLES else rule.needs)
    names &= package.tables.keys()
    return names | {key.table for one in names for key in package.table(one).foreign_keys}


def _broken(
    constraint: Constraint, mask: Mask, own: Columns, tables: Tables, today: dt.date | None
) -> Failure:
    table: Table = tables.package.table(own.name)

    def describe(rows: Rows, source: Source) -> list[Words]:
        return constraint_words.describe(constraint, table, rows, tables.raw, source, today)

    return Failure(constraint.text, own.name, in_source_order(own, mask), describe)


def _failing_rule(
    rule: Rule, mask: Mask, own: Columns, tables: Tables, today: dt.date | None
) -> Failure:
    def describe(rows: Rows, source: Source) -> list[Words]:
        return [
            rule.describe(tables, row, today, tables.derived, source.cell(row, rule.column))
            for row in rows.tolist()
        ]

    return Failure(rule.text, own.name, in_source_order(own, mask), describe)


def in_source_order(own: Columns, mask: Mask) -> Rows:
    """Return the rows of a mask, as rows in key order, listed in the order of the source."""
    rows = np.flatnonzero(mask)
    return rows[np.argsort(own.row[rows], kind="stable")].astype(np.int64)
