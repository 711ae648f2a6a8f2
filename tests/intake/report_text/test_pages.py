"""Whole pages and agencies' wordings, written by us after the forms that they have."""

from __future__ import annotations

import datetime as dt

import pytest

from reported_losses.intake.report_text.markup import read_page
from reported_losses.intake.report_text.reader import read_report
from reported_losses.intake.report_text.report import ReportText

RUSSIA = (
    "Russia has lost about 1,475,270 troops in Ukraine since Feb. 24, 2022, the General Staff said"
)
LIST = "According to the report, Russia has also lost 12,292 tanks, 24,800 armored fighting vehicles, 436 aircraft, and one submarine."


def totals(report: ReportText) -> dict[str, tuple[int, int | None]]:
    return {figure.category: (figure.total, figure.increment) for figure in report.figures}


@pytest.mark.parametrize(
    "text",
    [
        f"{RUSSIA}, including 1,240 over the past day. {LIST}",
        f"{RUSSIA}. The number includes 1,240 casualties Russian forces suffered just over the past day.\n\n{LIST}",
        f"{RUSSIA}, of whom 1,240 in the last 24 hours.\n{LIST}",
        (
            f"General Staff: Russia has lost 1,475,270 troops since Feb. 24, 2022\n\n{RUSSIA} (1 min read).\n\n"
            f"This figure includes 1,240 losses in the previous day.\n\n{LIST}\n\nThe U.S. sent 31 Abrams tanks.\n"
            "Ukraine has lost 31,000 soldiers since the beginning of the war."
        ),
    ],
)
def test_sentences_of_agencies(text: str) -> None:
    report = read_report(text.encode())
    assert (report.shape, report.unread, report.problems) == ("sentence", (), ())
    assert totals(report) == {
        "personnel": (1_475_270, 1240),
        "tanks": (12_292, None),
        "armoured-vehicles": (24_800, None),
        "aircraft": (436, None),
        "submarines": (1, None),
    }
    assert report.figures[0].qualifier == "about"


def test_a_sentence_in_ukrainian_before_a_list() -> None:
    text = (
        "Росія за час вторгнення втратила близько 1 475 270 своїх військових, зокрема 1240 осіб – за "
        "останню добу, повідомив Генштаб.\n\n• танки – 12292 (+6 – за останню добу)\n• літаки – 436\n\n"
        "Росія втрат не розкриває. У 2022 році йшлося про 5937 загиблих."
    )
    report = read_report(text.encode())
    assert (report.shape, report.unread) == ("sentence", ())
    assert totals(report) == {
        "personnel": (1_475_270, 1240),
        "tanks": (12_292, 6),
        "aircraft": (436, None),
    }


def test_a_day_that_is_told_behind_the_figures_is_another() -> None:
    text = f"{RUSSIA} on Oct. 6. {LIST}\n\nAs of 4 February 2026, Zelensky spoke of other figures."
    assert read_report(text.encode()).report_date is None


def test_what_a_sentence_leaves_open_is_listed() -> None:
    report = read_report(
        f"{RUSSIA}. {LIST.replace('436 aircraft', '436 aircraft, 12 hovercraft')}".encode()
    )
    assert "aircraft" in totals(report)
    assert [line.text for line in report.unread] == ["12 hovercraft"]
    report = read_report(f"{RUSSIA}. {LIST.replace('436', '435 or 436')}".encode())
    assert "aircraft" not in totals(report)
    assert [line.text for line in report.unread] == ["435 or 436 aircraft"]
    rounded = read_report(b"Russia has lost 1.4 million troops.\n\n" + LIST.encode())
    assert "personnel" not in totals(rounded)
    assert rounded.unread


def test_a_page_shows_what_a_browser_shows() -> None:
    page = read_page(
        "<html><head><style>p{}</style><script>if (a<b) 'tanks - 1'</script></head><body>"
        "<nav>tanks - 2</nav><p title='tanks - 3 > 2'>ta<span>nk</span>s&nbsp;&ndash;\n <b>3&thinsp;334</b>"
        "<!-- tanks - 4 --> (+8)</p><aside>tanks - 5</aside><template>tanks - 6</template></body></html>"
    )
    assert page.low.strip() == "tanks -  3 334 (+8)"


def test_tables_and_preformatted_text() -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>"
        for a, b, c in (("Tanks", "3334", "+8"), ("MLRS", 471, "(+0)"), ("Aircraft", 299, ""))
    )
    expected = {"tanks": (3334, 8), "mlrs": (471, 0), "aircraft": (299, None)}
    assert totals(read_report(f"<table>{rows}</table>".encode())) == expected
    assert (
        totals(read_report(b"<pre>tanks - 3334 (+8)\nMLRS - 471 (+0)\naircraft - 299</pre>"))
        == expected
    )
    assert (
        totals(read_report(b"| Tanks | 3334 | +8 |\n| MLRS | 471 | +0 |\n| Aircraft | 299 | |"))
        == expected
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-02-22", "2023-02-22"),
        (
            "The total combat losses of the enemy from 24.02.22 to 16.01.23 were approximately:",
            "2023-01-16",
        ),
        (
            "Загальні бойові втрати противника з 24.02.22 по 06.10.26 орієнтовно становлять:",
            "2026-10-06",
        ),
        ("Втрати з 24.02.2022 до 06.10.2026", "2026-10-06"),
        ("Втрати з 24 лютого 2022 року по 6 жовтня 2026 року", "2026-10-06"),
        ("Втрати станом на ранок 6 жовтня 2026 року", "2026-10-06"),
        ("Втрати противника на 6 жовтня 2026 року", "2026-10-06"),
        ("Втрати противника на ранок 06.10.2026", "2026-10-06"),
        # The losses of a day are told in the report of the next.
        ("Втрати противника за 6 жовтня 2026 року", None),
        ("Losses from February 24, 2022 to March 12, 2024 amounted to", "2024-03-12"),
        ("Losses as of Feb. 22, 2023", "2023-02-22"),
        ("the General Staff reported on 22 February 2023", "2023-02-22"),
        ("the General Staff reported on Oct. 6", None),
        ("The losses from 24.02 to 15.04", None),
        ("Published in 2023 and on 3 March 2024", None),
    ],
)
def test_the_day_is_the_one_that_the_text_states(text: str, day: str | None) -> None:
    report = read_report(f"{text}\ntanks - 5 (+1)".encode())
    assert report.report_date == (dt.date.fromisoformat(day) if day else None)
    assert not report.problems
    assert totals(report) == {"tanks": (5, 1)}
