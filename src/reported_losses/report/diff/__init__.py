"""What differs between two states, as text, JSON, Markdown or HTML.

As in the other reports, a form only renders, and escapes whatever a cell holds. Counts and losses
come first in all of them, so a report that is cut off hides neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reported_losses.errors import unknown_name
from reported_losses.report.diff import as_html, as_json, as_markdown, as_text
from reported_losses.report.diff.content import View, loss_counts, other_counts, state, table_counts
from reported_losses.report.safe import visible
from reported_losses.validation.history.changes import Changes

_FORMS: Mapping[str, Callable[[View], str]] = MappingProxyType(
    {
        "text": as_text.form,
        "json": as_json.form,
        "markdown": as_markdown.form,
        "html": as_html.form,
    }
)

DIFF_FORMS = tuple(_FORMS)

__all__ = ["DIFF_FORMS", "overview", "render_diff"]


def render_diff(changes: Changes, form: str, *, whole: bool = False, colour: bool = False) -> str:
    """Render the differences of two states in one form.

    Args:
        changes: The differences.
        form: One of `DIFF_FORMS`.
        whole: Whether `text` shows every row, not three of each table and kind. The other
            forms hold all rows that they have room for.
        colour: Whether to use the styles of a terminal; only `text` has any.

    Returns:
        The report, which ends in a line feed.

    Raises:
        UnknownNameError: There is no such form.

    >>> from reported_losses.definition.location import package_dir
    >>> from reported_losses.validation.history.base import folder_base
    >>> from reported_losses.validation.history.changes import changes_between
    >>> state = folder_base(package_dir())
    >>> render_diff(changes_between(state, state), "text").splitlines()[1:]
    ['no differences']
    """
    if form not in _FORMS:
        raise unknown_name("report format", form, DIFF_FORMS)
    return _FORMS[form](View(changes, whole=whole, colour=colour))


def overview(changes: Changes) -> str:
    """Return the counts of a difference as text, in all and for each table, losses first.

    Args:
        changes: The differences.
    """
    lost = loss_counts(changes)
    lines = [
        f"{state(changes.old)} → {state(changes.new)}",
        f"lost: {lost}" if lost else "nothing lost",
        *(f"{other_counts(changes)}" for _ in changes.changes[:1]),
        *(f"  {table}: {counts}" for table, counts in table_counts(changes)),
    ]
    return "\n".join(map(visible, lines if changes else [lines[0], "no differences"]))
