"""What the forms of a difference show: counts, then sections of rows, the losses first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reported_losses.parsing.differing import differing
from reported_losses.report.content import counted, delimited
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.changes import LOST, Change, Changes, Kind
from reported_losses.validation.history.schema_changes import SchemaChange
from reported_losses.validation.history.series_moves import SeriesMove

SAMPLE = 3
"""Rows of each table and kind that are shown at once."""

TITLES: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.REMOVED: ("row", "removed without a withdrawal"),
        Kind.CHANGED: ("value", "changed without a revision"),
        Kind.WITHDRAWN: ("row", "withdrawn"),
        Kind.REVISED: ("value", "revised"),
        Kind.ADDED: ("row", "added"),
        Kind.GROWN: ("value", "filled in or extended"),
        Kind.DERIVED: ("derived value", "recomputed"),
        Kind.FREE: ("free value", "changed"),
    }
)

_MARKS = {Kind.REMOVED: "-", Kind.WITHDRAWN: "-", Kind.ADDED: "+"}

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What a form renders.

    Attributes:
        changes: The differences.
        whole: Whether to show every row.
        colour: Whether to use the styles of a terminal.
    """

    changes: Changes
    whole: bool
    colour: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Some rows under one title. All texts are raw: a form escapes them.

    Attributes:
        title: The title.
        header: Names of the columns.
        rows: The cells.
        mark: The sign that `text` puts before each row.
        loss: Whether the rows are losses.
        sampled: Whether only the first rows are shown at once.
        labelled: Number of the first column that `text` names in each row; 0 for none.
    """

    title: str
    header: Row
    rows: tuple[Row, ...]
    mark: str = "~"
    loss: bool = False
    sampled: bool = True
    labelled: int = 0


CHANGED = 120
"""Most characters of an old and of a new text that a form without room shows."""


def around(section: Section, row: Row) -> Row:
    """Return a row with a long old and new text cut around what differs between them.

    Args:
        section: The section of the row.
        row: Its cells.
    """
    if "Old" not in section.header:
        return row
    at = section.header.index("Old")
    return (*row[:at], *differing(row[at], row[at + 1], CHANGED), *row[at + 2 :])


def state(base: Base) -> str:
    """Name a state, with its version and commit."""
    return base.label


def loss_counts(changes: Changes) -> str:
    """Return the numbers of losses of each kind as text; empty if there are none."""
    parts = [
        *_some(len(changes.uncompared), "table", "not compared"),
        *_some(len(changes.schema_losses), "weaker schema", "", "weaker schemas"),
        *_some(len(changes.coverage), "loss of coverage", "", "losses of coverage"),
        *_kinds(changes, lost=True),
    ]
    return ", ".join(parts)


def other_counts(changes: Changes) -> str:
    """Return the numbers of all other changes as text; empty if there are none."""
    schemas = len(changes.diff.schemas) - len(changes.schema_losses)
    parts = [
        *_kinds(changes, lost=False),
        *_some(schemas, "other schema change", ""),
        *_some(len(changes.reformed), "file", "with another form only"),
    ]
    return ", ".join(parts)


def table_counts(changes: Changes) -> Iterator[tuple[str, str]]:
    """Yield the name of each table with rows or cells that differ, and their numbers as text."""
    tables: dict[str, list[Kind]] = {}
    for change in changes.changes:
        tables.setdefault(change.table, []).append(change.kind)
    for table, kinds in tables.items():
        yield table, ", ".join(_counts(kinds))


def _kinds(changes: Changes, *, lost: bool) -> Iterator[str]:
    yield from _counts([one.kind for one in changes.changes if (one.kind in LOST) is lost])


def _counts(kinds: list[Kind]) -> Iterator[str]:
    for kind, (noun, done) in TITLES.items():
        yield from _some(kinds.count(kind), noun, done)


def _some(number: int, noun: str, done: str, plural: str = "") -> Iterator[str]:
    if number:
        many = f"{number:,} {plural}" if plural and number > 1 else counted(number, noun)
        yield f"{many} {done}".rstrip()


def sections(changes: Changes) -> tuple[list[Section], list[Section], list[Section]]:
    """Return what to show.

    Returns:
        The losses, the summary of the series, and all other changes, each worst first.
    """
    groups = list(_groups(changes.changes))
    lost = [*_loss_notes(changes), *(one for one in groups if one.loss)]
    others = [*(one for one in groups if not one.loss), *_other_notes(changes)]
    return lost, list(_series(changes.series)), others


def _loss_notes(changes: Changes) -> Iterator[Section]:
    if changes.uncompared:
        yield _notes("Not compared", ("Table", "Why"), changes.uncompared)
    if changes.schema_losses:
        yield _notes("Weaker schemas", _SCHEMAS, _words(changes.schema_losses))
    if changes.coverage:
        yield _notes("No longer covered", ("Table", "What"), changes.coverage)


def _other_notes(changes: Changes) -> Iterator[Section]:
    schemas = [change for change in changes.diff.schemas if not change.weaker]
    if schemas:
        rows = tuple(_words(schemas))
        yield Section("Other changes of the schemas", _SCHEMAS, rows, sampled=False)
    if changes.reformed:
        names = tuple((name,) for name in changes.reformed)
        title = "Files that differ, although no cell does: order, quotes, line ends, doubled keys"
        yield Section(title, ("Table",), names, sampled=False)


_SCHEMAS = ("Table", "Change", "Part of the version")


def _words(changes: Iterable[SchemaChange]) -> list[Row]:
    return [(change.table, change.words, change.part.name) for change in changes]


def _notes(title: str, header: Row, rows: Iterable[Row]) -> Section:
    return Section(title, header, tuple(rows), "!", loss=True, sampled=False)


def _groups(changes: Iterable[Change]) -> Iterator[Section]:
    groups: dict[tuple[Kind, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.kind, change.table), []).append(change)
    for (kind, table), own in groups.items():
        noun, done = TITLES[kind]
        header: Row = _HEADERS[own[0].whole]
        rows: list[Row] = [_whole_row(one) if one.whole else _cell_row(one) for one in own]
        if not any(row[-1] for row in rows):
            header, rows = header[:-1], [row[:-1] for row in rows]
        title = f"{table}: {counted(len(own), noun)} {done}"
        yield Section(title, header, tuple(rows), _MARKS.get(kind, "~"), loss=kind in LOST)


_HEADERS = (("Row", "Column", "Old", "New", "Reason"), ("Row", "Cells", "Reason"))


def _whole_row(change: Change) -> Row:
    cells = [
        f"{name} {text}" for name, text in change.cells.items() if text and name not in change.key
    ]
    return str(change.key), ", ".join(cells), change.reason


def _cell_row(change: Change) -> Row:
    old, new = (delimited(text) or "" for text in (change.old, change.new))
    return str(change.key), change.column, old, new, change.reason


def _series(moves: Iterable[SeriesMove]) -> Iterator[Section]:
    moves = list(moves)
    if not moves:
        return
    header = ("Reporter", "Subject", "Last day", "Days", "Figures", "Totals changed")
    yield Section("Series", header, tuple(map(_move_row, moves)), sampled=False, labelled=2)
    totals = tuple(
        (
            move.reporter,
            move.subject,
            one.category,
            one.old or "none",
            one.new or "none",
            _by(one.by),
        )
        for move in moves
        for one in move.totals
    )
    if totals:
        header = ("Reporter", "Subject", "Category", "Old", "New", "By")
        yield Section("Newest totals", header, totals)


def _by(number: int | None) -> str:
    return "" if number is None else f"{number:+,}"


def _move_row(move: SeriesMove) -> Row:
    days = f"+{move.days_added:,}" + (f" -{move.days_removed:,}" if move.days_removed else "")
    return (
        move.reporter,
        move.subject,
        _moved(move.last_old or "none", move.last_new or "none"),
        days,
        _moved(f"{move.figures_old:,}", f"{move.figures_new:,}"),
        f"{move.totals_changed:,}",
    )


def _moved(old: str, new: str) -> str:
    return new if old == new else f"{old} → {new}"


def version(changes: Changes) -> str:
    """Say what the changes do to the version."""
    bump, old, new = changes.bump, changes.old.package.version, changes.new.package.version
    if bump.part is None:
        return f"The changes demand no other version; it is {_moved(old, new)}."
    if not bump.released:
        moved = "" if old == new else f", and it is {_moved(old, new)}"
        return (
            f"The changes are those of a {bump.part.name} version. {old} has not been released, so "
            f"it may stay{moved}."
        )
    verdict = "which it is" if bump.enough else "unless they wait for the next release"
    return (
        f"The changes demand version {bump.least} or later ({bump.part.name}), {verdict}: "
        f"it is {_moved(old, new)}."
    )
