"""Why a figure has the evidence that it has, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.build import Figure, Reconciliation
from reported_losses.intake.general_staff.explain import WHY, explain, why
from reported_losses.intake.general_staff.readings import REPORTER, SUBJECT
from reported_losses.intake.tables import Row, read_rows

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Why a figure has its evidence.

    Attributes:
        why: One clause.
        details: Further lines where the records differ: every total, and who holds it.
    """

    why: str
    details: tuple[str, ...] = ()


def words_of_all(records: Iterable[Row], counts: Iterable[Mapping[str, Any]]) -> dict[Key, Words]:
    """Say of every figure why it has its evidence.

    The General Staff's figures are decided anew from the readings, as anyone can; of the other
    reporters there is no more to say than what the evidence means.

    Args:
        records: Rows of `records`, as texts.
        counts: Rows of `loss_counts`.

    Returns:
        The words by reporter, subject, day and category.
    """
    decided = _decided(records)
    found = {
        (row["reporter"], row["subject"], row["report_date"], row["category"]): Words(
            WHY.get(row["evidence"], "most independent records hold it")
        )
        for row in counts
    }
    for cell, figure in decided.figures.items():
        found[REPORTER, SUBJECT, cell.date, cell.category] = _words(decided, figure)
    return found


def _decided(records: Iterable[Row]) -> Reconciliation:
    readings = read_rows(package_dir(), installed().table("readings"))
    own = [build.reading_from(row) for row in readings if row["reporter"] == REPORTER]
    return build.decide(installed(), own, records)


def _words(decided: Reconciliation, figure: Figure) -> Words:
    printed = set(figure.printed.values())
    if len(figure.votes) < 2 and printed <= {figure.increment}:  # noqa: PLR2004 - two differ
        return Words(why(figure))
    _, *lines = explain(decided, figure.cell.date, figure.cell.category).split("\n")
    return Words(why(figure), tuple(line.strip() for line in lines if "  correction " not in line))
