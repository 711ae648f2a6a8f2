"""The one specification of a chart: Vega-Lite as a plain value, with its data.

`plot` draws it, `reported-losses plot` writes it into files, and web pages can show it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reported_losses.loading.chart_axes import (
    DAY_TIP,
    Spec,
    day_axis,
    height_axis,
    shape,
    tip,
)
from reported_losses.loading.chart_look import (
    AXIS,
    COLOURS,
    HEADING,
    POINT_AREA,
    TEXT,
    TITLE,
)
from reported_losses.loading.chart_rows import DISPUTED, MARKS, number
from reported_losses.loading.chart_words import wrapped
from reported_losses.loading.picture import Picture, picture

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_MARGIN, _TICKS = 14, 56
"""Pixels around the picture, and about what the numbers on the vertical axis take."""
_ABOVE = 9
"""Pixels above the plot at which corrections are marked, clear of the data."""
HOVER = "hover"
"""Name of the layer that only answers the pointer; files that nobody can point at leave it out."""

WHOLE = ("$schema", "autosize", "padding", "background")
"""What only a whole picture has, and not one that stands beside others."""


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
    heading = {"text": wrapped(title, room, TITLE), "subtitle": wrapped(subtitle, room, TEXT)}
    return {
        "$schema": SCHEMA,
        "description": f"{title}. {subtitle}",
        "title": {**heading, **HEADING},
        "width": made.width,
        "height": made.height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": _MARGIN,
        "background": "white",
        "datasets": {"days": list(_days(made)), "marks": made.marks},
        "data": {"name": "days"},
        "layer": list(_layers(made)),
        "view": {"stroke": None},
    }


def part(spec: Spec) -> Spec:
    """Return a specification that may stand beside others, or be laid over another one.

    Args:
        spec: What `vega_lite` gives.

    Returns:
        The same without `WHOLE`, with its data in each layer, and with the width of the plot
        alone, such that the picture is at most as wide as asked.
    """
    data = {name: {"values": rows} for name, rows in spec["datasets"].items()}
    layers = [{"data": spec["data"], **layer} for layer in spec["layer"]]
    for layer in layers:
        layer.pop("name", None)
        layer["data"] = data.get(layer["data"].get("name"), layer["data"])
    left = {name: spec[name] for name in spec if name not in {*WHOLE, "datasets", "data"}}
    return {**left, "width": spec["width"] - 2 * _MARGIN - _TICKS, "layer": layers}


def _days(made: Picture) -> Iterator[Spec]:
    columns = ["value", "line"] if made.kind == "change" else ["line"]
    for row in made.days.to_dict("records"):
        yield (
            {"day": str(row["day"])[:10]}
            | {name: number(row[name]) for name in [*columns, "segment", "firm"]}
            | {"evidence": row["evidence"]}
            | {name: bool(row[name]) for name in ("light", "alone")}
        )


def _layers(made: Picture) -> Iterator[Spec]:
    """Return the layers, the lowest first.

    The first one has both axes, for altair's `interactive()` binds those of the first layer.
    """
    height = height_axis(made)
    corrected = {
        "data": {"name": "marks"},
        "transform": [{"filter": f"datum.mark !== '{DISPUTED}'"}],
    }
    shown = [mark for mark in MARKS if any(one["mark"] == mark for one in made.marks)]
    if made.kind == "change":
        yield {"mark": _single(made), "encoding": _single_encoding(made, height)}
        yield from _behind(made, height, corrected)
        yield from _lines(made, height)
    else:
        lowest, *others = _lines(made, height)
        yield lowest
        yield from _behind(made, height, corrected)
        yield from others
        yield {"name": HOVER, "mark": _hover(), "encoding": _hover_encoding(made, height)}
    if set(shown) - {DISPUTED}:
        yield {**corrected, "mark": _symbol(), "encoding": _correction_encoding(made, shown)}
    if DISPUTED in shown:
        yield _disputed(made, height, shown)


def _behind(made: Picture, height: Spec, corrected: Spec) -> Iterator[Spec]:
    """Return the rules: at 0 if figures lie on both sides of it, and through corrections."""
    if made.heights[0] < 0:
        zero = {"y": {**height, "datum": 0}}
        rule = {"type": "rule", "stroke": AXIS, "aria": False}
        yield {"data": {"values": [{}]}, "mark": rule, "encoding": zero}
    if any(mark["mark"] != DISPUTED for mark in made.marks):
        yield {**corrected, "mark": _rule(), "encoding": _rule_encoding(made)}


def _lines(made: Picture, height: Spec) -> Iterator[Spec]:
    """Return the line in its pieces, and a point for each piece of a single day."""
    if made.days["segment"].isna().all():
        return
    y = {**height, "field": "line"}
    for piece, colour in (("segment", "line, light"), ("firm", "line")):
        yield {
            "transform": [{"filter": f"isValid(datum.{piece})"}],
            "mark": _line(made, COLOURS[colour]),
            "encoding": {
                "x": day_axis(made),
                "y": y,
                "detail": {"field": piece, "type": "nominal"},
            },
        }
    if made.days["alone"].any():
        light = {"test": "datum.light", "value": COLOURS["line, light"]}
        paint = {"condition": light, "value": COLOURS["line"]}
        yield {
            "transform": [{"filter": "datum.alone"}],
            "mark": {"type": "point", "size": POINT_AREA, "filled": True, "opacity": 1}
            | {"aria": False},
            "encoding": {"x": day_axis(made), "y": y, "color": paint},
        }


def _rule() -> Spec:
    return {"type": "rule", "stroke": COLOURS["mark"], "strokeDash": [2, 3], "aria": False}


def _rule_encoding(made: Picture) -> Spec:
    across = {"y": {"value": -_ABOVE}, "y2": {"value": made.height}}
    return {"x": day_axis(made), **across, "tooltip": _correction_tips()}


def _correction_tips() -> list[Spec]:
    tips = [tip("mark", "correction"), tip("amount", "amount", "+,"), tip("reason", "reason")]
    return [DAY_TIP, *tips]


def _single(made: Picture) -> Spec:
    shape = (
        {"type": "bar"} if made.bars else {"type": "point", "size": made.dot_area, "filled": True}
    )
    return {**shape, "opacity": 1, "aria": False}


def _single_encoding(made: Picture, height: Spec) -> Spec:
    light = {"test": "datum.light", "value": COLOURS["day, light"]}
    return {
        "x": day_axis(made),
        "y": {**height, "field": "value"},
        "color": {"condition": light, "value": COLOURS["day"]},
        "tooltip": [
            DAY_TIP,
            tip("value", "change", ","),
            tip("line", "mean of 7 days", ",.1f"),
            tip("evidence", "evidence of the total"),
        ],
    }


def _line(made: Picture, colour: str) -> Spec:
    # A firm day between light ones has no length: the round ends of the stroke make it a dot.
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
    tips = [tip("line", made.words.y_axis, ","), tip("evidence", "evidence of the total")]
    position = {"x": day_axis(made), "y": {**height, "field": "line"}}
    return {**position, "tooltip": [DAY_TIP, *tips]}


def _symbol() -> Spec:
    stroke = {"stroke": COLOURS["mark"], "strokeWidth": 1.5, "fill": "white"}
    return {"type": "point", "size": 70, "opacity": 1, "aria": False, **stroke}


def _correction_encoding(made: Picture, shown: list[str]) -> Spec:
    return {
        "x": day_axis(made),
        "y": {"value": -_ABOVE},
        "shape": shape(made, shown),
        "tooltip": _correction_tips(),
    }


def _disputed(made: Picture, height: Spec, shown: list[str]) -> Spec:
    return {
        "data": {"name": "marks"},
        "transform": [{"filter": f"datum.mark === '{DISPUTED}'"}],
        "mark": {**_symbol(), "fill": "transparent"},
        "encoding": {
            "x": day_axis(made),
            "y": {**height, "field": "at"},
            "shape": shape(made, shown),
            "tooltip": [DAY_TIP, tip("mark", "total")],
        },
    }
