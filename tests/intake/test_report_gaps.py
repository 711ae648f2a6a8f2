"""What a report lacks is told from what its reporter does not count, or counts elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest

from reported_losses.intake.report_gaps import declared, lacking
from reported_losses.intake.report_text.report import Figure
from reported_losses.intake.tables import Row

DAY = dt.date(2022, 4, 20)
FIGURES = [Figure("tanks", 500, 5, "exact", 1)]


def series(category: str, first: str = "2022-02-24", last: str = "", gaps: str = "") -> Row:
    return {
        "reporter": "ua-general-staff",
        "category": category,
        "first_report": first,
        "last_report": last,
        "gaps": gaps,
    }


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (series("tanks"), False),
        (series("mlrs"), True),
        (series("mlrs", first="2022-04-20"), True),
        (series("mlrs", first="2022-04-21"), False),
        (series("mlrs", gaps="2022-04-19/2022-04-21"), False),
        (series("mlrs", gaps="2022-04-19/2022-04-19"), True),
        (series("fuel-tanks", last="2022-04-30"), True),
        (series("fuel-tanks", last="2022-04-19"), False),
        (series("prisoners", last="2022-04-30"), False),
        (series("mlrs") | {"reporter": "oryx"}, False),
    ],
)
def test_what_a_report_lacks(row: Row, *, missing: bool) -> None:
    record = {"categories": "fuel-tanks tanks"}
    expected = (row["category"],) if missing else ()
    assert lacking(FIGURES, [row], record, DAY) == expected


def test_only_new_gaps_are_declared_once_for_all_their_series() -> None:
    old = [series("tanks", gaps="2022-04-02/2022-04-03"), series("mlrs"), series("uavs")]
    new = [
        series("tanks", gaps="2022-04-02/2022-04-05"),
        series("mlrs", gaps="2022-04-04/2022-04-05"),
        series("uavs"),
    ]
    (line,) = declared(old, new)
    assert "2022-04-04/2022-04-05" in line
    assert "mlrs, tanks" in line
    assert list(declared(new, old)) == []
