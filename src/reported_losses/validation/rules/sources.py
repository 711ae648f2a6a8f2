"""Invariants of `sources`: pages, and what was read on them."""

from __future__ import annotations

import re

import numpy as np

from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words

_USES = {
    "statements": ("source",),
    "statement_sources": ("source",),
    "corrections": ("source",),
    "records": ("source", "derived_from"),
    "readings": ("source",),
    "revisions": ("source",),
}
_NOTES = {"statements": "note", "claims": "note", "records": "note", "readings": "note"}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@rule(
    "sources",
    column="source",
    severity=Severity.WARNING,
    needs=(*_USES, "claims"),
    title="A source is the source of something.",
    rationale=(
        "A source is used by a statement, a correction, a record, a reading or a revision; by "
        "records.derived_from; or by a note that names its slug, such as that of a reading that "
        "another page tells as well. One that nothing uses was left behind or never linked. It is "
        "a warning, because no figure depends on it. If a cell that may use it is unreadable, "
        "nothing can be judged."
    ),
    example="the page of a statement that was withdrawn",
    fix="Name the source where it was read, or remove the row.",
)
def used(context: Context) -> Mask:
    """Find sources that nothing uses."""
    source = context.table["source"]
    columns = [context.tables[table][name] for table, names in _USES.items() for name in names]
    if not all(column.known.all() for column in columns):
        return np.zeros(context.table.rows, dtype=np.bool_)
    names = {
        word.partition("@")[0]
        for column in columns
        for text in column.held()
        for word in text.split()
    }
    idle = {text for text in source.texts if text not in names}
    if idle:
        for table, name in _NOTES.items():
            for text in context.tables[table][name].held():
                idle.difference_update(_SLUG.findall(text))
    return source.where(idle.__contains__)


@used.words
def _idle(case: FailureCase) -> Words:
    message = f"{case.cell('source')}: nothing was read there"
    return Words(message, "a source that some row names", case.rule.text.fix)


@rule(
    "sources",
    column="published_on_precision",
    title="A day of publication has a precision, and a precision a day.",
    rationale=(
        "published_on_precision says how published_on is known, so one without the other is half "
        "of an entry. If one of them is unreadable, it cannot be judged."
    ),
    example="published on 2023-05-27, and no precision",
    fix="Fill in the other cell, or empty this one.",
)
def precision_with_day(context: Context) -> Mask:
    """Find sources with a day or a precision alone."""
    day, precision = context.table["published_on"], context.table["published_on_precision"]
    bad: Mask = (day.valid != precision.valid) & day.known & precision.known
    return bad
