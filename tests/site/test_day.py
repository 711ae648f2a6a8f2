"""What a day page says is what the tables have of the day."""

from __future__ import annotations

import datetime as dt
import json

import jsonschema
import pytest

import reported_losses as rl
from made_days import (
    AFTER_FUEL_TANKS,
    CONTRADICTED,
    CORRECTED,
    DAYS,
    EXAMPLE,
    LAST_FUEL_TANKS,
    ORYX_ALONE,
    by_key,
    data_of_rows,
    made,
    tables,
)
from reported_losses.definition.location import package_dir
from reported_losses.site.day import facts
from reported_losses.site.day_data import Row

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((package_dir() / "schemas/report/day.json").read_text("utf-8"))
)


def count(day: dt.date, reporter: str = "ua-general-staff", subject: str = "russia") -> Row:
    found = facts(made(), day)["counts"]
    (one,) = (one for one in found if (one["reporter"], one["subject"]) == (reporter, subject))
    return dict(one)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_fits_its_schema_and_is_json(day: dt.date) -> None:
    said = facts(made(), day)
    assert json.loads(json.dumps(said)) == said
    SCHEMA.validate(said)


def test_the_figures_are_those_of_the_tables() -> None:
    figures = by_key(count(EXAMPLE)["figures"], "category")
    frame = rl.daily(start=EXAMPLE, end=EXAMPLE, engine="arrow").to_pylist()
    assert figures.keys() == {row["category"] for row in frame}
    for row in frame:
        for name in ("total", "increment", "change", "evidence", "increment_evidence"):
            assert figures[row["category"]][name] == row[name]
    tanks = figures["tanks"]
    assert (tanks["total"], tanks["increment"], tanks["changes"][-1]) == (3334, 8, 8)


def test_readings_are_those_of_the_table_and_the_silence_of_the_others() -> None:
    said = count(CONTRADICTED)
    held = {(one["record"], one["category"]): one for one in said["readings"]}
    assert held["minfin", "vehicles"]["total"] == 7409
    assert [key for key, one in held.items() if "differs" in one] == [("minfin", "vehicles")]
    assert held["minfin", "tanks"]["silent"]
    assert held["gs-text", "tanks"]["increment"] == 14
    (vehicles,) = (one for one in said["figures"] if one["category"] == "vehicles")
    assert vehicles["evidence"] == "majority"
    assert any("7,409" in line for line in vehicles["details"])


def test_corrections_have_their_reason_and_source() -> None:
    said = facts(made(), CORRECTED)
    sources = by_key(said["sources"], "source")
    (one,) = said["counts"]
    found = by_key(one["corrections"], "category")
    assert found["artillery"]["amount"] == 64
    assert found["artillery"]["kind"] == "re-based"
    assert all(each["reason"] and each["source"] in sources for each in found.values())


def test_statements_have_their_claims_and_sources() -> None:
    said = facts(made(), EXAMPLE)
    statement = by_key(said["statements"], "statement")[
        "2023-02-22-ua-general-staff-international-business-times"
    ]
    assert [one["low"] for one in statement["claims"]][:3] == [145060, 620, 3334]
    sources = by_key(said["sources"], "source")
    assert all(name in sources for one in said["statements"] for name in one["sources"])


def test_a_day_of_one_other_reporter_alone() -> None:
    said = facts(made(), ORYX_ALONE)
    assert {one["reporter"] for one in said["counts"]} == {"oryx"}
    assert (said["previous"], said["next"]) == (str(EXAMPLE), str(CONTRADICTED))
    for one in said["counts"]:
        assert all(sum(each["statuses"].values()) == each["total"] for each in one["figures"])


def test_a_category_that_ended_is_told_of_and_due_no_longer() -> None:
    last, after = count(LAST_FUEL_TANKS), count(AFTER_FUEL_TANKS)
    assert "fuel-tanks" in by_key(last["figures"], "category")
    assert "fuel-tanks" not in by_key(last["ended"], "category")
    assert by_key(after["ended"], "category")["fuel-tanks"]["last_report"] == str(LAST_FUEL_TANKS)
    assert "fuel-tanks" not in by_key(after["figures"], "category")
    assert not after["without_figure"]


def test_a_category_that_is_due_and_has_no_figure_is_named() -> None:
    changed = tables()
    changed["loss_counts"] = [
        row
        for row in changed["loss_counts"]
        if (row["report_date"], row["category"]) != (EXAMPLE, "mlrs")
    ]
    (first, *_) = facts(data_of_rows(changed), EXAMPLE)["counts"]
    assert [one["category"] for one in first["without_figure"]] == ["mlrs"]


def test_a_stale_reading_differs_from_nothing() -> None:
    changed = tables()
    row = next(
        row
        for row in changed["readings"]
        if (row["report_date"], row["record"], row["category"]) == (EXAMPLE, "petro", "tanks")
    )
    row |= {"total": 3326, "stale": True}
    (first, *_) = facts(data_of_rows(changed), EXAMPLE)["counts"]
    (reading,) = (
        one for one in first["readings"] if (one["record"], one["category"]) == ("petro", "tanks")
    )
    assert reading == {"category": "tanks", "record": "petro", "total": 3326, "stale": True}
