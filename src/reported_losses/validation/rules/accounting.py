"""Whether the books balance: totals, printed increments and corrections.

total(t) = total(t-1) + increment(t) + correction(t)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.dates import day_text
from reported_losses.validation.keys import Mask, Rows, lookup_rows
from reported_losses.validation.rules.figures import (
    FIGURE,
    above,
    amounts,
    close_to_another,
    name_of,
    neighbours,
    series_is,
    total_of,
)
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.typing_slips import nearest, slip
from reported_losses.validation.words import Words

_SHOWN = 5
# A total within this part of the one before may be meant by a mistyped one.
_CLOSE = 100


@derived
def falls(context: Context) -> Mask:
    """Return the figures of cumulative series below the one before, corrections allowed for."""
    total, amount = context.tables["loss_counts"]["total"], amounts(context)
    judged = neighbours(context).later & series_is(context, "policy", "cumulative")
    judged &= total.valid & above(total.valid) & amount.since_known
    return judged & (total.values - amount.since < above(total.values))


def _below(context: Context) -> Mask:
    """Return the figures that are less than the one before."""
    total = context.tables["loss_counts"]["total"].values
    less: Mask = total < above(total)
    return less


@derived
def excess(context: Context) -> NDArray[np.int64]:
    """Return by how much each total exceeds what the identity gives; 0 where it is not judged."""
    figures, amount = context.tables["loss_counts"], amounts(context)
    total, increment = figures["total"], figures["increment"]
    judged = neighbours(context).apart == 1
    judged &= total.valid & above(total.valid) & increment.valid & amount.known
    due = above(total.values) + increment.values + amount.value
    return np.where(judged, total.values - due, 0)


def _echoes(context: Context) -> Mask:
    """Return the breaks that only undo the break of the day before.

    In a run of breaks that undo one another, every second one is an echo.
    """
    over = excess(context)
    undoes = (over != 0) & (over == -above(over)) & (neighbours(context).apart == 1)
    rows = np.arange(len(over))
    since = rows - np.maximum.accumulate(np.where(undoes, 0, rows)) if len(over) else rows
    second: Mask = undoes & (since % 2 == 1)
    return second


@rule(
    "loss_counts",
    column="total",
    needs=("series", "corrections"),
    title="A cumulative total never falls unless a correction explains the whole fall.",
    rationale=(
        "A cumulative total counts everything since 2022-02-24. It falls only if the reporter took "
        "something back, and then the amount is on record: total - correction must not be below "
        "the total of the figure before, to the last unit, whether or not an increment is known. "
        "The figure before is the nearest earlier one of the series; corrections on days between "
        "the two count too. The first figure of a series, "
        "and a figure whose total, previous total or correction is missing or unreadable, cannot "
        "be judged. Series with policy `restated` may fall. A total that does not fall but breaks "
        "the sum, and the fall back from a total that was too high on the day before, are reported "
        "by loss_counts/increment-matches alone."
    ),
    example="tanks 2169 on 2022-09-12 after 2175 on 2022-09-11, without a row in corrections",
    fix=(
        "Compare the figure with the report. If the reporter itself went back, add a row to "
        "corrections with the amount and a source."
    ),
)
def never_decreases(context: Context) -> Mask:
    """Find totals below the figure before that no correction explains."""
    bad: Mask = falls(context) & ~((excess(context) != 0) & ~_below(context))
    return bad & ~_echoes(context)


@never_decreases.words
def _fall(case: FailureCase) -> Words:
    total, before = total_of(case), total_of(case, case.row - 1)
    # The increment of one day does not tell of a step over several.
    alone = neighbours(case.context).apart[case.row] == 1
    increment = case.number("increment") if alone else None
    amount = int(amounts(case.context).since[case.row])
    message = f"{name_of(case)}: {total}"
    message += f" less the correction {amount}" if amount else ""
    message += f" is below the {before} of {_day_before(case)} by {before - total + amount}"
    if increment is not None:
        message += f"; the printed increment +{increment} gives {before + increment + amount}"
    due = None if increment is None else before + increment + amount
    expected = f"{before + amount} or more" if due is None else str(due)
    # Days between took back the rest of the amount already.
    needed = total - before - (increment or 0) - (amount - _amount(case))
    swapped = "" if increment is None else _swapped(case)
    slips = swapped or _likely_slip(case, due)
    alike = _read_alike(case) if slips else ""
    hint = f"{slips}{alike}Compare the total with the report; {_ledger(case, needed)}"
    return Words(message, expected, hint, value=_certain(case, due))


@rule(
    "loss_counts",
    column="total",
    needs=("corrections",),
    title="Each total is the day before's plus the printed increment plus the correction.",
    rationale=(
        "The accounting identity: total(t) = total(t-1) + increment(t) + correction(t), where no "
        "row in corrections means 0. It is judged if the increment was printed and the day before "
        "has a figure. If the increment is missing, the day before is in a gap, or one of the four "
        "values is unreadable, it cannot be judged. One wrong total breaks two sums, its own and, "
        "by as much in the other direction, the next day's: it is reported once, on its own day. A "
        "total that falls is reported by loss_counts/never-decreases alone."
    ),
    example="personnel 144440, then 145600 (+620): the increment gives 145060",
    fix=(
        "Compare the total and the increment with the report. If the report itself does not add "
        "up, add a row to corrections."
    ),
)
def increment_matches(context: Context) -> Mask:
    """Find figures that break the accounting identity."""
    bad: Mask = (excess(context) != 0) & ~_echoes(context)
    return bad & ~(falls(context) & _below(context)) if "series" in context.tables else bad


@increment_matches.words
def _sum(case: FailureCase) -> Words:
    total, before = total_of(case), total_of(case, case.row - 1)
    increment, amount = case.number("increment") or 0, _amount(case)
    due = before + increment + amount
    parts = f"{before} + {increment}" + (f" {_signed(amount)} (correction)" if amount else "")
    gap = total - due
    message = (
        f"{name_of(case)}: the day before and the printed increment give {parts} = {due}, "
        f"not {total}: {abs(gap)} too {'many' if gap > 0 else 'few'}"
    )
    # Where the next report continues from the total, the slip is not in it.
    of_total = "" if _next_start(case) == total else _likely_slip(case, due)
    hint = (
        f"{_swapped(case)}{_next_report(case, due)}{of_total}"
        f"{_slip_of_increment(case, also=bool(of_total))}"
        f"{_read_alike(case) if of_total else ''}"
        f"Compare both with the report; {_ledger(case, gap + amount)}"
    )
    return Words(message, str(due), hint, value=_certain(case, due))


@derived
def _figure_of_reading(context: Context) -> Rows:
    """Return the figure of each reading, or -1."""
    return lookup_rows(context.tables["readings"], context.tables["loss_counts"], FIGURE)


def _read_alike(case: FailureCase) -> str:
    """Say which records have the total as well, and so the slip, if it is one; empty if none."""
    if "readings" not in case.context.tables:
        return ""
    readings, total = case.context.tables["readings"], case.table["total"]
    mine = np.flatnonzero(_figure_of_reading(case.context) == case.row)
    same = readings["total"].valid[mine] & (
        readings["total"].values[mine] == total.values[case.row]
    )
    names = [readings["record"].text(row) for row in mine[same].tolist()]
    if not names:
        return ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    listed = f"{', '.join(names[:_SHOWN])}{more}"
    return f"The readings of {listed} have this total as well. "


def _amount(case: FailureCase) -> int:
    return int(amounts(case.context).value[case.row])


def _day_before(case: FailureCase) -> str:
    near = neighbours(case.context)
    if near.apart[case.row] == 1:
        return "the day before"
    return day_text(int(near.day[case.row - 1]))


def _signed(amount: int) -> str:
    return f"{'+' if amount >= 0 else '-'} {abs(amount)}"


def _ledger(case: FailureCase, amount: int) -> str:
    """Say what to change in corrections if the report itself does not add up."""
    if amounts(case.context).exists[case.row]:
        return f"if it is as printed, set the amount in corrections to {amount} and give a source."
    return (
        f"if it is as printed, add a row to corrections with amount {amount} and a source, as "
        "`reported-losses add --reason TEXT` does."
    )


def _swapped(case: FailureCase) -> str:
    """Say whether total and increment are in each other's column."""
    total, increment = total_of(case), case.number("increment") or 0
    before = total_of(case, case.row - 1)
    if increment == before + total + _amount(case):
        return f"Total and increment are swapped: the total is {increment}, the increment {total}. "
    return ""


def _certain(case: FailureCase, due: int | None) -> str | None:
    """Return the total that was meant if a slip explains it and nothing speaks against it."""
    if due is None or _swapped(case) or not slip(total_of(case), due):
        return None
    start = _next_start(case)
    # Without a next report, a slip of the increment would explain as much.
    certain = start == due or (start is None and not _slip_of_increment(case))
    return str(due) if certain else None


def _next_report(case: FailureCase, due: int) -> str:
    """Say which figure the next report continues from, if that tells which one is right."""
    start = _next_start(case)
    if start == due:
        return f"The next report continues from {due}. "
    if start == total_of(case):
        return f"The next report continues from {start}; the total is probably right. "
    return ""


def _next_start(case: FailureCase) -> int | None:
    """Return the total that the next day's report continues from, if it can be told."""
    row, near = case.row + 1, neighbours(case.context)
    if row >= case.table.rows or near.apart[row] != 1:
        return None
    after, increment = case.number("total", row), case.number("increment", row)
    if after is None or increment is None:
        return None
    return after - increment - int(amounts(case.context).value[row])


def _slip_of_increment(case: FailureCase, *, also: bool = False) -> str:
    """Say which slip of the increment explains the sum; `also` if one of the total was named."""
    increment = case.number("increment")
    due = total_of(case) - total_of(case, case.row - 1) - _amount(case)
    words = None if increment is None else slip(increment, due)
    return f"{'Or the' if also else 'The'} increment {words}. " if words else ""


def _likely_slip(case: FailureCase, due: int | None) -> str:
    """Say which typing slip explains a total, given the one expected, if one does."""
    total, before = total_of(case), total_of(case, case.row - 1)
    if due is None:
        near = nearest(total, before, before + max(before // _CLOSE, 10), before)
        words = None if near is None else slip(total, near)
    else:
        words = slip(total, due)
    if words:
        return f"The total {words}. "
    if total == before:
        return "The total repeats the day before. "
    return close_to_another(case)
