"""Figures that stand in a text twice: once if they agree, else not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reported_losses.intake.report_text.problems import problem
from reported_losses.intake.report_text.reading import EXACT
from reported_losses.intake.report_text.report import Figure, Problem


def without_doubles(figures: Iterable[Figure]) -> tuple[list[Figure], list[Problem]]:
    """Return each category once, and a problem for each that stands there with two figures.

    Two figures agree if totals are equal, and increments and hedges where both have them.

    Args:
        figures: In the order of the text.

    >>> tanks = Figure("tanks", 8, None, "exact", 1)
    >>> without_doubles([tanks, replace(tanks, increment=2, line=5)])[0]
    [Figure(category='tanks', total=8, increment=2, qualifier='exact', line=1)]
    """
    kept: dict[str, Figure] = {}
    problems: dict[str, Problem] = {}
    for figure in figures:
        before = kept.setdefault(figure.category, figure)
        if not _agree(before, figure):
            problems.setdefault(figure.category, _contradiction(before, figure))
        else:
            kept[figure.category] = _united(before, figure)
    taken = [figure for category, figure in kept.items() if category not in problems]
    return taken, list(problems.values())


def _agree(one: Figure, other: Figure) -> bool:
    return (
        one.total == other.total
        and (None in {one.increment, other.increment} or one.increment == other.increment)
        and (EXACT in {one.qualifier, other.qualifier} or one.qualifier == other.qualifier)
    )


def _united(one: Figure, other: Figure) -> Figure:
    increment = other.increment if one.increment is None else one.increment
    qualifier = other.qualifier if one.qualifier == EXACT else one.qualifier
    return replace(one, increment=increment, qualifier=qualifier)


def _contradiction(one: Figure, other: Figure) -> Problem:
    detail = f"{one.category} is {_printed(one)} on line {one.line}, and {_printed(other)} here"
    return problem("contradictory-figures", detail, other.line)


def _printed(figure: Figure) -> str:
    increment = "" if figure.increment is None else f" (+{figure.increment:,})"
    return f"{figure.total:,}{increment}"
