"""A package as texts that can be changed row by row, and written so that only the change differs."""

from __future__ import annotations

import bisect
import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Table
from reported_losses.parsing.text_table import quoted

Row = tuple[str, ...]
SortKey = tuple[str | int, ...]
FIGURE = ("reporter", "subject", "category", "report_date")


@dataclass(frozen=True)
class Changed:
    """A changed file: its bytes, and the lines of the rows that were put there."""

    data: bytes
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Sheet:
    """One table: its description and its rows, in order of the primary key."""

    table: Table
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Places of the columns in a row."""
        return {name: place for place, name in enumerate(self.table.names)}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The rows as lines."""
        return tuple(line_of(row) for row in self.rows)

    @cached_property
    def index(self) -> Mapping[Row, int]:
        """Rows by the texts of their key."""
        return {self.key_of(row): number for number, row in enumerate(self.rows)}

    @cached_property
    def reports(self) -> Mapping[Row, Sequence[int]]:
        """Rows by report, and by record if the table has records."""
        names = ("record", "reporter", "subject", "report_date")
        return self._grouped([name for name in names if name in self.at])

    @cached_property
    def figures(self) -> Mapping[Row, Sequence[int]]:
        """Rows by figure."""
        return self._grouped(FIGURE)

    def _grouped(self, names: Sequence[str]) -> Mapping[Row, Sequence[int]]:
        found: dict[Row, list[int]] = {}
        for number, row in enumerate(self.rows):
            found.setdefault(tuple(row[self.at[name]] for name in names), []).append(number)
        return found

    @cached_property
    def _order(self) -> tuple[SortKey | None, ...]:
        return tuple(self.sort_key(row) for row in self.rows)

    def cell(self, row: int | Row, column: str) -> str:
        """Return the text of a cell."""
        return (self.rows[row] if isinstance(row, int) else row)[self.at[column]]

    def key_of(self, row: Row) -> Row:
        """Return the texts of a row's primary key."""
        return tuple(row[self.at[name]] for name in self.table.primary_key)

    def named(self, row: Row) -> dict[str, str]:
        """Return the primary key of a row by column."""
        return dict(zip(self.table.primary_key, self.key_of(row), strict=True))

    def with_cells(self, row: int | Row, cells: Mapping[str, str]) -> Row:
        """Return a row with other texts in some columns."""
        texts = list(self.rows[row] if isinstance(row, int) else row)
        for column, text in cells.items():
            texts[self.at[column]] = text
        return tuple(texts)

    def sort_key(self, row: Row) -> SortKey | None:
        """Return what a row is sorted by; None if its key cannot be read."""
        parts: list[str | int] = []
        for name in self.table.primary_key:
            text = row[self.at[name]]
            kind = self.table.field(name).type
            try:
                if kind == "integer":
                    parts.append(int(text))
                elif kind == "date":
                    parts.append(dt.date.fromisoformat(text).toordinal())
                else:
                    parts.append(text)
            except ValueError:
                return None
        return tuple(parts)

    def data(self) -> bytes:
        """Return the file."""
        return self.joined(self.texts)

    def joined(self, texts: Iterable[str]) -> bytes:
        """Return the file of these lines."""
        return "".join(f"{text}\n" for text in (line_of(self.table.names), *texts)).encode()

    def changed(
        self, put: Mapping[int, Row | None], more: Sequence[Row] = (), *, in_order: bool = True
    ) -> Changed:
        """Return the file with rows replaced, left out (None) or added, each at its place.

        A row whose key cannot be read stays where it was, so that only its cell is wrong. Without
        `in_order` every row stays, and rows are added at the end.
        """
        texts = list(self.texts)
        loose: list[tuple[SortKey | None, str]] = []
        gone = []
        marks: set[int] = set()
        for number, row in put.items():
            key = None if row is None else self.sort_key(row)
            if row is None:
                gone.append(number)
            elif not in_order or key is None or key == self._order[number]:
                texts[number] = line_of(row)
                marks.add(number)
            else:
                gone.append(number)
                loose.append((key, line_of(row)))
        loose += [(self.sort_key(row) if in_order else None, line_of(row)) for row in more]
        return self._rebuilt(texts, marks, sorted(gone), loose)

    def _rebuilt(
        self,
        texts: list[str],
        marks: set[int],
        gone: list[int],
        loose: list[tuple[SortKey | None, str]],
    ) -> Changed:
        if not gone and not loose:
            return Changed(self.joined(texts), tuple(number + 2 for number in sorted(marks)))
        known = [key for key in self._order if key is not None]
        where: list[tuple[int, int, str]] = []
        for number, (key, text) in enumerate(loose):
            place = len(texts) if key is None else bisect.bisect_right(known, key)
            where.append((place, number, text))
        out: list[str] = []
        lines: list[int] = []
        left = set(gone)
        waiting = sorted(where, key=lambda one: (one[0], _key_text(loose[one[1]][0]), one[1]))
        for number in range(len(texts) + 1):
            while waiting and waiting[0][0] == number:
                out.append(waiting.pop(0)[2])
                lines.append(len(out) + 1)
            if number == len(texts):
                break
            if number in left:
                lines.append(len(out) + 2)
                continue
            out.append(texts[number])
            if number in marks:
                lines.append(len(out) + 1)
        return Changed(self.joined(out), tuple(lines))


def _key_text(key: SortKey | None) -> tuple[tuple[int, str], ...]:
    """Return a sort key as one that also orders beside a missing one."""
    return tuple((part if isinstance(part, int) else 0, str(part)) for part in key or ())


def line_of(row: Iterable[str]) -> str:
    """Return a row as a line of its file."""
    return ",".join(quoted(text) for text in row)


@dataclass(frozen=True)
class Texts:
    """A package: its tables, and the texts of its descriptor and schemas by path."""

    name: str
    sheets: Mapping[str, Sheet]
    described: Mapping[str, bytes]

    def __getitem__(self, name: str) -> Sheet:
        return self.sheets[name]

    @cached_property
    def version(self) -> str:
        """Version of the data."""
        return str(json.loads(self.described["datapackage.json"])["version"])

    @cached_property
    def groups(self) -> frozenset[str]:
        """Whose figures there are, and whether their increments are printed."""
        return frozenset(self.group(row) for row in self["loss_counts"].rows)

    def group(self, row: Row) -> str:
        """Return the group of a figure, a row of `loss_counts`."""
        counts = self["loss_counts"]
        printed = "printed" if counts.cell(row, "increment") else "not printed"
        return f"{counts.cell(row, 'reporter')}, {printed}"

    @cached_property
    def today(self) -> str:
        """The last day on which something was recorded: the day taken as today."""
        return max(
            row[sheet.at["recorded_on"]]
            for sheet in self.sheets.values()
            if "recorded_on" in sheet.at
            for row in sheet.rows
        )

    def files(self) -> dict[str, bytes]:
        """Return every file of the package by its path."""
        tables = {sheet.table.path: sheet.data() for sheet in self.sheets.values()}
        return {**self.described, **tables}

    def write(self, folder: Path) -> None:
        """Write the package."""
        for path, data in self.files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)


def shipped(folder: Path, name: str = "full size") -> Texts:
    """Read a package as it is, byte for byte."""
    sheets = {}
    package = load_package(folder)
    for table in package.tables.values():
        text = (folder / table.path).read_bytes().decode()
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert tuple(header) == table.names
        sheets[table.name] = Sheet(table, tuple(tuple(row) for row in rows))
    described = {"datapackage.json": (folder / "datapackage.json").read_bytes()}
    for resource in package.raw["resources"]:
        described[resource["schema"]] = (folder / resource["schema"]).read_bytes()
    return Texts(name, sheets, described)
