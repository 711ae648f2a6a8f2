"""Claims in words: every code has some, and nobody is given a figure that he denies."""

from __future__ import annotations

import re

import pytest

from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import arrow
from reported_losses.site.claim_line import (
    BASIS_WORDS,
    MEASURE_WORDS,
    OF_WORDS,
    SUBSET_WORDS,
    claim_line,
)

CLAIMS = installed().table("claims")


def known(column: str) -> set[str]:
    return set(CLAIMS.field(column).enum or ())


def test_every_code_has_words() -> None:
    assert set(OF_WORDS) == known("subject")
    assert set(BASIS_WORDS) == known("basis")
    assert set(MEASURE_WORDS) <= known("measure")
    assert set(SUBSET_WORDS) <= known("subset")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = arrow(CLAIMS).to_pylist()
    return found


def test_no_code_is_read_in_a_line(rows: list[dict[str, object]]) -> None:
    columns = ("measure", "basis", "subset", "rate", "qualifier", "subject", "place")
    codes = {code for row in rows for name in columns if (code := row[name]) and "-" in str(code)}
    for row in rows:
        said = set(re.findall(r"[\w-]+", " ".join(claim_line(row))))
        assert not said & codes


def test_a_line_says_the_period_and_the_rate(rows: list[dict[str, object]]) -> None:
    for row in rows:
        _, rest = claim_line(row)
        assert (row["rate"] == "per-month") == (" a month" in rest)
        end = row["period_end"]
        assert end is None or str(end)[:4] in rest


def test_a_denied_figure_is_never_stressed(rows: list[dict[str, object]]) -> None:
    denied = [row for row in rows if row["basis"] == "denied"]
    assert denied
    for row in denied:
        stressed, rest = claim_line(row)
        assert not stressed
        assert rest.startswith("rejected the figure of ")
