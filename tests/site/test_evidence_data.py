"""Every reading of a figure is on the page: as a bit, as silence, or as a row."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.intake.tables import read_rows
from reported_losses.loading.load import arrow
from reported_losses.site.decided import decide
from reported_losses.site.evidence_data import REASONS, Evidence, Figures

# One category is enough: what is decided of each depends on no other.
KEY = ("ua-general-staff", "russia", "submarines")


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Any]]:
    texts = ("records", "loss_counts")
    found = {name: read_rows(package_dir(), installed().table(name)) for name in texts}
    found["readings"] = arrow(installed().table("readings")).to_pylist()
    for name in ("readings", "loss_counts"):
        found[name] = [
            row for row in found[name] if (row["reporter"], row["subject"], row["category"]) == KEY
        ]
    return found


@pytest.fixture(scope="module")
def figures(rows: dict[str, list[Any]]) -> Figures:
    return {
        row["report_date"]: (int(row["total"]), int(row["increment"]) if row["increment"] else None)
        for row in rows["loss_counts"]
    }


@pytest.fixture(scope="module")
def evidence(rows: dict[str, list[Any]], figures: Figures) -> dict[str, Any]:
    return Evidence(decide(rows["records"], rows["readings"])).of(KEY, figures)


def bits(packed: list[int]) -> list[int]:
    pairs = zip(packed[::2], packed[1::2], strict=True)
    return list(itertools.chain.from_iterable([value] * times for value, times in pairs))


def test_every_reading_is_there_once(
    rows: dict[str, list[Any]], figures: Figures, evidence: dict[str, Any]
) -> None:
    number = {row["record"]: place for place, row in enumerate(rows["records"])}
    place = {day: row for row, day in enumerate(figures)}
    held, other = bits(evidence["held"]), {(one[0], one[1]) for one in evidence["other"]}
    due = {
        (place[str(row["report_date"])], number[row["record"]])
        for row in rows["readings"]
        if str(row["report_date"]) in place
    }
    by_bits = {
        (row, record)
        for row, value in enumerate(held)
        for record in number.values()
        if value >> record & 1
    }
    assert by_bits | other == due
    assert not by_bits & other


def test_a_bit_means_the_total_of_the_figure(
    rows: dict[str, list[Any]], figures: Figures, evidence: dict[str, Any]
) -> None:
    number = {row["record"]: place for place, row in enumerate(rows["records"])}
    place = {day: row for row, day in enumerate(figures)}
    held, printed = bits(evidence["held"]), bits(evidence["printed"])
    for row in rows["readings"]:
        at = place.get(str(row["report_date"]))
        if at is not None and held[at] >> number[row["record"]] & 1:
            assert row["total"] == figures[str(row["report_date"])][0]
            is_printed = bool(printed[at] >> number[row["record"]] & 1)
            assert is_printed == (row["increment"] is not None)


def test_silence_is_of_records_kept_where_they_dissent(
    rows: dict[str, list[Any]], evidence: dict[str, Any]
) -> None:
    silent = bits(evidence["silent"])
    assert any(silent)
    for place, row in enumerate(rows["records"]):
        if row["kept"] != "dissent":
            assert not any(value >> place & 1 for value in silent)
    assert not any(a & b for a, b in zip(silent, bits(evidence["held"]), strict=True))


def test_what_needs_a_reason_has_one(rows: dict[str, list[Any]], evidence: dict[str, Any]) -> None:
    due = [place for place, row in enumerate(rows["loss_counts"]) if row["evidence"] not in REASONS]
    assert [row for row, _ in evidence["why"]] == due
