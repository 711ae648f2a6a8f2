"""What a rule is, how one is declared, and what it is given to look at.

A rule is one page of a module of its family: what people are told, the function that finds the
failing rows, and the function that puts one of them into words.

    @rule("series", column="gaps", title=..., rationale=..., example=..., fix=...)
    def gaps_readable(context: Context) -> Mask:
        ...

    @gaps_readable.words
    def _(case: FailureCase) -> Words:
        ...

The code is `series/gaps-readable`: the table's name and the function's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Literal, TypeVar

import numpy as np

from reported_losses.definition.dates import day_number
from reported_losses.issue import CodeText, Severity
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.keys import Mask
from reported_losses.validation.words import Words

Value = TypeVar("Value")

ALL_TABLES = ("*",)
"""What a rule needs that looks into every table there is."""

Dated = Literal["no", "partly", "wholly"]
"""How much of a rule can be judged only if a day is taken as today."""


@dataclass(frozen=True, eq=False)
class Context:
    """What a rule may look at: the tables, and the day taken as today.

    Attributes:
        tables: Tables by name, as columns in key order. A table that could not be read is absent.
        table: The rule's own table.
        today: The day taken as today; None if the caller named none. A rule that is not declared
            `dated` finds None here as well; its words see the day.
        dated: Whether the rule is declared to look at today.
        derived: What rules derived from these tables, so that each thing is derived once.
    """

    tables: Mapping[str, Columns]
    table: Columns
    today: dt.date | None = None
    dated: bool = False
    derived: dict[str, Any] = field(default_factory=dict, repr=False)

    def after_today(self, column: Column) -> Mask:
        """Return the rows with a day after today; none if the caller named no day.

        Raises:
            LookupError: The rule is not declared `dated`, so nobody would be told that it was not
                judged without a day.
        """
        if not self.dated:
            raise LookupError(f"a rule about {self.table.name} looks at today and is not dated")
        if self.today is None:
            return np.zeros(len(column.valid), dtype=np.bool_)
        late: Mask = column.valid & (column.values > day_number(self.today))
        return late

    @property
    def version(self) -> str | None:
        """The version of the package that the tables are of; None if they are of none."""
        package = getattr(self.tables, "package", None)
        return None if package is None else package.version

    def whole(self, name: str) -> Columns | None:
        """Return the whole of a table of which only a part is judged; None if it is no part."""
        held: Columns | None = getattr(self.tables, "whole", None)
        return held if held is not None and held.name == name else None


class CannotBeJudgedError(Exception):
    """What a rule looks at is too much to be counted; the text says what, and how much is."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of its table.

    Attributes:
        failing: True for each failing row, in key order; None if the rule was not judged.
        unjudged: Why it was not judged, or not in full; None if it was.
        excused: Whether the call asked for that: no day was taken as today.
    """

    failing: Mask | None
    unjudged: str | None = None
    excused: bool = False


@dataclass(frozen=True, slots=True)
class FailureCase:
    """One row that fails a rule.

    Attributes:
        rule: The rule.
        context: What the rule looked at.
        row: Row of the rule's table, in key order.
    """

    rule: Rule
    context: Context
    row: int

    @property
    def table(self) -> Columns:
        """The rule's table."""
        return self.context.table

    def cell(self, name: str, row: int | None = None) -> str:
        """Return the text of a cell of the rule's table, by default in the failing row."""
        return self.table[name].text(self.row if row is None else row)

    def number(self, name: str, row: int | None = None) -> int | None:
        """Return a whole number of the rule's table, by default in the failing row, if it has one.

        Args:
            name: Column.
            row: Row in key order.
        """
        column, row = self.table[name], self.row if row is None else row
        return int(column.values[row]) if column.valid[row] else None


Finder = Callable[[Context], Mask]
Teller = Callable[[FailureCase], Words]


@dataclass(eq=False, slots=True)
class Rule:
    """One invariant.

    Attributes:
        text: What people are told of its code, `table/slug`.
        table: The table whose rows are judged.
        column: The column of the cell that an issue points to, unless its words name another.
        needs: Other tables without which nothing can be judged; `ALL_TABLES` for a rule that
            looks into all tables there are.
        whole: Whether the rule judges the table as a whole, so that a part of it would fail.
        dated: How much cannot be judged unless a day is taken as today.
        find: From a context to the mask of failing rows, in key order.
        tell: From a failing row to its words; by default the rule's title.
    """

    text: CodeText
    table: str
    column: str
    needs: tuple[str, ...]
    whole: bool
    dated: Dated
    find: Finder
    tell: Teller

    @property
    def code(self) -> str:
        """The stable code."""
        return self.text.code

    def words(self, tell: Teller) -> Teller:
        """Declare the function that puts a failing row into words; a decorator."""
        self.tell = tell
        return tell

    def judge(
        self,
        tables: Mapping[str, Columns],
        today: dt.date | None = None,
        derived: dict[str, Any] | None = None,
    ) -> Mask | None:
        """Find the failing rows.

        Args:
            tables: Tables by name.
            today: The day taken as today.
            derived: Shared by all rules that judge the same tables, and by no others.

        Returns:
            True for each failing row of the rule's table, in key order; None if the rule cannot
            be judged.
        """
        return self.verdict(tables, today, derived).failing

    def verdict(
        self,
        tables: Mapping[str, Columns],
        today: dt.date | None = None,
        derived: dict[str, Any] | None = None,
    ) -> Verdict:
        """Find the failing rows, or say why they cannot be found.

        Args:
            tables: Tables by name.
            today: The day taken as today.
            derived: Shared by all rules that judge the same tables, and by no others.
        """
        needs = () if self.needs == ALL_TABLES else self.needs
        absent = [name for name in (self.table, *needs) if name not in tables]
        if absent:
            return Verdict(None, f"{' and '.join(absent)} could not be looked into")
        undated = self.dated != "no" and today is None
        why = "no day was taken as today" if undated else None
        if undated and self.dated == "wholly":
            return Verdict(None, why, excused=True)
        seen = None if self.dated == "no" else today
        try:
            return Verdict(self.find(self._context(tables, seen, derived)), why, excused=undated)
        except CannotBeJudgedError as error:
            return Verdict(None, str(error))

    def describe(
        self,
        tables: Mapping[str, Columns],
        row: int,
        today: dt.date | None = None,
        derived: dict[str, Any] | None = None,
        found: str | None = None,
    ) -> Words:
        """Put one failing row into words.

        Args:
            tables: The tables that were judged.
            row: The failing row, in key order.
            today: The day taken as today.
            derived: As it was when the row was found, which saves deriving things again.
            found: Text of the cell that the issue points to.
        """
        words = self.tell(FailureCase(self, self._context(tables, today, derived), row))
        if words.found is not None:
            found = words.found
        column = words.column or self.column
        return replace(words, found=found, column=column)

    def _context(
        self,
        tables: Mapping[str, Columns],
        today: dt.date | None,
        derived: dict[str, Any] | None,
    ) -> Context:
        dated, derived = self.dated != "no", {} if derived is None else derived
        return Context(tables, tables[self.table], today, dated, derived)


CATALOGUE: dict[str, Rule] = {}


def rule(  # noqa: PLR0913 - the decorator is the catalogue's form, and a form has fields
    table: str,
    *,
    column: str,
    title: str,
    rationale: str,
    example: str,
    fix: str,
    needs: tuple[str, ...] = (),
    severity: Severity = Severity.ERROR,
    whole: bool = False,
    dated: Dated = "no",
) -> Callable[[Finder], Rule]:
    """Declare a rule; its slug is the name of the function that finds failing rows.

    Args:
        table: The table whose rows are judged.
        column: The column of the cell that an issue points to.
        title: What holds, in one line.
        rationale: Why it must hold, and what missing and unknown values mean.
        example: A failure, in words.
        fix: What to do about one.
        needs: Other tables without which nothing can be judged.
        severity: Error or warning.
        whole: Whether a part of the table would fail.
        dated: How much cannot be judged unless a day is taken as today; only a rule that says so
            may look at today.

    Returns:
        A decorator that enters the rule in `CATALOGUE` and returns it.
    """

    def declare(find: Finder) -> Rule:
        code = f"{table}/{find.__name__.replace('_', '-')}"
        if code in CATALOGUE:
            raise ValueError(f"there are two rules {code}")
        text = CodeText(code, severity, title, rationale, example, fix)
        CATALOGUE[code] = Rule(text, table, column, needs, whole, dated, find, _title_as_words)
        return CATALOGUE[code]

    return declare


def _title_as_words(case: FailureCase) -> Words:
    key = " ".join(case.cell(name) for name in case.table.key)
    text = case.rule.text
    return Words(f"{key}: {text.title}", text.title, text.fix)


def derived(function: Callable[[Context], Value]) -> Callable[[Context], Value]:
    """Keep what a function derives from the tables, for the other rules of the same check."""

    @wraps(function)
    def once(context: Context) -> Value:
        name = f"{function.__module__}.{function.__qualname__}"
        if name not in context.derived:
            context.derived[name] = function(context)
        value: Value = context.derived[name]
        return value

    return once
