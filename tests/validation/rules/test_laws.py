"""What holds of every rule, whatever the data."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.world import put, shipped, world
from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.rule import ALL_TABLES
from validation.rules.kit import DAY, TODAY, UNKNOWN, broken, columns, package, tables

Row = dict[str, object]


def cell(texts: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(texts, texts, texts, st.sampled_from(["", UNKNOWN]))


DATES = st.integers(20, 27).map("2023-02-{}".format)
KEYED = {
    "category": st.sampled_from(["tanks", "uavs"]),
    "report_date": cell(DATES),
}
GAPS = st.sampled_from(["", "2023-02-21/2023-02-23", "2023-02-24/2023-02-21", "soon"])
ROWS: Mapping[str, Mapping[str, st.SearchStrategy[object]]] = {
    "loss_counts": {
        **KEYED,
        "total": cell(st.integers(0, 5)),
        "increment": cell(st.integers(0, 2)),
        "evidence": st.sampled_from(["primary", "agreed", "majority", "single", "disputed"]),
    },
    "corrections": {**KEYED, "amount": cell(st.integers(-2, 2))},
    "series": {
        "category": st.sampled_from(["tanks", "uavs", "vehicles"]),
        "first_report": cell(DATES),
        "last_report": cell(DATES),
        "policy": st.sampled_from(["cumulative", "restated"]),
        "cadence": st.sampled_from(["daily", "irregular"]),
        "gaps": GAPS,
    },
    "reports": {"report_date": cell(DATES)},
    "records": {
        "record": st.sampled_from(["petro", "minfin", "gs-text"]),
        "kind": st.sampled_from(["text", "transcription"]),
        "kept": st.sampled_from(["whole", "dissent"]),
        "votes": cell(st.sampled_from(["true", "false"])),
        "first_day": cell(DATES),
        "last_day": cell(DATES),
        "gaps": GAPS,
        "categories": st.sampled_from(["tanks", "tanks uavs", "uavs"]),
    },
    "readings": {
        **KEYED,
        "record": st.sampled_from(["petro", "minfin", "gs-text"]),
        "total": cell(st.integers(0, 5)),
        "correction": cell(st.integers(-2, 2)),
    },
    "revisions": {
        "revision": cell(st.integers(1, 4)),
        "key": st.sampled_from(["ua-general-staff/russia/tanks/2023-02-22", "tanks"]),
        "column": st.sampled_from(["total", "evidence", "sum"]),
        "old": st.sampled_from(["", "1", "single"]),
        "new": st.sampled_from(["", "1", "single"]),
    },
}
WORLD = st.fixed_dictionaries(
    {
        name: st.lists(st.fixed_dictionaries(dict(cells)), max_size=10)
        for name, cells in ROWS.items()
    }
)


def found(held: Mapping[str, Columns], order: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Return the bad rows of each rule, numbered as before the shuffling."""
    return {
        code: sorted(order.get(rule.table, range(99))[row] for row in broken(code, held))
        for code, rule in CATALOGUE.items()
    }


@settings(max_examples=40, deadline=None)
@given(rows=WORLD, data=st.data())
def test_the_order_of_rows_means_nothing(rows: dict[str, list[Row]], data: st.DataObject) -> None:
    # Two rows of one key are the primary key's to report; which of them is bad is not a law.
    rows = {name: unique(name, of) for name, of in rows.items()}
    order = {name: data.draw(st.permutations(range(len(of)))) for name, of in rows.items()}
    shuffled = {name: [of[place] for place in order[name]] for name, of in rows.items()}
    plain: Mapping[str, Sequence[int]] = {}
    assert found(tables(**shuffled), order) == found(tables(**rows), plain)


def unique(name: str, rows: list[Row]) -> list[Row]:
    key = package().table(name).primary_key
    kept = {tuple(str(row.get(part)) for part in key): row for row in rows}
    return [row for row in kept.values() if not {"", UNKNOWN} & {row.get(part) for part in key}]


@settings(max_examples=40, deadline=None)
@given(rows=WORLD)
def test_no_table_makes_a_rule_fail(rows: dict[str, list[Row]]) -> None:
    held = tables(**rows)
    for rule in CATALOGUE.values():
        mask = rule.judge(held, TODAY)
        assert mask is not None
        assert mask.dtype == np.bool_
        assert mask.shape == (held[rule.table].rows,)


@settings(max_examples=40, deadline=None)
@given(rows=WORLD)
def test_falls_are_those_a_loop_finds(rows: dict[str, list[Row]]) -> None:
    figures, amounts = (
        unique("loss_counts", rows["loss_counts"]),
        unique("corrections", rows["corrections"]),
    )
    series = unique("series", rows["series"])
    held = tables(loss_counts=figures, corrections=amounts, series=series)
    corrected = {(row["category"], row["report_date"]): row["amount"] for row in amounts}
    cumulative = {row["category"] for row in series if row["policy"] == "cumulative"}
    expected = []
    placed = sorted(
        range(len(figures)),
        key=lambda n: (str(figures[n]["category"]), str(figures[n]["report_date"])),
    )
    for above, here in itertools.pairwise(placed):
        before, now = figures[above], figures[here]
        amount = corrected.get((now["category"], now["report_date"]), 0)
        increment = now["increment"]
        if before["category"] != now["category"] or now["category"] not in cumulative:
            continue
        if {before["total"], now["total"], amount} & {"", UNKNOWN}:
            continue
        total, last, amount = int(str(now["total"])), int(str(before["total"])), int(str(amount))
        printed = (
            isinstance(increment, int)
            and (
                dt.date.fromisoformat(str(now["report_date"]))
                - dt.date.fromisoformat(str(before["report_date"]))
            ).days
            == 1
        )
        sums = printed and last + int(str(increment)) + amount != total
        if total - amount < last and not (sums and total >= last):
            expected.append(here)
    assert broken("loss_counts/never-decreases", held) == sorted(expected)


@functools.cache
def general_staff() -> dict[str, Columns]:
    history = world(increments=True)
    kept = dict(shipped())
    return {**kept, "loss_counts": history.counts}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_one_wrong_cell_is_caught_on_its_row_or_the_next_day_s(data: st.DataObject) -> None:
    held = general_staff()
    counts = held["loss_counts"]
    near = np.diff(counts["report_date"].values, prepend=0) == 1
    near &= counts["category"].values == np.roll(counts["category"].values, 1)
    known = np.flatnonzero(counts["increment"].valid & near)
    row = int(known[data.draw(st.integers(0, len(known) - 1))])
    name = data.draw(st.sampled_from(["total", "increment"]))
    values = counts[name].values.copy()
    wrong = data.draw(st.integers(0, 10**7).filter(lambda figure: figure != values[row]))
    values[row] = wrong
    changed = {**held, "loss_counts": put(counts, name, values)}
    caught: set[int] = set()
    for code in ("loss_counts/never-decreases", "loss_counts/increment-matches"):
        mask = CATALOGUE[code].judge(changed)
        assert mask is not None
        caught |= set(np.flatnonzero(mask).tolist())
    assert row in caught
    assert caught <= {row, row + 1}


def test_the_general_staff_s_history_breaks_nothing() -> None:
    held = general_staff()
    for code in ("loss_counts/never-decreases", "loss_counts/increment-matches"):
        mask = CATALOGUE[code].judge(held)
        assert mask is not None
        assert not mask.any()


def test_a_rule_that_lacks_a_table_is_not_judged() -> None:
    held = tables(loss_counts=[{"report_date": DAY, "total": 1}])
    for rule in CATALOGUE.values():
        for need in rule.needs if rule.needs != ALL_TABLES else ():
            without = {name: table for name, table in held.items() if name != need}
            assert rule.judge(without) is None


def test_columns_are_shared_and_never_written_to() -> None:
    held = tables(**{name: [{}] for name in ROWS}, claims=[{}], statements=[{}])
    for name, table in held.items():
        frozen = {key: replace(column) for key, column in table.columns.items()}
        for column in frozen.values():
            for array in (column.values, column.valid, column.known):
                array.flags.writeable = False
        held[name] = replace(table, columns=frozen)
    for rule in CATALOGUE.values():
        rule.judge(held, TODAY)
    assert columns("claims", [{}]).rows == 1
