"""The pictures in the documentation, drawn from the data and held to it.

Versions of the libraries that draw give different bytes of the same picture. So each file carries a
digest of the specification that it was drawn from, and is out of date if that differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reported_losses.loading.chart import specification
from reported_losses.loading.chart_axes import Spec
from reported_losses.loading.chart_files import svg_bytes

# The days are past ones, so that a new report changes no picture.
PICTURES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "docs/images/tanks.svg": {"category": "tanks", "kind": "mean", "end": "2025-12-31"},
        "docs/images/artillery.svg": {
            "category": "artillery",
            "kind": "total",
            "start": "2025-09-15",
            "end": "2026-01-10",
        },
    }
)
"""For each file what `plot` is asked for."""


def stamp(spec: Spec) -> str:
    """Return the comment that says which specification a picture was drawn from."""
    text = json.dumps(spec, sort_keys=True).encode()
    return f"<!-- drawn by make generated from {hashlib.sha256(text).hexdigest()} -->\n"


def redrawn(choices: Mapping[str, Any], old: str) -> str:
    """Return a picture as SVG: the old one, if it shows what it would show now.

    Args:
        choices: The arguments of `plot`.
        old: The picture that there is; empty if there is none.
    """
    spec = specification(**choices)
    if old.endswith(stamp(spec)):
        return old
    return svg_bytes(spec).decode().rstrip() + "\n" + stamp(spec)
