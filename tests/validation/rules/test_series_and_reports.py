"""The ends and qualifiers of series, reports, statuses, and the days of keeping books."""

from __future__ import annotations

import pytest

from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

ENDS, USUAL, STATED = (
    "series/ends-with-figures",
    "series/qualifier-usual",
    "loss_counts/qualifier-stated",
)


@pytest.mark.parametrize(
    ("series", "bad"),
    [
        ({"first_report": "2023-02-22"}, []),
        ({"first_report": "2023-02-21"}, [0]),
        ({"first_report": "2023-02-23"}, []),  # loss_counts/within-lifetime
        ({"first_report": "2023-02-22", "last_report": "2023-02-24"}, []),
        ({"first_report": "2023-02-22", "last_report": "2023-02-25"}, [0]),
        ({"first_report": "2023-02-22", "last_report": UNKNOWN}, []),
        ({"first_report": UNKNOWN}, []),
        ({"category": "uavs"}, [0]),
    ],
)
def test_a_series_begins_and_ends_with_a_figure(series: dict[str, str], bad: list[int]) -> None:
    assert broken(ENDS, tables(series=[series], loss_counts=run([1, 2, 3]))) == bad


def test_an_unreadable_day_may_be_the_first() -> None:
    figures: list[dict[str, object]] = [*run([1]), {"report_date": UNKNOWN, "total": "2"}]
    assert broken(ENDS, tables(series=[{}], loss_counts=figures)) == []


@pytest.mark.parametrize(
    ("own", "reading", "series", "figure", "usual"),
    [
        (["exact"] * 3, "", "exact", [], []),
        (["about", "exact", "exact"], "", "exact", [0], []),
        (["about"] * 3, "", "exact", [], [0]),
        (["about", "exact", "exact"], "about", "exact", [], []),
        (["exact"] * 3, "about", "exact", [0], []),
        ([UNKNOWN, "exact", "exact"], "about", "exact", [], []),
    ],
)
def test_a_qualifier_is_read_or_usual(
    own: list[str], reading: str, series: str, figure: list[int], usual: list[int]
) -> None:
    held = tables(
        series=[{"qualifier": series}],
        records=[{}],
        readings=[{"report_date": DAY, "total": 1, "qualifier": reading}],
        loss_counts=run([1, 2, 3], qualifier=own),
    )
    assert broken(STATED, held) == figure
    assert broken(USUAL, held) == usual


@pytest.mark.parametrize(
    ("cells", "bad"),
    [({"report_date": "2023-02-21"}, [0]), ({"report_date": "2023-02-21", "reporter": ""}, [])],
)
def test_a_report_has_figures(cells: dict[str, object], bad: list[int]) -> None:
    held = tables(reports=[cells, {"report_date": DAY}], loss_counts=run([1]))
    assert broken("reports/has-figures", held) == bad


def test_a_figure_without_a_report_may_be_of_the_empty_one() -> None:
    reports: list[dict[str, object]] = [{"report_date": "2023-02-21"}, {"report_date": DAY}]
    assert broken("reports/has-figures", tables(reports=reports, loss_counts=run([1]))) == [0]
    both: list[dict[str, object]] = [*run([1]), {"report_date": "2023-02-25", "total": "3"}]
    assert broken("reports/has-figures", tables(reports=reports, loss_counts=both)) == []


@pytest.mark.parametrize(("end", "bad"), [("2023-02-22", []), ("2023-02-23", [0]), (UNKNOWN, [])])
def test_a_period_ends_with_its_report(end: str, bad: list[int]) -> None:
    held = tables(reports=[{"report_date": DAY, "period_end": end}])
    assert broken("reports/period-not-ahead", held) == bad


def test_an_address_is_of_one_report() -> None:
    urls = ["https://a.example/1", "", "", "https://a.example/1"]
    rows = [{"report_date": f"2023-02-2{n}", "url": url} for n, url in enumerate(urls)]
    assert broken("reports/address-once", tables(reports=rows)) == [3]


@pytest.mark.parametrize(
    ("recorded", "bad"),
    [
        ("2023-02-22", []),
        ("2023-02-21", [0]),
        ("2026-11-22", []),
        ("2026-11-23", [0]),
        (UNKNOWN, []),
    ],
)
@pytest.mark.parametrize("table", ["reports", "loss_counts", "corrections", "status_counts"])
def test_a_row_is_recorded_between_its_day_and_today(
    table: str, recorded: str, bad: list[int]
) -> None:
    held = tables(**{table: [{"report_date": DAY, "recorded_on": recorded}]})
    assert broken(f"{table}/recorded-in-time", held) == bad
    if recorded > "2023-02-22":
        assert broken(f"{table}/recorded-in-time", held, today=None) == []


@pytest.mark.parametrize("table", ["claims", "statement_sources"])
@pytest.mark.parametrize(("recorded", "bad"), [("2023-02-22", []), ("2023-02-21", [0])])
def test_what_belongs_to_a_statement_is_not_older(
    table: str, recorded: str, bad: list[int]
) -> None:
    row = {"statement": "s", "recorded_on": recorded}
    held = tables(statements=[{}], **{table: [row, {**row, "statement": "t"}]})
    assert broken(f"{table}/recorded-in-time", held) == bad


STATUSES = ("abandoned", "captured", "damaged", "destroyed")


@pytest.mark.parametrize(
    ("reporter", "names", "bad"),
    [
        ("oryx", STATUSES, []),
        ("oryx", STATUSES[1:], [0]),
        ("oryx", (), [0]),
        ("ua-general-staff", STATUSES[1:], [0]),
        ("ua-general-staff", (), []),
        ("oryx", (*STATUSES[1:], UNKNOWN), []),
    ],
)
def test_all_four_statuses_or_none(reporter: str, names: tuple[str, ...], bad: list[int]) -> None:
    key = {"reporter": reporter, "subject": "russia", "category": "tanks", "report_date": DAY}
    rows = [{**key, "status": name, "total": 0} for name in names if name != UNKNOWN]
    rows += [{**key, "status": "", "total": 0} for name in names if name == UNKNOWN]
    held = tables(loss_counts=[{**key, "total": 0}], status_counts=rows)
    assert broken("loss_counts/statuses-complete", held) == bad
