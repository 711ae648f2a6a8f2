"""The Data section of the changelog, ready to paste: corrected cells one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from reported_losses.issue import Key
from reported_losses.parsing.differing import differing
from reported_losses.report.content import counted
from reported_losses.report.diff.content import CHANGED, TITLES
from reported_losses.report.markdown_cell import cell
from reported_losses.report.safe import clipped
from reported_losses.validation.history.changes import Change, Changes, Kind

_TEXT = 200
_DAY = "report_date"
_PLAIN = re.compile(r"(?!gh-)[0-9a-z-]+", re.IGNORECASE)
_SPAN = re.compile(r"(?!.*##\[)[^`]+", re.DOTALL)
"""What may stand as code; `##[` would begin a command in a build log."""
_ONE_BY_ONE = {
    Kind.REVISED: "Corrected in",
    Kind.CHANGED: "Changed without a row in `revisions`, in",
    Kind.WITHDRAWN: "Withdrawn from",
    Kind.REMOVED: "Removed without a withdrawal from",
}
_COUNTED = (Kind.GROWN, Kind.DERIVED, Kind.FREE)


def data_section(changes: Changes) -> str:
    """Write the section in Markdown that is harmless whatever a cell holds.

    Args:
        changes: The differences.

    Returns:
        The heading and its list; it ends in a line feed.
    """
    lines = [*_one_by_one(changes.changes), *_added(changes.changes), *_counts(changes.changes)]
    return "\n".join(["### Data", "", *(lines or ["- No row changed."]), ""])


def _one_by_one(changes: Iterable[Change]) -> Iterator[str]:
    groups: dict[tuple[Kind, str, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        if change.kind in _ONE_BY_ONE:
            groups.setdefault((change.kind, change.table, _who(change.key)), []).append(change)
    order = list(_ONE_BY_ONE)
    for (kind, table, who), own in sorted(groups.items(), key=lambda item: order.index(item[0][0])):
        of = f" ({', '.join(map(_shown, who))})" if who else ""
        yield f"- {_ONE_BY_ONE[kind]} {_code(table)}{of}:"
        yield from (f"  - {_line(change)}" for change in own)


def _who(key: Key) -> tuple[str, ...]:
    """Return what a key says beside the category and the day."""
    if not {"category", _DAY} <= set(key):
        return ()
    return tuple(text for name, text in key.items() if name not in {"category", _DAY})


def _line(change: Change) -> str:
    key = change.key
    what = f"{_shown(key[_DAY])} {_shown(key['category'])}" if _who(key) else _shown(str(key))
    if change.whole:
        return what
    column = (
        ""
        if (change.table, change.column) == ("loss_counts", "total")
        else f" {_code(change.column)}"
    )
    both = differing(change.old, change.new, CHANGED)
    # One value as code and the other with its markup escaped would look like two changes.
    alike = all(_SPAN.fullmatch(text) or not text for text in both)
    old, new = (_shown(text) if alike or not text else cell(text, _TEXT) for text in both)
    return f"{what}{column} {old} → {new}"


def _added(changes: Iterable[Change]) -> Iterator[str]:
    groups: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        if change.kind is Kind.ADDED:
            who = tuple(
                change.key[name] for name in ("reporter", "subject", "record") if name in change.key
            )
            groups.setdefault((change.table, who if _DAY in change.key else ()), []).append(change)
    for (table, who), own in groups.items():
        of = f" ({', '.join(map(_shown, who))})" if who else ""
        yield f"- Added to {_code(table)}{of}: {counted(len(own), 'row')}{_days(own)}."


def _days(changes: Iterable[Change]) -> str:
    days = sorted({change.key[_DAY] for change in changes if _DAY in change.key})
    if not days:
        return ""
    return f" of {_shown(days[0])}" + (f" to {_shown(days[-1])}" if days[1:] else "")


def _counts(changes: Iterable[Change]) -> Iterator[str]:
    numbers = Counter((change.kind, change.table) for change in changes)
    for (kind, table), number in numbers.items():
        if kind in _COUNTED:
            noun, done = TITLES[kind]
            yield f"- {_code(table)}: {counted(number, noun)} {done}."


def _shown(text: str) -> str:
    """Return a text as it is if it is plain, else as code, else with its markup escaped."""
    if _PLAIN.fullmatch(text):
        return clipped(text, _TEXT)
    if not text:
        return "empty"
    return _code(text)


def _code(text: str) -> str:
    return f"`{clipped(text, _TEXT)}`" if _SPAN.fullmatch(text) else cell(text, _TEXT)
