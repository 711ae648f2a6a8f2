"""Axes of a chart as both libraries have them: the range of figures, and how days are written."""

from __future__ import annotations

import math

_STEPS = 10
"""About how many round steps a range has."""
_ROOM = 0.02
"""What is left free beyond the data, as a part of their span: a dot at the edge would be cut."""
_ROUNDING = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2), (0, 1))
_YEARS, _MONTHS, _MONTH = 1_000, 150, 25
"""Days from which on the axis is marked with years, with months (and days between two marks)."""


def height_range(low: float, high: float, *, from_zero: bool) -> tuple[float, float]:
    """Return where the vertical axis begins and ends: at round numbers, with the data inside.

    Args:
        low: The smallest figure.
        high: The largest figure.
        from_zero: Whether 0 belongs to the axis.

    Returns:
        Begin and end. The begin is below the end, also if all figures are the same.

    >>> height_range(-11, 11, from_zero=True)
    (-12, 12)
    >>> height_range(0, 66, from_zero=True)
    (0, 70)
    >>> height_range(3334, 3334, from_zero=False)
    (3333, 3335)
    """
    if from_zero:
        low, high = min(low, 0), max(high, 0)
    room = (high - low) * _ROOM
    low, high = (end and end + by for end, by in ((low, -room), (high, room)))
    if low == high:
        return _plain(low - (low != 0)), _plain(high + 1)
    step = _step(high - low)
    return _plain(math.floor(low / step) * step), _plain(math.ceil(high / step) * step)


def _step(span: float) -> float:
    """Return the round step of a range: 1, 2 or 5 times a power of ten."""
    rough = span / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    factor = next(factor for least, factor in _ROUNDING if rough / power >= least)
    return power * factor


def _plain(value: float) -> float:
    """Return a number as it is written: whole if it is whole, without digits of rounding."""
    return int(value) if float(value).is_integer() else round(value, 9)


def day_format(span: int, ticks: int) -> str:
    """Return how days are written so that no two marks of the axis read the same.

    Args:
        span: How many days the axis has.
        ticks: About how many of them are marked.

    Returns:
        A format as for `strftime`.

    >>> day_format(180, 6), day_format(180, 16)
    ('%b %Y', '%d %b %Y')
    """
    if span >= _YEARS:
        return "%Y"
    return "%b %Y" if span >= max(_MONTHS, _MONTH * ticks) else "%d %b %Y"
