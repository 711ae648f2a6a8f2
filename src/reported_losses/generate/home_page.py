"""What the home page of the documentation says of the newest data, written when it is built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from reported_losses.definition.descriptor import installed
from reported_losses.definition.site import SITE
from reported_losses.loading.daily import daily
from reported_losses.loading.load import load
from reported_losses.loading.status import Status, status
from reported_losses.site.latest import GENERAL_STAFF, address

MARK = "<!-- latest: written here when the documentation is built -->"
"""Stands in the page for what is written."""
SHOWN = ("personnel", "tanks", "armoured-vehicles", "artillery", "uavs", "vehicles")
"""Categories whose latest totals are shown."""


def filled(page: str) -> str:
    """Return a page with the newest day, the version and the latest totals in their place.

    Args:
        page: Markdown.
    """
    return page.replace(MARK, "\n".join(_latest(status()))) if MARK in page else page


def newest_day(known: Status) -> str:
    """Return the newest day on which anybody reported, as text."""
    return str(max(one.last_report for one in known.reporters))


def _latest(known: Status) -> Iterator[str]:
    yield f"**Data to {newest_day(known)}, version {installed().version}.**"
    yield f"Last reports: {'; '.join(_last_reports(known))}.\n"
    rows = _rows()
    day = rows[0]["report_date"]
    page = f"{SITE}/days/{day}.html"
    yield "Russian losses as the General Staff of Ukraine reported them"
    yield f"[on {day}]({page}), with the change since the day before:\n"
    yield "| reported | total | change |"
    yield "| --- | ---: | ---: |"
    labels = _labels("categories", "category", "label_en")
    for row in rows:
        key = (GENERAL_STAFF, "russia", row["category"])
        change = "" if row["change"] is None else f"{row['change']:+,}"
        label = f"[{labels[row['category']]}]({SITE}/{address(key)})"
        yield f"| {label} | {row['total']:,} | {change} |"


def _rows() -> list[dict[str, Any]]:
    """Return the last row of each category that is shown."""
    data: pa.Table = daily(list(SHOWN), engine="arrow")
    last = {row["category"]: row for row in data.to_pylist()}
    return [last[category] for category in SHOWN]


def _last_reports(known: Status) -> list[str]:
    names = _labels("organisations", "organisation", "name")
    last = {one.reporter: one.last_report for one in known.reporters}
    newest_first = sorted(last, key=lambda reporter: last[reporter], reverse=True)
    return [f"{names[reporter]} {last[reporter]}" for reporter in newest_first]


def _labels(table: str, key: str, label: str) -> dict[str, str]:
    data: pa.Table = load(table, engine="arrow", columns=[key, label])
    return {row[key]: row[label] for row in data.to_pylist()}
