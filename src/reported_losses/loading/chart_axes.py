"""Axes, legend and tips of a Vega-Lite specification: how days, figures and marks are placed."""

from __future__ import annotations

from typing import Any

from reported_losses.loading.chart_look import DAY_AXIS, HEIGHT_AXIS, LEGEND, SHAPES
from reported_losses.loading.chart_rows import MARKS
from reported_losses.loading.picture import Picture

Spec = dict[str, Any]

_HEIGHT_TICKS = 6

_ABOUT_DAY = {"field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate"}
DAY_TIP = {**_ABOUT_DAY, "title": "report", "format": "%Y-%m-%d"}


def day_axis(made: Picture) -> Spec:
    """Return how days are placed and written."""
    axis = {**DAY_AXIS, "title": made.words.source, "format": made.day_format}
    return {
        **_ABOUT_DAY,
        "bandPosition": 0.5,
        "scale": {"padding": 5},
        "axis": {**axis, "domain": made.heights[0] >= 0, **_ticks(made)},
    }


def _ticks(made: Picture) -> Spec:
    if made.few_days:
        return {"values": [_noon(day) for day in made.few_days]}
    if made.day_format == "%Y":
        return {"tickCount": {"interval": "year", "step": 1}}
    return {"tickCount": made.day_ticks}


def _noon(day: str) -> Spec:
    """Return where the figures of a day stand."""
    year, month, date = map(int, day.split("-"))
    return {"year": year, "month": month, "date": date, "hours": 12, "utc": True}


def height_axis(made: Picture) -> Spec:
    """Return how figures are placed and written."""
    axis = {"title": made.words.y_axis, "format": ",~f", "tickCount": _HEIGHT_TICKS}
    if made.kind != "mean":
        axis["tickMinStep"] = 1
    scale = {"domain": list(made.heights), "nice": False, "zero": False}
    return {"type": "quantitative", "scale": scale, "axis": {**HEIGHT_AXIS, **axis}}


def shape(made: Picture, shown: list[str]) -> Spec:
    """Return how marks get their shapes, with a legend of those that are shown."""
    # The scale knows all marks, so that charts with other marks can share it.
    scale = {"domain": list(MARKS), "range": [SHAPES[mark] for mark in MARKS]}
    place = {"title": None, "orient": "top", "offset": 38, "columns": max(made.width // 150, 1)}
    legend = {**LEGEND, **place, "values": shown}
    return {"field": "mark", "type": "nominal", "scale": scale, "legend": legend}


def tip(field: str, title: str, form: str = "") -> Spec:
    """Return a line of what the pointer is told."""
    if not form:
        return {"field": field, "type": "nominal", "title": title}
    return {"field": field, "type": "quantitative", "title": title, "format": form}
