"""A picture drawn with matplotlib, for papers and for those who go on working on its axes.

Nothing is changed outside of the figure: no pyplot, no backend, no settings.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.loading.chart import TEXT, TITLE
from reported_losses.loading.chart_rows import DISPUTED, MARKS
from reported_losses.loading.chart_words import wrapped
from reported_losses.loading.picture import COLOURS, SHAPES, Picture

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PIXELS_PER_INCH = 100
_POINTS_PER_PIXEL = 72 / _PIXELS_PER_INCH
_MARKERS = MappingProxyType(
    {"diamond": "D", "triangle-up": "^", "triangle-down": "v", "cross": "P", "square": "s"}
    | {"circle": "o"}
)
"""matplotlib's names for the shapes of the specification."""
_HEAD, _FOOT, _LINE = 46, 62, 1.3
"""Pixels above the plot for the axis name and the marks, and below it; height of a line of text."""


def figure(made: Picture) -> Figure:
    """Draw a picture with matplotlib.

    Args:
        made: The picture.

    Returns:
        A figure with one `Axes` in it. It belongs to no window and to no `pyplot`.
    """
    from matplotlib.figure import Figure

    title = wrapped(made.words.title, made.width - 70, TITLE)
    subtitle = wrapped(made.words.subtitle, made.width - 70, TEXT)
    head = _HEAD + _LINE * (TITLE * len(title) + TEXT * (len(subtitle) + 2))
    height = head + made.height + _FOOT
    drawn = Figure(figsize=(made.width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH))
    drawn.set_dpi(_PIXELS_PER_INCH)
    left = 60 + 4 * (made.days["line"].max() >= 1_000_000) * 5
    axes = drawn.add_axes(
        (left / made.width, _FOOT / height, 1 - (left + 16) / made.width, made.height / height)
    )
    _draw_days(axes, made)
    _draw_line(axes, made)
    _draw_marks(axes, made)
    _dress(axes, made)
    _write(axes, made, title, subtitle)
    return drawn
