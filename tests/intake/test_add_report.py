"""Adding a report decides the same as deciding everything anew, whatever the records say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import february
from history_repository import Tree
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import DataError
from reported_losses.intake.add_report import Wanted, add_report
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.general_staff.report_page import record_of
from reported_losses.intake.general_staff.window import window
from reported_losses.intake.report_text.report import Figure, ReportText, Shape
from reported_losses.intake.tables import Row

DAYS = [dt.date(2023, 2, day) for day in range(10, 24)]
CATEGORIES = ("tanks", "personnel")
RECORDS = ("petro", "orc-losses", "gs-infographic")
RECORDED = dt.date(2026, 11, 25)

slips = st.lists(
    st.tuples(
        st.sampled_from(RECORDS),
        st.sampled_from(CATEGORIES),
        st.sampled_from(DAYS[:-2]),
        st.integers(-3, 3),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return february.package(tmp_path_factory.mktemp("add") / "package")


def ours(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["reporter"] == REPORTER]


def with_slips(rows: list[Row], made: list[tuple[str, str, dt.date, int]]) -> list[Row]:
    """Return readings of which some are off, so that the records contradict each other."""
    off = {(record, category, str(day)): by for record, category, day, by in made}
    return [
        row
        | {
            "total": str(
                max(
                    int(row["total"])
                    + off.get((row["record"], row["category"], row["report_date"]), 0),
                    0,
                )
            )
        }
        if row["total"]
        else row
        for row in rows
    ]


@settings(max_examples=12)
@given(made=slips, day=st.sampled_from(DAYS), by=st.integers(-2, 2))
def test_the_days_around_a_report_are_decided_as_all_days_together(
    tree: Tree, made: list[tuple[str, str, dt.date, int]], day: dt.date, by: int
) -> None:
    package = load_package(tree.folder)
    records = tree.rows("records")
    readings = {
        (row["record"], row["category"], row["report_date"]): row
        for row in with_slips(ours(tree.rows("readings")), made)
        if row["category"] in CATEGORIES and row["record"] not in {"minfin", "russianwarship"}
    }
    partly = [
        row | {"kept": "whole"}
        for row in records
        if row["record"] in RECORDS or row["record"] == "gs-text"
    ]
    total = next(
        int(row["total"])
        for row in readings.values()
        if row["category"] == "tanks" and row["total"]
    )
    added = [Reading("gs-text", Cell("tanks", day), total + by, 8)]
    before = build.decide(package, map(build.reading_from, readings.values()), partly)
    span = window(readings.values(), added, day)
    after_rows = readings | {("gs-text", "tanks", str(day)): build.reading_row(added[0])}
    after = build.decide(package, map(build.reading_from, after_rows.values()), partly)
    near = build.decide(
        package,
        (
            build.reading_from(row)
            for row in after_rows.values()
            if span.from_day.isoformat() <= row["report_date"] <= span.to_day.isoformat()
        ),
        partly,
    )
    for cell, figure in after.figures.items():
        if span.first <= cell.date <= span.last:
            assert near.figures[cell] == figure
        else:
            assert before.figures[cell] == figure


def test_a_category_without_a_series_is_refused(tree: Tree) -> None:
    report = ReportText(DAYS[-2], "text", (Figure("airships", 1, None, "exact", 1),))
    with pytest.raises(DataError, match="airships"):
        add_report(tree.folder, load_package(tree.folder), report, Wanted(RECORDED), released=False)


def test_a_hedge_that_is_not_the_usual_one_is_kept(tree: Tree) -> None:
    figures = (
        Figure("personnel", 145_060, 620, "about", 1),
        Figure("tanks", 3_334, 8, "more-than", 2),
    )
    report = ReportText(dt.date(2023, 2, 22), "text", figures)
    addition = add_report(
        tree.folder, load_package(tree.folder), report, Wanted(RECORDED), released=False
    )
    counts = {
        row["category"]: row["qualifier"]
        for row in ours(list(addition.tables["loss_counts"]))
        if row["report_date"] == "2023-02-22"
    }
    assert counts == {"personnel": "about", "tanks": "more-than"}


@pytest.mark.parametrize(
    ("shape", "url", "record"),
    [
        ("text", None, "gs-text"),
        ("text", "https://mod.gov.ua/news/1", "gs-text"),
        ("sentence", "https://mod.gov.ua/news/1", "gs-quoted"),
        ("text", "https://news.example/1", "gs-quoted"),
        ("sentence", None, "gs-quoted"),
    ],
)
def test_the_record_follows_shape_and_address(shape: Shape, url: str | None, record: str) -> None:
    rows = [{"record": name, "reporter": REPORTER} for name in ("gs-text", "gs-quoted")]
    found = record_of(shape, url or "", None, rows)
    assert found["record"] == record
