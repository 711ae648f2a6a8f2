"""A picture of one count: everything that is decided before anything is drawn.

`chart` writes it as a Vega-Lite specification, `figure` draws it with matplotlib.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reported_losses.definition.arguments import shown
from reported_losses.errors import BadArgumentError, EmptySelectionWarning
from reported_losses.loading.arguments import choice, text, whole
from reported_losses.loading.asked import Asked, ask, counted_parts
from reported_losses.loading.chart_range import day_format, height_range
from reported_losses.loading.chart_rows import KINDS, day_rows, mark_rows
from reported_losses.loading.chart_words import Words, words
from reported_losses.loading.reporter import rows
from reported_losses.loading.timeline import timeline

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 720
NARROWEST, WIDEST = 240, 4_000
_LEAST_HEIGHT, _MOST_HEIGHT = 220, 420
_PIXELS_OF_A_BAR = 3
_PIXELS_OF_A_MARK = 120
_DOT_AREAS = ((2, 16), (1 / 3, 7), (0, 4))
"""For at least so many pixels per day drawn, the area of a dot."""
_FEWEST_MEANS = 0.5
"""If an irregular count has means for fewer of its days, they are strokes that say nothing."""
_FLAT = 0.5
"""Where the smallest total is more than this part of the largest, the axis need not begin at 0."""


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
        from_zero: Whether 0 belongs to the vertical axis.
        heights: Where the vertical axis begins and ends.
        width: Width of the whole picture in pixels.
        height: Height of the plot alone.
        dot_area: Area of a dot in square pixels.
        line_width: Width of the line in pixels.
        day_format: How days are written on the axis, as for `strftime`.
        day_ticks: About how many days are written there.
        few_days: The days to write there if they are few: all of them, else none.
    """

    kind: str
    days: pd.DataFrame
    marks: list[dict[str, Any]]
    words: Words
    bars: bool
    steps: bool
    from_zero: bool
    heights: tuple[float, float]
    width: int
    height: int
    dot_area: int
    line_width: float
    day_format: str
    day_ticks: int
    few_days: tuple[str, ...]


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
    kind, pixels = choice("kind", kind, KINDS), _width(width)
    asked = ask(
        text("category", category),
        reporter=reporter,
        subject=subject,
        engine="pandas",
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
    )
    (name,) = asked.categories
    frame = _timeline(asked)
    irregular = _gaps_of_irregular(asked)
    gaps = irregular if kind == "total" else None
    if kind == "change" and irregular is not None:
        frame = _without_few_means(frame)
    days = day_rows(frame, kind, gaps)
    if days.empty:
        raise _nothing(kind, asked, has_total=bool(frame["total"].notna().any()))
    marks = mark_rows(frame, kind)
    bars = kind == "change" and _span(days) * _PIXELS_OF_A_BAR <= pixels
    shown = days["value"].fillna(days["line"])
    from_zero = bool(kind != "total" or shown.min() <= _FLAT * shown.max())
    ticks = max(pixels // _PIXELS_OF_A_MARK, 2)
    return Picture(
        kind=kind,
        days=days,
        marks=marks,
        words=words(
            name,
            reporter=asked.reporter,
            subject=asked.subject,
            kind=kind,
            each="Bars" if bars else "Dots",
            mean=_mean_word(days),
            as_of=asked.as_of,
            notes=tuple(_notes(asked, days, marks, from_zero=from_zero)),
        ),
        bars=bars,
        steps=gaps is not None,
        from_zero=from_zero,
        heights=_heights(days, from_zero=from_zero),
        width=pixels,
        height=min(max(pixels * 2 // 5, _LEAST_HEIGHT), _MOST_HEIGHT),
        dot_area=next(area for least, area in _DOT_AREAS if pixels >= least * len(days)),
        line_width=2 if _span(days) <= pixels else 1.4,
        day_format=day_format(_span(days), ticks),
        day_ticks=ticks,
        few_days=_each_day(days) if _span(days) <= ticks else (),
    )


def _width(value: object) -> int:
    pixels = whole(value)
    if pixels is None or not NARROWEST <= pixels <= WIDEST:
        raise BadArgumentError(
            f"width is a whole number of pixels from {NARROWEST} to {WIDEST:,}, not {shown(value)}"
        )
    return pixels


def _timeline(asked: Asked) -> pd.DataFrame:
    with warnings.catch_warnings():
        # An empty frame is refused in a moment, with advice.
        warnings.simplefilter("ignore", EmptySelectionWarning)
        frame: pd.DataFrame = timeline(
            asked.categories[0],
            reporter=asked.reporter,
            subject=asked.subject,
            start=asked.start,
            end=asked.end,
            as_of=asked.as_of,
            with_narrower=asked.with_narrower,
        )
    return frame


def _gaps_of_irregular(asked: Asked) -> list[tuple[int, int]] | None:
    """Return the declared gaps of a count published irregularly; None of one for every day."""
    found = [asked.lives[name] for name in counted_parts(asked, asked.categories[0])]
    if not any(life.irregular for life in found):
        return None
    return sorted({gap for life in found for gap in life.gaps})


def _is_revised(asked: Asked) -> bool:
    """Return whether the reporter keeps a list that it revises."""
    return "restated" in rows("series", asked.reporter, asked.subject, ["policy"])["policy"].held()


def _nothing(kind: str, asked: Asked, *, has_total: bool) -> BadArgumentError:
    """Refuse to draw an empty picture, which would look like a count of nothing."""
    message = (
        f"there is nothing to draw: {asked.reporter} has no {kind} of {asked.categories[0]} "
        f"from {asked.start or 'the first'} to {asked.end or 'the last day'}; choose other days"
    )
    if not has_total:
        return BadArgumentError(message)
    return BadArgumentError(f"{message}, or another kind", remedy=("kind", "total"))


def _span(days: pd.DataFrame) -> int:
    return int((days["day"].iloc[-1] - days["day"].iloc[0]).days) + 1


def _without_few_means(frame: pd.DataFrame) -> pd.DataFrame:
    """Take the means away where they would be single strokes among many days."""
    means, changes = (frame[name].notna().sum() for name in ("change_mean_7", "change"))
    return frame if means >= _FEWEST_MEANS * changes else frame.assign(change_mean_7=None)


def _mean_word(days: pd.DataFrame) -> str:
    if days["segment"].isna().all():
        return ""
    return "point" if days["alone"][days["segment"].notna()].all() else "line"


def _heights(days: pd.DataFrame, *, from_zero: bool) -> tuple[float, float]:
    both = days[["value", "line"]]
    return height_range(float(both.min().min()), float(both.max().max()), from_zero=from_zero)


def _each_day(days: pd.DataFrame) -> tuple[str, ...]:
    import pandas as pd

    return tuple(str(day)[:10] for day in pd.date_range(days["day"].iloc[0], days["day"].iloc[-1]))


def _notes(
    asked: Asked, days: pd.DataFrame, marks: list[dict[str, Any]], *, from_zero: bool
) -> Iterator[str]:
    """Say how to read what is not plain from the axes."""
    if _is_revised(asked):
        yield "The reporter revises its list, so the total may fall."
    if asked.with_narrower:
        yield "Narrower categories are added up where this one was not counted."
    if days["light"].all():
        yield "One record alone has these figures."
    elif days["light"].any():
        yield "Lighter: one record alone has the figure."
    if any("amount" in mark for mark in marks):
        yield "Corrections, marked above, are not losses of their day."
    if not from_zero:
        yield "The axis does not begin at 0."
