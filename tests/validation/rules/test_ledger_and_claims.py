"""Corrections, printed increments, claims and sources against what they rest on."""

from __future__ import annotations

import datetime as dt

import pytest

from validation.rules.kit import DAY, UNKNOWN, broken, run, tables

NEXT = DAY + dt.timedelta(days=1)
NOTED = "readings/correction-noted"


@pytest.mark.parametrize(
    ("stated", "amount", "note", "bad"),
    [
        (-10, -10, "", []),
        (-10, -9, "", []),  # corrections/explains-something
        (-10, None, "", [0]),
        (-10, None, "A slip of the record.", []),
        ("", None, "", []),
        (UNKNOWN, None, "", []),
    ],
)
def test_a_stated_correction_is_in_the_ledger_or_explained(
    stated: object, amount: int | None, note: str, bad: list[int]
) -> None:
    held = tables(
        records=[{}],
        loss_counts=run([100, 110]),
        readings=[{"report_date": NEXT, "correction": stated, "note": note}],
        corrections=[] if amount is None else [{"report_date": NEXT, "amount": amount}],
    )
    assert broken(NOTED, held) == bad


@pytest.mark.parametrize(("amount", "bad"), [(-10, []), (-9, [0]), (-20, [0])])
def test_an_unstated_correction_is_the_whole_fall(amount: int, bad: list[int]) -> None:
    corrections = [{"report_date": NEXT, "amount": amount}]
    held = tables(loss_counts=run([100, 90]), corrections=corrections)
    assert broken("corrections/explains-something", held) == bad


@pytest.mark.parametrize(("policy", "bad"), [("cumulative", []), ("restated", [0]), ("", [])])
def test_a_living_list_has_no_corrections(policy: str, bad: list[int]) -> None:
    corrections = [{"report_date": NEXT + dt.timedelta(days=n), "amount": -10} for n in (0, 1)]
    held = tables(
        series=[{"policy": policy}], loss_counts=run([100, 90, 80]), corrections=corrections
    )
    assert broken("corrections/not-restated", held) == bad


RECORDS = [
    {"record": "gs-text", "kind": "text"},
    {"record": "gs-infographic", "kind": "infographic"},
    {"record": "quoted", "kind": "quotation", "votes": "false"},
]


@pytest.mark.parametrize(
    ("increment", "evidence", "prints", "bad"),
    [
        ("", "", {"gs-text": 2}, [1]),
        ("", "", {"quoted": 2}, []),
        ("2", "primary", {"gs-text": 2}, []),
        ("2", "primary", {"gs-text": 3, "gs-infographic": 2}, []),
        ("2", "quoted", {"gs-text": 3, "quoted": 2}, [1]),
        ("", "primary", {"gs-text": 2}, []),  # loss_counts/increment-evidence-supported
        ("", "", {"gs-text": UNKNOWN}, []),
    ],
)
def test_a_printed_increment_reaches_its_figure(
    increment: str, evidence: str, prints: dict[str, object], bad: list[int]
) -> None:
    rows = [{"record": name, "report_date": NEXT, "increment": n} for name, n in prints.items()]
    figures = run([5, 7], increment=["", increment], increment_evidence=["", evidence])
    held = tables(records=RECORDS, readings=rows, loss_counts=figures)
    assert broken("loss_counts/increment-printed", held) == bad


CLAIM = {"subject": "russia", "category": "tanks", "reporter": "ua-general-staff"}
REVISION = {"key": f"ua-general-staff/russia/tanks/{DAY}", "old": "9", "new": "7"}


@pytest.mark.parametrize(
    ("low", "revised", "error", "warning"),
    [(7, None, [], []), (9, None, [0], []), (9, "2026-11-22", [], [0]), (9, "2026-11-20", [0], [])],
)
def test_a_claim_of_a_revised_figure_is_a_warning(
    low: int, revised: str | None, error: list[int], warning: list[int]
) -> None:
    claim = {**CLAIM, "period_end": DAY, "low": low, "high": low, "recorded_on": "2026-11-21"}
    revisions = [] if revised is None else [{**REVISION, "revised_on": revised}]
    held = tables(claims=[claim], loss_counts=run([7]), revisions=revisions)
    assert broken("claims/matches-count", held) == error
    assert broken("claims/matches-revised-count", held) == warning


@pytest.mark.parametrize(("low", "bad"), [(12, []), (112, []), (11, [0]), (10, [0])])
def test_a_longer_period_may_be_a_difference(low: int, bad: list[int]) -> None:
    days = {"period_start": DAY, "period_end": DAY + dt.timedelta(days=3)}
    held = tables(
        claims=[{**CLAIM, **days, "low": low, "high": low}], loss_counts=run([100, 104, 108, 112])
    )
    assert broken("claims/matches-count", held) == bad


@pytest.mark.parametrize(
    ("subject", "about", "bad"),
    [
        ("russia", "russia", []),
        ("ukraine", "russia", [0]),
        ("ukraine", "both", []),
        ("wagner", "russia", []),
        ("wagner", "ukraine", [0]),
        ("north-korea", "russia", [0]),
        ("russia", "", []),
    ],
)
def test_a_claim_is_about_the_subject_of_its_statement(
    subject: str, about: str, bad: list[int]
) -> None:
    held = tables(claims=[{"subject": subject}], statements=[{"about": about}])
    assert broken("claims/subject-of-statement", held) == bad


@pytest.mark.parametrize(
    ("claim", "said", "bad"),
    [
        ({"period_end": "2023-02-22"}, "day", []),
        ({"period_end": "2023-02-23"}, "day", [0]),
        ({"period_end": "2023-02-23", "basis": "forecast"}, "day", []),
        ({"period_end": "2023-02-28", "period_precision": "inferred"}, "day", []),
        ({"period_end": "2023-03-01", "period_precision": "inferred"}, "day", [0]),
        ({"period_end": "2023-02-28"}, "month", []),
        ({"period_end": UNKNOWN}, "day", []),
    ],
)
def test_a_claim_counts_no_days_to_come(claim: dict[str, str], said: str, bad: list[int]) -> None:
    held = tables(
        claims=[{"basis": "reported", **claim}], statements=[{"stated_on_precision": said}]
    )
    assert broken("claims/period-past", held) == bad


def test_a_source_is_used_by_a_row_or_named_in_a_note() -> None:
    names = ["page", "relay", "gs-text", "named", "idle", "petro"]
    held = tables(
        sources=[{"source": name} for name in names],
        statements=[{}],
        statement_sources=[{"statement": "s", "source": "relay"}],
        records=[{"derived_from": "gs-text@/2023-02-22"}],
        readings=[{"report_date": DAY, "note": "Also on named."}],
    )
    assert broken("sources/used", held) == [4]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ({"published_on": "2026-11-22"}, []),
        ({"published_on": "2026-11-23"}, [0]),
        ({"accessed_on": "2026-11-23"}, [0]),
        ({"published_on": UNKNOWN}, []),
    ],
)
def test_no_source_is_of_tomorrow(cells: dict[str, str], bad: list[int]) -> None:
    assert broken("sources/not-in-future", tables(sources=[cells])) == bad
