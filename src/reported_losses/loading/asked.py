"""What `daily`, `periods` and `timeline` are asked for: their arguments, checked."""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass
from typing import TypedDict

from reported_losses.definition.dates import as_date, day_number
from reported_losses.errors import EmptySelectionWarning
from reported_losses.loading.arguments import choice, flag, period
from reported_losses.loading.category_argument import categories
from reported_losses.loading.category_totals import counted_within, with_broader
from reported_losses.loading.load import ENGINES
from reported_losses.loading.reporter import Life, broader, counted_series, lives
from reported_losses.parsing.columns import Column


class Options(TypedDict, total=False):
    """What `daily`, `periods` and `timeline` take besides category and engine, for checkers."""

    reporter: str
    subject: str | None
    start: str | dt.date | None
    end: str | dt.date | None
    as_of: str | dt.date | None
    with_narrower: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller asked for, with every name checked.

    Attributes:
        categories: The categories, in order of name.
        named: The same in the order in which the caller named them.
        reporter: The organisation whose count it is.
        subject: Whose losses.
        lives: When the reporter counts each of its categories.
        engine: The engine of the frame.
        start: First day wanted, None for no bound.
        end: Last day wanted, likewise.
        as_of: The day whose state of the dataset is wanted, None for the present.
        with_narrower: Whether narrower categories are added up.
    """

    categories: tuple[str, ...]
    named: tuple[str, ...]
    reporter: str
    subject: str
    lives: dict[str, Life]
    engine: str
    start: dt.date | None
    end: dt.date | None
    as_of: dt.date | None
    with_narrower: bool


def ask(  # noqa: PLR0913 - the arguments of `daily`
    category: object,
    *,
    reporter: object,
    subject: object,
    engine: object,
    start: object,
    end: object,
    as_of: object,
    with_narrower: object,
) -> Asked:
    """Check the arguments that `daily`, `periods` and `timeline` share.

    Raises:
        UnknownNameError: There is no such reporter, subject, category or engine.
        BadArgumentError: An argument is of another type, or has a value without meaning.
    """
    chosen = choice("engine", engine, ENGINES)
    first, last = period(start, end)
    then = None if as_of is None else as_date(as_of, "as_of")
    narrower = flag("with_narrower", with_narrower)
    who, whose = counted_series(reporter, subject)
    counted = lives(who, whose)
    known = _with_sums(counted) if narrower else list(counted)
    kind = f"category of {who} for {whose}"
    names = list(counted) if category is None else categories(category, known, kind)
    return Asked(
        tuple(sorted(names)),
        tuple(names),
        who,
        whose,
        lives=counted,
        engine=chosen,
        start=first,
        end=last,
        as_of=then,
        with_narrower=narrower,
    )


def _with_sums(counted: dict[str, Life]) -> list[str]:
    """Return the categories counted and, after them, those that they can be added up to."""
    wider = broader()
    chains = (with_broader(name, wider) for name in counted)
    return list(dict.fromkeys([*counted, *(name for chain in chains for name in chain)]))


def day_bounds(asked: Asked) -> tuple[int, int]:
    """Return the numbers of the first and the last day asked for."""
    first, last = asked.start or dt.date.min, asked.end or dt.date.max
    return day_number(first), day_number(last)


def warn_if_empty(asked: Asked, days: Column) -> None:
    """Warn the caller of a public function if nothing is left of what was asked for.

    Args:
        asked: What was asked for.
        days: The days of the rows to return.
    """
    if len(days.values):
        return
    message = f"{asked.reporter} has no figure of {', '.join(asked.categories)}"
    message += f" from {asked.start} on" if asked.start else ""
    message += f" up to {asked.end}" if asked.end else ""
    message += f" as of {asked.as_of}" if asked.as_of else ""
    warnings.warn(f"{message}; the result is empty", EmptySelectionWarning, stacklevel=3)


def counted_parts(asked: Asked, category: str) -> list[str]:
    """Return the counted categories that may make up one: itself, and narrower ones if wanted."""
    return counted_within(category, asked.lives, broader()) if asked.with_narrower else [category]


def life_of(asked: Asked, category: str, last_report: int) -> tuple[int, int]:
    """Return the first and the last day on which the reporter counts a category.

    Args:
        asked: What was asked for; with narrower categories, they count as well.
        category: The category.
        last_report: Day of the reporter's last report, up to which days are due.
    """
    found = [asked.lives[name] for name in counted_parts(asked, category)]
    ends = [last_report if life.last is None else min(life.last, last_report) for life in found]
    return min(life.first for life in found), max(ends)
