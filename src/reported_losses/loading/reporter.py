"""One reporter's part of the tables: its rows, what it counts, and since when."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.dates import day_number
from reported_losses.definition.descriptor import installed
from reported_losses.errors import BadArgumentError
from reported_losses.loading.load import arrow
from reported_losses.loading.reporter_argument import reporter as named_reporter
from reported_losses.loading.reporter_argument import slug
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.parsing.intervals import parse_intervals

Mask = NDArray[np.bool_]
Days = NDArray[np.int64]

_WHO = ("reporter", "subject")


@dataclass(frozen=True, slots=True)
class Life:
    """When a reporter counts a category. Days are numbers, counted from 1970-01-01.

    Attributes:
        first: Day of the first report.
        last: Day of the last report; None while the category is counted.
        irregular: Whether the reporter publishes when it has something new, not every day.
        gaps: First and last days of the declared gaps.
    """

    first: int
    last: int | None
    irregular: bool = False
    gaps: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Life:
        """Return the life that a row of `series` states, missing cells as None or ""."""
        return cls(
            row["first_report"],
            row["last_report"],
            row["cadence"] == "irregular",
            tuple((day_number(a), day_number(b)) for a, b in parse_intervals(row["gaps"])),
        )

    def covers(self, days: Days) -> Mask:
        """Return on which of the days the category is counted."""
        return (days >= self.first) & (days <= (np.inf if self.last is None else self.last))

    def in_gap(self, days: Days) -> Mask:
        """Return which of the days are in a declared gap."""
        gap = np.zeros(len(days), dtype=np.bool_)
        for first, last in self.gaps:
            gap |= (days >= first) & (days <= last)
        return gap


def rows(
    name: str,
    reporter: str,
    subject: str,
    columns: Iterable[str],
    as_of: Any = None,  # noqa: ANN401
) -> Columns:
    """Return one reporter's rows of a table for one subject, in key order.

    Args:
        name: Name of the table.
        reporter: The organisation whose count it is.
        subject: Whose losses.
        columns: Columns to read, besides those of the primary key.
        as_of: As for `load`.

    Raises:
        BadArgumentError: As for `load`.
        DataError: As for `load`.

    >>> rows("series", "oryx", "ukraine", ["cadence"])["cadence"].held()
    ['irregular']
    """
    table = installed().table(name)
    data = arrow(table, as_of=as_of)
    mine = _mine(_columns(name, data, _WHO, ()), reporter, subject)
    first, last = (mine[0], mine[-1]) if len(mine) else (0, -1)
    # The rows of a reporter are neighbours in a file that is in order: nothing is copied.
    found = _columns(name, data.slice(first, last + 1 - first), columns, table.primary_key)
    return found if found.rows == len(mine) else found.take(_mine(found, reporter, subject))


def _columns(name: str, data: Any, columns: Iterable[str], key: Sequence[str]) -> Columns:  # noqa: ANN401
    table = installed().table(name)
    fields = tuple(map(table.field, dict.fromkeys((*key, *columns))))
    return from_arrow(dataclasses.replace(table, fields=fields, primary_key=tuple(key)), data)


def _mine(columns: Columns, reporter: str, subject: str) -> NDArray[np.intp]:
    who, whose = columns["reporter"], columns["subject"]
    mine = (who.values == who.code(reporter)) & (whose.values == whose.code(subject))
    return np.flatnonzero(mine)


def lives(reporter: str, subject: str) -> dict[str, Life]:
    """Return the life of each category that a reporter counts, in order of category.

    >>> lives("ua-general-staff", "russia")["submarines"].irregular
    False
    """
    names = ("first_report", "last_report", "cadence", "gaps")
    found = rows("series", reporter, subject, names)
    first, last = found["first_report"], found["last_report"]
    return {
        found["category"].text(row): Life.of(
            {
                "first_report": int(first.values[row]),
                "last_report": int(last.values[row]) if last.valid[row] else None,
                "cadence": found["cadence"].text(row),
                "gaps": found["gaps"].text(row),
            }
        )
        for row in range(found.rows)
    }


def counted_series(reporter: object, subject: object) -> tuple[str, str]:
    """Return a reporter and the subject that it counts, or check that it counts the one named.

    Args:
        reporter: The organisation whose count it is.
        subject: Whose losses; None for the only side that the reporter counts.

    Raises:
        UnknownNameError: There is no such reporter, or it does not count the subject.
        BadArgumentError: A name is no text, or the reporter counts several sides and no subject
            was named.

    >>> counted_series("RU-MoD", None)
    ('ru-mod', 'ukraine')
    """
    table = installed().table("series")
    series = _columns("series", arrow(table), _WHO, ())
    reporters, subjects = series["reporter"], series["subject"]
    who = named_reporter(reporter, reporters.held())
    counted = subjects.take(np.flatnonzero(reporters.values == reporters.code(who))).held()
    if subject is None and len(counted) > 1:
        raise BadArgumentError(
            f"{who} counts the losses of {' and '.join(counted)}; choose one",
            remedy=("subject", counted[0]),
        )
    return who, counted[0] if subject is None else slug(f"subject of {who}", subject, counted)


def broader() -> dict[str, str | None]:
    """Return for each category the one that contains it.

    >>> broader()["fuel-tanks"]
    'vehicles'
    """
    data = arrow(installed().table("categories"), ["category", "broader"])
    names, wider = (column.to_pylist() for column in data.columns)
    return dict(zip(names, wider, strict=True))
