"""Tables made to be slow are not judged, and the rules say so."""

from __future__ import annotations

import datetime as dt

import pytest

from reported_losses.validation.rules import CATALOGUE, missing_figures, record_coverage
from validation.rules.kit import DAY, broken, run, tables

COMPLETE, SUPPORTED = "loss_counts/complete-report", "loss_counts/evidence-supported"


def test_figures_due_are_looked_for_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["aircraft", "tanks", "uavs"]
    held = tables(
        series=[{"category": name} for name in names],
        reports=[{"report_date": DAY + dt.timedelta(days=day)} for day in range(2)],
        loss_counts=[{"category": name, "report_date": DAY, "total": 1} for name in names],
    )
    assert broken(COMPLETE, held) == [0, 1, 2]
    monkeypatch.setattr(missing_figures, "_MOST", 5)
    verdict = CATALOGUE[COMPLETE].verdict(held)
    assert verdict.failing is None
    assert "6 figures due" in str(verdict.unjudged)
    assert not verdict.excused


@pytest.mark.parametrize("gaps", ["", "2023-02-24/2023-02-24 2023-02-26/2023-02-26"])
def test_records_too_many_to_be_counted_are_not_judged(
    gaps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = tables(
        series=[{}],
        loss_counts=run([5], evidence=["agreed"]),
        readings=[{"report_date": DAY, "total": 5}],
        records=[{"kept": "dissent", "gaps": gaps}],
    )
    assert broken(SUPPORTED, held) == [0]
    monkeypatch.setattr(record_coverage, "_MOST", 1 if gaps else 0)
    verdict = CATALOGUE[SUPPORTED].verdict(held)
    assert verdict.failing is None
    assert "too many" in str(verdict.unjudged)
