"""How fresh the dataset is: the numbers of the tables, and days counted from a given day only."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from pathlib import Path

import pandas as pd
import pytest

import bad_cases
import reported_losses as rl
from loading.test_docstrings import dtypes, listed
from reported_losses.loading import coverage, status_text
from reported_losses.loading.load import arrow
from reported_losses.loading.status import Status, status

GS = "ua-general-staff"
TODAY = dt.date(2026, 11, 30)


@pytest.fixture(scope="module")
def known() -> Status:
    return status(TODAY)


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    return rl.load("loss_counts")


def test_every_reporter_and_subject_is_there_once(known: Status, counts: pd.DataFrame) -> None:
    keys = [(one.reporter, one.subject) for one in known.reporters]
    assert keys == sorted(set(zip(counts["reporter"], counts["subject"], strict=True)))


def test_the_numbers_are_those_of_the_table(known: Status, counts: pd.DataFrame) -> None:
    for one in known.reporters:
        own = counts[(counts["reporter"] == one.reporter) & (counts["subject"] == one.subject)]
        printed = own[own["increment"].notna()].astype({"category": str})
        last = f"{own['report_date'].max():%Y-%m-%d}"
        assert (str(one.last_report), one.figures) == (last, len(own))
        assert one.report_days == own["report_date"].nunique()
        evidence = own["evidence"].astype(str).value_counts()
        assert one.evidence == evidence.to_dict()
        by_category = printed.groupby("category")["report_date"]
        assert one.increments == by_category.count().to_dict()
        assert one.last_increments == {name: day.date() for name, day in by_category.max().items()}
        years = printed.drop_duplicates("report_date")["report_date"].dt.year.value_counts()
        assert one.increment_days == years.to_dict()
        assert one.last_increment == max(one.last_increments.values(), default=None)
        assert one.last_printed_increment == max(
            (
                day.date()
                for day in printed.loc[printed["increment_evidence"] != "address", "report_date"]
            ),
            default=None,
        )


def test_full_increments_leave_out_a_day_on_which_a_figure_has_none(
    known: Status, counts: pd.DataFrame
) -> None:
    (one,) = (one for one in known.reporters if one.reporter == GS)
    own = counts[counts["reporter"] == GS]
    complete = own.groupby("report_date")["increment"].apply(lambda column: column.notna().all())
    assert one.last_full_increments == complete[complete].index.max().date()


def test_gaps_are_the_days_of_a_daily_reporter_without_a_report(known: Status) -> None:
    for one in known.reporters:
        missing = (one.last_report - one.first_report).days + 1 - one.report_days
        assert one.gap_days == (missing if one.daily else 0)


def test_days_are_counted_only_from_a_day_that_is_given(known: Status) -> None:
    for one in known.reporters:
        assert one.days_since == (TODAY - one.last_report).days
    assert {one.days_since for one in status().reporters} == {None}
    assert "ago" not in str(status())
    before = status(known.reporters[-1].last_report - dt.timedelta(days=1)).reporters[-1]
    assert before.days_since == -1
    assert "1 day ahead" in str(status(known.reporters[-1].last_report - dt.timedelta(days=1)))


def test_a_frame_has_the_columns_that_are_documented(known: Status) -> None:
    for found in (known, status()):
        frame = found.to_pandas()
        assert listed(Status.to_pandas) == dtypes(frame)
        assert len(frame) == len(found.reporters)
    assert known.to_pandas()["days_since"].to_list() == [one.days_since for one in known.reporters]


def test_a_status_survives_being_sent(known: Status) -> None:
    assert pickle.loads(pickle.dumps(known)) == known  # noqa: S301 - our own bytes


def test_holes_and_categories_that_fell_behind_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small package without one report, and without the last figure of one category."""
    tables = bad_cases.build(tmp_path)
    path = tmp_path / tables["loss_counts"].path
    gone = f"({GS},russia,.*,2022-03-02|{GS},russia,tanks,2022-03-03),.*\n"
    path.write_text(re.sub(gone, "", path.read_text(encoding="utf-8")), encoding="utf-8")
    monkeypatch.setattr(coverage, "load", lambda name, **_: arrow(tables[name], folder=tmp_path))
    oryx, staff = status("2022-03-05").reporters
    assert (oryx.daily, oryx.gaps, oryx.behind, oryx.days_since) == (False, (), {}, -4)
    assert staff.gaps == ((dt.date(2022, 3, 2), dt.date(2022, 3, 2)),)
    assert (staff.gap_days, staff.report_days, staff.days_since) == (1, 2, 2)
    assert staff.behind == {"tanks": dt.date(2022, 3, 1)}
    assert staff.increments == {"personnel": 1}
    said = "\n".join(status_text.lines(Status("0.0.0", None, (staff,))))
    assert "1 missing: 2022-03-02" in said
    assert "tanks: no figure since 2022-03-01" in said
