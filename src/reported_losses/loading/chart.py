"""The one specification of a chart: Vega-Lite as a plain value, with its data.

`plot` draws it, `reported-losses plot` writes it into files, and web pages can show it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reported_losses.loading.chart_look import COLOURS, CONFIG, SHAPES, TEXT, TITLE
from reported_losses.loading.chart_rows import DISPUTED, MARKS, number
from reported_losses.loading.chart_words import wrapped
from reported_losses.loading.picture import Picture, picture

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_MARGIN, _TICKS = 14, 56
"""Pixels around the picture, and about what the numbers on the vertical axis take."""
_ABOVE = 9
"""Pixels above the plot at which corrections are marked, clear of the data."""
_PIXELS_OF_A_DATE = 120
_HEIGHT_TICKS = 6
HOVER = "hover"
"""Name of the layer that only answers the pointer; files that nobody can point at leave it out."""

_ABOUT_DAY = {"field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate"}
_DAY_TIP = {**_ABOUT_DAY, "title": "report", "format": "%Y-%m-%d"}


def specification(category: str, **choices: Any) -> Spec:  # noqa: ANN401 - as `plot`
    """Return the Vega-Lite specification of a chart.

    Args:
        category: As for `plot`.
        choices: The other arguments of `plot`, without `engine`.

    Returns:
        A JSON-ready dict for Vega-Lite 5 and later. All data is inside: the dataset `days` has one
        row per day, `marks` the corrections and disputed figures. Equal arguments and equal
        data give an equal dict.

    Raises:
        UnknownNameError: As for `plot`.
        BadArgumentError: As for `plot`.

    >>> spec = specification("tanks", start="2023-02-01", end="2023-02-28")
    >>> spec["datasets"]["days"][21]["value"]
    8
    """
    return vega_lite(picture(category, **choices))


def vega_lite(made: Picture) -> Spec:
    """Write a picture as a Vega-Lite specification.

    Args:
        made: The picture.

    Returns:
        The specification.
    """
    room = made.width - 2 * _MARGIN - _TICKS
    title, subtitle = made.words.title, made.words.subtitle
    return {
        "$schema": SCHEMA,
        "description": f"{title}. {subtitle}",
        "title": {"text": wrapped(title, room, TITLE), "subtitle": wrapped(subtitle, room, TEXT)},
        "width": made.width,
        "height": made.height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": _MARGIN,
        "background": "white",
        "datasets": {"days": list(_days(made)), "marks": made.marks},
        "data": {"name": "days"},
        "layer": list(_layers(made)),
        "config": CONFIG,
    }


def _days(made: Picture) -> Iterator[Spec]:
    columns = ["value", "line"] if made.kind == "change" else ["line"]
    for row in made.days.to_dict("records"):
        yield (
            {"day": str(row["day"])[:10]}
            | {name: number(row[name]) for name in [*columns, "segment", "firm"]}
            | {"evidence": row["evidence"], "light": bool(row["light"])}
        )


def _layers(made: Picture) -> Iterator[Spec]:
    """Return the layers, the lowest first."""
    height = _height_axis(made)
    corrected = {
        "data": {"name": "marks"},
        "transform": [{"filter": f"datum.mark !== '{DISPUTED}'"}],
    }
    shown = [mark for mark in MARKS if any(one["mark"] == mark for one in made.marks)]
    if shown:
        yield {**corrected, "mark": _rule(), "encoding": _rule_encoding(made)}
    if made.kind == "change":
        yield {"mark": _single(made), "encoding": _single_encoding(made, height)}
    for piece, colour in (("segment", "line, light"), ("firm", "line")):
        yield {
            "transform": [{"filter": f"isValid(datum.{piece})"}],
            "mark": _line(made, COLOURS[colour]),
            "encoding": {
                "x": _day_axis(made),
                "y": {**height, "field": "line"},
                "detail": {"field": piece, "type": "nominal"},
            },
        }
    if made.kind != "change":
        yield {"name": HOVER, "mark": _hover(), "encoding": _hover_encoding(made, height)}
    if shown:
        yield {**corrected, "mark": _symbol(), "encoding": _correction_encoding(made, shown)}
    if DISPUTED in shown:
        yield _disputed(made, height, shown)


def _day_axis(made: Picture) -> Spec:
    axis = {"title": made.words.source, "format": made.day_format, "grid": False}
    return {
        **_ABOUT_DAY,
        "bandPosition": 0.5,
        "scale": {"padding": 5},
        "axis": {**axis, "tickCount": _ticks(made)},
    }


def _ticks(made: Picture) -> Any:  # noqa: ANN401 - a number, or an interval of time
    if made.day_format == "%Y":
        return {"interval": "year", "step": 1}
    return max(made.width // _PIXELS_OF_A_DATE, 2)


def _height_axis(made: Picture) -> Spec:
    axis = {"title": made.words.y_axis, "format": ",~f", "tickCount": _HEIGHT_TICKS}
    if made.kind != "mean":
        axis["tickMinStep"] = 1
    return {"type": "quantitative", "scale": {"zero": made.from_zero}, "axis": axis}


def _rule() -> Spec:
    return {"type": "rule", "stroke": COLOURS["mark"], "strokeDash": [2, 3], "aria": False}


def _rule_encoding(made: Picture) -> Spec:
    return {"x": _day_axis(made), "y": {"value": -_ABOVE}, "y2": {"value": made.height}}


def _single(made: Picture) -> Spec:
    shape = (
        {"type": "bar"} if made.bars else {"type": "point", "size": made.dot_area, "filled": True}
    )
    return {**shape, "opacity": 1, "aria": False}


def _single_encoding(made: Picture, height: Spec) -> Spec:
    light = {"test": "datum.light", "value": COLOURS["day, light"]}
    return {
        "x": _day_axis(made),
        "y": {**height, "field": "value"},
        "color": {"condition": light, "value": COLOURS["day"]},
        "tooltip": [
            _DAY_TIP,
            _tip("value", "change", ","),
            _tip("line", "mean of 7 days", ",.1f"),
            _tip("evidence", "evidence of the total"),
        ],
    }


def _line(made: Picture, colour: str) -> Spec:
    # A piece of a single day has no length: the round ends of the stroke make it a dot.
    form = {
        "type": "line",
        "strokeCap": "round",
        "strokeJoin": "round",
        "strokeWidth": made.line_width,
    }
    steps = {"interpolate": "step-after"} if made.steps else {}
    return {**form, **steps, "stroke": colour, "aria": False}


def _hover() -> Spec:
    return {"type": "point", "size": 60, "filled": True, "opacity": 0, "aria": False}


def _hover_encoding(made: Picture, height: Spec) -> Spec:
    tips = [_tip("line", made.words.y_axis, ","), _tip("evidence", "evidence of the total")]
    position = {"x": _day_axis(made), "y": {**height, "field": "line"}}
    return {**position, "tooltip": [_DAY_TIP, *tips]}


def _symbol() -> Spec:
    stroke = {"stroke": COLOURS["mark"], "strokeWidth": 1.5, "fill": "white"}
    return {"type": "point", "size": 70, "opacity": 1, "aria": False, **stroke}


def _correction_encoding(made: Picture, shown: list[str]) -> Spec:
    tips = [_tip("mark", "correction"), _tip("amount", "amount", "+,"), _tip("reason", "reason")]
    return {
        "x": _day_axis(made),
        "y": {"value": -_ABOVE},
        "shape": _shape(made, shown),
        "tooltip": [_DAY_TIP, *tips],
    }


def _disputed(made: Picture, height: Spec, shown: list[str]) -> Spec:
    return {
        "data": {"name": "marks"},
        "transform": [{"filter": f"datum.mark === '{DISPUTED}'"}],
        "mark": {**_symbol(), "fill": "transparent"},
        "encoding": {
            "x": _day_axis(made),
            "y": {**height, "field": "at"},
            "shape": _shape(made, shown),
            "tooltip": [_DAY_TIP, _tip("mark", "total")],
        },
    }


def _shape(made: Picture, shown: list[str]) -> Spec:
    legend = {"title": None, "orient": "top", "offset": 38, "columns": max(made.width // 150, 1)}
    scale = {"domain": shown, "range": [SHAPES[mark] for mark in shown]}
    return {"field": "mark", "type": "nominal", "scale": scale, "legend": legend}


def _tip(field: str, title: str, form: str = "") -> Spec:
    if not form:
        return {"field": field, "type": "nominal", "title": title}
    return {"field": field, "type": "quantitative", "title": title, "format": form}
