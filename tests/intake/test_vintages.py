"""Whatever is added and revised on whichever days, `as_of` gives each day's table back."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import february
from february import DAY, FIGURES, FOLLOWING
from history_repository import Tree
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.intake.add_report import Wanted, add_report
from reported_losses.intake.changes import Outcome
from reported_losses.intake.report_text.reader import read_report
from reported_losses.intake.revise import Edit, revise
from reported_losses.intake.tables import to_csv
from reported_losses.loading.as_of import as_of
from reported_losses.parsing.read_table import parse_bytes
from reported_losses.parsing.text_table import TextTable
from written import write

START = dt.date(2026, 12, 1)
READING = f"gs-text/ua-general-staff/russia/tanks/{DAY}"

ADD = st.tuples(
    st.just("add"), st.sampled_from([DAY, february.NEXT]), st.booleans(), st.integers(-2, 2)
)
REVISE = st.tuples(st.just("revise"), st.just(DAY), st.booleans(), st.integers(3_330, 3_340))
EVENTS = st.lists(st.lists(st.one_of(ADD, REVISE), max_size=2), min_size=1, max_size=4)


def outcome(tree: Tree, event: tuple[str, str, bool, int], today: dt.date) -> Outcome:
    """Return what one command would write."""
    kind, day, whole, number = event
    package = load_package(tree.folder)
    if kind == "revise":
        column, new = ("total", str(number)) if whole else ("increment", str(number - 3_330))
        edit = Edit("readings", READING, column, new)
        return revise(
            tree.folder, package, [edit], reason="A slip.", revised_on=today, released=False
        )
    figures = FIGURES if day == DAY else FOLLOWING
    total, step = figures["tanks"]
    other = {label: (value, by if whole else None) for label, (value, by) in figures.items()}
    text = february.text(
        other | {"tanks": (total + number, step if whole else None)},
        end=dt.date.fromisoformat(day).strftime("%d.%m.%y"),
    )
    wanted = Wanted(today, reason="Printed so.")
    return add_report(tree.folder, package, read_report(text.encode()), wanted, released=False)


def text_of(tree: Tree, name: str) -> TextTable:
    table = tree.table(name)
    text, _ = parse_bytes(to_csv(table, tree.rows(name)), table)
    assert text is not None
    return text


def fixed(text: TextTable) -> list[tuple[str, ...]]:
    names = [field.name for field in text.table.fields if field.history == "fixed"]
    cells = [text.data.column(name).to_pylist() for name in names]
    return list(zip(*cells, strict=True))


@pytest.mark.slow
@settings(max_examples=12)
@given(EVENTS)
def test_each_day_comes_back(events: list[list[tuple[str, str, bool, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = february.package(Path(folder) / "package")
        saved = {}
        for number, happened in enumerate(events):
            today = START + dt.timedelta(days=number)
            for event in happened:
                try:
                    write(tree.folder, outcome(tree, event, today))
                except (BadArgumentError, UnknownNameError):
                    continue  # nothing to revise yet, or the value is held already
            saved[today] = {name: fixed(text_of(tree, name)) for name in ("loss_counts", "reports")}
        revisions = text_of(tree, "revisions")
        for name in ("loss_counts", "reports"):
            now = text_of(tree, name)
            for today, tables in saved.items():
                assert fixed(as_of(now, revisions, today.isoformat())) == tables[name]
