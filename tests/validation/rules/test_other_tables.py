from __future__ import annotations

import datetime as dt

import pytest

from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

EXPLAINS = "corrections/explains-something"
DAY_2 = DAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("totals", "increments", "amount", "bad"),
    [
        ([100, 115], ["", 10], 5, False),
        ([100, 110], ["", 10], 5, True),
        ([100, 115], ["", 10], 4, True),
        ([100, 115], ["", 10], 0, True),
        ([100, 90], ["", ""], -10, False),
        ([100, 110], ["", ""], -10, True),
        ([100, 110], ["", UNKNOWN], -10, False),
        ([100, UNKNOWN], ["", ""], -10, False),
        ([UNKNOWN, 110], ["", 10], -10, False),
        ([100, 110], ["", 10], UNKNOWN, False),
    ],
)
def test_a_correction_has_something_to_explain(
    totals: list[object],
    increments: list[object],
    amount: object,
    bad: bool,  # noqa: FBT001 - a case
) -> None:
    corrections = [{"report_date": DAY_2, "amount": amount}]
    figures = run(totals, increment=increments)
    held = tables(loss_counts=figures, corrections=corrections)
    assert broken(EXPLAINS, held) == [0] * bad


@pytest.mark.parametrize(("stated", "bad"), [(-10, []), (-9, [0]), ("", [0])])
def test_a_reading_may_state_the_correction(stated: object, bad: list[int]) -> None:
    readings = [
        {"report_date": DAY_2, "correction": stated},
        {"report_date": DAY, "correction": -10},
    ]
    corrections = [{"report_date": DAY_2, "amount": -10}]
    held = tables(loss_counts=run([100, 110]), corrections=corrections, readings=readings)
    assert broken(EXPLAINS, held) == bad


@pytest.mark.parametrize(("day", "bad"), [("2024-01-01", [0]), (UNKNOWN, [])])
def test_a_correction_needs_its_figure(day: str, bad: list[int]) -> None:
    corrections = [{"report_date": day, "amount": -10}]
    assert broken(EXPLAINS, tables(loss_counts=run([1]), corrections=corrections)) == bad


RANGE, FITS, PERIOD = "claims/ordered-range", "claims/qualifier-fits", "claims/period-ordered"


@pytest.mark.parametrize(
    ("low", "high", "bad"),
    [(1, 2, []), (2, 2, []), (3, 2, [0]), ("", 2, []), (3, "", []), (UNKNOWN, 2, [])],
)
def test_ordered_range(low: object, high: object, bad: list[int]) -> None:
    assert broken(RANGE, tables(claims=[{"low": low, "high": high}])) == bad


SHAPES = {
    (2, 2): {"exact", "about"},
    (1, 2): {"between"},
    (1, ""): {"more-than"},
    ("", 2): {"up-to", "nearly"},
    ("", ""): set(),
}
QUALIFIERS = ("exact", "about", "between", "more-than", "up-to", "nearly")


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_qualifier_fits(qualifier: str) -> None:
    for (low, high), right in SHAPES.items():
        held = tables(claims=[{"low": low, "high": high, "qualifier": qualifier}])
        assert broken(FITS, held) == ([] if qualifier in right else [0]), (low, high)


@pytest.mark.parametrize("claim", [{"low": 3, "high": 2}, {"low": UNKNOWN, "high": 2}])
def test_qualifier_leaves_disorder_and_the_unreadable_to_others(claim: dict[str, object]) -> None:
    assert broken(FITS, tables(claims=[claim])) == []


@pytest.mark.parametrize(
    ("start", "end", "bad"),
    [
        ("2023-01-01", "2023-01-01", []),
        ("2023-01-02", "2023-01-01", [0]),
        ("2023-01-02", "", []),
        ("2023-01-02", UNKNOWN, []),
    ],
)
def test_period_ordered(start: str, end: str, bad: list[int]) -> None:
    assert broken(PERIOD, tables(claims=[{"period_start": start, "period_end": end}])) == bad


@pytest.mark.parametrize(
    ("stated", "published", "bad"),
    [
        ("2023-02-22", "2023-02-22", []),
        ("2023-02-23", "2023-02-22", [0]),
        ("2023-02-23", "", []),
        (UNKNOWN, "2023-02-22", []),
    ],
)
def test_said_before_published(stated: str, published: str, bad: list[int]) -> None:
    held = tables(
        statements=[{"stated_on": stated}, {"statement": "t", "source": "nowhere"}],
        sources=[{"published_on": published}, {"source": "else", "published_on": "2000-01-01"}],
    )
    assert broken("statements/said-before-published", held) == bad


KEY = "ua-general-staff/russia/tanks/2023-02-22"
MATCHES = "revisions/matches-data"


def revision(number: int, old: object, new: object, **more: str) -> dict[str, object]:
    return {"revision": number, "key": KEY, "old": old, "new": new, **more}


@pytest.mark.parametrize(
    ("revisions", "bad"),
    [
        ([revision(1, 7, 5)], []),
        ([revision(1, 5, 7)], [0]),
        ([revision(1, 7, "")], [0]),
        ([revision(1, 7, "05")], [0]),
        ([revision(1, 7, "5.0")], [0]),
        ([revision(1, 7, 6), revision(2, 6, 5)], []),
        ([revision(1, 7, 8), revision(2, 6, 5)], [0]),
        ([revision(1, 7, 6), revision(2, 6, 4)], [1]),
        ([revision(2, 6, 5), revision(1, 7, 6)], []),
        ([revision(1, "", 5, key="tanks")], [0]),
        ([revision(1, "", 5, key=KEY.replace("22", "23"))], [0]),
        ([revision(1, "", 5, key=KEY.replace("2023", "soon"))], [0]),
        ([revision(1, "", 5, column="sum")], [0]),
        ([revision(1, "", 5, table="attic")], []),
        ([revision(1, 4, "", column="increment")], []),
        ([revision(1, 4, 3, column="increment")], [0]),
        ([revision(1, "agreed", "single", column="evidence")], []),
        ([revision(1, "single", "agreed", column="evidence")], [0]),
        ([revision(1, "x", "2026-11-22", column="recorded_on")], []),
        ([revision(1, "x", "2026-11-23", column="recorded_on")], [0]),
        ([revision(1, 7, 6), revision(2, "single", "single", column="evidence")], [0]),
    ],
)
def test_the_newest_revision_is_in_the_table(
    revisions: list[dict[str, object]], bad: list[int]
) -> None:
    assert broken(MATCHES, tables(loss_counts=run([5]), revisions=revisions)) == bad


def test_revisions_of_other_kinds_of_cells() -> None:
    held = tables(
        claims=[{"low": "1.5"}],
        records=[{"votes": "false"}],
        revisions=[
            revision(1, "", "1.5", table="claims", key="s/1", column="low"),
            revision(2, "", "true", table="records", key="petro", column="votes"),
            revision(3, "", "false", table="records", key="petro", column="title"),
        ],
    )
    assert broken(MATCHES, held) == [1, 2]


def test_an_unreadable_cell_cannot_be_judged() -> None:
    held = tables(loss_counts=run([UNKNOWN]), revisions=[revision(1, 7, 6)])
    assert broken(MATCHES, held) == []


@pytest.mark.parametrize("table", ["series", "records"])
@pytest.mark.parametrize(
    ("gaps", "bad"),
    [
        ("", []),
        ("2023-02-22/2023-02-22", []),
        ("2023-02-22/2023-02-23 2023-02-24/2023-03-01", []),
        ("2023-02-30/2023-03-01", [0]),
        ("2023-02-23/2023-02-22", [0]),
        ("2023-02-22/2023-02-23 2023-02-23/2023-02-24", [0]),
        ("2023-02-24/2023-02-25 2023-02-20/2023-02-21", [0]),
        ("soon", []),
        ("2023-02-22/2023-02-22 ", []),
    ],
)
def test_gaps_are_intervals_of_days(table: str, gaps: str, bad: list[int]) -> None:
    assert broken(f"{table}/gaps-readable", tables(**{table: [{"gaps": gaps}]})) == bad


@pytest.mark.parametrize(
    ("start", "end", "bad"),
    [
        ("2022-02-24", "2022-02-24", []),
        ("2022-02-24", "2022-02-23", [0]),
        (UNKNOWN, "2022-02-23", []),
    ],
)
def test_periods_of_reports(start: str, end: str, bad: list[int]) -> None:
    reports = [{"period_start": start, "period_end": end}]
    assert broken("reports/period-ordered", tables(reports=reports)) == bad
