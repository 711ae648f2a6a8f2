"""Laws: what is written in any shape is read back equal, in any order of the lines."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.report_text.renderer import (
    DASHES,
    LABELS,
    MARKUPS,
    SEPARATORS,
    Form,
    days,
    figure_first,
    labels,
    listed,
    sentence,
)
from reported_losses.intake.report_text.reader import read_report
from reported_losses.intake.report_text.report import Figure, ReportText

DAYS = days()

FORMS = st.builds(
    Form,
    language=st.sampled_from(("en", "uk", "both")),
    dash=st.sampled_from(DASHES),
    separator=st.sampled_from(SEPARATORS),
    increase=st.sampled_from(("({})", "( {} )", "{}", "({} за добу)", "({} over the past day)")),
    markup=st.sampled_from(sorted(MARKUPS)),
    case=st.sampled_from(("as in the table", "upper", "title")),
    pick=st.integers(0, 60),
)
ANY_DAY = st.sampled_from(sorted(DAYS))


def without_lines(figures: tuple[Figure, ...] | list[Figure]) -> dict[str, Figure]:
    return {figure.category: replace(figure, line=0) for figure in figures}


def assert_read(report: ReportText, day: dt.date, shape: str) -> None:
    assert not report.unread
    assert not report.problems
    assert report.report_date == day
    assert report.shape == shape
    assert without_lines(report.figures) == without_lines(DAYS[day])


@given(ANY_DAY, FORMS, st.randoms(use_true_random=False))
def test_a_list_is_read_back(day: dt.date, form: Form, order: random.Random) -> None:
    figures = list(DAYS[day])
    order.shuffle(figures)
    assert_read(read_report(listed(figures, form, day).encode()), day, "text")


@given(ANY_DAY.filter(lambda day: len(DAYS[day]) > 3), FORMS)
def test_sentences_are_read_back(day: dt.date, form: Form) -> None:
    assert_read(read_report(sentence(DAYS[day], form, day).encode()), day, "sentence")


@given(ANY_DAY, FORMS.filter(lambda form: form.language != "both"))
def test_figures_before_labels_are_read_back(day: dt.date, form: Form) -> None:
    figures = [replace(figure, qualifier="exact") for figure in DAYS[day]]
    report = read_report(figure_first(figures, form, day).encode())
    assert not report.unread
    assert without_lines(report.figures) == without_lines(figures)


def test_every_label_of_the_table_is_read() -> None:
    for row in LABELS:
        day = dt.date.fromisoformat(row["first_day"] or row["last_day"] or "2024-01-31")
        report = read_report(f"{row['label']} \u2012 5 (+1)".encode(), day=day)
        read = [figure.category for figure in report.figures]
        assert read == ([] if row["use"] else [row["category"]]), row["label"]


@settings(max_examples=25)
@given(ANY_DAY, FORMS)
def test_a_report_twice_is_the_report(day: dt.date, form: Form) -> None:
    form = replace(form, markup="plain")
    text = listed(DAYS[day], form, day)
    assert read_report(f"{text}\n\n{text}".encode()) == read_report(text.encode())


def test_lines_are_those_of_the_input() -> None:
    day = max(DAYS)
    for markup in ("page", "plain", "windows", "telegram"):
        text = listed(DAYS[day], Form(markup=markup), day)
        lines = text.splitlines()
        for figure in read_report(text.encode()).figures:
            assert labels(figure.category, "en", day)[0] in lines[figure.line - 1]
