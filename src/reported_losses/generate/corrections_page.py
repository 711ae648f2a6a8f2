"""`docs/corrections.md`: where reporters contradicted themselves and records each other.

The figures come from the tables. The page ends with a past day, so that a new report changes
nothing on it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reported_losses.generate.markdown import wrapped
from reported_losses.loading.load import load

UNTIL = dt.date(2026, 6, 30)
_STAFF = "ua-general-staff"
_MEANINGS = {
    "re-based": "several totals moved at once, without notice",
    "restated": "the reporter announced the correction",
    "misprinted-total": "the total of one day is wrong, and the next report undoes it",
    "misprinted-increment": "only the printed increment is wrong",
    "unexplained": "no record says why",
}

Row = Mapping[str, Any]

_HEAD = f"""\
# Corrections and discrepancies

Generated from the data by `make generated`: do not edit. It stops with the reports of
{UNTIL}, so that a new report changes nothing on it. The tables have the later days.

Reporters correct themselves, mostly without saying so, and records of their reports disagree. This
dataset hides neither. A day on which a reporter's totals and printed increments do not add up has a
row in `corrections`. A total that records contradict has a row of `readings` for each of them, and
its `evidence` says what decided. [How figures are decided](reconciliation.md) has the procedure.

> [!WARNING]
> The difference of two totals is not always what was reported for the days between them. Where a
> correction lies between, the column `change` of `rl.timeline` leaves it out.

```python
import reported_losses as rl

corrections = rl.load("corrections")
days = rl.timeline("personnel", start="2025-02-27", end="2025-03-01")
days[["total", "change", "correction"]]
rl.load("loss_counts", where={{"evidence": "disputed"}})
```
"""
_REBASED = """\
## Re-based: totals move without notice

On these days several totals of the General Staff did not fit the increments printed beside them, or
one fell. The amount is how far the total moved beyond the printed increment. It is no loss of that
day: it corrects figures of an unknown earlier time.
"""
_RESTATED = """\
## Restated: the reporter says so

The General Staff published a second image, headed КОРИГУВАННЯ (correction), and its next report
follows it.
"""
_MISPRINTED = """\
## Misprinted

Both figures are kept as they were printed, and a correction on each side of the slip keeps the
books balanced.
"""
_UNEXPLAINED = """\
## Unexplained

The total did not move by the printed increment, and no record says why. Most differ by a few items.
These differ by ten or more:
"""
_DISPUTED = """\
## Disputed: records differ and nothing decides

Each of these totals is contradicted, and neither the number of independent records nor the printed
increments decide. `loss_counts` has to hold one figure; a user may prefer the other.
"""
_MAJORITY = """\
## Decided against a record

More often something decides, and the figure has the evidence `majority`. What the other records say
stays in `readings`. This is one such cell, `vehicles` on 2023-08-29:
"""
_DISSENT = """\
Transcriptions are copies of the reports that others made. This is how many of their totals the
records speak against. Totals of another day (`stale`) and disputed ones are left out:
"""


def corrections_page() -> str:
    """Return the page."""
    rows = [row for row in _rows("corrections") if row["report_date"] <= UNTIL]
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row)
    large = [row for row in by_kind["unexplained"] if abs(row["amount"]) >= 10]  # noqa: PLR2004
    parts = [
        _HEAD,
        "## How many\n",
        *_table(("kind", "meaning", "figures", "days"), _kinds(by_kind)),
        _REBASED,
        *_table(("day", "corrections"), _days(by_kind["re-based"])),
        _RESTATED,
        *_table(("day", "corrections"), _days(by_kind["restated"])),
        _MISPRINTED,
        *_reasons(by_kind["misprinted-total"] + by_kind["misprinted-increment"]),
        _UNEXPLAINED,
        *_reasons(large),
        _DISPUTED,
        *_table(("category", "days", "kept", "other readings"), _disputed()),
        _MAJORITY,
        *_table(("record", "reading"), _readings("vehicles", dt.date(2023, 8, 29))),
        _DISSENT,
        *_table(("record", "made by", "totals decided against"), _dissent()),
    ]
    return "\n".join(parts)


def _rows(table: str, **where: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as load takes it
    rows: list[dict[str, Any]] = load(table, engine="arrow", where=where or None).to_pylist()
    return rows


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _kinds(by_kind: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, ...]]:
    for kind, meaning in _MEANINGS.items():
        rows = by_kind[kind]
        days = {(row["reporter"], row["report_date"]) for row in rows}
        yield f"`{kind}`", meaning, f"{len(rows)}", f"{len(days)}"


def _days(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    by_day = defaultdict(list)
    for row in rows:
        by_day[row["report_date"]].append(f"{row['category']}\u00a0{_signed(row['amount'])}")
    return ((str(day), ", ".join(moved)) for day, moved in sorted(by_day.items()))


def _signed(amount: int) -> str:
    return f"{amount:+,}".replace("-", "\N{MINUS SIGN}")


def _reasons(rows: Iterable[Row]) -> Iterator[str]:
    for row in sorted(rows, key=lambda row: (row["report_date"], row["category"])):
        who = "" if row["reporter"] == _STAFF else f"{row['reporter']} on {row['subject']}, "
        what = f"**{row['report_date']}**, {who}{row['category']}, {_signed(row['amount'])}:"
        yield wrapped(f"{what} {row['reason']}", "- ", "  ")
    yield ""


def _disputed() -> Iterator[tuple[str, ...]]:
    """Give the disputed totals; days that follow each other with the same dissent share a row."""
    runs: list[tuple[Row, Row, frozenset[str]]] = []
    for row in _rows("loss_counts", evidence="disputed"):
        against = frozenset(_against(row))
        if row["report_date"] > UNTIL:
            continue
        if runs and _goes_on(runs[-1][1], row) and runs[-1][2] == against:
            runs[-1] = (runs[-1][0], row, against)
        else:
            runs.append((row, row, against))
    for first, last, against in runs:
        yield first["category"], *_both(first, last), ", ".join(sorted(against))


def _both(first: Row, last: Row) -> tuple[str, str]:
    days, totals = ([str(first["report_date"])], [f"{first['total']:,}"])
    if last is not first:
        days.append(str(last["report_date"]))
        totals.append(f"{last['total']:,}")
    return " to ".join(days), " to ".join(totals)


def _goes_on(last: Row, row: Row) -> bool:
    wait: dt.timedelta = row["report_date"] - last["report_date"]
    same: bool = row["category"] == last["category"]
    return same and wait == dt.timedelta(days=1)


def _against(figure: Row) -> Iterator[str]:
    for row in _cell(figure["category"], figure["report_date"]):
        if row["total"] not in {None, figure["total"]}:
            yield f"{row['record']}\u00a0{row['total']:,}"


def _readings(category: str, day: dt.date) -> Iterator[tuple[str, str]]:
    for row in _cell(category, day):
        yield f"`{row['record']}`", f"{row['total']:,}"


def _dissent() -> Iterator[tuple[str, ...]]:
    """Give how many totals of each transcription were decided against."""
    decided = _rows("loss_counts", reporter=_STAFF, evidence="majority")
    kept = {_key(row): row["total"] for row in decided}
    readings = (row for row in _rows("readings", reporter=_STAFF) if row["report_date"] <= UNTIL)
    against = Counter(
        row["record"]
        for row in readings
        if not row["stale"] and row["total"] not in {None, kept.get(_key(row), row["total"])}
    )
    for row in _rows("records", kind="transcription"):
        if row["record"] in against:
            yield f"`{row['record']}`", row["maker"], str(against[row["record"]])


def _key(row: Row) -> tuple[str, dt.date]:
    return row["category"], row["report_date"]


def _cell(category: str, day: dt.date) -> list[dict[str, Any]]:
    where = {"reporter": _STAFF, "category": category, "report_date": day}
    return [row for row in _rows("readings", **where) if row["total"] is not None]
