"""Explain in words what was decided for one figure, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reported_losses.errors import UnknownNameError, unknown_name
from reported_losses.intake.general_staff.build import Figure, Reconciliation
from reported_losses.intake.general_staff.readings import Cell
from reported_losses.parsing.intervals import DAY

WHY = {
    "primary": "the reporter's own publication was read and no record contradicts it",
    "agreed": "the reporter's own publication was not read; independent copies of it agree",
    "single": "only one record holds it, or copies of one publication",
    "disputed": "neither the number of records nor a printed increment decides",
}
READ: Mapping[str, str] = MappingProxyType(
    {
        "primary": "in the reporter's own publication",
        "quoted": "on a page that quotes the report",
        "address": "only in the address of the reporter's page",
    }
)
"""Where an increment was read, by `loss_counts.increment_evidence`."""
# Step 3 of `decide`, without what was said before: increments and votes.
TIES = (
    "a tie goes to the totals that fall least often, then to what more of the reporter's own "
    "publications hold, then to a fixed order of the records"
)
"""What is taken where nothing decides."""
_FITS = (
    "no printed increment fits it",
    "one printed increment fits it",
    "two printed increments fit it",
)
_AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})


def explain(
    reconciliation: Reconciliation,
    date: dt.date,
    category: str,
    titles: Mapping[str, str] = _AS_THEY_ARE,
) -> str:
    """Explain the figure of a category on a day.

    Args:
        reconciliation: What was decided.
        date: Report date.
        category: Slug of the category.
        titles: What records are called in the lines; those without a title by their names.

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
    lines = [f"{date} {category}: {figure.total:,}, {figure.evidence}: {why(figure)}."]
    for total, names in figure.votes.items():
        held = ", ".join(titles.get(name, name) for name in names)
        lines.append(f"  {total:,}: {held}; {_FITS[figure.fits[total]]}")
    if rivals(figure):
        lines.append(f"  {TIES}")
    for record, increment in figure.printed.items():
        used = ""
        if increment == figure.increment and figure.increment_evidence:
            where = READ[figure.increment_evidence]
            used = f", and is the figure's increment, read {where}"
        lines.append(f"  +{increment:,} is in {titles.get(record, record)}{used}")
    for name, other in (("before", date - DAY), ("after", date + DAY)):
        neighbour = figures.get(Cell(category, other))
        if neighbour:
            printed = "" if neighbour.increment is None else f" (+{neighbour.increment:,})"
            lines.append(f"  the day {name}: {neighbour.total:,}{printed}")
    lines += [
        f"  correction {correction.amount:+,}, {correction.kind}: {correction.reason}"
        for correction in reconciliation.corrections
        if correction.cell == figure.cell
    ]
    return "\n".join(lines)


def holders(figure: Figure) -> str:
    """Return in words which records hold which total of a figure, most votes first.

    Args:
        figure: What was decided.

    Returns:
        Such as `3334: petro, minfin; 3335: gs-text`.
    """
    return "; ".join(f"{total}: {', '.join(names)}" for total, names in figure.votes.items())


def why(figure: Figure) -> str:
    """Say in one clause why a figure has the evidence that it has.

    Args:
        figure: What was decided.
    """
    if figure.evidence == "disputed":
        between = either(rivals(figure), "and")
        return f"{WHY['disputed']} between {between}; the rule for ties takes {figure.total:,}"
    if figure.evidence in WHY:
        return WHY[figure.evidence]
    own = figure.strength[figure.total]
    best_rival = max(held for total, held in figure.strength.items() if total != figure.total)
    if own > best_rival:
        verb = "gives" if best_rival == 1 else "give"
        return f"{own} independent records give this figure; {best_rival} {verb} another"
    return "the printed increments fit it, and not the total that as many or more records give"


def rivals(figure: Figure) -> tuple[int, ...]:
    """Return the totals between which nothing decides, in order; none unless it is disputed.

    Args:
        figure: What was decided.
    """
    return tuple(sorted(figure.votes)) if figure.evidence == "disputed" else ()


def either(totals: Iterable[int], word: str = "or") -> str:
    """Return totals as the ones of which one holds.

    Args:
        totals: The totals.
        word: What stands between them.

    >>> either([4300, 4500])
    '4,300 or 4,500'
    """
    return f" {word} ".join(f"{total:,}" for total in totals)


def _unknown(reconciliation: Reconciliation, date: dt.date, category: str) -> UnknownNameError:
    categories = sorted({cell.category for cell in reconciliation.figures})
    if category not in categories:
        return unknown_name("category", category, categories)
    days = [cell.date for cell in reconciliation.figures if cell.category == category]
    return UnknownNameError(
        f"No figure of {category} on {date}; the figures are from {min(days)} to {max(days)}"
    )
