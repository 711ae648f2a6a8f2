"""Names, units, sides, and what most rows say."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.validation.rules.usual import made_from, unlike_most, usual_of
from validation.rules.kit import UNKNOWN, broken, columns, tables

CATEGORY = {"unit": "items"}


def test_a_name_is_of_one_row() -> None:
    rows = [
        {"category": "a", "label_en": "Tanks", "label_uk": "танки"},
        {"category": "b", "label_en": "Tanks"},
        {"category": "c", "label_en": "Guns", "label_uk": "танки"},
        {"category": "d"},
        {"category": "e"},
    ]
    assert broken("categories/named-once", tables(categories=rows)) == [1, 2]
    bodies = [{"organisation": name, "name": "A body"} for name in ("a", "a", "b")]
    # The second is the first once more, which its key says.
    assert broken("organisations/named-once", tables(organisations=bodies)) == [2]


@pytest.mark.parametrize("towards", ["broader", "merged_into"])
@pytest.mark.parametrize(("unit", "bad"), [("items", []), ("people", [1]), ("", [])])
def test_a_part_has_the_unit_of_the_whole(towards: str, unit: str, bad: list[int]) -> None:
    rows = [{"category": "a", "unit": "items"}, {"category": "b", "unit": unit, towards: "a"}]
    assert broken("categories/unit-of-broader", tables(categories=rows)) == bad


def test_a_part_is_on_the_side_of_the_whole() -> None:
    rows = [
        {"organisation": "a", "side": "ukraine"},
        {"organisation": "b", "side": "russia", "parent": "a"},
        {"organisation": "c", "side": "ukraine", "parent": "a"},
        {"organisation": "d", "side": "russia", "parent": "nobody"},
    ]
    assert broken("organisations/side-of-parent", tables(organisations=rows)) == [1]


def test_reports_count_from_one_day() -> None:
    rows = [{"report_date": f"2023-02-2{n}"} for n in range(4)]
    rows[2]["period_start"] = "2023-02-24"
    rows[3]["period_start"] = UNKNOWN
    assert broken("reports/counted-from-one-day", tables(reports=rows)) == [2]
    assert broken("reports/counted-from-one-day", tables(reports=rows[1:3])) == []


@pytest.mark.parametrize(
    ("end", "bad"), [("2023-02-15", []), ("2023-02-14", [0]), ("2022-02-20", []), (UNKNOWN, [])]
)
def test_a_report_is_current(end: str, bad: list[int]) -> None:
    row = {"report_date": "2023-02-22", "period_end": end}
    assert broken("reports/period-current", tables(reports=[row])) == bad


@pytest.mark.parametrize(
    ("own", "claims", "bad"),
    [
        ("low", "high low", []),
        ("high", "high high", []),
        ("high", "high low", [0]),
        ("low", "high medium", [0]),
        ("high", "", []),
        ("", "low", []),
    ],
)
def test_a_statement_is_as_sure_as_its_claims(own: str, claims: str, bad: list[int]) -> None:
    rows = [{"claim": n, "confidence": of} for n, of in enumerate(claims.split(), 1)]
    held = tables(statements=[{"confidence": own}], claims=rows)
    assert broken("statements/confidence-of-claims", held) == bad


def test_a_month_begins_with_its_first_day() -> None:
    days = ("2023-02-01", "2023-02-02", "2023-02-03", UNKNOWN)
    rows = [
        {"statement": f"s{n}", "stated_on": day, "stated_on_precision": "month"}
        for n, day in enumerate(days)
    ]
    rows[2]["stated_on_precision"] = "day"
    assert broken("statements/month-begins", tables(statements=rows)) == [1]


def test_a_speaker_in_a_role_speaks_for_one_body() -> None:
    bodies = ("a", "a", "b", "b", "")
    rows = [
        {"statement": f"s{n}", "speaker": "A", "speaker_role": "head", "organisation": of}
        for n, of in enumerate(bodies)
    ]
    rows[3]["speaker_role"] = ""
    assert broken("statements/organisation-of-speaker", tables(statements=rows)) == [2]


@pytest.mark.parametrize(
    ("measure", "category", "bad"),
    [
        ("tanks", "tanks", []),
        ("artillery", "field-artillery-and-mortars", []),
        ("captured", "prisoners", []),
        ("killed", "personnel", []),  # claims/personnel-measure
        ("tanks", "", []),
        ("killed", "tanks", [0]),
        ("tanks", "aircraft", [0]),
        ("aircraft-and-helicopters", "aircraft", [0]),
    ],
)
def test_a_category_is_what_is_measured(measure: str, category: str, bad: list[int]) -> None:
    row = {"measure": measure, "category": category}
    assert broken("claims/category-of-measure", tables(claims=[row])) == bad


def test_a_claim_is_made_once() -> None:
    one = {"measure": "killed", "low": 5, "high": 5}
    rows: list[dict[str, object]] = [
        {**one, "claim": 1},
        {**one, "claim": 2, "note": "again", "confidence": "low"},
        {**one, "claim": 3, "low": ""},
        {**one, "claim": 4, "high": UNKNOWN},
        {**one, "claim": 5, "statement": "t"},
        {**one, "claim": 5, "statement": "t"},
    ]
    assert broken("claims/said-once", tables(claims=rows)) == [1]


@pytest.mark.parametrize(
    ("table", "row", "parent", "name"),
    [
        ("claims", {}, "statements", {"stated_on": "2023-02-22"}),
        ("statement_sources", {"statement": "s", "source": "page"}, "statements", {}),
        ("loss_counts", {"report_date": "2023-02-22"}, "reports", {"report_date": "2023-02-22"}),
        *(
            (one, {"report_date": "2023-02-22"}, "loss_counts", {"report_date": "2023-02-22"})
            for one in ("corrections",)
        ),
    ],
)
def test_a_row_is_not_older_than_the_one_it_belongs_to(
    table: str, row: dict[str, object], parent: str, name: dict[str, object]
) -> None:
    for day, bad in (("2026-11-20", []), ("2026-11-21", [0]), (UNKNOWN, [])):
        own: list[dict[str, object]] = [{**row, "recorded_on": "2026-11-20"}]
        held = tables(**{table: own, parent: [{**name, "recorded_on": day}]})
        assert broken(f"{table}/recorded-in-time", held) == bad


@settings(max_examples=100)
@given(
    st.lists(st.tuples(*[st.sampled_from(["", UNKNOWN, "1", "2", "3"])] * 2), max_size=12),
    st.lists(st.sampled_from("ab"), min_size=12, max_size=12),
)
def test_what_is_unlike_most_is_what_counting_finds(
    rows: list[tuple[str, str]], names: list[str]
) -> None:
    table = columns(
        "readings",
        [
            {"record": name, "total": total, "increment": increment}
            for (total, increment), name in zip(rows, names, strict=False)
        ],
    )
    place = {int(row): at for at, row in enumerate(table.row)}
    groups: dict[tuple[str, str], list[int]] = {}
    for number, (total, increment) in enumerate(rows):
        if not {"", UNKNOWN} & {total, increment}:
            groups.setdefault((names[number], total), []).append(number)
    due = set()
    for members in groups.values():
        value, times = Counter(rows[one][1] for one in members).most_common(1)[0]
        if 2 * times > len(members):
            due |= {one for one in members if rows[one][1] != value}
            usual = usual_of(
                [table["record"], table["total"]], table["increment"], place[members[0]]
            )
            assert usual == value
    found = unlike_most([table["record"], table["total"]], table["increment"])
    assert set(table.row[found].tolist()) == due


def test_a_column_is_made_from_the_texts_of_another() -> None:
    table = columns("sources", [{"source": name, "url": name} for name in ("ab", "b", "cc", "")])
    made = made_from(table["source"], lambda text: text[0] if len(text) > 1 else None)
    assert sorted(made.text(row) for row in range(4)) == ["", "", "a", "c"]
