"""`rl.claims()`: figures with speaker, range, dates and source joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import reported_losses as rl
from engine_frames import rows_of
from reported_losses.loading import claim_table
from reported_losses.loading.load import ENGINES

COLUMNS = tuple(claim_table.COLUMNS)
_claims = cast("Callable[..., Any]", rl.claims)
_load = cast("Callable[..., Any]", rl.load)


def test_every_claim_is_there_once_with_its_speaker_and_page() -> None:
    frame = rl.claims()
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == rl.load("claims", engine="arrow").num_rows
    assert not frame.duplicated(["statement", "claim"]).any()
    assert not frame[["speaker", "organisation", "side", "publisher"]].isna().to_numpy().any()
    assert frame["stated_on"].is_monotonic_increasing


def test_the_founding_article_by_query() -> None:
    frame = rl.claims(subject="russia", organisation="ua-general-staff")
    day = frame[(frame["stated_on"] == "2023-02-22") & (frame["rate"] == "total")]
    assert set(day["publisher"]) == {"International Business Times"}
    figures = dict(zip(day["measure"], day["low"], strict=True))
    assert figures["tanks"] == 3334
    assert figures["armoured-vehicles"] == 6569
    assert figures["artillery"] == 2345
    assert set(day.loc[day["measure"] == "personnel", "low"]) == {145060.0, 620.0}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("subject", "russia"),
        ("measure", "killed"),
        ("basis", "confirmed-by-name"),
        ("organisation", "mediazona-bbc"),
    ],
)
def test_each_filter_keeps_what_it_names_and_no_other(name: str, value: str) -> None:
    frame = _claims(**{name: value})
    whole = rl.claims()
    assert 0 < len(frame) < len(whole)
    assert set(frame[name]) == {value}
    assert len(frame) == (whole[name] == value).sum()


def test_filters_narrow_each_other() -> None:
    frame = rl.claims(subject="russia", measure="killed", basis="confirmed-by-name")
    assert set(frame["organisation"]) == {"mediazona-bbc"}
    assert frame["low"].notna().all()


def test_no_match_gives_an_empty_frame_of_the_same_types_and_says_so() -> None:
    with pytest.warns(rl.EmptySelectionWarning) as caught:
        frame = rl.claims(subject="both", measure="helicopters")
    assert caught[0].filename == __file__
    assert frame.empty
    assert frame.dtypes.equals(rl.claims().dtypes)


@pytest.mark.parametrize("name", ["subject", "measure", "basis", "organisation"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(rl.UnknownNameError):
        _claims(**{name: "nonsense"})


@pytest.mark.parametrize("name", ["subject", "measure", "basis", "organisation", "engine", "as_of"])
@pytest.mark.parametrize("value", [3, ["killed"], b"killed", np.nan, True], ids=str)
def test_a_value_of_another_type_is_refused(name: str, value: object) -> None:
    with pytest.raises(rl.BadArgumentError):
        _claims(**{name: value})


def test_every_engine_gives_the_same_claims() -> None:
    one, *others = (rows_of(_claims(engine=engine, measure="killed")) for engine in ENGINES)
    assert one
    assert all(other == one for other in others)


def test_a_claim_has_the_summary_of_its_statement() -> None:
    statements = rl.load("statements", columns=["statement", "summary"])
    summary = dict(zip(statements["statement"], statements["summary"], strict=True))
    frame = rl.claims()
    assert frame["summary"].to_list() == [summary[name] for name in frame["statement"]]


def test_notes_of_claim_and_statement_stand_together() -> None:
    common = {row["statement"]: row["note"] for row in rows_of(_load("statements"))}
    expected = {
        (row["statement"], row["claim"]): "; ".join(
            note for note in (row["note"], common[row["statement"]]) if note
        )
        for row in rows_of(_load("claims"))
    }
    found = {(row["statement"], row["claim"]): row["note"] or "" for row in rows_of(rl.claims())}
    assert found == expected
    assert any("; " in note for note in found.values())


def test_as_of_a_day() -> None:
    keys = ["statement", "claim"]
    held = rl.load("claims").astype({"statement": "str"})
    days = sorted(held["recorded_on"].unique())
    for day in (days[0], days[-1]):
        recorded = held.loc[held["recorded_on"] <= day, keys]
        then = rl.claims(as_of=day)[keys].astype({"statement": "str"})
        then = then.sort_values(keys, ignore_index=True)
        pd.testing.assert_frame_equal(then, recorded.sort_values(keys, ignore_index=True))
    last = max(days[-1], rl.load("revisions")["revised_on"].max())
    pd.testing.assert_frame_equal(rl.claims(as_of=last), rl.claims())
    with pytest.raises(rl.BadArgumentError):
        rl.claims(as_of=days[0] - pd.Timedelta(days=1))


def test_types_and_missing_ends() -> None:
    frame = rl.claims()
    assert isinstance(frame["low"].dtype, pd.Float64Dtype)
    assert frame.loc[frame["qualifier"] == "more-than", "high"].isna().all()
    assert frame.loc[frame["qualifier"].isin(["up-to", "nearly"]), "low"].isna().all()
    assert str(frame["stated_on"].dtype).startswith("datetime64")


def test_the_other_pages_of_a_statement_are_named() -> None:
    frame = rl.claims(organisation="us-cia", measure="killed")
    first = frame[frame["stated_on"] == "2022-07-20"].iloc[0]
    assert "scmp.com" in first["url"]
    assert "reuters.com" in first["other_urls"]


def test_every_other_page_with_an_address_is_in_the_frame() -> None:
    pages = rl.load("statement_sources").astype({"statement": "str", "source": "str"})
    urls = rl.load("sources").astype({"source": "str"}).set_index("source")["url"].dropna()
    pages = pages[pages["source"].isin(urls.index)]
    counts = pages.groupby("statement").size()
    frame = rl.claims().drop_duplicates("statement").set_index("statement")
    told = frame["other_urls"].dropna().map(lambda urls: len(urls.split()))
    assert (counts > 1).any()
    assert told.sort_index().to_dict() == counts[counts.index.isin(frame.index)].to_dict()


def test_days_are_those_of_the_statements() -> None:
    some = rl.claims(start="2023-01-01", end="2023-06-30")
    everything = rl.claims()
    kept = everything["stated_on"].between("2023-01-01", "2023-06-30")
    assert 0 < len(some) < len(everything)
    assert some["claim"].to_list() == everything.loc[kept, "claim"].to_list()
    with pytest.raises(rl.BadArgumentError):
        rl.claims(start="2023-02-01", end="2023-01-01")


def test_names_are_found_in_any_letter_case() -> None:
    assert len(rl.claims(organisation="US-CIA")) == len(rl.claims(organisation="us-cia")) > 0
