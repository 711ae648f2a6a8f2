"""A picture of one count: everything that is decided before anything is drawn.

`chart` writes it as a Vega-Lite specification, `figure` draws it with matplotlib.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.dataset.dates import as_date
from reported_losses.errors import BadArgumentError
from reported_losses.loading import arguments
from reported_losses.loading.chart_rows import DISPUTED, KINDS, day_rows, mark_rows
from reported_losses.loading.chart_words import Words, words
from reported_losses.loading.daily import counted_subject
from reported_losses.loading.load import load
from reported_losses.loading.timeline import timeline
from reported_losses.parsing.intervals import parse_intervals

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 720
NARROWEST, WIDEST = 240, 4_000
_LEAST_HEIGHT, _MOST_HEIGHT = 220, 420
_PIXELS_OF_A_BAR = 3
_DAY_FORMATS = ((1_000, "%Y"), (150, "%b %Y"), (0, "%d %b %Y"))
"""For spans of at least so many days, how days are written on the axis."""
_FLAT = 0.5
"""Where the smallest total is more than this part of the largest, the axis need not begin at 0."""

COLOURS: Mapping[str, str] = MappingProxyType(
    {"day": "#78abd3", "day, light": "#c9dcec", "line": "#0b2f5b", "line, light": "#7f9fc4"}
    | {"mark": "#b03a00"}
)
"""Told apart by lightness, and so in grey as well as by people who do not see red or green."""
SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "re-based": "diamond",
        "restated": "triangle-up",
        "misprinted-increment": "cross",
        "misprinted-total": "square",
        "unexplained": "triangle-down",
        DISPUTED: "circle",
    }
)
"""For each mark its shape, so that no mark is told by its colour alone."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw.

    Attributes:
        kind: One of `chart_rows.KINDS`.
        days: What `chart_rows.day_rows` gives.
        marks: What `chart_rows.mark_rows` gives.
        words: The texts.
        bars: Whether single days are bars; otherwise they are dots.
        steps: Whether the line keeps its height until the next report.
        from_zero: Whether the vertical axis begins at 0.
        width: Width of the whole picture in pixels.
        height: Height of the plot alone.
        line_width: Width of the line in pixels.
        day_format: How days are written on the axis, as for `strftime`.
    """

    kind: str
    days: pd.DataFrame
    marks: list[dict[str, Any]]
    words: Words
    bars: bool
    steps: bool
    from_zero: bool
    width: int
    height: int
    line_width: float
    day_format: str


def picture(  # noqa: PLR0913 - as `plot`
    category: object,
    *,
    kind: object = "change",
    reporter: object = "ua-general-staff",
    subject: object = None,
    start: object = None,
    end: object = None,
    as_of: object = None,
    with_narrower: object = False,
    width: object = WIDTH,
) -> Picture:
    """Decide what a picture of one category's count shows.

    Args:
        category: As for `plot`.
        kind: As for `plot`.
        reporter: As for `plot`.
        subject: As for `plot`.
        start: As for `plot`.
        end: As for `plot`.
        as_of: As for `plot`.
        with_narrower: As for `plot`.
        width: As for `plot`.

    Returns:
        The picture.

    Raises:
        UnknownNameError: As for `plot`.
        BadArgumentError: As for `plot`.
    """
    kind = arguments.choice("kind", kind, KINDS)
    name, reporter = arguments.text("category", category), arguments.text("reporter", reporter)
    pixels = _width(width)
    side = counted_subject(reporter, None if subject is None else arguments.text("subject", subject))
    frame = timeline(
        name,
        reporter=reporter,
        subject=side,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=arguments.flag("with_narrower", with_narrower),
    )
    series = _series(reporter, side, name)
    irregular = kind == "total" and series.get("cadence") == "irregular"
    gaps = parse_intervals(series["gaps"] or "") if irregular else None
    days = day_rows(frame, kind, gaps)
    _refuse_nothing(days, name, kind, reporter)
    marks = mark_rows(frame, kind)
    bars = kind == "change" and _span(days) * _PIXELS_OF_A_BAR <= pixels
    from_zero = kind != "total" or days["line"].min() <= _FLAT * days["line"].max()
    return Picture(
        kind=kind,
        days=days,
        marks=marks,
        words=words(
            name,
            reporter=reporter,
            subject=side,
            kind=kind,
            each="Bars" if bars else "Dots",
            as_of=None if as_of is None else as_date(as_of, "as_of").isoformat(),
            notes=tuple(_notes(days, marks, series.get("policy"), from_zero=from_zero)),
        ),
        bars=bars,
        steps=gaps is not None,
        from_zero=bool(from_zero),
        width=pixels,
        height=min(max(pixels * 2 // 5, _LEAST_HEIGHT), _MOST_HEIGHT),
        line_width=2 if _span(days) <= pixels else 1.4,
        day_format=next(form for least, form in _DAY_FORMATS if _span(days) >= least),
    )


def _width(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not NARROWEST <= value <= WIDEST:
        raise BadArgumentError(
            f"width is a whole number of pixels from {NARROWEST} to {WIDEST:,}, not {value!r}"
        )
    return value


def _series(reporter: str, subject: str, category: str) -> dict[str, Any]:
    """Return the row of `series`; an empty one for a category that is only added up."""
    keys = {"reporter": reporter, "subject": subject, "category": category}
    rows = load("series", engine="arrow").to_pylist()
    return next((row for row in rows if keys.items() <= row.items()), {})


def _refuse_nothing(days: pd.DataFrame, category: str, kind: str, reporter: str) -> None:
    """Refuse to draw an empty picture, which would look like a count of nothing."""
    if not days.empty:
        return
    advice = "kind='total' shows the totals" if kind != "total" else "choose other days"
    raise BadArgumentError(
        f"there is nothing to draw: {reporter} has no {kind} of {category} on these days; {advice}"
    )


def _span(days: pd.DataFrame) -> int:
    return int((days["day"].iloc[-1] - days["day"].iloc[0]).days) + 1


def _notes(
    days: pd.DataFrame, marks: list[dict[str, Any]], policy: str | None, *, from_zero: bool
) -> Iterator[str]:
    """Say how to read what is not plain from the axes."""
    if policy == "restated":
        yield "The reporter revises its list, so the total may fall."
    if days["light"].all():
        yield "One record alone has these figures."
    elif days["light"].any():
        yield "Lighter: one record alone has the figure."
    if any("amount" in mark for mark in marks):
        yield "Corrections, marked above, are not losses of their day."
    if not from_zero:
        yield "The axis does not begin at 0."
