"""HTML: escaped texts, links that lead to the web only, and the frame of every page.

A page is one file. Its style is in it and is named by its digest in the page's policy, so that it
works from a folder, and nothing else can run or be loaded, whatever a text of the data holds.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.citation import citation
from reported_losses.definition.descriptor import installed
from reported_losses.report.safe import visible

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
_WEB = re.compile(r"https?://[^\s\"'<>\\]+")
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%230b2f5b'/%3E"
    "%3Cpath d='M3 12h3V8h4V4h3' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E"
)
"""A rising total, as an address of its own: nothing is loaded."""
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def text(value: object) -> str:
    """Return a value as text of a page or of an attribute; unseen characters become escapes.

    Args:
        value: The value; None is the empty text.

    >>> text('<a href="x">')
    '&lt;a href=&quot;x&quot;&gt;'
    """
    return "" if value is None else html.escape(visible(str(value)))


def link(address: str | None, words: object) -> str:
    """Return a link to another site, or the words alone if the address is none of the web.

    Args:
        address: An address that the data holds.
        words: What is read; it is escaped here.

    >>> link("https://example.org/?a=1&b=2", "Example")
    '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">Example</a>'
    >>> link("javascript:alert(1)", "Example")
    'Example'
    """
    if address is None or not _WEB.fullmatch(address):
        return text(words)
    return f'<a href="{html.escape(address)}" rel="noopener">{text(words)}</a>'


def number(value: float | None) -> str:
    """Return a number as people read it; a dash stands for one that is missing.

    >>> number(145060), number(None) == DASH
    ('145,060', True)
    """
    return DASH if value is None else f"{value:,}"


def signed(value: int | None) -> str:
    """Return a difference with its sign.

    >>> signed(8), signed(0), signed(-5) == f"{MINUS}5"
    ('+8', '0', True)
    """
    if not value:
        return number(value)
    return f"+{value:,}" if value > 0 else f"{MINUS}{-value:,}"


def unseen(words: str) -> str:
    """Return words that are read aloud and not shown."""
    return f'<span class="vh">{text(words)}</span>'


def listed(items: Iterable[str], kind: str = "") -> str:
    """Return a list of items that are HTML already."""
    named = f' class="{kind}"' if kind else ""
    return f"<ul{named}>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


@functools.cache
def style() -> str:
    """Return the style that all pages share, without comments and line ends."""
    written = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", bare)).strip()


@dataclass(frozen=True, slots=True)
class About:
    """What others are told of a page.

    Attributes:
        title: Title of the page, not escaped yet.
        description: What is on it, in a sentence, not escaped yet.
        address: Where it is on the project's site.
    """

    title: str
    description: str
    address: str


def page(about: About, body: str, *, depth: int, style: str, head: str = "") -> bytes:
    """Return a page: its head, the way round the site, the body, and where it all comes from.

    Args:
        about: Its title, what is on it, and where it is.
        body: HTML of its main part.
        depth: Number of folders of the site that the page is in.
        style: Style sheet, which must not hold the end of a style element.
        head: HTML of links to other forms of the page.
    """
    up = "../" * depth
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(about.title)}</title>\n{told(about)}{head}"
        f"<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the content</a>\n'
        f'<header class="site"><p><strong>Reported losses</strong></p>{_ways(up)}</header>\n'
        f'<main id="main" tabindex="-1">\n{body}\n</main>\n{_footer()}\n</body>\n</html>\n'
    ).encode()


def told(about: About) -> str:
    """Return, as HTML, what search engines and networks show of a page, and its icon."""
    title, description, address = map(text, (about.title, about.description, about.address))
    return (
        f'<meta name="description" content="{description}">\n'
        f'<link rel="canonical" href="{address}">\n<link rel="icon" href="{_ICON}">\n'
        f'<meta property="og:title" content="{title}">\n'
        f'<meta property="og:description" content="{description}">\n'
        f'<meta property="og:type" content="article">\n'
        f'<meta property="og:url" content="{address}">\n'
        f'<meta name="twitter:card" content="summary">\n'
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _ways(up: str) -> str:
    return (
        f'<nav aria-label="Site"><a href="{up}index.html">Explorer</a> '
        f'<a href="{up}days/index.html">Days</a> '
        f'<a href="{up}docs/methodology.html">Method</a> '
        f'<a href="{up}docs/index.html">Documentation</a></nav>'
    )


@functools.cache
def _footer() -> str:
    package = installed()
    home = package.raw["homepage"]
    return (
        "<footer><p>Figures as reported, not as confirmed. "
        f"Data version {text(package.version)}, "
        f"{link(_LICENCE, package.raw['licenses'][0]['name'])}. "
        f"{link(home, 'Source and corrections')}.</p>"
        f"<p>Please cite: {text(citation())}</p></footer>"
    )
