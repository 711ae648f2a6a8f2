"""Day pages of a few days: their data, in time for tests that are to be cheap."""

from __future__ import annotations

import copy
import datetime as dt
import functools
from html.parser import HTMLParser
from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.intake.tables import read_rows
from reported_losses.loading.load import arrow
from reported_losses.site.day_data import NAMES, DayData, Row, data_of
from reported_losses.site.decided import decide

EXAMPLE = dt.date(2023, 2, 22)
ORYX_ALONE = dt.date(2023, 2, 23)
CONTRADICTED = dt.date(2023, 8, 29)
CORRECTED = dt.date(2025, 10, 3)
LAST_FUEL_TANKS = dt.date(2022, 4, 30)
AFTER_FUEL_TANKS = dt.date(2022, 5, 1)
DAYS = (LAST_FUEL_TANKS, AFTER_FUEL_TANKS, EXAMPLE, ORYX_ALONE, CONTRADICTED, CORRECTED)

HOSTILE = (
    "<script>window.hacked=1</script>", '"><img src=x onerror=window.hacked=1>', "'onmouseover='window.hacked=1", "</style>",
    "--><b>", "&lt;b&gt;", "\u202egnp.exe", "</title><svg onload=window.hacked=1>", "]]>", "{{7*7}}", "\x00",
)  # fmt: skip
NO_WEB = ("javascript:alert(1)", "data:text/html,<b>", "https://x.example/\"onclick='x'",
          "//x.example", "file:///etc/passwd", " https://x.example", "https:")  # fmt: skip
TEXTS = {
    "statements": ("speaker", "speaker_role", "via", "summary", "note"),
    "sources": ("title", "publisher", "language"),
    "claims": ("note", "place"),
    "corrections": ("reason",),
    "readings": ("note",),
    "reports": ("greatest_losses",),
    "organisations": ("name",),
    "categories": ("label_en",),
    "series": ("note",),
    "records": ("title", "maker", "licence"),
}
ADDRESSES = {"sources": ("url", "archived_url"), "reports": ("url",)}
VOID = frozenset({"meta", "link", "br", "path", "input"})
"""Elements of the pages without an end tag; `path` ends itself."""


def _kept(row: Row) -> bool:
    """Keep the rows of `DAYS`; of one of them those of Oryx alone, as no real day is."""
    if row.get("report_date") == ORYX_ALONE:
        return bool(row["reporter"] == "oryx")
    return row.get("report_date", EXAMPLE) in DAYS


@functools.cache
def _tables() -> dict[str, list[Row]]:
    read = {name: arrow(installed().table(name)).to_pylist() for name in NAMES}
    return {name: list(filter(_kept, rows)) for name, rows in read.items()}


def tables() -> dict[str, list[Row]]:
    """Return the rows of a few days, for a test to change."""
    return copy.deepcopy(_tables())


@functools.cache
def made() -> DayData:
    """Return what the pages of a few days are made from."""
    return data_of_rows(_tables())


def data_of_rows(rows: dict[str, list[Row]]) -> DayData:
    """Return what pages are made from, decided from the readings among some rows."""
    records = read_rows(package_dir(), installed().table("records"))
    return data_of(rows, decide(records, rows["readings"]))


def hostile_data() -> DayData:
    """Return data with a hostile text in every cell that holds one."""
    changed = tables()
    data = data_of_rows(changed)
    for name, columns in TEXTS.items():
        for number, row in enumerate(changed[name]):
            row.update(dict.fromkeys(columns, HOSTILE[number % len(HOSTILE)]))
    for name, columns in ADDRESSES.items():
        for number, row in enumerate(changed[name]):
            row.update(dict.fromkeys(columns, NO_WEB[number % len(NO_WEB)]))
    return data


class Page(HTMLParser):
    """A page: its elements, its texts, and whether every element ends where it should."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.wrong: list[str] = []
        self.feed(page.decode())
        self.close()
        self.wrong += [f"<{tag}> does not end" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) < len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> ends nothing")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    def values(self, attribute: str) -> list[str]:
        """Return every value of an attribute."""
        return [value for _, held in self.elements if (value := held.get(attribute)) is not None]

    @property
    def text(self) -> str:
        """What is read on the page, its style left out."""
        return " ".join("".join(self.texts).split())


def by_key(rows: list[Any], key: str) -> dict[str, Any]:
    """Return rows by one of their values, which no two share."""
    found = {row[key]: row for row in rows}
    assert len(found) == len(rows)
    return found
