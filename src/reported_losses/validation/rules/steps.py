"""What a series has lately shown: the bound of `loss_counts/plausible-step`.

The window, the factors and their reasons are measured on the General Staff's history judged day
by day as it would have arrived, without printed increments (`make replay` repeats it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.figures import above, amounts, neighbours, series_is
from reported_losses.validation.rules.registry import Context, Mask, derived

# Two months: long enough for a stable median, short enough to follow an offensive. With 45 or 75
# days about the same mistakes are found for more false alarms, or fewer for as many.
WINDOW = 60
# Below three weeks the bound is noise: the war's first days would all be flagged.
LEAST = 20
# Steps are skewed, so that the usual three scaled MADs would flag one figure in a hundred.
SPREADS = 6.0
# Offensives raise steps day after day; a mistyped digit outdoes the whole window at once.
BEYOND = 1.25
# A series that stood still at most once in the window does not stand still unnoticed.
STILL = 1
# MAD of a normal sample times this is its standard deviation.
_NORMAL = 1.4826
# A window's extremes are those of its last days too, so that most rows need no window at all.
_GLANCE = 8
_CHUNK = 20_000

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is within the ordinary for some figures; a step of 0 where `still` is not.

    Attributes:
        low: Least ordinary step.
        high: Greatest ordinary step.
        still: Whether it is ordinary that the total stands still.
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


def implausible(context: Context) -> Mask:
    """Find steps beyond the bound that the next figure does not bear out."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    rows = np.flatnonzero(_worth_a_look(context))
    for begin in range(0, len(rows), _CHUNK):
        some = rows[begin : begin + _CHUNK]
        bad[some] = _out_of_bound(context, some)
    return bad


def _out_of_bound(context: Context, rows: Rows) -> Mask:
    step, after, last = raw_steps(context)[rows], _next_steps(context)[rows], _last(context)[rows]
    bound = bounds(context, rows)
    high, low = bound.above(step), bound.below(step)
    # A single wrong total makes two steps wrong, in opposite directions. A real leap is followed
    # by an ordinary step, and with that the figure is borne out.
    return (high & (last | bound.below(after))) | (low & (last | bound.above(after)))


def bounds(context: Context, rows: Rows) -> Bounds:
    """Learn the bound of each figure from the steps of the window before it."""
    reach = np.arange(1, WINDOW + 1)
    place = rows[:, None] - reach
    inside = reach < _position(context)[rows][:, None]
    window = np.where(inside, _steps(context)[np.maximum(place, 0)], np.nan)
    count = inside.sum(axis=1)
    median = _median(window, count)
    spread = _NORMAL * _median(np.abs(window - median[:, None]), count)
    # Counts scatter by their root at least, however still the window was.
    spread = np.maximum(spread, np.sqrt(np.maximum(median, 1)))
    most = np.where(inside, window, -np.inf).max(axis=1)
    least = np.where(inside, window, np.inf).min(axis=1)
    return Bounds(
        low=np.minimum(median - SPREADS * spread, least),
        high=np.maximum(median + SPREADS * spread, BEYOND * most),
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


def borne_out(context: Context) -> Mask:
    """Return the figures that a printed increment or a second record bears out."""
    increment, evidence = (context.tables["loss_counts"][n] for n in ("increment", "evidence"))
    out: Mask = increment.valid.copy()
    for support in ("agreed", "majority"):
        out |= evidence.valid & (evidence.values == evidence.code(support))
    return out


@derived
def _judged(context: Context) -> Mask:
    table, near, amount = context.table, neighbours(context), amounts(context)
    total = table["total"]
    judged: Mask = near.apart == 1
    judged &= total.valid & above(total.valid) & ~borne_out(context)
    judged &= amount.known & ~amount.exists & (raw_steps(context) >= 0)
    judged &= series_is(context, "policy", "cumulative")
    judged &= series_is(context, "cadence", "daily")
    judged &= _position(context) > LEAST
    # A window with an unreadable total cannot be learnt from.
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
