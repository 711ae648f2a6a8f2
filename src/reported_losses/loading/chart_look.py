"""How charts look: colours, shapes, type. Neither people nor printers need to see hues."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reported_losses.loading.chart_rows import DISPUTED, SEVERAL

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
        SEVERAL: "triangle-right",
        DISPUTED: "circle",
    }
)
"""For each mark its shape, so that no mark is told by its colour alone."""

GREY, LATTICE, AXIS = "#444444", "#e4e4e4", "#888888"
"""Colours of small type, of the lines behind the data, and of the line at the axis or at 0."""
TITLE, TEXT = 15, 12
"""Sizes of the type in pixels."""

FONT = "Arial, Helvetica, sans-serif"
POINT_AREA = 24
"""Area in square pixels of a point that stands for a line of one day."""

_AXIS: Mapping[str, Any] = MappingProxyType(
    {"labelColor": GREY, "titleColor": GREY, "labelFontSize": TEXT, "titleFontSize": TEXT}
    | {"labelFont": FONT, "titleFont": FONT, "titleFontWeight": "normal"}
    | {"domainColor": AXIS, "tickColor": AXIS}
)
DAY_AXIS: Mapping[str, Any] = MappingProxyType(
    {**_AXIS, "grid": False, "titleAnchor": "start", "titlePadding": 12, "labelFlush": True}
)
HEIGHT_AXIS: Mapping[str, Any] = MappingProxyType(
    {**_AXIS, "domain": False, "ticks": False, "gridColor": LATTICE}
    | {"titleAnchor": "end", "titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -16}
)
LEGEND: Mapping[str, Any] = MappingProxyType(
    {"labelFont": FONT, "labelFontSize": TEXT, "labelColor": GREY, "symbolStrokeWidth": 1.5}
)
HEADING: Mapping[str, Any] = MappingProxyType(
    {
        "anchor": "start",
        "frame": "group",
        "offset": 12,
        "color": "#111",
        "font": FONT,
        "fontSize": TITLE,
        "fontWeight": "bold",
        "subtitleFont": FONT,
        "subtitleFontSize": TEXT,
        "subtitleColor": GREY,
        "subtitlePadding": 6,
    }
)
"""Looks of everything that is not data. They stand at the axes, the legend and the title, and not
in Vega-Lite's `config`: a chart with a `config` cannot be laid over or beside another one."""
