"""Explain in words what was decided for one figure, and why."""

from __future__ import annotations

import datetime as dt

from reported_losses.errors import UnknownNameError, unknown_name
from reported_losses.intake.general_staff.build import Figure, Reconciliation
from reported_losses.intake.general_staff.readings import Cell
from reported_losses.parsing.intervals import DAY

WHY = {
    "primary": "the reporter's own publication was read and no record contradicts it",
    "agreed": "no primary record was read; independent transcriptions agree",
    "single": "only one record holds it, or copies of one publication",
    "disputed": "neither the number of records nor a printed increment decides",
}


def explain(reconciliation: Reconciliation, date: dt.date, category: str) -> str:
    """Explain the figure of a category on a day.

    Args:
        reconciliation: What was decided.
        date: Report date.
        category: Slug of the category.

    Returns:
        Lines of text: the decision and its reason, every total read and the records that hold
        it, the printed increments, the neighbouring days, and the correction if there is one.

    Raises:
        UnknownNameError: No record has a figure of that category on that day.
    """
    figures = reconciliation.figures
    figure = figures.get(Cell(category, date))
    if figure is None:
        raise _unknown(reconciliation, date, category)
    lines = [f"{date} {category}: {figure.total}, {figure.evidence}: {why(figure)}."]
    for total, holders in figure.votes.items():
        fits = f"fits {figure.fits[total]} of the printed increments around it"
        lines.append(f"  {total}: {', '.join(holders)}; {fits}")
    for record, increment in figure.printed.items():
        used = ""
        if increment == figure.increment:
            used = f", and is the figure's increment: {figure.increment_evidence}"
        lines.append(f"  +{increment} is in {record}{used}")
    for name, other in (("before", date - DAY), ("after", date + DAY)):
        neighbour = figures.get(Cell(category, other))
        if neighbour:
            printed = "" if neighbour.increment is None else f" (+{neighbour.increment})"
            lines.append(f"  the day {name}: {neighbour.total}{printed}")
    lines += [
        f"  correction {correction.amount:+}, {correction.kind}: {correction.reason}"
        for correction in reconciliation.corrections
        if correction.cell == figure.cell
    ]
    return "\n".join(lines)


def why(figure: Figure) -> str:
    """Return why a figure was decided as it was.

    Args:
        figure: What was decided.
    """
    if figure.evidence in WHY:
        return WHY[figure.evidence]
    own = figure.strength[figure.total]
    best_rival = max(held for total, held in figure.strength.items() if total != figure.total)
    if own > best_rival:
        return f"{own} independent records hold it, and at most {best_rival} hold another"
    return "the printed increments fit it and not the total that as many or more records hold"


def _unknown(reconciliation: Reconciliation, date: dt.date, category: str) -> UnknownNameError:
    categories = sorted({cell.category for cell in reconciliation.figures})
    if category not in categories:
        return unknown_name("category", category, categories)
    days = [cell.date for cell in reconciliation.figures if cell.category == category]
    return UnknownNameError(
        f"No figure of {category} on {date}; the figures are from {min(days)} to {max(days)}"
    )
