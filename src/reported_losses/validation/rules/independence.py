"""What records were copied from, and so which of them are independent of each other.

`records.derived_from` names the publication that a record was copied from. If that publication is
itself the source of a record, that record's own entry leads further back. The last publication in
the chain is the record's *origin* on a day. Records with one origin are one witness: a slip in
the publication is in all of them. The report itself is not an origin: its text and its image are
two publications of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from reported_losses.definition.dates import day_number, parse_date
from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask, Rows
from reported_losses.validation.rules.figures import FAR
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.words import Words

_ALWAYS = (-(2**39), 2**39)
# Nobody copies a copy of a copy this often; a longer chain is a circle.
_LONGEST_CHAIN = 20
# Nor does anybody change the publication that often; a longer cell is refused.
_MOST_STRETCHES = 100


class Stretch(NamedTuple):
    """Days on which a record was copied from one publication, as day numbers, both included."""

    first: int
    last: int
    source: str


def parse_derived_from(text: str) -> list[Stretch]:
    """Read a cell of `records.derived_from`.

    Args:
        text: Slugs of sources, each with `@first/last` if there are several; a missing end is
            open.

    Returns:
        The stretches in the order in which they are written.

    Raises:
        ValueError: A day does not exist, a stretch ends before it begins, or there are too many.

    >>> parse_derived_from("gs-text")[0].source
    'gs-text'
    """
    stretches = []
    parts = text.split()
    if len(parts) > _MOST_STRETCHES:
        raise ValueError(f"more than {_MOST_STRETCHES} publications")
    for part in parts:
        source, _, days = part.partition("@")
        first, _, last = days.partition("/")
        stretch = Stretch(
            day_number(parse_date(first)) if first else _ALWAYS[0],
            day_number(parse_date(last)) if last else _ALWAYS[1],
            source,
        )
        if stretch.first > stretch.last:
            raise ValueError(f"{part} ends before it begins")
        stretches.append(stretch)
    return stretches


def _stretches(text: str) -> list[Stretch]:
    """Return the stretches of a cell in order; none of a cell that cannot be read."""
    try:
        return sorted(parse_derived_from(text))
    except ValueError:
        return []


class Lineage:
    """The origin of every record on every day.

    Args:
        records: Source and `derived_from` of each record.
    """

    def __init__(self, records: Iterable[tuple[str, str]]) -> None:
        self._copied = {source: _stretches(text) for source, text in records if source}
        self._found: dict[str, list[Stretch]] = {}

    def stretches(self, source: str, depth: int = 0) -> list[Stretch]:
        """Return the origins of the record with this source, for all days, in order.

        Args:
            source: The record's own source.
            depth: Number of copies already followed.
        """
        if source not in self._found:
            # In a circle, and at the end of a chain that is too long, this is where it ends.
            self._found[source] = [Stretch(*_ALWAYS, source)]
            if depth < _LONGEST_CHAIN:
                self._found[source] = self._follow(source, depth)
        return self._found[source]

    def _follow(self, source: str, depth: int) -> list[Stretch]:
        found: list[Stretch] = []
        day = _ALWAYS[0]
        for first, last, parent in self._copied.get(source, ()):
            if first > day:
                found.append(Stretch(day, first - 1, source))
            for stretch in self.stretches(parent, depth + 1):
                low, high = max(stretch.first, first, day), min(stretch.last, last)
                if low <= high:
                    found.append(Stretch(low, high, stretch.source))
            day = max(day, last + 1)
        if day <= _ALWAYS[1]:
            found.append(Stretch(day, _ALWAYS[1], source))
        return found


class RecordOrigins:
    """The origin of each record by name, for code that asks about one reading at a time.

    Args:
        records: Rows of `records`.
    """

    def __init__(self, records: Iterable[Mapping[str, str]]) -> None:
        rows = list(records)
        lineage = Lineage((row["source"], row["derived_from"]) for row in rows)
        self._stretches = {row["record"]: lineage.stretches(row["source"]) for row in rows}

    def of(self, record: str, day: dt.date) -> str:
        """Return the publication that a record goes back to on a day; itself if unknown."""
        number = day_number(day)
        for first, last, source in self._stretches.get(record, ()):
            if first <= number <= last:
                return source
        return record


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of all records, as arrays in order of record and first day.

    Attributes:
        record: Row of `records` of each stretch.
        first: First day of each stretch.
        last: Last day of each stretch.
        origin: Number of the publication of each stretch.
    """

    record: Rows
    first: Rows
    last: Rows
    origin: Rows

    def of(self, record: Rows, day: Rows) -> Rows:
        """Return the number of the origin of each record on the day beside it."""
        at = np.searchsorted(self.record * 2 * FAR + self.first, record * 2 * FAR + day, "right")
        found: Rows = self.origin[at - 1]
        return found


@derived
def origins(context: Context) -> Origins:
    """Derive the origins of all records."""
    records = context.tables["records"]
    # A record without a source of its own still is a record of its own; no slug begins so.
    sources = [
        records["source"].text(row) if records["source"].valid[row] else f" {row}"
        for row in range(records.rows)
    ]
    column = records["derived_from"]
    texts = [column.text(row) if column.valid[row] else "" for row in range(records.rows)]
    lineage = Lineage(zip(sources, texts, strict=True))
    numbers: dict[str, int] = {}
    rows = [
        (row, first, last, numbers.setdefault(origin, len(numbers)))
        for row, source in enumerate(sources)
        for first, last, origin in lineage.stretches(source)
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Origins(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


@rule(
    "records",
    column="derived_from",
    title="The days in `derived_from` exist, are in order, and do not overlap.",
    rationale=(
        "A record is copied from one publication on one day, so that it is clear which records "
        "are independent. A missing end is open. A cell in another form is a mistake of its own, "
        "and an empty one names nothing."
    ),
    example="gs-infographic@/2025-08-09 minfin-page@2025-08-09/",
    fix="Write slug@first/last for each publication in order of date, the days not shared.",
)
def derived_from_readable(context: Context) -> Mask:
    """Find cells whose stretches overlap, are out of order, or name a day that does not exist."""
    return context.table["derived_from"].where(_is_misplaced)


def _is_misplaced(text: str) -> bool:
    try:
        found = parse_derived_from(text)
    except ValueError:
        return True
    return any(second.first <= first.last for first, second in pairwise(found))


@rule(
    "records",
    column="derived_from",
    needs=("sources",),
    title="`derived_from` names sources, and leads back to a publication.",
    rationale=(
        "A name is a row of `sources`. If records were copied from each other in a circle, "
        "nobody could say what they go back to."
    ),
    example="petro is derived from orc-losses, and orc-losses from petro",
    fix="Correct the name, add the source, or break the circle at the record that came first.",
)
def derived_from_known(context: Context) -> Mask:
    """Find cells that name no source, or lead back to their own record."""
    records, sources = context.table, context.tables["sources"]["source"]
    known = set(sources.texts)
    circular = _circular(records)

    def is_bad(text: str) -> bool:
        return any(stretch.source not in known for stretch in _stretches(text))

    mask: Mask = records["derived_from"].where(is_bad) & sources.known.all()
    return mask | circular


def _circular(records: Columns) -> Mask:
    """Return the records whose chain of copies leads to their own source."""
    source, copied = records["source"], records["derived_from"]
    parents: dict[str, set[str]] = {}
    for row in np.flatnonzero(copied.valid & source.valid).tolist():
        named = {stretch.source for stretch in _stretches(copied.text(row))}
        parents.setdefault(source.text(row), set()).update(named)
    circular = np.zeros(records.rows, dtype=np.bool_)
    for row in np.flatnonzero(copied.valid & source.valid).tolist():
        own = source.text(row)
        reached, ahead = set[str](), parents[own]
        for _ in range(_LONGEST_CHAIN):
            reached |= ahead
            ahead = {up for name in ahead for up in parents.get(name, ())} - reached
        circular[row] = own in reached or bool(ahead)
    return circular


@derived_from_known.words
def _unknown(case: FailureCase) -> Words:
    text = case.cell("derived_from")
    sources = case.context.tables["sources"]["source"]
    missing = [one.source for one in _stretches(text) if one.source not in set(sources.texts)]
    if missing:
        message = f"{case.cell('record')}: there is no source {missing[0]!r}"
        return Words(message, "the slug of a row of sources", case.rule.text.fix)
    message = f"{case.cell('record')}: is copied from itself, by way of {text}"
    return Words(message, "a chain that ends at a publication", case.rule.text.fix)
