"""Markdown as GitHub reads it, changed so that Python-Markdown reads it alike.

Python-Markdown wants a blank line before a list, four spaces for what belongs to an item, and no
backslash before a bar inside code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ITEM = re.compile(r"( *)((?:[-*+]|\d{1,9}[.)]) +)\S")
_FENCE = re.compile(r" *(`{3,}|~{3,})")
_CODE = re.compile(r"`[^`]*`")
_STEP = " " * 4


def for_python_markdown(text: str) -> str:
    r"""Return a text with the meaning for Python-Markdown that it has on GitHub.

    >>> print(for_python_markdown("Some:\n- one\n  - two\n    of it\n"), end="")
    Some:
    <BLANKLINE>
    - one
        - two
            of it
    """
    state = _State()
    for line in text.splitlines():
        state.add(line)
    return "\n".join([*state.lines, ""])


@dataclass
class _State:
    """The lines so far, and where the items that are open began and have their contents."""

    lines: list[str] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    fence: str = ""

    def add(self, line: str) -> None:
        opening = _FENCE.match(line)
        if self.fence:
            self._write(line)
            if opening and line.strip() == self.fence:
                self.fence = ""
            return
        self._close_items(line)
        if opening:
            self.fence = opening[1]
            self._write(line)
        elif item := _ITEM.match(line):
            self._begin(line, item)
        else:
            self._write(_plain_bars(line) if line.lstrip().startswith("|") else line)

    def _close_items(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        # A line that goes on with a paragraph may stand further to the left.
        if line.strip() and (not self._after_text() or _ITEM.match(line)):
            while self.items and indent < self.items[-1]:
                self.items.pop()

    def _after_text(self) -> bool:
        return bool(self.lines and self.lines[-1].strip())

    def _begin(self, line: str, item: re.Match[str]) -> None:
        starts = not self.items and self._after_text() and not self._in_list()
        if starts:
            self.lines.append("")
        self._write(line)
        self.items.append(len(item[1]) + len(item[2]))

    def _in_list(self) -> bool:
        """Return whether the paragraph before belongs to an item."""
        for line in reversed(self.lines):
            if not line.strip():
                return False
            if _ITEM.match(line):
                return True
        return False

    def _write(self, line: str) -> None:
        own = self.items[-1] if self.items else 0
        rest = line[min(own, len(line) - len(line.lstrip())) :]
        self.lines.append(f"{_STEP * len(self.items)}{rest}" if line.strip() else "")


def _plain_bars(row: str) -> str:
    return _CODE.sub(lambda code: code[0].replace("\\|", "|"), row)
