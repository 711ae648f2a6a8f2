"""docs/using-the-data.md: its recipes, each with what it prints."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping

from reported_losses.definition.location import package_dir
from reported_losses.files import write_atomically
from reported_losses.generate.cookbook import filled

PATH = package_dir() / "docs/using-the-data.md"
SITE = "https://reported-losses.github.io/reported-losses"
"""Where the page says that the releases are; a server on this machine stands for it."""
REWRITE = "REWRITE_OUTPUTS"
"""The environment variable that has the outputs written to the page and not compared with it."""


def sections() -> Mapping[str, str]:
    """Return the sections of the page by their titles."""
    _, *found = re.split(r"^## (.*)\n", PATH.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


def languages() -> set[tuple[str, str]]:
    """Return the section and the language of every block of code."""
    return {
        (title, language)
        for title, text in sections().items()
        for language in re.findall(r"^```([a-z]+)\n", text, re.MULTILINE)
        if language != "text"
    }


def code_of(title: str, language: str) -> str:
    """Return the only block of a language in a section."""
    (code,) = re.findall(
        rf"^```{language}\n(.*?)^```\n", sections()[title], re.MULTILINE | re.DOTALL
    )
    return str(code)


def with_output(title: str, language: str, run: Callable[[str], str]) -> None:
    """Run the blocks of a language in a section, and compare what they print with the page."""
    compare(title, lambda text: filled(text, language, run))


def compare(title: str, fill: Callable[[str], str]) -> None:
    """Compare a section with itself after its outputs were filled in; or write it to the page."""
    old = sections()[title]
    new = fill(old)
    if os.environ.get(REWRITE):
        page = PATH.read_text(encoding="utf-8")
        write_atomically(PATH, page.replace(f"## {title}\n{old}", f"## {title}\n{new}"))
    else:
        assert old == new
