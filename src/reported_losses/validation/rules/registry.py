"""What a rule is, how one is declared, and what it is given to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from reported_losses.issue import Severity
from reported_losses.parsing.columns import Columns

Mask = NDArray[np.bool_]
Days = NDArray[np.int64]
Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Context:
    """What a rule may look at: the tables, and the day taken as today.

    Attributes:
        tables: Tables by name, as columns in key order. A table that could not be read is absent.
        table: The rule's own table.
        today: The day taken as today; None where nobody said, so that nothing can be judged by it.
        cache: What rules derived from these tables, so that each is derived once.
    """

    tables: Mapping[str, Columns]
    table: Columns
    today: dt.date | None = None
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def of(self, name: str) -> Context:
        """Return the same context with another table as the rule's own."""
        return Context(self.tables, self.tables[name], self.today, self.cache)


RuleFunction = Callable[[Context], Mask]


@dataclass(frozen=True, slots=True)
class Rule:
    """One invariant.

    Attributes:
        code: Stable code, `table/slug`.
        severity: Whether a breach stops a change or asks for a look.
        title: What holds, in one line.
        rationale: Why it must hold, and what missing and unknown values mean.
        example: A breach, in words.
        fix: What to do about one.
        table: The table whose rows are judged.
        column: The column a finding points at.
        needs: Other tables without which nothing can be judged.
        whole: Whether the rule judges the table as a whole, so that a part of it would fail.
        function: From a context to the mask of bad rows, in key order.
    """

    code: str
    severity: Severity
    title: str
    rationale: str
    example: str
    fix: str
    table: str
    column: str
    needs: tuple[str, ...]
    whole: bool
    function: RuleFunction


CATALOGUE: dict[str, Rule] = {}


def rule(  # noqa: PLR0913 - the decorator is the catalogue's form, and a form has fields
    *,
    title: str,
    rationale: str,
    example: str,
    fix: str,
    column: str,
    needs: tuple[str, ...] = (),
    severity: Severity = Severity.ERROR,
    whole: bool = False,
) -> Callable[[RuleFunction], RuleFunction]:
    """Declare a rule; its slug is the function's name, its table the module's.

    Args:
        title: What holds, in one line.
        rationale: Why, and what missing and unknown values mean.
        example: A breach, in words.
        fix: What to do about one.
        column: The column a finding points at.
        needs: Other tables without which nothing can be judged.
        severity: Error or warning.
        whole: Whether a part of the table would fail.

    Returns:
        A decorator that enters the function in `CATALOGUE` and leaves it as it is.
    """

    def declare(function: RuleFunction) -> RuleFunction:
        table = function.__module__.rpartition(".")[2]
        code = f"{table}/{function.__name__.replace('_', '-')}"
        if code in CATALOGUE:
            raise ValueError(f"there are two rules {code}")
        CATALOGUE[code] = Rule(
            code, severity, title, rationale, example, fix, table, column, needs, whole, function
        )
        return function

    return declare


def derived(function: Callable[[Context], Value]) -> Callable[[Context], Value]:
    """Keep what a function derives from the tables, for the other rules of the same check."""

    @wraps(function)
    def once(context: Context) -> Value:
        name = f"{function.__module__}.{function.__qualname__}"
        if name not in context.cache:
            context.cache[name] = function(context)
        value: Value = context.cache[name]
        return value

    return once


def judge(
    rule: Rule,
    tables: Mapping[str, Columns],
    today: dt.date | None = None,
    cache: dict[str, Any] | None = None,
) -> Mask | None:
    """Apply one rule.

    Args:
        rule: The rule.
        tables: Tables by name.
        today: The day taken as today.
        cache: Shared by every rule applied to the same tables, and by no others.

    Returns:
        True for each bad row of the rule's table, in key order; None where the rule cannot be
        judged because a table it needs is absent.
    """
    if any(name not in tables for name in (rule.table, *rule.needs)):
        return None
    cache = {} if cache is None else cache
    return rule.function(Context(tables, tables[rule.table], today, cache))
