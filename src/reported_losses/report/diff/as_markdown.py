"""Markdown for a comment on a pull request, a job summary or a pull request's description.

It has at most `MAX_CHARACTERS`. Losses get the room first, then three rows of each table and
kind, then the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reported_losses.report.as_markdown import MAX_CHARACTERS
from reported_losses.report.content import counted
from reported_losses.report.diff.changelog import data_section
from reported_losses.report.diff.content import (
    SAMPLE,
    Row,
    Section,
    View,
    around,
    loss_counts,
    other_counts,
    sections,
    state,
    version,
)
from reported_losses.report.markdown_cell import cell

_RESERVED = 1_000
_STATE = 300
_CELL = 240
_TITLE = 200
_AROUND = 300
"""Characters beside the title, the header and the rows of a section."""


def form(view: View) -> str:
    """Render a difference as Markdown."""
    changes = view.changes
    old, new = (cell(state(base), _STATE) for base in (changes.old, changes.new))
    if not changes:
        return f"## No differences\n\n{old} → {new}\n"
    lost, series, others = sections(changes)
    title = f"Lost: {loss_counts(changes)}" if lost else "Nothing was lost"
    head = f"## {title}\n\n{old} → {new}: {other_counts(changes) or 'nothing else'}.\n"
    middle = f"\n**Version.** {cell(version(changes), _STATE)}\n"
    room = MAX_CHARACTERS - _RESERVED - len(head) - len(middle)
    parts = []
    for group in (lost, series, others):
        texts, room = _fitted(group, room)
        parts.append(texts)
    pasted, room = _changelog(data_section(changes), room)
    return head + parts[0] + parts[1] + middle + parts[2] + pasted


def _fitted(group: list[Section], room: int) -> tuple[str, int]:
    """Render sections in the room there is; return them and the room that is left."""
    shown: list[tuple[Section, list[str]]] = []
    for section in group:
        needed = len(_title(section)) + len(_header(section.header)) + _AROUND
        if needed <= room:
            room -= needed
            shown.append((section, []))
    for most in (SAMPLE, max((len(one.rows) for one in group), default=0)):
        for section, rows in shown:
            for row in section.rows[len(rows) : most]:
                text = _row(around(section, row))
                if len(text) > room:
                    break
                room -= len(text)
                rows.append(text)
    hidden = len(group) - len(shown)
    more = f"\n{counted(hidden, 'more table')} not shown.\n" if hidden else ""
    return "".join(_section(section, rows) for section, rows in shown) + more, room - len(more)


def _section(section: Section, rows: list[str]) -> str:
    first = SAMPLE if section.sampled else len(rows)
    parts = [f"\n{_title(section)}\n\n"]
    if rows:
        parts += [_header(section.header), *rows[:first]]
    if rows[first:]:
        summary = f"{len(rows) - first:,} more"
        parts += [f"\n<details><summary>{summary}</summary>\n\n", _header(section.header)]
        parts += [*rows[first:], "\n</details>\n"]
    left = len(section.rows) - len(rows)
    return "".join([*parts, f"\n{counted(left, 'row')} not shown.\n" if left else ""])


def _title(section: Section) -> str:
    return f"### {cell(section.title, _TITLE)}"


def _header(header: Row) -> str:
    return f"| {' | '.join(header)} |\n{'|---' * len(header)}|\n"


def _row(row: Iterable[str]) -> str:
    return f"| {' | '.join(cell(text, _CELL) for text in row)} |\n"


def _changelog(section: str, room: int) -> tuple[str, int]:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", section)), default=0))
    text = (
        "\n<details><summary>For the changelog</summary>\n\n"
        f"{fence}markdown\n{section}{fence}\n\n</details>\n"
    )
    if len(text) > room:
        text = "\nThere is no room here for the changelog's section; `--format text` has it.\n"
    return text, room - len(text)
