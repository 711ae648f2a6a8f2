"""Charts as files: SVG and PNG for pages and print, HTML that answers the pointer.

vl-convert runs Vega-Lite without a browser. Nothing is fetched, and the HTML fetches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reported_losses.loading.chart import HOVER
from reported_losses.loading.chart_axes import Spec
from reported_losses.loading.plot import require

VERSION = "5.20"
"""The version of Vega-Lite to run, one of those that vl-convert holds."""
_SCALE = 2
"""Pixels of a PNG for each pixel of the chart, as screens and print need them."""

_MENU = {"actions": {"export": True, "source": False, "compiled": False, "editor": False}}
"""What the page's menu offers: files, and nothing that would send the chart to another site."""


def svg_bytes(spec: Spec) -> bytes:
    """Return a chart as SVG; the same specification gives the same bytes."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(_still(spec), vl_version=VERSION)
    return svg.encode()


def png_bytes(spec: Spec) -> bytes:
    """Return a chart as PNG, twice as wide in pixels as the chart."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_still(spec), vl_version=VERSION, scale=_SCALE))


def html_bytes(spec: Spec) -> bytes:
    """Return a chart as a page with everything in it: it works offline."""
    import vl_convert

    page: str = vl_convert.vegalite_to_html(
        {**spec, "usermeta": {"embedOptions": _MENU}}, vl_version=VERSION, bundle=True
    )
    return page.encode()


FORMATS: Mapping[str, Callable[[Spec], bytes]] = MappingProxyType(
    {"svg": svg_bytes, "png": png_bytes, "html": html_bytes}
)


def _still(spec: Spec) -> Spec:
    """Return a specification without the layer that only answers the pointer."""
    return {**spec, "layer": [layer for layer in spec["layer"] if layer.get("name") != HOVER]}


def chart_bytes(spec: Spec, form: str) -> bytes:
    """Return a chart as a file.

    Args:
        spec: What `chart.specification` gives.
        form: One of `FORMATS`.

    Returns:
        The bytes of the file.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    require("vl_convert")
    return FORMATS[form](spec)
