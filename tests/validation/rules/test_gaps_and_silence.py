"""Where gaps mean something, and where a record should declare one."""

from __future__ import annotations

import pytest

from validation.rules.kit import UNKNOWN, broken, tables

DAYS = [f"2023-02-{day}" for day in range(20, 26)]


@pytest.mark.parametrize(
    ("gaps", "bad"),
    [
        ("2023-02-21/2023-02-22", []),
        ("2023-02-20/2023-02-25", []),
        ("2023-02-19/2023-02-21", [0]),
        ("2023-02-21/2023-02-21 2023-02-25/2023-02-26", [0]),
        ("1900-01-01/1900-01-01", [0]),
        ("2023-02-31/2023-02-31", []),
        ("", []),
    ],
)
def test_gaps_lie_within_the_life(gaps: str, bad: list[int]) -> None:
    record = {"first_day": DAYS[0], "last_day": DAYS[-1], "gaps": gaps}
    assert broken("records/gaps-within-life", tables(records=[record])) == bad
    series = {"first_report": DAYS[0], "last_report": DAYS[-1], "gaps": gaps}
    assert broken("series/gaps-within-life", tables(series=[series])) == bad
    reports = [{"report_date": DAYS[-1]}, {"report_date": "2023-03-01", "reporter": "oryx"}]
    held = tables(series=[series | {"last_report": ""}], reports=reports)
    assert broken("series/gaps-within-life", held) == bad


@pytest.mark.parametrize("end", ["first_day", "last_day"])
def test_an_unreadable_end_is_no_end(end: str) -> None:
    record = {"first_day": DAYS[0], "last_day": DAYS[-1], end: UNKNOWN}
    gaps = "2023-02-01/2023-02-02" if end == "first_day" else "2023-03-01/2023-03-02"
    held = tables(records=[record | {"gaps": gaps}])
    assert broken("records/gaps-within-life", held) == []


def test_a_report_on_an_unknown_day_may_be_the_newest() -> None:
    series = {"first_report": DAYS[0], "gaps": "2023-03-01/2023-03-02"}
    reports = [{"report_date": DAYS[0]}, {"report_date": UNKNOWN}]
    assert broken("series/gaps-within-life", tables(series=[series], reports=reports)) == []


@pytest.mark.parametrize(("names", "bad"), [("a b", []), ("b a", [0]), ("a a", [0]), ("", [])])
def test_categories_are_in_order(names: str, bad: list[int]) -> None:
    held = tables(records=[{"categories": names}])
    assert broken("records/categories-in-order", held) == bad


def test_a_record_has_the_licence_of_its_source() -> None:
    records = [{"record": name, "licence": "MIT"} for name in ("a", "b", "c", "d")]
    sources = [
        {"source": name, "licence": of} for name, of in (("a", "MIT"), ("b", "CC0"), ("c", ""))
    ]
    held = tables(records=records, sources=sources)
    assert broken("records/licence-of-source", held) == [1]
    assert broken("records/licence-of-source", tables(records=records)) == []


SILENT = "records/silence-declared"


def told(without: str = "", **cells: str) -> list[int]:
    """Judge a record that has a total of each report but one."""
    record = {"record": "petro", "categories": "tanks", "gaps": cells.pop("gaps", "")}
    record["kept"] = cells.pop("kept", "whole")
    readings = [{"report_date": day, "total": 1} for day in DAYS if day != without]
    readings[0] |= cells
    held = tables(
        records=[record],
        readings=readings,
        reports=[{"report_date": day} for day in ("2023-02-19", *DAYS, "2023-02-26")],
        series=[{}, {"reporter": "oryx", "cadence": "irregular"}],
    )
    return broken(SILENT, held)


def test_a_record_kept_whole_is_not_silent() -> None:
    assert told() == []
    assert told("2023-02-22") == [0]
    assert told("2023-02-22", gaps="2023-02-22/2023-02-22") == []
    assert told("2023-02-22", gaps="2023-02-23/2023-02-23") == [0]
    assert told("2023-02-22", gaps="soon") == []
    assert told("2023-02-22", kept="dissent") == []
    # Its ends are those of its readings, which another rule compares with the record.
    assert told(DAYS[0]) == []
    assert told(DAYS[-1]) == []


@pytest.mark.parametrize("column", ["report_date", "total"])
def test_a_reading_that_cannot_be_read_may_be_the_one_missing(column: str) -> None:
    assert told("2023-02-22", **{column: UNKNOWN}) == []


def test_of_an_irregular_reporter_and_of_a_record_of_increments_nothing_is_due() -> None:
    record, day = {"record": "petro", "categories": "tanks"}, {"total": 1}
    readings = [{**day, "report_date": DAYS[0]}, {**day, "report_date": DAYS[-1]}]
    reports = [{"report_date": one} for one in DAYS]
    held = tables(records=[record], readings=readings, reports=reports, series=[{}])
    assert broken(SILENT, held) == []
    readings += [{**day, "report_date": one} for one in DAYS[1:4]]
    assert broken(
        SILENT, tables(records=[record], readings=readings, reports=reports, series=[{}])
    ) == [0]
    series = [{}, {"category": "uavs", "cadence": "irregular"}]
    held = tables(records=[record], readings=readings, reports=reports, series=series)
    assert broken(SILENT, held) == []
