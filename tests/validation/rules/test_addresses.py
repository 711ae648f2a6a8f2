"""What an address tells of its page."""

from __future__ import annotations

import pytest

from validation.rules.kit import UNKNOWN, broken, tables


@pytest.mark.parametrize(
    ("url", "bad"),
    [
        ("https://a.example/2023/02/22/losses", []),
        ("https://a.example/2023-02-21", []),
        ("https://a.example/20230223", []),
        ("https://a.example/2023/02/25", [0]),
        ("https://a.example/2023/02/20", [0]),
        ("https://a.example/2023/02/25/of-2023-02-22", []),
        ("https://a.example/2023/02-25", []),
        ("https://a.example/120230225", []),
        ("https://a.example/2023/02/31", []),
        ("https://a.example/losses", []),
    ],
)
def test_an_address_has_the_day_of_its_page(url: str, bad: list[int]) -> None:
    held = tables(sources=[{"url": url, "published_on": "2023-02-22"}])
    assert broken("sources/address-of-day", held) == bad
    for day in ("", UNKNOWN):
        undated = tables(sources=[{"url": url, "published_on": day}])
        assert broken("sources/address-of-day", undated) == []


@pytest.mark.parametrize(("day", "bad"), [("25", []), ("29", []), ("30", [0]), ("20", [0])])
def test_the_page_of_a_report_may_be_put_up_later(day: str, bad: list[int]) -> None:
    row = {"report_date": "2023-02-22", "url": f"https://a.example/2023/02/{day}"}
    if day in {"29", "30"}:
        row["url"] = f"https://a.example/2023/03/0{int(day) - 28}"
    assert broken("reports/address-of-day", tables(reports=[row])) == bad


def sources(*cells: dict[str, str]) -> list[dict[str, str]]:
    return [{"source": f"s{number}", **one} for number, one in enumerate(cells)]


@pytest.mark.parametrize(
    ("publishers", "bad"),
    [("AAB", [2]), ("AB", []), ("AABB", []), ("AAABC", [3, 4]), ("A", []), ("", [])],
)
def test_the_pages_of_a_site_have_one_publisher(publishers: str, bad: list[int]) -> None:
    pages = [
        {"publisher": name, "url": f"https://a.example/{number}"}
        for number, name in enumerate(publishers)
    ]
    elsewhere = {"publisher": "B", "url": "https://b.example/"}
    held = tables(sources=sources(*pages, elsewhere, {"publisher": "C"}))
    assert broken("sources/publisher-of-site", held) == bad


def test_an_address_that_cannot_be_split_is_of_no_site() -> None:
    pages = [{"publisher": name, "url": "https://[a"} for name in "AAB"]
    assert broken("sources/publisher-of-site", tables(sources=sources(*pages))) == []


def test_a_title_names_the_language() -> None:
    rows = [("x (Greek)", "el"), ("y (Greek)", "el"), ("z (Greek)", "hu"), ("w", "hu")]
    held = tables(sources=sources(*({"title": title, "language": of} for title, of in rows)))
    assert broken("sources/language-of-title", held) == [2]


def test_two_dated_pages_have_two_addresses() -> None:
    one = {"url": "https://a.example/"}
    dated = {**one, "published_on": "2023-02-22"}
    held = tables(sources=sources(one, dated, one, dated, {"published_on": "2023-02-22"}))
    assert broken("sources/address-once", held) == [3]


@pytest.mark.parametrize(
    ("day", "precision", "bad"),
    [
        ("2023-02-22", "day", []),
        ("", "", []),
        ("", "day", [0]),
        ("2023-02-22", "", [0]),
        (UNKNOWN, "day", []),
    ],
)
def test_a_day_has_a_precision(day: str, precision: str, bad: list[int]) -> None:
    cells = {"published_on": day, "published_on_precision": precision}
    assert broken("sources/precision-with-day", tables(sources=sources(cells))) == bad
