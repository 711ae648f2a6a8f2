"""The explorer: one page with its script, its styles and its data inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Any

from reported_losses.release.addresses import BASE
from reported_losses.site.explorer_data import explorer_data, json_text
from reported_losses.site.html import About, text, told
from reported_losses.site.latest import latest

_ABOUT = About(
    "Reported losses",
    "What belligerents and observers have reported about losses in the Russia-Ukraine war, day by "
    "day, with the evidence of every figure.",
    f"{BASE}/index.html",
)
_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def explorer_files() -> Mapping[str, bytes]:
    """Return the files of the explorer.

    Returns:
        From path to bytes: `index.html`, which asks for no other file, and `licences.txt`.
    """
    return {"index.html": page(explorer_data()), "licences.txt": _own("licences.txt").encode()}


def page(data: dict[str, Any]) -> bytes:
    """Return the page that shows some data.

    Args:
        data: What `explorer_data` gives.
    """
    script, style = _own("explorer.bundle.js"), _own("explorer.css")
    policy = _POLICY.format(script=_hash(script), style=_hash(style))
    return (
        Template(_own("explorer.html"))
        .substitute(
            policy=text(policy),
            told=told(_ABOUT),
            style=style,
            script=script,
            data=json_text(data),
            latest=latest(data),
            version=text(data["version"]),
            licence=text(data["licence"]),
            citation=text(data["citation"]),
        )
        .encode()
    )


def _own(name: str) -> str:
    return files("reported_losses.site").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
