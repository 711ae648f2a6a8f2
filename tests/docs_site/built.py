"""The documentation as `make docs` has built it, read as HTML."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from reported_losses.definition.location import package_dir

FOLDER = package_dir() / "build/docs"
COUNTED = frozenset("ul ol li table tr td h1 h2 h3 h4 pre code img".split())


@dataclass
class Html:
    """What there is in a page; of tags, only those inside the article are counted."""

    tags: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self, *, inside: bool) -> None:
        super().__init__()
        self.html = Html()
        self._inside = inside
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self._inside |= tag == "article"
        self._hidden += tag in {"script", "style"}
        if self._inside and tag in COUNTED:
            self.html.tags[tag] += 1
        self.html.ids += [facts[name] for name in ("id", "name") if tag == "a" and name in facts]
        if tag != "a" and "id" in facts:
            self.html.ids.append(facts["id"])
        if tag == "a" and "href" in facts:
            self.html.links.append(facts["href"])
        if tag == "link" and facts.get("rel") not in {"canonical", "prev", "next"}:
            self.html.loaded.append(facts["href"])
        if "src" in facts:
            self.html.loaded.append(facts["src"])
        self.html.classes.update(facts.get("class", "").split())

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "article"
        self._hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.html.text += data


@functools.cache
def page(name: str) -> Html:
    """Return a page of the built site."""
    return _read((FOLDER / name).read_text(encoding="utf-8"), inside=False)


def on_github(markdown: str) -> Html:
    """Return a page as GitHub would show it."""
    return _read(MarkdownIt("commonmark").enable("table").render(markdown), inside=True)


def _read(text: str, *, inside: bool) -> Html:
    reader = _Reader(inside=inside)
    reader.feed(text)
    return reader.html


def names() -> list[str]:
    """Return the names of the pages, without their endings."""
    return sorted(path.stem for path in Path(FOLDER).glob("*.md"))
