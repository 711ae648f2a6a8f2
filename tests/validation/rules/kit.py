"""Small packages as columns: only the cells a test is about, the rest ordinary."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Package
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.validation.rules import CATALOGUE

UNKNOWN = "?"
"""A cell that could not be cast."""

TODAY = dt.date(2026, 11, 22)
DAY = dt.date(2023, 2, 22)

ORDINARY: Mapping[str, Mapping[str, str]] = {
    "loss_counts": {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
        "qualifier": "exact",
        "evidence": "single",
        "recorded_on": "2026-11-22",
    },
    "corrections": {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
        "kind": "restated",
        "reason": "Restated.",
        "source": "gs-text",
        "recorded_on": "2026-11-22",
    },
    "series": {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
        "first_report": "2022-02-24",
        "policy": "cumulative",
        "cadence": "daily",
        "qualifier": "exact",
    },
    "reports": {
        "reporter": "ua-general-staff",
        "report_date_precision": "day",
        "period_start": "2022-02-24",
        "period_end": "2023-02-22",
        "recorded_on": "2026-11-22",
    },
    "records": {
        "record": "petro",
        "title": "A record",
        "reporter": "ua-general-staff",
        "kind": "transcription",
        "maker": "Somebody",
        "source": "petro",
        "licence": "MIT",
        "kept": "whole",
        "votes": "true",
        "first_day": "2022-02-24",
        "last_day": "2026-08-22",
        "categories": "personnel tanks",
    },
    "readings": {
        "record": "petro",
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
    },
    "claims": {"statement": "s", "claim": "1", "qualifier": "exact"},
    "statements": {"statement": "s", "stated_on": "2023-02-22", "source": "page"},
    "sources": {"source": "page", "title": "A page", "publisher": "Somebody"},
    "revisions": {
        "revision": "1",
        "revised_on": "2026-11-22",
        "version": "1.0.1",
        "table": "loss_counts",
        "column": "total",
        "reason": "Misread.",
    },
}

Rows = Iterable[Mapping[str, object]]


@cache
def package() -> Package:
    return load_package(package_dir())


def columns(name: str, rows: Rows) -> Columns:
    """Build one table from cell texts; cells left out are ordinary.

    A record's source has the name of the record, so that records are independent.
    """
    table = package().table(name)
    filled = [{**ORDINARY.get(name, {}), **{k: str(v) for k, v in row.items()}} for row in rows]
    if name == "records":
        filled = [row | {"source": row["record"]} for row in filled]
    arrays, invalid = [], {}
    for field in table.fields:
        texts = [row.get(field.name, "") for row in filled]
        kind = FIELD_TYPES[field.type]
        values = [None if text in {"", UNKNOWN} else kind.parse(text) for text in texts]
        arrays.append(pa.array(values, pa.type_for_alias(kind.arrow)))
        if field.type != "string":
            invalid[field.name] = np.array([text == UNKNOWN for text in texts], dtype=np.bool_)
    return from_arrow(table, pa.table(arrays, names=list(table.names)), invalid)


def tables(**rows: Rows) -> dict[str, Columns]:
    """Build tables by name; those not named are empty."""
    return {
        name: columns(name, rows[name]) if name in rows else _empty(name)
        for name in package().tables
    }


@cache
def _empty(name: str) -> Columns:
    return columns(name, ())


def broken(code: str, held: Mapping[str, Columns], today: dt.date | None = TODAY) -> list[int]:
    """Return the bad rows by a rule, as places in the rows given."""
    rule = CATALOGUE[code]
    mask = rule.judge(held, today)
    assert mask is not None
    return sorted(held[rule.table].row[mask].tolist())


def run(totals: Iterable[object], **more: Iterable[object]) -> list[dict[str, object]]:
    """Return figures on consecutive days from 2023-02-22; `more` gives other columns."""
    figures = [
        {"report_date": DAY + dt.timedelta(days=number), "total": total}
        for number, total in enumerate(totals)
    ]
    for name, values in more.items():
        for figure, value in zip(figures, values, strict=True):
            figure[name] = str(value)
    return [{k: v for k, v in figure.items() if v != ""} for figure in figures]


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a small CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


HERE = Path(__file__).parent
