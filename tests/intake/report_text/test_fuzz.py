"""Laws: no bytes raise an error, and no figure is returned that does not stand in the text."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from intake.report_text.renderer import SEPARATORS, Form, listed, sentence
from intake.report_text.test_round_trip import ANY_DAY, DAYS, FORMS
from reported_losses.intake.report_text.reader import read_report
from reported_losses.intake.report_text.report import ReportText

PIECES = st.sampled_from(
    [
        *(
            "0",
            "1",
            "9",
            "3334",
            " ",
            "\n",
            ",",
            ".",
            "-",
            "\u2013",
            ":",
            "/",
            "(",
            ")",
            "(+8)",
            "+",
        ),
        *(
            "tanks",
            "танків",
            "vehicles",
            "and",
            "fuel",
            "about",
            "over",
            "од",
            "осіб",
            "<p>",
            "</p>",
        ),
        *(
            "<br>",
            "<script>",
            "<!--",
            "-->",
            "&nbsp;",
            "&#8211;",
            "\u200b",
            "\u00a0",
            "\u202e",
            "а",
        ),
        *(
            "24.02.22",
            " to ",
            "2023-02-22",
            "since",
            "Russia has lost",
            "over the past day",
            "troops",
        ),
        *("including", "О", "З", "\u0661", "²", "\u0301", '"', "<a href='", "one ", "тис."),
    ]
)
NOT_DIGITS = "".join(SEPARATORS) + ",'"


def stands_in(number: int, text: str) -> bool:
    return str(number) in re.sub(f"[{NOT_DIGITS}]", "", text)


def assert_stands(report: ReportText, text: str) -> None:
    shown = html.unescape(text).replace("\u200b", "")
    shown = re.sub(r"<[^<>]*>", "", shown) + shown
    for figure in report.figures:
        in_words = report.shape == "sentence" and figure.total <= 10
        assert in_words or stands_in(figure.total, shown), figure
        assert figure.increment is None or stands_in(figure.increment, shown), figure
        assert 1 <= figure.line <= len(re.split("\r\n|\r|\n", text))


@given(st.binary(max_size=400))
def test_no_bytes_raise_an_error(data: bytes) -> None:
    read_report(data)


@given(st.lists(PIECES, max_size=60), st.sampled_from(("", " ")))
def test_any_pieces_of_reports_can_be_read(pieces: list[str], blank: str) -> None:
    text = blank.join(pieces)
    assert_stands(read_report(text.encode()), text)


@given(
    ANY_DAY,
    FORMS,
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), PIECES), max_size=8),
    st.sampled_from((listed, sentence)),
)
def test_a_damaged_report_gives_no_other_figure(
    day: dt.date, form: Form, damages: list[tuple[float, int, str]], write: Callable[..., str]
) -> None:
    text = (write if len(DAYS[day]) > 3 else listed)(DAYS[day], form, day)
    for place, removed, piece in damages:
        at = int(place * len(text))
        text = text[:at] + piece + text[at + removed :]
    assert_stands(read_report(text.encode()), text)
