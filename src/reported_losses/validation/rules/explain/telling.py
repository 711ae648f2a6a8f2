"""The form of an explanation, and the way from a finding to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules.registry import Context, Rule

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One finding in words.

    Attributes:
        message: What is wrong, in terms of the report.
        found: What stands there; None means the text of the cell.
        expected: What was expected in its place.
        hint: What to do next.
    """

    message: str
    expected: str
    hint: str
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One bad row.

    Attributes:
        rule: The rule broken.
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
        """Return the text of a cell of the rule's table, by default in the bad row."""
        return self.table[name].text(self.row if row is None else row)

    def number(self, name: str, row: int | None = None) -> int | None:
        """Return a whole number of the rule's table, or None where there is none."""
        column, row = self.table[name], self.row if row is None else row
        return int(column.values[row]) if column.valid[row] else None


Teller = Callable[[Finding], Explanation]
_TELLERS: dict[str, Teller] = {}


def explains(code: str) -> Callable[[Teller], Teller]:
    """Declare the words for a rule."""

    def declare(teller: Teller) -> Teller:
        _TELLERS[code] = teller
        return teller

    return declare


def explain(
    rule: Rule,
    tables: Mapping[str, Columns],
    row: int,
    today: dt.date | None = None,
    cache: dict[str, Any] | None = None,
) -> Explanation:
    """Put one finding into words.

    Args:
        rule: The rule broken.
        tables: The tables it was applied to.
        row: The bad row, in key order.
        today: The day taken as today.
        cache: The cache the rule was applied with, which saves deriving things again.

    Returns:
        The explanation.
    """
    context = Context(tables, tables[rule.table], today, {} if cache is None else cache)
    finding = Finding(rule, context, row)
    teller = _TELLERS.get(rule.code)
    if teller is not None:
        return teller(finding)
    key = " ".join(finding.cell(name) for name in finding.table.key)
    return Explanation(f"{key}: {rule.title}", rule.title, rule.fix)


def day(number: int) -> str:
    """Return a day number as an ISO date; the number itself where there is no such year.

    >>> day(19410)
    '2023-02-22'
    """
    try:
        return (_EPOCH + dt.timedelta(days=number)).isoformat()
    except OverflowError:
        return str(number)
