"""`statements` and `compare` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from reported_losses.commands.cli import main
from reported_losses.definition.descriptor import installed
from reported_losses.report.claim_words import QUALIFIER_WORDS, RATE_WORDS

Capture = pytest.CaptureFixture[str]


def output(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_the_founding_article_by_query(capsys: Capture) -> None:
    found = json.loads(
        output(capsys, "statements", "--from", "2023-02-22", "--to", "2023-02-22", "--json")
    )
    (statement,) = (one for one in found if one["organisation"] == "ua-general-staff")
    assert [claim["low"] for claim in statement["claims"]] == [145060, 620, 3334, 6569, 2345]
    assert statement["sources"][0]["publisher"] == "International Business Times"


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (("--speaker", "BURNS"), lambda one: "Burns" in one["speaker"]),
        (("--speaker", "us-cia"), lambda one: one["organisation"] == "us-cia"),
        (("--about", "wagner"), lambda one: one["about"] == "wagner"),
        (("--search", "bakhmut"), lambda one: "bakhmut" in str(one).lower()),
        (("--from", "2026-01-01"), lambda one: one["stated_on"] >= "2026-01-01"),
        (("--to", "2022-02-28"), lambda one: one["stated_on"] <= "2022-02-28"),
    ],
)
def test_each_option_keeps_what_it_names(
    capsys: Capture, options: tuple[str, ...], holds: Callable[[dict[str, Any]], bool]
) -> None:
    found = json.loads(output(capsys, "statements", *options, "--json"))
    everything = json.loads(output(capsys, "statements", "--json"))
    assert 0 < len(found) < len(everything)
    assert all(holds(one) for one in found)


def test_for_people_it_shows_figures_hedges_and_pages(capsys: Capture) -> None:
    text = output(capsys, "statements", "--speaker", "Radakin", "--to", "2022-12-31")
    assert "tanks: nearly 1,700" in text
    assert "killed-or-wounded: 50,000" in text
    assert "https://www.republicworld.com/" in text


def test_every_page_of_a_statement_is_shown(capsys: Capture) -> None:
    found = json.loads(output(capsys, "statements", "--json"))
    pages = {one["statement"]: [page["source"] for page in one["sources"]] for one in found}
    assert all(len(set(sources)) == len(sources) for sources in pages.values())
    assert max(map(len, pages.values())) > 2
    name, sources = next((name, many) for name, many in pages.items() if len(many) > 2)
    day = name[:10]
    (statement,) = (one for one in found if one["statement"] == name)
    text = output(capsys, "statements", "--from", day, "--to", day)
    for page in statement["sources"]:
        assert (page["url"] or page["title"]) in text
    assert len(sources) == len(statement["sources"])


def test_every_rate_and_qualifier_has_words() -> None:
    table = installed().table("claims")
    assert set(RATE_WORDS) == set(table.field("rate").enum or ())
    assert set(QUALIFIER_WORDS) == set(table.field("qualifier").enum or ())


def test_it_stops_at_head_and_says_so(capsys: Capture) -> None:
    assert main(["statements", "--head", "2"]) == 0
    captured = capsys.readouterr()
    assert captured.out.count("\n\n") == 2
    assert captured.err.startswith("2 of ")


def test_it_says_if_nothing_matches(capsys: Capture) -> None:
    assert main(["statements", "--search", "no such words"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "No statements match.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("statements", "--about", "mars"),
        ("statements", "--from", "22.02.2023"),
        ("statements", "--head", "0"),
        ("compare", "tonks"),
        ("compare", "tanks", "--by", "week"),
        ("compare", "tanks", "--reporter", "nobody"),
        ("compare", "tanks", "--as-of", "tomorrow"),
        ("compare", "tanks", "--as-of", "2022-03-01"),
    ],
)
def test_bad_usage_ends_with_2_and_a_message(capsys: Capture, arguments: tuple[str, ...]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("reported-losses: ")


def test_compare_prints_the_table(capsys: Capture) -> None:
    rows = json.loads(output(capsys, "compare", "tanks", "--json"))
    assert {"report_date": "2023-02-28", "ua-general-staff": 3388, "oryx": 1779,
            "ua-general-staff/oryx": 1.9} in rows  # fmt: skip
    lines = output(capsys, "compare", "tanks").splitlines()
    assert len(lines) == len(rows) + 1
    assert any(line.split() == ["2023-02-28", "3,388", "1,779", "1.90"] for line in lines)


def test_compare_sets_people_beside_claims(capsys: Capture) -> None:
    lines = output(capsys, "compare", "personnel").splitlines()
    assert lines[0].split()[:3] == ["period_end", "ua-general-staff", "measure"]
    assert any("240,000" in line and "290,000" in line for line in lines)
