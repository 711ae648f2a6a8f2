"""The pages of the documentation as Markdown: their titles, their places, their links."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from reported_losses.generate.docs_site import pages

_CODE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"(?:\]\(|^\[[^\]]+\]: )([^)\s]+)", re.MULTILINE)


@functools.cache
def all_pages() -> Mapping[str, str]:
    """Return each page without its blocks of code."""
    return {name: _CODE.sub("", text) for name, text in pages().items()}


def links(text: str) -> list[str]:
    return _LINK.findall(_SPAN.sub("", text))


def places(text: str) -> set[str]:
    """Return what can be linked to in a page: its headings, as GitHub names them, and anchors."""
    return {*re.findall(r'<a id="([^"]+)"></a>', text), *_slugs(text)}


def _slugs(text: str) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        yield f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
