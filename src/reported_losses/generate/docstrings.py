"""Docstrings of Google's style as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from reported_losses.generate.markdown import escaped

_ITEMS = {
    "Args": "Arguments",
    "Attributes": "Attributes",
    "Raises": "Raises",
    "Warns": "Warns",
}
_TEXTS = {"Returns": "Returns", "Yields": "Gives"}
_SECTION = re.compile(rf"^({'|'.join([*_ITEMS, *_TEXTS])}):\n((?:(?:    .*)?\n)+)", re.MULTILINE)
_ITEM = re.compile(r"^(\*{0,2}\w+(?: \(\w+\))?): ", re.MULTILINE)
_EXAMPLE = re.compile(r"^>>> .*\n(?:.+\n)*", re.MULTILINE)


def docstring_markdown(text: str) -> str:
    r"""Return a docstring, as `inspect.getdoc` gives it, as Markdown.

    Sections become lists below a title in bold, examples become blocks of code.

    >>> print(docstring_markdown("Do it.\n\nArgs:\n    name: What it is."))
    Do it.
    <BLANKLINE>
    **Arguments**
    <BLANKLINE>
    - `name`: What it is.
    """
    parts = _EXAMPLE.split(f"{text}\n")
    examples = [f"```pycon\n{found}```\n" for found in _EXAMPLE.findall(f"{text}\n")]
    prose = [_SECTION.sub(_section, escaped(part)).strip("\n") for part in parts]
    pairs = zip(prose, [*examples, ""], strict=True)
    return "\n\n".join(part.rstrip("\n") for pair in pairs for part in pair if part)


def _section(found: re.Match[str]) -> str:
    body = textwrap.dedent(found[2]).strip("\n")
    if found[1] in _TEXTS:
        return f"**{_TEXTS[found[1]]}**\n\n{body}\n\n"
    return f"**{_ITEMS[found[1]]}**\n\n" + "\n".join(_items(body)) + "\n\n"


def _items(body: str) -> Iterator[str]:
    for line in body.splitlines():
        yield _ITEM.sub(r"- `\1`: ", line) if _ITEM.match(line) else line[2:]
