"""Text for people: counts and losses first, three rows of each table and kind."""

from __future__ import annotations

from collections.abc import Iterator

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
from reported_losses.report.safe import clipped, visible
from reported_losses.report.styles import Style, styled

_TITLE = 400
_CELL = 300

_Line = tuple[str, Style]


def form(view: View) -> str:
    """Render a difference as text, with the styles of a terminal if it asks for colour."""
    return "".join(
        f"{styled(text, style) if view.colour else text}\n" for text, style in _lines(view)
    )


def _lines(view: View) -> Iterator[_Line]:
    changes = view.changes
    old, new = (clipped(state(base), _TITLE) for base in (changes.old, changes.new))
    yield f"{old} → {new}", Style.BOLD
    if not changes:
        yield "no differences", Style.BOLD_GREEN
        return
    lost, series, others = sections(changes)
    if lost:
        yield f"Lost: {loss_counts(changes)}", Style.BOLD_RED
    yield other_counts(changes) or "nothing else", Style.PLAIN
    for section in (*lost, *series):
        yield from _section(view, section)
    yield "", Style.PLAIN
    yield f"Version: {version(changes)}", Style.BOLD
    for section in others:
        yield from _section(view, section)
    yield "", Style.PLAIN
    yield "For the changelog:", Style.BOLD
    yield "", Style.PLAIN
    for line in data_section(changes).splitlines():
        yield visible(line), Style.PLAIN


def _section(view: View, section: Section) -> Iterator[_Line]:
    yield "", Style.PLAIN
    yield clipped(section.title, _TITLE), Style.BOLD_RED if section.loss else Style.BOLD
    rows = section.rows[:SAMPLE] if section.sampled and not view.whole else section.rows
    for row in rows:
        yield f"  {section.mark} {_row(section, row)}", Style.PLAIN
    if len(rows) < len(section.rows):
        yield f"    {len(section.rows) - len(rows):,} more; --all shows them", Style.DIM


def _row(section: Section, row: Row) -> str:
    cells = (clipped(text, _CELL) for text in around(section, row))
    texts = dict(zip(section.header, cells, strict=True))
    if "Old" in texts:
        texts["Old"] = f"{texts['Old']} → {texts.pop('New')}"
    if section.labelled:
        for name in section.header[section.labelled :]:
            texts[name] = f"{name.lower()} {texts[name]}"
    return "  ".join(text for text in texts.values() if text)
