"""Day pages: well formed, without script, and harmless whatever the data holds."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import functools
import hashlib
import itertools
import json
import re
from collections.abc import Mapping

import pytest

from made_days import (
    AFTER_FUEL_TANKS,
    CONTRADICTED,
    CORRECTED,
    DAYS,
    EXAMPLE,
    HOSTILE,
    LAST_FUEL_TANKS,
    ORYX_ALONE,
    Page,
    hostile_data,
    made,
    tables,
)
from reported_losses.definition.descriptor import installed
from reported_losses.report.safe import visible
from reported_losses.site.day import facts
from reported_losses.site.day_page import day_page
from reported_losses.site.day_statements import PRECISION_WORDS
from reported_losses.site.days import files_of
from reported_losses.site.html import MINUS
from reported_losses.site.page_words import kinds

SAFE = re.compile(r"https://(github|creativecommons|reported-losses)\.|[.\w/-]+\.(html|json)\b|#")
INDEX = "days/index.html"


@functools.cache
def files() -> Mapping[str, bytes]:
    return files_of(made())


def page(day: dt.date) -> Page:
    return Page(files()[f"days/{day}.html"])


def links(one: Page) -> list[str]:
    return [held["href"] or "" for tag, held in one.elements if tag == "a"]


EVERY = pytest.mark.parametrize("name", [INDEX, *(f"days/{day}.html" for day in DAYS)])


@EVERY
def test_a_page_is_well_formed_and_names_no_element_twice(name: str) -> None:
    one = Page(files()[name])
    assert not one.wrong
    names = one.values("id")
    assert len(set(names)) == len(names)
    assert {"en"} == set(one.values("lang"))
    for anchor in links(one):
        assert not anchor.startswith("#") or anchor[1:] in names
    labels = " ".join(one.values("aria-labelledby")).split()
    assert set(labels) <= set(names)
    headings = [int(tag[1]) for tag, _ in one.elements if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later <= before + 1 for before, later in itertools.pairwise(headings))


@EVERY
def test_a_page_runs_and_loads_nothing(name: str) -> None:
    text = files()[name].decode()
    one = Page(files()[name])
    assert not {tag for tag, _ in one.elements} & {"script", "img", "iframe", "object", "form"}
    assert not [key for _, held in one.elements for key in held if key.startswith("on")]
    assert not one.values("style")
    assert not one.values("src")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = (held["content"] for _, held in one.elements if held.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_links_to_other_sites_name_no_opener() -> None:
    for name, data in files().items():
        if name.endswith(".html"):
            for tag, held in Page(data).elements:
                if tag == "a" and (held["href"] or "").startswith("http"):
                    assert held["rel"] == "noopener"


def test_the_example_says_what_was_reported() -> None:
    text = page(EXAMPLE).text
    for words in ("22 February 2023", "3,334", "+620", "primary", "145,060", "no total"):
        assert words in text
    assert "general staff of the armed forces of ukraine" in text.casefold()
    assert "International Business Times" in text


def test_a_page_leads_to_its_neighbours_the_calendar_and_the_explorer() -> None:
    found = links(page(EXAMPLE))
    for due in (f"{AFTER_FUEL_TANKS}.html", f"{ORYX_ALONE}.html", "index.html#m2023-02"):
        assert due in found
    assert f"{EXAMPLE}.json" in found
    assert (
        "../index.html#reporter=ua-general-staff&subject=russia&category=tanks&measure=total"
        "&from=2022-11-24&to=2023-05-23&day=2023-02-22"
    ) in found
    first, last = page(DAYS[0]), page(DAYS[-1])
    assert "prev" not in first.values("rel")
    assert "next" not in last.values("rel")


def test_what_differs_has_a_sign_and_words() -> None:
    text = page(CONTRADICTED).text
    assert "≠ differs: 7,409" in text
    assert "≠ majority" in text
    assert "≠" not in page(EXAMPLE).text


def test_corrections_stand_in_the_table_and_below_with_their_reason() -> None:
    one = page(CORRECTED)
    assert "▲ +64" in one.text
    assert "Artillery systems: re-based +64." in one.text
    assert f"Total +22 = change +44, re-based {MINUS}22." in one.text
    assert kinds()["re-based"] in one.text
    assert "correction-ua-general-staff-russia-artillery" in one.values("id")


def test_records_have_their_titles_and_licences_words() -> None:
    text = page(CONTRADICTED).text
    assert "2022 Ukraine Russia War Dataset" in text
    assert "no licence is stated" in text
    for code in ("none-stated", "around it", "7409", "by silence"):
        assert code not in text


def test_a_disputed_figure_stands_beside_its_rival() -> None:
    said = copy.deepcopy(facts(made(), EXAMPLE))
    said["counts"][0]["figures"][0] |= {"evidence": "disputed", "rivals": [4300, 4500]}
    assert "≠ disputed: 4,300 or 4,500" in Page(day_page(said)).text


def test_statements_without_a_figure_come_after_those_with_one() -> None:
    said = copy.deepcopy(facts(made(), EXAMPLE))
    second = next(one for one in said["statements"] if one["claims"])
    first = copy.deepcopy(second) | {"statement": "other", "claims": [], "summary": "It was said."}
    said["statements"] = [first, second]
    text = Page(day_page(said)).text
    assert text.index("Statements made on this day") < text.index(second["summary"])
    assert text.index(second["summary"]) < text.index("Other statements")
    assert text.index("Other statements") < text.index(first["summary"])


def test_a_denied_figure_is_no_claim() -> None:
    said = copy.deepcopy(facts(made(), EXAMPLE))
    (one, *_) = said["statements"]
    one["claims"] = [one["claims"][0] | {"basis": "denied", "low": None, "high": 80000,
                                         "qualifier": "up-to", "measure": "killed"}]  # fmt: skip
    made_page = day_page(said).decode()
    assert "rejected the figure of 80,000 Russian killed" in made_page
    assert "<strong>up to" not in made_page
    assert "<strong>80,000" not in made_page


def test_every_precision_of_a_statement_has_words() -> None:
    field = installed().table("statements").field("stated_on_precision")
    assert set(PRECISION_WORDS) == set(field.enum or ())


def test_a_day_of_oryx_alone_has_its_statuses() -> None:
    one = page(ORYX_ALONE)
    for words in ("Destroyed", "Captured", "Daily counts of Oryx's lists"):
        assert words in one.text
    assert "ua-general-staff-russia" not in one.values("id")


def test_a_category_that_ended_leads_to_its_last_day() -> None:
    assert f"{LAST_FUEL_TANKS}.html" in links(page(EXAMPLE))
    assert "Fuel tankers: last figure on 30 April 2022" in page(EXAMPLE).text


def test_a_day_without_a_report_has_no_page_and_the_calendar_says_so() -> None:
    one = Page(files()[INDEX])
    assert "days/2023-02-24.html" not in files()
    assert "2023-02-24.html" not in links(one)
    assert "2023-02-24" in one.text or "without a report" in one.text
    struck = sum(tag == "s" for tag, _ in one.elements)
    assert struck == (max(DAYS) - min(DAYS)).days + 1 - len(DAYS)


def test_the_calendar_leads_to_every_day_and_tells_what_is_out_of_the_ordinary() -> None:
    one = Page(files()[INDEX])
    assert {f"{day}.html" for day in DAYS} <= set(links(one))
    assert "▲" in one.text
    assert "no UA" in one.text
    assert sum(tag == "table" for tag, _ in one.elements) == len(one.values("abbr")) // 7


def test_the_newest_month_stands_first_and_the_newest_day_is_a_link() -> None:
    one = Page(files()[INDEX])
    months = [name for name in one.values("id") if name.startswith("m2")]
    assert months == sorted(months, reverse=True)
    assert links(one).index(f"{max(DAYS)}.html") < links(one).index(f"{max(DAYS)}.html", 8)


def test_a_day_of_statements_without_a_report_leads_to_the_explorer() -> None:
    said = [one for one in links(Page(files()[INDEX])) if "view=statements" in one]
    days = {row["stated_on"] for row in tables()["statements"]} - set(DAYS)
    due = {f"&from={day}&to={day}" for day in days if min(DAYS) < day < max(DAYS)}
    assert {one[one.index("&from") :] for one in said} == due


def test_each_page_has_its_json() -> None:
    for day in DAYS:
        said = json.loads(files()[f"days/{day}.json"])
        assert said["report_date"] == str(day)


def test_the_same_data_gives_the_same_bytes() -> None:
    assert files_of(made()) == files()


def test_hostile_texts_and_addresses_stay_texts() -> None:
    known = {tag for data in files().values() for tag, _ in Page(data).elements}
    seen = ""
    for name, data in files_of(hostile_data()).items():
        if not name.endswith(".html"):
            json.loads(data)
            continue
        one = Page(data)
        seen += one.text
        assert not one.wrong
        assert {tag for tag, _ in one.elements} <= known
        assert not [key for _, held in one.elements for key in held if key.startswith("on")]
        assert not set("\u202e\x00") & set(data.decode())
        assert all(SAFE.match(address) for address in links(one))
    assert all(text in seen for text in HOSTILE if visible(text) == text)
