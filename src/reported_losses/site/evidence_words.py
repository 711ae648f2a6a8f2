"""Why a figure has the evidence that it has, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.intake.general_staff.build import Figure
from reported_losses.intake.general_staff.explain import TIES, WHY, explain, rivals, why
from reported_losses.intake.general_staff.readings import REPORTER, SUBJECT, Cell
from reported_losses.site.decided import Decided

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Why a figure has its evidence.

    Attributes:
        why: One clause.
        details: Further lines where the records differ: every total, and who holds it.
        rivals: The totals between which nothing decides, the one that stands included.
    """

    why: str
    details: tuple[str, ...] = ()
    rivals: tuple[int, ...] = ()


def words_of_all(counts: Iterable[Mapping[str, Any]], decided: Decided) -> dict[Key, Words]:
    """Say of every figure why it has its evidence.

    Of reporters other than the General Staff there is no more to say than what the evidence means.

    Args:
        counts: Rows of `loss_counts`, typed.
        decided: What the readings support.

    Returns:
        The words by reporter, subject, day and category.
    """
    found: dict[Key, Words] = {}
    for row in counts:
        key = (row["reporter"], row["subject"], row["report_date"], row["category"])
        own_figure = key[:2] == (REPORTER, SUBJECT)
        cell = Cell(row["category"], row["report_date"])
        figure = decided.result.figures.get(cell) if own_figure else None
        words = _words(decided, figure) if figure else Words(_meaning(row["evidence"]))
        found[key] = words
    return found


def _meaning(evidence: str) -> str:
    return WHY.get(evidence, "more independent records give it than any other total")


def _words(decided: Decided, figure: Figure) -> Words:
    printed = set(figure.printed.values())
    if len(figure.votes) < 2 and printed <= {figure.increment}:  # noqa: PLR2004 - two differ
        return Words(why(figure))
    titles = {row["record"]: row["title"] for row in decided.records}
    _, *lines = explain(decided.result, figure.cell.date, figure.cell.category, titles).split("\n")
    # Corrections are told elsewhere on the page, and the rule for ties once.
    told = (line.strip() for line in lines if "  correction " not in line)
    details = tuple(line for line in told if line != TIES)
    return Words(why(figure), details, rivals(figure))
