"""The choice of totals and increments, and the evidence for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.build import Figure, Reconciliation
from reported_losses.intake.general_staff.corrections import find_corrections
from reported_losses.intake.general_staff.decide import RECORD_ORDER, choose
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.parsing.intervals import DAY

FIRST = dt.date(2023, 8, 28)


def days(*totals: Mapping[str, int], increments: Mapping[int, Mapping[str, int]]) -> list[Reading]:
    """Build readings of one category: per day, the total and the increment of each record."""
    return [
        Reading(
            record, Cell("tanks", FIRST + DAY * day), total, increments.get(day, {}).get(record)
        )
        for day, held in enumerate(totals)
        for record, total in held.items()
    ]


KINDS = {"gs-text": "text", "gs-infographic": "infographic"}
RECORDS = [
    {
        "reporter": REPORTER,
        "record": record,
        "source": record,
        "derived_from": "",
        "kind": KINDS.get(record, "transcription"),
        "votes": "true",
        "kept": "whole",
    }
    for record in RECORD_ORDER
]


def decide(readings: list[Reading]) -> Reconciliation:
    return build.decide(installed(), readings, RECORDS)


def figures(readings: list[Reading]) -> list[Figure]:
    return list(decide(readings).figures.values())


def test_records_that_agree() -> None:
    primary, agreed, single = figures(
        days(
            {"gs-text": 10, "petro": 10},
            {"petro": 12, "minfin": 12},
            {"orc-losses": 13},
            increments={0: {"gs-text": 2}},
        )
    )
    assert (primary.total, primary.increment, primary.evidence) == (10, 2, "primary")
    assert (agreed.total, agreed.increment, agreed.evidence) == (12, None, "agreed")
    assert (single.total, single.evidence) == (13, "single")


def test_the_majority_is_taken_and_named_as_such() -> None:
    (figure,) = figures(days({"gs-text": 9, "petro": 10, "minfin": 10}, increments={}))
    assert (figure.total, figure.evidence) == (10, "majority")


def test_the_printed_increments_outweigh_a_majority() -> None:
    middle = {"gs-text": 7409, "orc-losses": 7409, "petro": 7909}
    readings = days(
        {"petro": 7866}, middle, {"petro": 7953}, increments={1: {"gs-text": 43}, 2: {"petro": 44}}
    )
    figure = figures(readings)[1]
    assert (figure.total, figure.increment, figure.evidence) == (7909, 43, "majority")


def test_a_total_that_all_records_share_is_kept_against_the_increments() -> None:
    same = [{"gs-text": 100, "petro": 100}, {"gs-text": 90, "petro": 90}]
    _, second = figures(days(*same, increments={1: {"gs-text": 2}}))
    assert (second.total, second.increment, second.evidence) == (90, 2, "primary")


def test_an_undecided_tie_is_disputed_and_takes_the_primary_record() -> None:
    (figure,) = figures(days({"petro": 10, "gs-infographic": 12}, increments={}))
    assert (figure.total, figure.evidence) == (12, "disputed")


def test_of_tied_totals_the_one_without_a_fall_is_taken() -> None:
    split = {"orc-losses": 30, "petro": 130}
    readings = days({"petro": 130}, split, {"petro": 140}, increments={})
    figure = figures(readings)[1]
    assert (figure.total, figure.evidence) == (130, "disputed")


def test_of_two_printed_increments_the_one_that_adds_up_is_taken() -> None:
    readings = days(
        {"gs-text": 10},
        {"gs-text": 17, "gs-infographic": 17},
        increments={1: {"gs-text": 71, "gs-infographic": 7}},
    )
    assert figures(readings)[1].increment == 7


def test_an_increment_without_a_total_is_no_figure() -> None:
    assert not choose([Reading("gs-infographic", Cell("submarines", FIRST), None, 0)])


def test_a_lone_copy_that_follows_a_misprinted_increment_does_not_win() -> None:
    # The image prints +5 where +4 is meant; one copyist added it up, and is right again next day.
    held = {"gs-text": 14, "gs-infographic": 14, "minfin": 14, "petro": 15}
    readings = days(
        {"gs-text": 10}, held, {"gs-text": 20}, increments={1: {"gs-text": 5}, 2: {"gs-text": 6}}
    )
    assert figures(readings)[1].total == 14


# Laws


@st.composite
def many_readings(draw: st.DrawFn) -> list[Reading]:
    readings: dict[tuple[str, Cell], Reading] = {}
    for _ in range(draw(st.integers(1, 25))):
        cell = Cell(
            draw(st.sampled_from(["tanks", "ships"])), FIRST + DAY * draw(st.integers(0, 4))
        )
        record = draw(st.sampled_from(RECORD_ORDER))
        total = draw(st.none() | st.integers(0, 12))
        increment = draw(st.none() | st.integers(0, 4))
        correction = draw(st.none() | st.integers(-3, 3).filter(bool))
        readings[record, cell] = Reading(record, cell, total, increment, correction)
    return list(readings.values())


@settings(max_examples=60, deadline=None)
@given(readings=many_readings(), data=st.data())
def test_no_order_of_the_readings_changes_anything(
    readings: list[Reading], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(readings))
    decided, again = decide(readings), decide(shuffled)
    assert list(decided.figures.items()) == list(again.figures.items())
    assert decided.corrections == again.corrections


@settings(max_examples=60, deadline=None)
@given(readings=many_readings())
def test_every_figure_is_held_by_a_record_and_its_evidence_says_if_others_differ(
    readings: list[Reading],
) -> None:
    decided = decide(readings).figures
    assert set(decided) == {r.cell for r in readings if r.total is not None}
    for figure in decided.values():
        held = {r.total for r in readings if r.cell == figure.cell and r.total is not None}
        assert figure.total in held
        contradicted = len(held) > 1
        assert contradicted == (figure.evidence in {"majority", "disputed"})


@settings(max_examples=60, deadline=None)
@given(readings=many_readings())
def test_with_the_corrections_the_identity_holds_and_no_fall_is_left(
    readings: list[Reading],
) -> None:
    choices = choose(readings)
    amounts = {found.cell: found.amount for found in find_corrections(choices, readings)}
    assert 0 not in amounts.values()
    for cell, figure in choices.items():
        before = choices.get(Cell(cell.category, cell.date - DAY))
        if before is None:
            assert cell not in amounts
            continue
        step = figure.total - before.total - amounts.get(cell, 0)
        assert step == figure.increment if figure.increment is not None else step >= 0


def copies(**derived_from: str) -> list[dict[str, str]]:
    """Return the records, some of them copied from a publication."""
    named = {name.replace("_", "-"): text for name, text in derived_from.items()}
    return [{**row, "derived_from": named.get(row["record"], "")} for row in RECORDS]


def decided(readings: list[Reading], records: list[dict[str, str]]) -> list[Figure]:
    return list(build.decide(installed(), readings, records).figures.values())


def test_copies_of_one_publication_have_one_vote() -> None:
    readings = days(
        {"petro": 9, "orc-losses": 9, "minfin": 10, "russianwarship": 10}, increments={}
    )
    (figure,) = decided(readings, copies(petro="gs-text", orc_losses="gs-text"))
    assert (figure.total, figure.evidence, dict(figure.strength)) == (10, "majority", {10: 2, 9: 1})
    assert figures(readings)[0].evidence == "disputed"


def test_copies_that_agree_are_single() -> None:
    readings = days({"petro": 9, "orc-losses": 9}, increments={})
    (figure,) = decided(readings, copies(petro="gs-text", orc_losses="gs-text"))
    assert figure.evidence == "single"
    assert figures(readings)[0].evidence == "agreed"


def test_a_record_may_change_what_it_is_copied_from() -> None:
    readings = days({"minfin": 9, "petro": 9}, {"minfin": 9, "petro": 9}, increments={})
    records = copies(petro="page", minfin=f"page@/{FIRST} other-page@{FIRST + DAY}/")
    assert [figure.evidence for figure in decided(readings, records)] == ["single", "agreed"]


def test_a_confirmed_print_stays_against_the_increments() -> None:
    # The report misprints its total: the image, a copy of the text and the front page have it.
    # Another copy of the text adds the increments up instead.
    wrong = {"gs-infographic": 188, "orc-losses": 188, "ukrainska-pravda": 188, "petro": 134}
    readings = days(
        {"gs-infographic": 106},
        wrong,
        {"gs-infographic": 195},
        increments={1: {"gs-infographic": 28}, 2: {"gs-infographic": 61}},
    )
    records = copies(petro="gs-text", orc_losses="gs-text")
    found = build.decide(installed(), readings, records)
    assert list(found.figures.values())[1].total == 188
    kinds = [(one.cell.date, one.amount, one.kind) for one in found.corrections]
    day = FIRST + DAY
    assert kinds == [(day, 54, "misprinted-total"), (day + DAY, -54, "misprinted-total")]


def test_a_print_that_another_publication_contradicts_is_not_confirmed() -> None:
    split = {"gs-infographic": 916, "ukrainska-pravda": 916, "orc-losses": 918, "petro": 918}
    readings = days(
        {"gs-infographic": 916},
        split,
        {"gs-infographic": 919},
        increments={1: {"gs-infographic": 2}, 2: {"gs-infographic": 1}},
    )
    figure = decided(readings, copies(petro="gs-text", orc_losses="gs-text"))[1]
    assert (figure.total, figure.evidence) == (918, "majority")


def test_a_stale_reading_neither_votes_nor_dissents() -> None:
    cell = Cell("tanks", FIRST)
    readings = [Reading("petro", cell, 10), Reading("minfin", cell, 9, stale=True)]
    (figure,) = figures(readings)
    assert (figure.total, figure.evidence, list(figure.votes)) == (10, "single", [10])


def others(*readings: Reading) -> list[dict[str, str]]:
    """Return the records and those of the readings, which do not vote."""
    kinds = {"gs-quoted": "quotation", "gs-address": "address"}
    names = {reading.record for reading in readings}
    return RECORDS + [
        {**RECORDS[0], "record": name, "source": name, "kind": kinds[name], "votes": "false"}
        for name in sorted(names)
    ]


def relayed(record: str, increment: int) -> Reading:
    return Reading(record, Cell("tanks", FIRST + DAY), None, increment)


def test_a_quoted_increment_is_taken_where_none_is_printed() -> None:
    quote, address = relayed("gs-quoted", 9), relayed("gs-address", 4)
    readings = [*days({"petro": 10}, {"petro": 14}, increments={}), quote, address]
    found = build.decide(installed(), readings, others(quote, address))
    _, figure = found.figures.values()
    assert (figure.increment, figure.increment_evidence) == (9, "quoted")
    assert [one.amount for one in found.corrections] == [-5]


def test_an_address_counts_only_where_it_fits() -> None:
    for spelt, stated, increment in ((4, None, 4), (3, None, None), (3, 1, 3), (3, 2, None)):
        address = relayed("gs-address", spelt)
        last = Reading("petro", Cell("tanks", FIRST + DAY), 14, correction=stated)
        readings = [*days({"petro": 10}, increments={}), last, address]
        _, figure = decided(readings, others(address))
        evidence = "" if increment is None else "address"
        assert (figure.increment, figure.increment_evidence) == (increment, evidence)


def test_a_fall_that_a_record_states_as_a_correction_is_no_fall() -> None:
    # One record goes on and falls with the stated correction; the other was flat all along.
    before = [{"orc-losses": 3979, "minfin": 3970}] * 2
    readings = days({"petro": 3969}, *before, increments={})
    readings.append(Reading("petro", Cell("tanks", FIRST + DAY * 3), 3970, correction=-9))
    assert [figure.total for figure in figures(readings)] == [3969, 3979, 3979, 3970]
