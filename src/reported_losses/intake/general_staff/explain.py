"""Say in words what was decided for one figure, and why."""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

from reported_losses.errors import unknown_name
from reported_losses.intake.general_staff.build import Decisions
from reported_losses.intake.general_staff.decide import Evidence, Figure
from reported_losses.intake.readings import DAY, Cell

WHY = {
    Evidence.PRIMARY: "the reporter's own publication was read and no record contradicts it",
    Evidence.AGREED: "no primary record was read; the transcriptions agree",
    Evidence.SINGLE: "only one record holds it",
    Evidence.DISPUTED: "neither the number of records nor a printed increment decides",
}


def explain(decisions: Decisions, date: dt.date, category: str) -> str:
    """Explain the figure of a category on a day.

    Args:
        decisions: What was decided.
        date: Report date.
        category: Slug of the category.

    Returns:
        Lines of text: every total read and who holds it, the printed increments, the
        neighbours, the decision and its reason, and the correction if there is one.

    Raises:
        UnknownNameError: No record has a figure of that category on that day.
    """
    figure = decisions.figures.get(Cell(category, date))
    if figure is None:
        _raise_unknown(decisions, date, category)
    lines = [f"{date} {category}: {figure.total}, {figure.evidence.value}: {_why(figure)}."]
    for total, holders in figure.votes.items():
        fits = f"fits {figure.fits[total]} of the printed increments around it"
        lines.append(f"  {total}: {', '.join(holders)}; {fits}")
    for record, increment in figure.printed.items():
        lines.append(f"  +{increment} is printed in {record}")
    for name, other in (("before", date - DAY), ("after", date + DAY)):
        neighbour = decisions.figures.get(Cell(category, other))
        if neighbour:
            printed = "" if neighbour.increment is None else f" (+{neighbour.increment})"
            lines.append(f"  the day {name}: {neighbour.total}{printed}")
    lines += [
        f"  correction {found.amount:+}, {found.kind}: {found.reason}"
        for found in decisions.breaks
        if found.cell == figure.cell
    ]
    return "\n".join(lines)


def _why(figure: Figure) -> str:
    if figure.evidence != Evidence.MAJORITY:
        return WHY[figure.evidence]
    own = len(figure.votes[figure.total])
    best_rival = max(len(held) for total, held in figure.votes.items() if total != figure.total)
    if own > best_rival:
        return f"{own} records hold it, and at most {best_rival} hold another"
    return "the printed increments fit it and not the total that as many or more records hold"


def _raise_unknown(decisions: Decisions, date: dt.date, category: str) -> NoReturn:
    categories = sorted({cell.category for cell in decisions.figures})
    if category not in categories:
        raise unknown_name("category", category, categories)
    days = [cell.date for cell in decisions.figures if cell.category == category]
    raise unknown_name(f"figure of {category} on", str(date), [f"{min(days)} to {max(days)}"])
