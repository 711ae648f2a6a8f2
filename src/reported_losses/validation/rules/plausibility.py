"""Whether a total is plausible, given the steps that its series has lately taken.

The window, the factors and their reasons were measured on the General Staff's history, judged day
by day as it would have arrived, without printed increments (`make replay` repeats it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask, Rows
from reported_losses.validation.rules.figures import (
    above,
    amounts,
    close_to_another,
    name_of,
    neighbours,
    series_is,
    total_of,
)
from reported_losses.validation.rules.misdated import repeated
from reported_losses.validation.rules.parts import left_out, window_is_whole
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.typing_slips import nearest, slip
from reported_losses.validation.rules.votes import stating
from reported_losses.validation.words import Words

# Two months: long enough for a stable median, short enough to follow an offensive. 45 or 75 days
# find about as many mistakes for more false alarms, or fewer for as many.
WINDOW = 60
# With less than three weeks the bound is noise: it would flag all of the first days.
LEAST = 20
# Steps are skewed: the usual three scaled MADs would flag one figure in a hundred.
SPREADS = 6.0
# Offensives raise steps day by day; a mistyped digit exceeds the whole window at once.
BEYOND = 1.25
# A total with a matching increment is wrong only if both are, in the same way. Of 16,085 such
# figures of the General Staff 33 were above 1.25 times the greatest step of their windows, 12 above
# twice and 6 above four times, which is three in two years. A digit too many is ten times as much.
BEYOND_PRINTED = 4.0
# A series that stood still this often in the window may do so again.
STILL = 1
# MAD of a normal sample times this is its standard deviation.
_NORMAL = 1.4826
# A step within the extremes of the last few days is within those of the window: most rows need
# no window at all.
_GLANCE = 8
_CHUNK = 20_000

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is ordinary for some figures. A step of 0 is ordinary only if `still` says so.

    Attributes:
        low: Least ordinary step.
        high: Greatest ordinary step.
        still: Whether it is ordinary that the total does not move.
        median: Median step of the window.
    """

    low: Floats
    high: Floats
    still: Mask
    median: Floats

    def above(self, step: Floats) -> Mask:
        """Return which steps are extraordinarily large."""
        over: Mask = step > self.high
        return over

    def below(self, step: Floats) -> Mask:
        """Return which steps are extraordinarily small."""
        under: Mask = (step < self.low) | (step < 0) | ((step == 0) & ~self.still)
        return under


@rule(
    "loss_counts",
    column="total",
    needs=("series", "corrections", "records", "readings"),
    severity=Severity.WARNING,
    title="The step from the day before is within what the series has lately shown.",
    rationale=(
        "A mistyped digit that raises a total breaks no sum if no increment was printed; it is "
        "only improbable. The bound is learnt from the steps of the 60 figures before, without "
        "the reporter's corrections. A step is too large above the median plus 6 scaled MADs and "
        "above 1.25 times the greatest of the window; too small below the median minus as much "
        "and the least of the window, or if it is 0 in a series that stood still at most once. The "
        "spread is at least the root of the median, as counts scatter. If the next day's figure "
        "exists, only a step that it undoes counts, because one wrong total makes two wrong steps "
        "in opposite directions. A figure with a printed increment is wrong only if both are, in "
        "the same way: then only a step above 4 times the greatest of the window is too large, and "
        "none too small. Not judged: figures with a correction, with a total that two or more "
        "independent records state, of series shorter than 20 figures, restated or irregular, and "
        "those whose window holds an unreadable total. Judged day by day over the General Staff's "
        "history without any increment, about 4 figures in 1,000 are flagged; of those with one, "
        "6 of 16,085. If a whole report repeats an earlier one, loss_counts/stale-report says so "
        "instead."
    ),
    example="vehicles 22206 on 2024-08-04 after 21926: +280, where 102 was the most in two months",
    fix=(
        "Compare the figure with the report. If it is right, leave it: the next report will "
        "confirm it."
    ),
)
def plausible_step(context: Context) -> Mask:
    """Find steps beyond the bound that the next figure does not confirm."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    rows = np.flatnonzero(_worth_a_look(context))
    for begin in range(0, len(rows), _CHUNK):
        some = rows[begin : begin + _CHUNK]
        bad[some] = _out_of_bound(context, some)
    return bad


@plausible_step.words
def _odd_step(case: FailureCase) -> Words:
    total, before = total_of(case), total_of(case, case.row - 1)
    bound = bounds(case.context, np.array([case.row]))
    low, high = max(int(np.ceil(bound.low[0])), 0 if bound.still[0] else 1), int(bound.high[0])
    median = int(bound.median[0])
    message = (
        f"{name_of(case)}: {total - before:+d} since the day before; the {WINDOW} figures before "
        f"it moved by about {median:+d} a day"
    )
    message += "; the printed increment has the same" if _printed(case.context)[case.row] else ""
    near = nearest(total, before + low, before + high, before + median)
    if total == before:
        why = "The total repeats the day before. "
    elif near is not None:
        why = f"The total perhaps {slip(total, near)}. "
    else:
        why = close_to_another(case)
    return Words(message, f"{before + low} to {before + high}", why + case.rule.text.fix)


def _out_of_bound(context: Context, rows: Rows) -> Mask:
    step, after, last = raw_steps(context)[rows], _next_steps(context)[rows], _last(context)[rows]
    bound = bounds(context, rows)
    high, low = bound.above(step), bound.below(step) & ~_printed(context)[rows]
    # A single wrong total makes two wrong steps in opposite directions. A real leap is followed by
    # an ordinary step, which confirms the figure.
    return (high & (last | bound.below(after))) | (low & (last | bound.above(after)))


def bounds(context: Context, rows: Rows) -> Bounds:
    """Learn the bound of each figure from the steps of the window before it."""
    reach = np.arange(1, WINDOW + 1)
    earlier = rows[:, None] - reach
    inside = reach < _position(context)[rows][:, None]
    window = np.where(inside, _steps(context)[np.maximum(earlier, 0)], np.nan)
    count = inside.sum(axis=1)
    median = _median(window, count)
    spread = _NORMAL * _median(np.abs(window - median[:, None]), count)
    # Counts scatter by at least their root, even if the window hardly moved.
    spread = np.maximum(spread, np.sqrt(np.maximum(median, 1)))
    most = np.where(inside, window, -np.inf).max(axis=1)
    least = np.where(inside, window, np.inf).min(axis=1)
    beyond = np.where(_printed(context)[rows], BEYOND_PRINTED, BEYOND)
    return Bounds(
        low=np.minimum(median - SPREADS * spread, least),
        high=np.maximum(median + SPREADS * spread, beyond * most),
        still=(window == 0).sum(axis=1) > STILL,
        median=median,
    )


def _median(values: Floats, count: Rows) -> Floats:
    """Return each row's median of its `count` values; the rest are NaN and sort last."""
    ordered = np.sort(values, axis=1)
    row = np.arange(len(values))
    middle: Floats = (ordered[row, (count - 1) // 2] + ordered[row, count // 2]) / 2
    return middle


def _worth_a_look(context: Context) -> Mask:
    """Return the figures whose step may be judged and is not plainly ordinary."""
    step, after, last = raw_steps(context), _next_steps(context), _last(context)
    high, low, still = _glance(context, step)
    after_high, after_low, after_still = _glance(context, after)
    odd = (high & (last | after_low | after_still)) | ((low | still) & (last | after_high))
    return odd & _judged(context)


def _glance(context: Context, step: Floats) -> tuple[Mask, Mask, Mask]:
    """Compare each step with those of the days just before."""
    steps = _steps(context)
    high, low = np.ones(len(step), dtype=np.bool_), np.ones(len(step), dtype=np.bool_)
    zeros = np.zeros(len(step), dtype=np.int64)
    earlier = steps
    for _ in range(_GLANCE):
        earlier = above(earlier)
        high &= step > earlier
        low &= step < earlier
        zeros += earlier == 0
    return high, low | (step < 0), (step == 0) & (zeros <= STILL)


def confirmed(context: Context) -> Mask:
    """Return the figures that a printed increment or a second record confirms."""
    out: Mask = _printed(context) | _agreed(context)
    return out


def _printed(context: Context) -> Mask:
    """Return the figures whose increment was printed."""
    out: Mask = context.tables["loss_counts"]["increment"].valid
    return out


@derived
def _agreed(context: Context) -> Mask:
    """Return the figures that a second record confirms.

    Records copied from one publication are one, and a record that agrees by its silence would be
    as silent about a mistake: it confirms nothing.
    """
    evidence = context.tables["loss_counts"]["evidence"]
    agreed = np.zeros(len(evidence.valid), dtype=np.bool_)
    for support in ("agreed", "majority"):
        agreed |= evidence.valid & (evidence.values == evidence.code(support))
    agreed &= stating(context) != 1
    return agreed


@derived
def _judged(context: Context) -> Mask:
    table, near, amount = context.table, neighbours(context), amounts(context)
    total = table["total"]
    judged: Mask = near.apart == 1
    judged &= total.valid & above(total.valid) & ~_agreed(context)
    judged &= amount.known & ~amount.exists & (raw_steps(context) >= 0)
    judged &= series_is(context, "policy", "cumulative")
    judged &= series_is(context, "cadence", "daily")
    judged &= _position(context) > LEAST
    judged &= window_is_whole(context, WINDOW) & (left_out(context).after == 0)
    if context.whole("loss_counts") is None:  # a part of a report repeats more easily
        judged &= ~repeated(context)
    # Nothing can be learnt from a window with an unreadable total.
    gone = np.cumsum(~total.valid | ~amount.known)
    rows = np.arange(table.rows)
    judged &= gone == gone[np.maximum(rows - WINDOW - 1, 0)]
    return judged


@derived
def raw_steps(context: Context) -> Floats:
    """Return the step from the figure before; NaN for the first of a series."""
    total = context.tables["loss_counts"]["total"].values
    step = (total - above(total)).astype(np.float64)
    return np.where(neighbours(context).later, step, np.nan)


@derived
def _steps(context: Context) -> Floats:
    """Return the steps as the reporter meant them: without its corrections, per day."""
    apart = np.maximum(neighbours(context).apart, 1)
    return (raw_steps(context) - amounts(context).value) / apart


@derived
def _next_steps(context: Context) -> Floats:
    step = raw_steps(context)
    return np.concatenate((step[1:], np.full(min(len(step), 1), np.nan)))


@derived
def _last(context: Context) -> Mask:
    """Return the figures that no readable figure of the next day follows."""
    total, near = context.tables["loss_counts"]["total"], neighbours(context)
    followed = (near.apart == 1) & total.valid
    return ~np.concatenate((followed[1:], np.zeros(min(len(followed), 1), dtype=np.bool_)))


@derived
def _position(context: Context) -> Rows:
    """Return how many figures of its series stand above each."""
    near = neighbours(context)
    position: Rows = np.arange(len(near.group)) - near.per_row(near.starts)
    return position
