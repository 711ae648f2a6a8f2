"""What the page of a report day says, as values: its JSON file, and what the page is made from."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence
from typing import Any

from reported_losses.definition.citation import citation
from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff.readings import Cell
from reported_losses.loading.export import json_value
from reported_losses.parsing.intervals import days_in
from reported_losses.release.addresses import BASE
from reported_losses.site.day_data import DayData, Row

SPARK_DAYS = 30
"""Days of which a page draws the change."""

FIRST = (
    "personnel", "tanks", "armoured-vehicles", "tanks-and-armoured-vehicles", "artillery", "mlrs",
    "air-defence", "aircraft", "helicopters", "planes-and-helicopters", "uavs",
)  # fmt: skip
"""Categories that stand before all others, as the reporters list them."""


def facts(data: DayData, day: dt.date) -> Row:
    """Return what the page of a day says; `schemas/report/day.json` is its schema.

    Args:
        data: What pages are made from.
        day: A day with a report.
    """
    before, after = _neighbours(data.days, day)
    reports = {row["reporter"]: row for row in data.rows("reports", day)}
    counts = [
        _count(data, reports[reporter], subject, day)
        for reporter, subject in data.counts
        if data.rows("loss_counts", reporter, subject, day)
    ]
    statements = [_statement(data, row) for row in data.rows("statements", day)]
    return {
        "report_date": day.isoformat(),
        "address": f"{BASE}/days/{day}.html",
        "version": installed().version,
        "licence": installed().raw["licenses"][0]["name"],
        "citation": citation(),
        "previous": before,
        "next": after,
        "counts": counts,
        "statements": statements,
        "sources": _sources(data, counts, statements),
    }


def _neighbours(days: Sequence[dt.date], day: dt.date) -> tuple[str | None, str | None]:
    """Return the days before and after one of some days in order, as texts."""
    at = bisect.bisect_left(days, day)
    after = days[at + 1 : at + 2]
    return days[at - 1].isoformat() if at else None, after[0].isoformat() if after else None


def _count(data: DayData, report: Row, subject: str, day: dt.date) -> Row:
    reporter = report["reporter"]
    figures = _in_order(data.rows("loss_counts", reporter, subject, day))
    before, after = _neighbours(data.counts[reporter, subject], day)
    due, ended = _lives(data, reporter, subject, day)
    counted = {row["category"] for row in figures}
    return {
        "reporter": reporter,
        "name": data.one("organisations", reporter)["name"],
        "subject": subject,
        "report_date_precision": report["report_date_precision"],
        "period_start": _plain(report["period_start"]),
        "period_end": _plain(report["period_end"]),
        "url": report["url"],
        "greatest_losses": report["greatest_losses"],
        "previous": before,
        "next": after,
        "figures": [_figure(data, row) for row in figures],
        "without_figure": [_named(data, one) for one in due if one not in counted],
        "ended": ended,
        "corrections": [
            _chosen(row, "category", "amount", "kind", "reason", "source")
            for row in _in_order(data.rows("corrections", reporter, subject, day))
        ],
        "readings": _readings(data, figures, reporter, subject, day),
    }


def _in_order(rows: list[Row]) -> list[Row]:
    place = {name: number for number, name in enumerate(FIRST)}
    return sorted(rows, key=lambda row: (place.get(row["category"], len(FIRST)), row["category"]))


def _named(data: DayData, category: str) -> Row:
    return {"category": category, "label": data.one("categories", category)["label_en"]}


def _lives(data: DayData, reporter: str, subject: str, day: dt.date) -> tuple[list[str], list[Row]]:
    """Return the categories that are due on a day, and those that are counted no longer."""
    series = data.rows("series", reporter, subject)
    due = [
        row["category"]
        for row in series
        if row["cadence"] == "daily"
        and row["first_report"] <= day <= (row["last_report"] or day)
        and day not in set(days_in(row["gaps"] or ""))
    ]
    ended = [
        _named(data, row["category"]) | _chosen(row, "last_report", "note")
        for row in series
        if row["last_report"] and row["last_report"] < day
    ]
    return due, ended


def _figure(data: DayData, row: Row) -> Row:
    key = (row["reporter"], row["subject"], row["report_date"], row["category"])
    words = data.words[key]
    steps = [key[2] - dt.timedelta(days=back) for back in reversed(range(SPARK_DAYS))]
    statuses = data.rows("status_counts", *key)
    return {
        **_named(data, row["category"]),
        **_chosen(row, "total", "qualifier", "increment", "increment_evidence"),
        "change": data.changes.get(key),
        "evidence": row["evidence"],
        "why": words.why,
        "details": list(words.details),
        "rivals": list(words.rivals),
        "statuses": {one["status"]: one["total"] for one in statuses},
        "changes": [data.changes.get((*key[:2], step, key[3])) for step in steps],
    }


def _readings(
    data: DayData, figures: list[Row], reporter: str, subject: str, day: dt.date
) -> list[Row]:
    """Return what each record says of each category, silence that means agreement included."""
    held = {row["category"]: row for row in figures}
    read = data.rows("readings", reporter, subject, day)
    spoken = {(row["record"], row["category"]) for row in read}
    silent = [
        {"category": category, "record": record, "total": None, "silent": True}
        for record, coverage in data.silent.items()
        for category in held
        if data.one("records", record)["reporter"] == reporter
        and Cell(category, day) in coverage
        and (record, category) not in spoken
    ]
    return _in_order([_reading(row, held.get(row["category"])) for row in read] + silent)


def _reading(row: Row, figure: Row | None) -> Row:
    """Return a reading; what it lacks is left out, because there are so many."""
    reading = _chosen(row, "category", "record", "total")
    optional = _chosen(row, "increment", "correction", "stale", "source", "note")
    reading |= {name: value for name, value in optional.items() if value not in {None, False}}
    if figure is not None and _differs(row, figure):
        reading["differs"] = True
    return reading


def _differs(row: Row, figure: Row) -> bool:
    return not row["stale"] and any(
        row[name] is not None and figure[name] is not None and row[name] != figure[name]
        for name in ("total", "increment")
    )


def _statement(data: DayData, row: Row) -> Row:
    others = data.rows("statement_sources", row["statement"])
    return {
        **_chosen(
            row, "statement", "stated_on_precision", "speaker", "speaker_role", "via",
            "organisation", "about", "topic", "summary", "confidence", "note",
        ),
        "claims": [
            {name: _plain(value) for name, value in claim.items()
             if name not in {"statement", "recorded_on"}}
            for claim in data.rows("claims", row["statement"])
        ],
        "sources": [row["source"], *(one["source"] for one in others)],
    }  # fmt: skip


def _sources(data: DayData, counts: list[Row], statements: list[Row]) -> list[Row]:
    """Return every source that something on the page names, by name, and the records read."""
    records = {one["record"] for count in counts for one in count["readings"]}
    named = {name for one in statements for name in one["sources"]}
    named |= {data.one("records", one)["source"] for one in records}
    for count in counts:
        named |= {one["source"] for one in (*count["corrections"], *count["readings"])
                  if one.get("source")}  # fmt: skip
    by_source: dict[str, list[Row]] = {}
    for record in sorted(records):
        row = data.one("records", record)
        by_source.setdefault(row["source"], []).append(
            _chosen(row, "record", "title", "kind", "maker", "licence", "kept", "votes", "note")
        )
    return [
        _chosen(
            data.one("sources", name), "source", "title", "publisher", "url", "archived_url",
            "published_on", "language", "licence",
        )
        | {"records": by_source.get(name, [])}
        for name in sorted(named)
    ]  # fmt: skip


def _chosen(row: Row, *names: str) -> Row:
    return {name: _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell
    return json_value(value)
