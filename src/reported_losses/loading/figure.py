"""A picture drawn with matplotlib, for papers and for those who go on working on its axes.

Nothing is changed outside of the figure: no pyplot, no backend, no settings.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.definition.dates import day_number, parse_date
from reported_losses.loading.chart_look import (
    AXIS,
    COLOURS,
    GREY,
    LATTICE,
    POINT_AREA,
    SHAPES,
    TEXT,
    TITLE,
)
from reported_losses.loading.chart_rows import DISPUTED, MARKS
from reported_losses.loading.chart_words import wrapped
from reported_losses.loading.picture import Picture

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MARKERS = MappingProxyType(
    {"diamond": "D", "triangle-up": "^", "triangle-down": "v", "cross": "P", "square": "s"}
    | {"triangle-right": ">", "circle": "o"}
)
"""matplotlib's names for the shapes of `picture.SHAPES`."""
_PER_INCH = 100
_POINT = 72 / _PER_INCH
"""One pixel, in the points of matplotlib."""
_LEFT, _BELOW, _MARGIN = 76, 64, 12
_RIGHT = MappingProxyType({"%Y": 18, "%b %Y": 32, "%d %b %Y": 44})
"""For each way to write days, half of the last one, which may stand at the end of the axis."""
_AXIS_NAME, _LEGEND = 16, 36
"""Pixels above the plot at which these begin."""
_LEGEND_LINE, _LEGEND_ENTRY = 19, 130
"""Height and width in pixels of an entry of the legend."""
_LINE = 1.3
"""Height of a line of text, as a part of the size of the type."""
_WIDER = 1.12
"""How much wider matplotlib's own typeface is than the one of the specification."""
_NOON = 0.5
"""Where on its day a figure stands."""


def figure(made: Picture) -> Figure:
    """Draw a picture with matplotlib.

    Args:
        made: The picture.

    Returns:
        A figure with one `Axes` in it. It belongs to no window and to no `pyplot`.
    """
    from matplotlib.figure import Figure

    heading, reading = _texts(made)
    legend = -(-len({mark["mark"] for mark in made.marks}) // _legend_columns(made))
    texts = _LEGEND + legend * _LEGEND_LINE + (_MARGIN if legend else 0)
    above = texts + _LINE * (len(heading) * TITLE + len(reading) * TEXT) + _MARGIN
    height = above + made.height + _BELOW
    drawn = Figure(figsize=(made.width / _PER_INCH, height / _PER_INCH), dpi=_PER_INCH)
    left, room = _LEFT / made.width, _room(made) / made.width
    axes = drawn.add_axes((left, _BELOW / height, room, made.height / height))
    _draw_days(axes, made)
    _draw_marks(axes, made)
    _dress(axes, made)
    look: Any = {"ha": "left", "va": "top", "linespacing": _LINE}
    top, below = height - _MARGIN, height - _MARGIN - len(heading) * TITLE * _LINE
    # As the figure's own title, so that `suptitle` called again replaces it.
    title = drawn.suptitle("\n".join(heading), x=left, y=top / height, **look)
    title.set(size=TITLE * _POINT, weight="bold")
    drawn.text(left, below / height, "\n".join(reading), size=TEXT * _POINT, **look)
    return drawn


def _room(made: Picture) -> int:
    """Return the width of the plot in pixels."""
    return made.width - _LEFT - _RIGHT[made.day_format]


def _texts(made: Picture) -> tuple[list[str], list[str]]:
    """Return the lines of the title and of the subtitle."""
    room = (made.width - _LEFT - _MARGIN) / _WIDER
    return wrapped(made.words.title, room, TITLE), wrapped(made.words.subtitle, room, TEXT)


def _draw_days(axes: Axes, made: Picture) -> None:
    days = made.days
    if made.kind == "change":
        for light, colour in ((True, "day, light"), (False, "day")):
            _draw_single(axes, made, days[days["light"] == light], COLOURS[colour])
    for piece, colour in (("segment", "line, light"), ("firm", "line")):
        for _, part in days[days[piece].notna()].groupby(piece):
            _draw_piece(axes, made, part, COLOURS[colour])
    for light, colour in ((True, "line, light"), (False, "line")):
        _draw_points(axes, days[days["alone"] & (days["light"] == light)], COLOURS[colour])


def _draw_single(axes: Axes, made: Picture, days: pd.DataFrame, colour: str) -> None:
    days = days[days["value"].notna()]
    heights = days["value"].to_numpy(dtype="float64")
    if made.bars:
        axes.bar(_numbers(days), heights, width=0.85, color=colour)
    else:
        axes.scatter(_numbers(days), heights, s=made.dot_area * _POINT**2, color=colour, lw=0)


def _draw_piece(axes: Axes, made: Picture, days: pd.DataFrame, colour: str) -> None:
    axes.plot(
        _numbers(days),
        days["line"].to_numpy(dtype="float64"),
        color=colour,
        linewidth=made.line_width * _POINT,
        solid_capstyle="round",
        drawstyle="steps-post" if made.steps else "default",
        # A firm day between light ones has no length.
        marker="." if len(days) == 1 else "",
        markersize=made.line_width * _POINT * 2,
    )


def _draw_points(axes: Axes, days: pd.DataFrame, colour: str) -> None:
    """Draw the pieces of a single day, whose line has no length."""
    if not days.empty:
        heights = days["line"].to_numpy(dtype="float64")
        look: Any = {"s": POINT_AREA * _POINT**2, "lw": 0, "zorder": 3}
        axes.scatter(_numbers(days), heights, color=colour, **look)


def _draw_marks(axes: Axes, made: Picture) -> None:
    for name in MARKS:
        found = [mark for mark in made.marks if mark["mark"] == name]
        at = [_number(mark["day"]) for mark in found]
        look: Any = {"edgecolors": COLOURS["mark"], "linewidths": 1.5 * _POINT, "clip_on": False}
        look |= {"marker": _MARKERS[SHAPES[name]], "s": 36 * _POINT, "zorder": 5, "label": name}
        if found and name == DISPUTED:
            axes.scatter(at, [mark["at"] for mark in found], facecolors="none", **look)
        elif found:
            _draw_corrections(axes, made, at, look)
    if made.marks:
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1 + _LEGEND / made.height),
            ncols=_legend_columns(made),
            fontsize=TEXT * _POINT,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=1,
            handletextpad=0.4,
        )


def _legend_columns(made: Picture) -> int:
    return max((made.width - _LEFT) // _LEGEND_ENTRY, 1)


def _draw_corrections(axes: Axes, made: Picture, at: list[float], look: dict[str, Any]) -> None:
    """Draw rules across the plot, each with a mark above it, where no data is."""
    top, across = 1 + _MARGIN * 0.75 / made.height, axes.get_xaxis_transform()
    axes.scatter(at, [top] * len(at), facecolors="white", transform=across, **look)
    rule: Any = {"colors": COLOURS["mark"], "linestyles": ":", "linewidth": _POINT, "zorder": 0.5}
    axes.vlines(at, 0, top, transform=across, clip_on=False, **rule)


def _dress(axes: Axes, made: Picture) -> None:
    """Give the axes their names, numbers and grid."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    _dress_days(axes, made)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=made.kind != "mean"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.margins(x=0.01)
    axes.set_ylim(*made.heights)
    if made.heights[0] < 0:
        axes.axhline(0, color=AXIS, linewidth=_POINT, zorder=0.6)
        axes.spines["bottom"].set_visible(False)
    axes.grid(axis="y", color=LATTICE)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(labelsize=TEXT * _POINT, labelcolor=GREY)
    axes.set_xlabel(made.words.source, loc="left", size=TEXT * _POINT, color=GREY)
    axes.set_ylabel(made.words.y_axis, rotation=0, ha="left", size=TEXT * _POINT, color=GREY)
    axes.yaxis.set_label_coords(0, 1 + _AXIS_NAME / made.height)


def _dress_days(axes: Axes, made: Picture) -> None:
    """Choose the days that are written on the axis."""
    from matplotlib import dates as untyped
    from matplotlib.ticker import FixedLocator

    dates: Any = untyped
    days = dates.AutoDateLocator(minticks=2, maxticks=max(made.day_ticks, 3))
    if made.few_days:
        days = FixedLocator([_number(day) for day in made.few_days])
    elif made.day_format == "%Y":
        days = dates.YearLocator()
    axes.xaxis.set_major_locator(days)
    axes.xaxis.set_major_formatter(dates.DateFormatter(made.day_format))


def _numbers(days: pd.DataFrame) -> Any:  # noqa: ANN401 - an array
    """Return days as matplotlib counts them, at noon."""
    return days["day"].to_numpy().astype("datetime64[D]").astype("int64") + _NOON


def _number(day: str) -> float:
    return day_number(parse_date(day)) + _NOON
