"""A table that is kept by the rules, day after day: what `as_of` has to find its way back through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hypothesis import strategies as st

from reported_losses.definition.descriptor import installed
from reported_losses.definition.withdrawn import row_text
from reported_losses.intake.tables import Row, row_key, to_csv
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import TextTable

START = dt.date(2026, 1, 1)
LENGTH = 8
COUNTS = installed().table("loss_counts")
CHANGED = ("total", "qualifier", "increment")

# Per day of the history: for a figure, another text in one of its columns, or its withdrawal.
EVENT = st.tuples(
    st.integers(0, 4),
    st.sampled_from(CHANGED),
    st.sampled_from(["", "1", "2", "3", "withdrawn", "withdrawn"]),
)
EVENTS = st.lists(st.lists(EVENT, max_size=3), min_size=1, max_size=LENGTH)


class Keeper:
    """A table that is kept by the rules, a day after the other."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.gone: set[str] = set()
        self.revisions: list[Row] = []

    def play(self, figure: int, column: str, value: str, day: str) -> None:
        """Add, revise or withdraw one figure."""
        added = new_row(figure, day)
        key = row_key(COUNTS, added)
        if key in self.gone:
            return
        row = self.rows.setdefault(key, added)
        if value == "withdrawn":
            self.note(day, key, old=row_text(COUNTS.names, row))
            self.gone.add(key)
            del self.rows[key]
        elif (text := fitting(column, value)) != row[column]:
            # An empty cell of a growing column would need no revision; here every change has one.
            self.note(day, key, column=column, old=row[column], new=text)
            row[column] = text

    def note(self, day: str, key: str, **cells: str) -> None:
        number = str(len(self.revisions) + 1)
        what = {"revision": number, "revised_on": day, "version": "0.1.0", "table": "loss_counts"}
        self.revisions.append({**what, "key": key, "reason": "Misread.", **cells})


def new_row(figure: int, day: str) -> Row:
    return {
        "reporter": "ua-general-staff",
        "subject": "russia",
        "category": "tanks",
        "report_date": f"2025-12-0{figure + 1}",
        "total": "5",
        "increment": "",
        "qualifier": "exact",
        "evidence": "single",
        "increment_evidence": "",
        "recorded_on": day,
    }


def fitting(column: str, value: str) -> str:
    if column == "qualifier":
        return {"": "exact", "1": "about", "2": "nearly", "3": "up-to"}[value]
    return value or ("" if column == "increment" else "5")


def read(name: str, rows: list[Row]) -> TextTable:
    table = installed().table(name)
    text, issues = parse_bytes(to_csv(table, rows), table)
    assert text is not None, issues
    return text


def playing(keeper: Keeper, events: list[list[tuple[int, str, str]]]) -> Iterator[str]:
    """Play the events of one day after the other, and give each day after its events."""
    for number, happened in enumerate(events):
        day = (START + dt.timedelta(days=number)).isoformat()
        for event in happened:
            keeper.play(*event, day)
        yield day
