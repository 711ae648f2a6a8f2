"""A fault, a kind of fault, and how faults of a kind are put into a package."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random
from types import MappingProxyType

from faults.sheets import FIGURE, Row, Sheet, Texts

KINDS: dict[str, Kind] = {}
"""Every kind by name, in order of the page."""

NOTHING: Mapping[str, tuple[int, ...]] = MappingProxyType({})


@dataclass(frozen=True)
class Fault:
    """One fault at one place.

    Attributes:
        place: Names the place.
        files: New bytes by path; None for a file that is gone.
        lines: Lines where the fault is, by path, from 1.
        columns: Columns whose cells were changed.
        keys: Keys of the rows that were changed, as they were and as they are now.
        names: Names that the fault takes away or makes, by which other tables refer to the row.
        whole: Whether a whole file is wrong, so that an issue of the file is in its place.
        group: Whose figure it is and whether its increment is printed; empty if it is no figure.
    """

    place: str
    files: Mapping[str, bytes | None]
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: NOTHING)
    columns: frozenset[str] = frozenset()
    keys: tuple[Mapping[str, str], ...] = ()
    names: frozenset[str] = frozenset()
    whole: bool = False
    group: str = ""


@dataclass(frozen=True)
class Candidate:
    """A place at which a fault can be put, and what puts it there."""

    group: str
    build: Callable[[], Fault]


Maker = Callable[[Texts, Random], Iterator[Candidate]]


@dataclass(frozen=True)
class Kind:
    """One kind of fault.

    Attributes:
        name: Names it, in a few words.
        family: The heading it stands under.
        make: Puts it into a package at one place after another, in random order.
        codes: Patterns of the codes that are right for it; empty if any is.
        unseen: Why no single tree can show it; empty if one can.
    """

    name: str
    family: str
    make: Maker
    codes: tuple[str, ...] = ()
    unseen: str = ""


@dataclass(frozen=True)
class Place:
    """A row at which a fault may be put."""

    texts: Texts
    sheet: Sheet
    number: int
    rng: Random

    @property
    def row(self) -> Row:
        """The row as it is."""
        return self.sheet.rows[self.number]

    def cell(self, column: str) -> str:
        """Return the text of a cell of the row."""
        return self.sheet.cell(self.number, column)

    def beside(self, **cells: str) -> Row | None:
        """Return the row whose key differs from this one's in these cells, if there is one."""
        key = self.sheet.key_of(self.sheet.with_cells(self.row, cells))
        number = self.sheet.index.get(key)
        return None if number is None else self.sheet.rows[number]

    def other(self, column: str, rows: Sequence[Row] | None = None) -> str | None:
        """Return another value of the column, from the rows given or any row."""
        at = self.sheet.at[column]
        values = {row[at] for row in (self.sheet.rows if rows is None else rows)}
        return pick(self.rng, values - {self.cell(column), ""})

    def figure(self) -> Row | None:
        """Return the figure of `loss_counts` with the key of this row."""
        counts = self.texts["loss_counts"]
        number = counts.index.get(tuple(self.cell(name) for name in FIGURE))
        return None if number is None else counts.rows[number]


def pick(rng: Random, values: Iterable[str]) -> str | None:
    """Return one of some values, None of none."""
    able = sorted(values)
    return rng.choice(able) if able else None


@dataclass(frozen=True)
class Edit:
    """What a fault does to one table: rows replaced or left out by number, and rows added."""

    sheet: Sheet
    put: Mapping[int, Row | None]
    more: Sequence[Row] = ()
    in_order: bool = True


Change = Callable[[Place, str], str | None]
"""Gives another text for a cell; None if the fault cannot be put there."""


def day_after(day: str, days: int = 1) -> str:
    """Return a day some days later."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def group_of(texts: Texts, sheet: Sheet, row: Row) -> str:
    """Return whose figure a row is about, and whether its increment is printed."""
    if any(name not in sheet.at for name in FIGURE):
        return ""
    key = tuple(sheet.cell(row, name) for name in FIGURE)
    counts = texts["loss_counts"]
    number = counts.index.get(key)
    return f"{key[0]}, not printed" if number is None else texts.group(counts.rows[number])


def fault_of(place: Place, edits: Sequence[Edit]) -> Fault:
    """Return the fault that some edits make."""
    files: dict[str, bytes | None] = {}
    lines: dict[str, tuple[int, ...]] = {}
    columns: set[str] = set()
    keys: list[Mapping[str, str]] = []
    names: set[str] = set()
    for edit in edits:
        sheet = edit.sheet
        made = sheet.changed(edit.put, edit.more, in_order=edit.in_order)
        files[sheet.table.path], lines[sheet.table.path] = made.data, made.lines
        for number, row in edit.put.items():
            old = sheet.rows[number]
            for one in (old, row):
                if one is not None:
                    _note(sheet, one, keys, names)
            if row is not None:
                columns |= {name for name, at in sheet.at.items() if row[at] != old[at]}
        for row in edit.more:
            _note(sheet, row, keys, names)
    label = "/".join((place.sheet.name, *place.sheet.key_of(place.row)))
    return Fault(
        label,
        files,
        lines,
        frozenset(columns),
        tuple(keys),
        frozenset(names),
        group=group_of(place.texts, place.sheet, place.row),
    )


def _note(sheet: Sheet, row: Row, keys: list[Mapping[str, str]], names: set[str]) -> None:
    key = sheet.named(row)
    keys.append(key)
    if len(key) == 1:
        names |= set(key.values())
    if sheet.name == "readings":  # an issue may be at the figure, or at another reading of it
        keys.append({name: key[name] for name in FIGURE})


Put = Callable[[Place], Sequence[Edit] | Edit | None]


def rows_of(table: str, put: Put, where: Callable[[Place], bool] | None = None) -> Maker:
    """Return what puts a fault at one row of a table after another, in random order."""

    def make(texts: Texts, rng: Random) -> Iterator[Candidate]:
        sheet = texts[table]
        for number in rng.sample(range(len(sheet.rows)), len(sheet.rows)):
            place = Place(texts, sheet, number, rng)
            if where is not None and not where(place):
                continue
            made = put(place)
            if made is not None:
                edits = [made] if isinstance(made, Edit) else made
                yield Candidate(group_of(texts, sheet, place.row), partial(fault_of, place, edits))

    return make


def cells_of(table: str, /, **changes: Change | str) -> Maker:
    """Return what changes some cells of one row; a text is put as it is."""

    def put(place: Place) -> Edit | None:
        cells = {}
        for column, change in changes.items():
            old = place.cell(column)
            new = change if isinstance(change, str) else change(place, old)
            if new is None or new == old:
                return None
            cells[column] = new
        row = place.sheet.with_cells(place.row, cells)
        key = place.sheet.key_of(row)
        if key != place.sheet.key_of(place.row) and key in place.sheet.index:
            return None
        return Edit(place.sheet, {place.number: row})

    return rows_of(table, put)


def several(*makers: Maker) -> Maker:
    """Return what takes one place of each maker in turn."""

    def make(texts: Texts, rng: Random) -> Iterator[Candidate]:
        running = [maker(texts, rng) for maker in makers]
        while running:
            for one in tuple(running):
                candidate = next(one, None)
                if candidate is None:
                    running.remove(one)
                else:
                    yield candidate

    return make


def add(name: str, family: str, make: Maker, codes: Sequence[str] = (), unseen: str = "") -> None:
    """Add a kind."""
    KINDS[name] = Kind(name, family, make, tuple(codes), unseen)


def take(kind: Kind, texts: Texts, places: int, by_group: int | None = None) -> list[Fault]:
    """Return the faults of a kind: so many places, or so many of each group of figures.

    The same package and kind give the same faults.
    """
    faults: list[Fault] = []
    had: Counter[str] = Counter()
    open_groups = texts.groups
    for candidate in kind.make(texts, Random(f"{kind.name} {texts.name}")):  # noqa: S311 - no secret
        group = candidate.group if by_group is not None else ""
        most = by_group if group and by_group is not None else places
        if had[group] < most:
            faults.append(candidate.build())
            had[group] += 1
        if had[group] >= most and (not group or all(had[one] >= most for one in open_groups)):
            break
    return faults
