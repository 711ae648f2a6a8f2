"""Law: whatever the readings are, `check` accepts the evidence that reconciling writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.dissent import dissent
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.tables import Row, to_columns
from reported_losses.parsing.columns import Columns
from reported_losses.parsing.intervals import DAY, format_intervals
from reported_losses.validation.rules import CATALOGUE

FIRST = dt.date(2023, 5, 1)
DAYS = 5
SERIES = [
    {
        "reporter": REPORTER,
        "subject": "russia",
        "category": name,
        "first_report": str(FIRST),
        "qualifier": "exact",
    }
    for name in ("tanks", "uavs")
]
KINDS = {
    "gs-text": "text",
    "gs-infographic": "infographic",
    "petro": "transcription",
    "orc-losses": "transcription",
    "minfin": "transcription",
    "warship": "transcription",
    "follower": "quotation",
    "address": "address",
}
SILENT = ("minfin", "warship")
OTHERS = ("follower", "address")
PARENTS = ("", "gs-text", "page", f"page@/{FIRST + DAY} gs-text@{FIRST + DAY * 3}/")
TOTALS = st.none() | st.sampled_from([100, 110, 120, 121, 130])
INCREMENTS = st.none() | st.sampled_from([0, 10, 11, 20])
CATEGORIES = ("tanks", "uavs")


def record(name: str, gaps: Iterable[dt.date] = (), derived_from: str = "") -> Row:
    return {
        "record": name,
        "reporter": REPORTER,
        "source": name,
        "derived_from": derived_from,
        "kind": KINDS[name],
        "kept": "dissent" if name in SILENT else "whole",
        "votes": "false" if name in OTHERS else "true",
        "first_day": str(FIRST),
        "last_day": str(FIRST + DAY * (DAYS - 1)),
        "gaps": format_intervals(gaps),
        "categories": " ".join(CATEGORIES),
    }


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Reading], list[Row]]:
    """Readings of eight records, two of which are kept only where they dissent, and the records.

    Some are copies of one publication, some readings are stale, two records do not vote.
    """
    gaps = draw(st.sets(st.integers(0, DAYS - 1), max_size=2))
    silent_gaps = {FIRST + DAY * day for day in gaps}
    readings = []
    for name in draw(st.sets(st.sampled_from(sorted(KINDS)), min_size=1)):
        for category in CATEGORIES:
            for day in range(DAYS):
                cell = Cell(category, FIRST + DAY * day)
                total, increment = draw(TOTALS), draw(INCREMENTS)
                if name in SILENT and (total is None or cell.date in silent_gaps):
                    continue
                if name == "address":
                    total = None
                stale = name not in KINDS_OF_TEXT and draw(st.sampled_from([False, False, True]))
                correction = draw(st.sampled_from([None, None, 1, -10]))
                if total is not None or increment is not None:
                    readings.append(Reading(name, cell, total, increment, correction, stale=stale))
    records = [
        record(
            name,
            silent_gaps if name in SILENT else (),
            "" if name in KINDS_OF_TEXT else draw(st.sampled_from(PARENTS)),
        )
        for name in KINDS
    ]
    return readings, records


KINDS_OF_TEXT = ("gs-text", "gs-infographic")


def kept(readings: list[Reading], records: list[Row]) -> list[Reading]:
    """Return the readings that the table would keep."""
    whole = [one for one in readings if one.record not in SILENT]
    found = list(whole)
    for row in records:
        if row["record"] in SILENT:
            own = [one for one in readings if one.record == row["record"]]
            rest = [one for one in readings if one.record in SILENT and one not in own]
            voting = [one for one in whole if one.record not in OTHERS]
            found += dissent(own, voting, build.coverage(row), rest)
    return found


def tables(readings: list[Reading], records: list[Row]) -> dict[str, Columns]:
    """Return the tables as reconciling writes them."""
    package = installed()
    decided = build.decide(package, readings, records)
    rows = {
        "loss_counts": build.loss_count_rows(decided.figures.values(), readings, SERIES),
        "readings": [build.reading_row(reading) for reading in readings],
        "records": records,
        "series": SERIES,
        "corrections": build.correction_rows(decided.corrections),
    }
    return {name: to_columns(package.table(name), some) for name, some in rows.items()}


def accepted(held: dict[str, Columns]) -> bool:
    codes = (
        "loss_counts/evidence-supported",
        "loss_counts/increment-evidence-supported",
        "readings/dissent-visible",
        "loss_counts/increment-matches",
        "corrections/explains-something",
    )
    masks = [CATALOGUE[code].judge(held) for code in codes]
    return not any(mask is None or mask.any() for mask in masks)


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_check_accepts_the_evidence_that_reconciling_writes(
    world: tuple[list[Reading], list[Row]],
) -> None:
    readings, records = world
    some = kept(readings, records)
    if any(one.total is not None and not one.stale and one.record not in OTHERS for one in some):
        held = tables(some, records)
        assert held["loss_counts"].rows
        assert accepted(held)


def test_the_printed_increment_that_counts_is_any_voting_record_s() -> None:
    """Both records have 100; next day one has 110 (+10), the other 120 (+20)."""
    readings = [
        Reading("gs-text", Cell("tanks", FIRST), 100),
        Reading("gs-infographic", Cell("tanks", FIRST), 100),
        Reading("gs-text", Cell("tanks", FIRST + DAY), 110, 10),
        Reading("gs-infographic", Cell("tanks", FIRST + DAY), 120, 20),
    ]
    records = [record("gs-text"), record("gs-infographic")]
    held = tables(readings, records)
    evidence = held["loss_counts"]["evidence"]
    assert [evidence.text(row) for row in range(2)] == ["primary", "disputed"]
    assert accepted(held)


def test_another_evidence_is_not_accepted() -> None:
    readings = [Reading("petro", Cell("tanks", FIRST), 100)]
    held = tables(readings, [record("petro")])
    assert held["loss_counts"]["evidence"].text(0) == "single"
    rows = [
        {**row, "evidence": "agreed"}
        for row in build.loss_count_rows(
            build.decide(installed(), readings, [record("petro")]).figures.values(),
            readings,
            SERIES,
        )
    ]
    wrong = to_columns(installed().table("loss_counts"), rows)
    mask = CATALOGUE["loss_counts/evidence-supported"].judge({**held, "loss_counts": wrong})
    assert mask is not None
    assert np.flatnonzero(mask).tolist() == [0]
