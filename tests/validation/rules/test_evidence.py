"""`loss_counts/evidence-supported` and `readings/dissent-visible`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from reported_losses.parsing.columns import Columns
from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

SUPPORTED = "loss_counts/evidence-supported"
VISIBLE = "readings/dissent-visible"
DAYS = {"first_day": "2023-02-20", "last_day": "2023-02-26"}
RECORDS = [
    {"record": "gs-text", "kind": "text", **DAYS},
    {"record": "petro", **DAYS},
    {"record": "orc-losses", **DAYS},
    {"record": "other", **DAYS},
    {"record": "follower", "votes": "false", **DAYS},
]
SILENT = {"record": "minfin", "kept": "dissent", **DAYS}


def readings(**totals: object) -> list[dict[str, object]]:
    """One reading of 2023-02-22 per record named."""
    names = {name.replace("_", "-"): total for name, total in totals.items()}
    return [{"record": name, "report_date": DAY, "total": total} for name, total in names.items()]


def held(
    evidence: str,
    votes: list[dict[str, object]],
    records: list[dict[str, str]] | None = None,
    total: object = 5,
) -> Mapping[str, Columns]:
    figures = run([total], evidence=[evidence])
    return tables(series=[{}], loss_counts=figures, readings=votes, records=records or RECORDS)


CASES = [
    ("primary", readings(gs_text=5)),
    ("primary", readings(gs_text=5, petro=5)),
    ("agreed", readings(petro=5, orc_losses=5)),
    ("single", readings(petro=5)),
    ("single", readings(petro=5, follower=6)),
    ("single", readings(petro=5, orc_losses="")),
    ("majority", readings(petro=5, orc_losses=5, other=6)),
    ("majority", readings(gs_text=5, petro=5, orc_losses=7, other=6)),
    ("disputed", readings(petro=5, orc_losses=6)),
    ("disputed", readings(gs_text=5, orc_losses=6)),
    ("disputed", readings(gs_text=5, orc_losses=6, petro=6)),
]


@pytest.mark.parametrize(("evidence", "votes"), CASES)
def test_the_votes_are_counted(evidence: str, votes: list[dict[str, object]]) -> None:
    assert broken(SUPPORTED, held(evidence, votes)) == []
    assert broken(VISIBLE, held(evidence, votes)) == []


@pytest.mark.parametrize(("evidence", "votes"), CASES)
def test_any_other_evidence_is_found_by_one_rule_or_the_other(
    evidence: str, votes: list[dict[str, object]]
) -> None:
    for other in ("primary", "agreed", "majority", "single", "disputed"):
        found = broken(SUPPORTED, held(other, votes)), broken(VISIBLE, held(other, votes))
        assert (found[0] != []) + (found[1] != []) == (other != evidence), other


def test_dissent_is_found_at_the_dissenting_reading() -> None:
    votes = readings(petro=5, orc_losses=6, other=5)
    assert broken(VISIBLE, held("agreed", votes)) == [1]
    assert broken(SUPPORTED, held("agreed", votes)) == []


def test_a_total_nobody_has_is_found_at_the_figure() -> None:
    votes = readings(petro=6, orc_losses=6)
    for evidence in ("primary", "agreed", "majority", "single", "disputed"):
        assert broken(SUPPORTED, held(evidence, votes)) == [0]
        assert broken(VISIBLE, held(evidence, votes)) == []


def test_a_figure_that_stands_twice_is_judged_once() -> None:
    figure = run([5], evidence=["single"])
    twice = tables(series=[{}], loss_counts=figure * 2, readings=readings(petro=5), records=RECORDS)
    assert broken(SUPPORTED, twice) == []


@pytest.mark.parametrize(
    ("increments", "evidence"),
    [
        (["", 2, ""], "majority"),
        (["", "", 1], "majority"),
        (["", 3, ""], "disputed"),
        (["", 2, 0], "disputed"),
        (["", "", ""], "disputed"),
    ],
)
def test_a_printed_increment_decides_a_tie(increments: list[object], evidence: str) -> None:
    day = DAY + dt.timedelta(days=1)
    days = [DAY, day, DAY + dt.timedelta(days=2)]
    votes = [
        {"record": "petro", "report_date": day, "total": total, "increment": increment}
        for day, total, increment in zip(days, (3, 5, 6), increments, strict=True)
    ]
    votes.append({"record": "orc-losses", "report_date": day, "total": 6})
    figures = run([3, 5, 6], increment=increments, evidence=["single", evidence, "single"])
    world = tables(series=[{}], loss_counts=figures, readings=votes, records=RECORDS)
    assert broken(SUPPORTED, world) == []


@pytest.mark.parametrize(
    ("silent", "evidence"),
    [
        ({}, "agreed"),
        ({"votes": "false"}, "single"),
        ({"kept": "whole"}, "single"),
        ({"first_day": "2023-02-23"}, "single"),
        ({"last_day": "2023-02-21"}, "single"),
        ({"last_day": UNKNOWN}, "single"),
        ({"gaps": "2023-02-22/2023-02-22"}, "single"),
        ({"gaps": "2023-02-20/2023-02-21 2023-02-23/2023-02-25"}, "agreed"),
        ({"gaps": "2020-01-01/2030-02-21"}, "single"),
        ({"categories": "personnel"}, "single"),
        ({"reporter": "oryx"}, "single"),
        ({"kind": "text"}, "primary"),
    ],
)
def test_a_record_kept_where_it_dissents_agrees_by_silence(
    silent: dict[str, str], evidence: str
) -> None:
    world = held(evidence, readings(petro=5), [*RECORDS, {**SILENT, **silent}])
    assert broken(SUPPORTED, world) == []


@pytest.mark.parametrize(("said", "evidence"), [(5, "agreed"), (6, "disputed"), ("", "single")])
def test_a_record_that_speaks_is_not_silent(said: object, evidence: str) -> None:
    votes = readings(petro=5, minfin=said)
    assert broken(SUPPORTED, held(evidence, votes, [*RECORDS, SILENT])) == []


@pytest.mark.parametrize("evidence", ["primary", "single", "agreed"])
def test_a_reporter_no_record_reads_is_its_own_evidence(evidence: str) -> None:
    world = held(evidence, [], [{**SILENT, "reporter": "oryx"}])
    assert broken(SUPPORTED, world) == ([0] if evidence == "agreed" else [])


@pytest.mark.parametrize(
    ("votes", "total"), [(readings(petro=UNKNOWN), 5), (readings(petro=5), UNKNOWN)]
)
def test_what_is_unreadable_cannot_be_judged(votes: list[dict[str, object]], total: object) -> None:
    world = held("majority", votes, total=total)
    assert broken(SUPPORTED, world) == []
    assert broken(VISIBLE, world) == []


def copied(**derived_from: str) -> list[dict[str, str]]:
    """Return the records, some of them copied from a publication."""
    return [
        {**row, "derived_from": derived_from.get(row["record"].replace("-", "_"), "")}
        for row in [*RECORDS, SILENT]
    ]


@pytest.mark.parametrize(
    ("evidence", "votes", "derived_from"),
    [
        ("single", readings(petro=5, orc_losses=5, minfin=""), {"petro": "t", "orc_losses": "t"}),
        ("agreed", readings(petro=5, orc_losses=5, minfin=""), {"petro": "t", "orc_losses": "u"}),
        ("single", readings(petro=5, orc_losses=5, minfin=""), {"orc_losses": "petro"}),
        # minfin agrees by silence.
        ("agreed", readings(petro=5), {"petro": "t"}),
        ("single", readings(petro=5), {"petro": "t", "minfin": "t"}),
        ("single", readings(petro=5), {"petro": "t", "minfin": "t@2023-02-22/2023-02-22"}),
        ("agreed", readings(petro=5), {"petro": "t", "minfin": "t@/2023-02-21 u@2023-02-22/"}),
        ("disputed", readings(petro=5, orc_losses=5, other=6, minfin=""), {"petro": "t", "orc_losses": "t"}),
        ("majority", readings(petro=5, orc_losses=6, other=6), {"orc_losses": "t", "other": "t"}),
    ],
)  # fmt: skip
def test_copies_of_one_publication_count_once(
    evidence: str, votes: list[dict[str, object]], derived_from: dict[str, str]
) -> None:
    world = held(evidence, votes, copied(**derived_from))
    assert broken(SUPPORTED, world) == []
    assert broken(VISIBLE, world) == []


def test_a_stale_reading_neither_supports_nor_contradicts() -> None:
    stale = [{**row, "stale": "true"} for row in readings(orc_losses=6, other=5)]
    world = held("single", [*readings(petro=5), *stale])
    assert broken(SUPPORTED, world) == []
    assert broken(VISIBLE, world) == []
    # It is not silence either.
    own = [{**row, "stale": "true"} for row in readings(minfin=6)]
    assert broken(SUPPORTED, held("single", [*readings(petro=5), *own], [*RECORDS, SILENT])) == []


def test_a_reading_of_which_nobody_knows_whether_it_is_stale_cannot_be_judged() -> None:
    unknown = [{**row, "stale": UNKNOWN} for row in readings(orc_losses=6)]
    assert broken(SUPPORTED, held("primary", [*readings(petro=5), *unknown])) == []
