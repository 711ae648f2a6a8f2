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

GREY, LATTICE = "#444444", "#e4e4e4"
"""Colours of small type, and of the lines behind the data."""
TITLE, TEXT = 15, 12
"""Sizes of the type in pixels."""

_LABELS = {"labelColor": GREY, "titleColor": GREY, "labelFontSize": TEXT, "titleFontSize": TEXT}

CONFIG: dict[str, Any] = {
    "font": "Arial, Helvetica, sans-serif",
    "title": {
        "anchor": "start",
        "frame": "group",
        "offset": 12,
        "color": "#111",
        "fontSize": TITLE,
        "fontWeight": "bold",
        "subtitleFontSize": TEXT,
        "subtitleColor": GREY,
        "subtitlePadding": 6,
    },
    "axis": {**_LABELS, "titleFontWeight": "normal", "domainColor": "#888", "tickColor": "#888"},
    "axisX": {"titleAnchor": "start", "titlePadding": 12, "labelFlush": True},
    "axisY": {
        "titleAnchor": "end",
        "titleAngle": 0,
        "titleAlign": "left",
        "titleX": 0,
        "titleY": -16,
        "domain": False,
        "ticks": False,
        "gridColor": LATTICE,
    },
    "legend": {"labelFontSize": TEXT, "labelColor": GREY, "symbolStrokeWidth": 1.5},
    "view": {"stroke": None},
}
"""Vega-Lite's settings of everything that is not data."""
