"""Bad input by name: what cannot be read is listed or is a problem, and is never a figure."""

from __future__ import annotations

import datetime as dt

import pytest

from reported_losses.intake.report_text import decode, reader
from reported_losses.intake.report_text.problems import CODES
from reported_losses.intake.report_text.reader import read_report

GOOD = "MLRS - 471 (+0)\naircraft - 299 (+1)\nhelicopters - 287 (+0)"


def codes(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    report = read_report(data)
    assert {problem.code for problem in report.problems} <= set(CODES)
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    "line",
    [
        "tanks - ",
        "tanks",
        "tanks - not known",
        "tanks - (+8)",
        "tanks - 1,2",
        "tanks - 1,24",
        "tanks - 12,3456",
        "tanks - 1,234 567",
        "tanks - 12.5",
        "tanks - 1.234",
        "tanks - 007",
        "tanks - 1234567890",
        "tanks - -5",
        "tanks - 3334 3335",
        "tanks - 3334 or 3335",
        "tanks - 3334 / 3335",
        "tanks - 3334, 3335",
        "tanks - 3334 (+8) 9",
        "tanks - 3334 (+8) (+9)",
        "tanks - 3334 (8)",
        "tanks - 3334 (-8)",
        "tanks - 3334 (+1,2)",
        "tanks - 3334 (+8 over the past week)",
        "tanks - 3,3 thousand",
        "tanks - 3 thousand",
        "tanks - 1O62 (+1)",  # a letter among the digits
        "tanks - З334 (+1)",  # the Cyrillic letter that looks like 3
        "tanks - \u0661\u0662\u0663",  # digits of another script
        "tanks - \uff13\uff14 (+1)",
        "tanks - over / about 3334",
        "tanks / submarines - 3334 (+8)",
        "light tanks - 3334 (+8)",
        "anti-tanks - 3334 (+8)",
        "T-72 tanks - 3334 (+8)",
        "tаnks - 3334 (+8)",  # the second letter is Cyrillic
        "hovercraft - 3334 (+8)",
        "3334 (+8)",  # a total without its label
        "особового складу - 29,2 тис. осіб",
    ],
)
@pytest.mark.parametrize("place", ["before", "among", "after"])
def test_a_line_that_cannot_be_read_is_listed(line: str, place: str) -> None:
    lines = GOOD.split("\n")
    at = {"before": 0, "among": 2, "after": 3}[place]
    text = "\n".join([*lines[:at], line, *lines[at:]])
    report = read_report(text.encode())
    assert [figure.category for figure in report.figures] == ["mlrs", "aircraft", "helicopters"]
    assert [unread.line for unread in report.unread] == [at + 1]
    assert report.unread[0].reason


def test_text_without_figures_is_no_line_to_list() -> None:
    prose = "Data are being updated.\nThe greatest losses were in the Bakhmut direction."
    report = read_report(f"Losses\n{GOOD}\n{prose}\nTanks are not in it.".encode())
    assert not report.unread
    assert not report.problems


def test_a_missing_line_is_a_missing_figure() -> None:
    assert len(read_report(GOOD.rpartition("\n")[0].encode()).figures) == 2


def test_doubled_lines_are_one_figure() -> None:
    report = read_report(f"{GOOD}\n{GOOD}\nгелікоптерів - 287".encode())
    assert len(report.figures) == 3
    assert not report.problems


@pytest.mark.parametrize("line", ["MLRS - 472 (+0)", "РСЗВ - 471 (+1)", "MLRS - about 471 (+0)"])
def test_contradictory_lines_give_no_figure(line: str) -> None:
    report = read_report(f"{GOOD}\n{line}\nMLRS - over 471 (+0)".encode())
    assert [figure.category for figure in report.figures] == ["aircraft", "helicopters"]
    (problem,) = report.problems
    assert problem.code == "contradictory-figures"
    assert problem.line in {4, 5}


def test_thousands_of_contradictory_lines_are_one_problem() -> None:
    lines = "\n".join(f"tanks - {total} (+1)" for total in range(1, 4001))
    assert codes(f"{GOOD}\n{lines}") == ["contradictory-figures"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "no-report"),
        (b"Our tanks are ready. There are 5 of us.", "no-report"),
        (b"<html><body><h1>Page not found</h1><p>Tanks: 5</p></body></html>", "no-report"),
        (b"The base has 50 tanks, 30 helicopters and 20 artillery systems.", "no-report"),
        (b"Tanks: 50\nAircraft: 30\nHelicopters: 20\nDrones: 5", "no-report"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"PK\x03\x04tanks - 5 (+1)", "binary"),
        (b"tanks - 5 (+1)\x00", "binary"),
        ("танків - 5 (+1)".encode("cp1251"), "not-utf8"),
        (b"tanks - 5 (+1) \xed\xa0\x80", "not-utf8"),
    ],
)
def test_what_is_no_report(text: bytes, code: str) -> None:
    report = read_report(text)
    assert [problem.code for problem in report.problems] == [code]
    assert (report.figures, report.shape, report.report_date) == ((), None, None)


@pytest.mark.parametrize(
    "text",
    [
        "tanks - 5 (+1)\n" * (decode.MAX_BYTES // 15 + 1),
        "word " * (reader.MAX_TEXT // 5 + 1),
        "<div>" * (reader.MAX_TAGS + 1),
    ],
    ids=["ten-megabytes", "text", "nesting"],
)
def test_what_is_too_large(text: str) -> None:
    assert codes(text) == ["too-large"]


@pytest.mark.parametrize(
    "text",
    [
        "operational-tactical" + " " * 150_000,
        "1," * 75_000,
        "1 234" * 30_000,
        "about " * 25_000,
        "<a \"'" * 30_000,
        "<!--" * 90_000,
        "<script>" * 90_000,
        "a" + "\u0301\u0316" * 75_000,
        "including 5 " + "a " * 75_000,
    ],
)
def test_hostile_repetition_ends(text: str) -> None:
    assert codes(text) == ["no-report"]


def test_utf_16_with_its_mark_is_text() -> None:
    assert len(read_report(GOOD.encode("utf-16")).figures) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The losses from 24.02.22 to 31.02.23:", ["impossible-date"]),
        ("The losses from 24.02.22 to 01.01.20:", ["impossible-date"]),
        ("2023-02-22\nThe losses from 24.02.22 to 23.02.23:", ["contradictory-dates"]),
        ("Losses as of October 6, 2026, reported on 7 October 2026.", ["contradictory-dates"]),
    ],
)
def test_wrong_dates_are_problems(text: str, expected: list[str]) -> None:
    report = read_report(f"{text}\n{GOOD}".encode())
    assert [problem.code for problem in report.problems] == expected
    assert report.report_date is None
    assert len(report.figures) == 3


def test_a_label_that_changed_needs_the_day() -> None:
    text = f"{GOOD}\nvehicles - 1443 (+5)".encode()
    assert [unread.line for unread in read_report(text).unread] == [4]
    for day, category in (("2022-04-30", "military-vehicles"), ("2022-05-01", "vehicles")):
        read = read_report(text, day=dt.date.fromisoformat(day)).figures
        assert read[-1].category == category
        assert read_report(f"{day}\n".encode() + text).figures[-1].category == category
    later = read_report(b"2022-05-01\nfuel tanks - 76 (+1)")
    assert (later.figures, [unread.line for unread in later.unread]) == ((), [2])


def test_a_lapsed_label_beside_a_living_one_is_no_contradiction() -> None:
    line = "автомобільна техніка та автоцистерни / цистерни з ПММ - 1796 (+20)"
    report = read_report(f"2022-05-01\n{line}".encode())
    assert [figure.category for figure in report.figures] == ["vehicles"]
    assert not read_report(f"2022-04-30\n{line}".encode()).figures


def test_numbers_of_lines_are_no_figures() -> None:
    report = read_report(b"1. tanks - 5 (+1)\n2) aircraft: 6 (+0)\n3) MLRS - 7")
    assert [figure.total for figure in report.figures] == [5, 6, 7]
    assert not report.unread


def test_figures_of_one_day_are_no_totals() -> None:
    for text in (
        "Losses of the enemy over the past day:\n" + GOOD,
        "За минулу добу: танків - 5, РСЗВ - 2, літаків - 1.",
        "За добу знищено 15 танків, 22 бойові броньовані машини і 7 одиниць спецтехніки.",
        "The enemy lost another 15 tanks, 22 armored combat vehicles and 7 drones.",
    ):
        report = read_report(text.encode())
        assert not report.figures
        assert report.unread


def test_figures_of_the_other_side_are_none() -> None:
    text = (
        "Since the beginning of the special military operation, 260 airplanes, 145 helicopters "
        "and 4,167 tanks have been destroyed."
    )
    assert codes(text) == ["other-reporter"]
    assert codes("Ukraine has lost 260 airplanes, 145 helicopters and 4,167 tanks.") == [
        "no-report"
    ]


def test_labels_above_or_below_their_figures_are_not_guessed() -> None:
    assert codes("Tanks\n11134\nAircraft\n422\nHelicopters\n340\n") == ["no-report"]


def test_text_in_figures_cannot_leave_its_line() -> None:
    report = read_report(
        f"{GOOD}\nhovercraft \x1b\u202e - 5 (+1) ::error::".encode().replace(b"\x1b", b"\xc2\x9b")
    )
    assert report.unread[0].text.isprintable()
