"""What each record says of each figure: the explorer's evidence.

Most readings say what the figure is. Those are bits of a number for each figure; the others, and
those with a note, a source of their own or a correction, are rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.dissent import complete
from reported_losses.intake.general_staff.explain import WHY, rivals, why
from reported_losses.intake.general_staff.readings import REPORTER, SUBJECT, Reading
from reported_losses.intake.tables import Row
from reported_losses.loading.load import arrow
from reported_losses.site import packed
from reported_losses.site.decided import Decided

Key = tuple[str, str, str]
Figures = Mapping[str, tuple[int, int | None]]
"""The totals and increments of one series, by day."""
REASONS: Mapping[str, str] = WHY
"""For each evidence that needs no reason of its own, what it means."""


@dataclass
class _Bits:
    """For each row of a series, the records that hold something, as bits of a number."""

    total: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    increment: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    silent: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    rows: list[tuple[str, list[Any]]] = field(default_factory=list)


class Evidence:
    """All readings of the package, and what was decided from them.

    Args:
        decided: What the readings support.

    Attributes:
        records: Rows of `records`, in order; their numbers are those of the bits.
    """

    def __init__(self, decided: Decided) -> None:
        self.records = decided.records
        self._number = {row["record"]: number for number, row in enumerate(self.records)}
        self._readings: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
        for row in decided.readings:
            self._readings[row["reporter"], row["subject"], row["category"]].append(row)
        self._silent = self._unwritten(decided.own)
        self._why = {
            (cell.category, cell.date.isoformat()): [words, *rivals(figure)]
            for cell, figure in decided.result.figures.items()
            if (words := why(figure)) != REASONS.get(figure.evidence)
        }

    def _unwritten(self, own: Sequence[Reading]) -> dict[str, list[tuple[str, str, int | None]]]:
        """Return the readings that records have by their silence: day, record, total."""
        rows = [row for row in self.records if row["reporter"] == REPORTER]
        voting = {row["record"] for row in rows if row["votes"] == "true"}
        partly = [build.coverage(row) for row in rows if row["kept"] == "dissent"]
        kept = [one for one in own if one.record in voting]
        found: dict[str, list[tuple[str, str, int | None]]] = defaultdict(list)
        for one in complete(kept, partly)[len(kept) :]:
            found[one.cell.category].append((one.cell.date.isoformat(), one.record, one.total))
        return found

    def of(self, key: Key, figures: Figures) -> dict[str, Any]:
        """Return the evidence of one series, packed.

        Args:
            key: The key of the series.
            figures: Its totals and increments, by day, in order.

        Returns:
            `held`, `printed` and `silent` (in runs: bits of the records that hold the total,
            the increment, and those that hold the total by their silence), `other` (row,
            record, total, increment, correction, stale, source, note; empty cells at the end
            left out) and `why` (row, reason, and the totals between which nothing decides).
        """
        bits = _Bits()
        for row in self._readings[key]:
            self._add(bits, row, figures.get(row["report_date"].isoformat()))
        if key[:2] == (REPORTER, SUBJECT):
            for day, record, total in self._silent[key[2]]:
                if day in figures and total == figures[day][0]:
                    bits.silent[day] |= 1 << self._number[record]
        number = {day: row for row, day in enumerate(figures)}
        return {
            "held": packed.runs(bits.total[day] for day in figures),
            "printed": packed.runs(bits.increment[day] for day in figures),
            "silent": packed.runs(bits.silent[day] for day in figures),
            "other": [
                packed.without_empty([number[day], *cells]) for day, cells in sorted(bits.rows)
            ],
            "why": self._reasons(key, figures),
        }

    def _add(
        self, bits: _Bits, row: Mapping[str, Any], figure: tuple[int, int | None] | None
    ) -> None:
        if figure is None:
            return
        day, record = row["report_date"].isoformat(), self._number[row["record"]]
        total, increment = row["total"], row["increment"]
        more = [row["correction"], int(row["stale"] or 0), row["source"], row["note"]]
        if any(more) or total != figure[0] or increment not in {None, figure[1]}:
            bits.rows.append((day, [record, total, increment, *(one or None for one in more)]))
            return
        bits.total[day] |= 1 << record
        if increment is not None:
            bits.increment[day] |= 1 << record

    def _reasons(self, key: Key, figures: Figures) -> list[Any]:
        if key[:2] != (REPORTER, SUBJECT):
            return []
        rows = enumerate(figures)
        found = [(row, self._why.get((key[2], day))) for row, day in rows]
        return [[row, *words] for row, words in found if words]


def report_pages() -> dict[str, dict[str, str]]:
    """Return the address of the reporter's own page of each report, by reporter and day."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    columns = ["report_date", "reporter", "url"]
    for row in arrow(installed().table("reports"), columns).to_pylist():
        if row["url"]:
            found[row["reporter"]][row["report_date"].isoformat()] = row["url"]
    return dict(found)


def origins(records: Iterable[Row]) -> list[list[str]]:
    """Return what each record says about itself: slug, title, maker, kind, source, licence, note.

    The last cells are what it was copied from, and whether it is kept only where it dissents.
    """
    names = ("record", "title", "maker", "kind", "source", "licence", "note", "derived_from")
    return [[*(row[name] for name in names), row["kept"]] for row in records]
