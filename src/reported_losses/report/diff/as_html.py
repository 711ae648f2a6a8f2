"""HTML: one file without scripts that loads nothing, for light and dark screens."""

from __future__ import annotations

import html
from collections.abc import Iterable

from reported_losses.report.content import counted
from reported_losses.report.diff.changelog import data_section
from reported_losses.report.diff.content import (
    SAMPLE,
    Row,
    Section,
    View,
    loss_counts,
    other_counts,
    sections,
    state,
    version,
)
from reported_losses.report.safe import clipped

MAX_ROWS = 2_000
"""Rows of each table and kind; the rest are counted."""

_TEXT = 1_000

_STYLE = """\
:root { color-scheme: light dark; --line: #8886; --lost: #b3261e; --head: #8882; }
@media (prefers-color-scheme: dark) { :root { --lost: #ff8a80; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.lost { color: var(--lost); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; min-width: 3rem; }
th { background: var(--head); white-space: nowrap; }
pre { background: var(--head); padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; margin: .4rem 0; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def form(view: View) -> str:
    """Render a difference as a page."""
    changes = view.changes
    title = f"{changes.new.package.name}: what changed"
    parts = [f"<p>{_text(state(changes.old))}<br>→ {_text(state(changes.new))}</p>"]
    if changes:
        lost, series, others = sections(changes)
        parts += [
            f'<p class="lost"><strong>Lost: {loss_counts(changes)}</strong></p>' if lost else "",
            f"<p>{other_counts(changes) or 'nothing else'}</p>",
            *map(_section, (*lost, *series)),
            f"<h2>Version</h2>\n<p>{_text(version(changes))}</p>",
            *map(_section, others),
            "<h2>For the changelog</h2>",
            f"<pre>{html.escape(data_section(changes))}</pre>",
        ]
    else:
        parts.append("<p>No differences.</p>")
    return _page(title, "\n".join(filter(None, parts)))


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>{_text(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    first = SAMPLE if section.sampled else MAX_ROWS
    lost = ' class="lost"' if section.loss else ""
    parts = [f"<h2{lost}>{_text(section.title)}</h2>", _table(section.header, section.rows[:first])]
    rest = section.rows[first:MAX_ROWS]
    if rest:
        summary = f"<summary>{len(section.rows) - first:,} more</summary>"
        parts.append(f"<details>{summary}\n{_table(section.header, rest)}\n</details>")
    left = len(section.rows) - MAX_ROWS
    if left > 0:
        parts.append(
            f"<p>{counted(left, 'row')} not shown; <code>--format json</code> has all.</p>"
        )
    return "\n".join(parts)


def _table(header: Row, rows: Iterable[Row]) -> str:
    lines = [_cells("th", header), *(_cells("td", row) for row in rows)]
    return '<div class="wide"><table>\n' + "\n".join(lines) + "\n</table></div>"


def _cells(tag: str, row: Row) -> str:
    return "<tr>" + "".join(f"<{tag}>{_text(text)}</{tag}>" for text in row) + "</tr>"


def _text(text: str) -> str:
    return html.escape(clipped(text, _TEXT))
