"""Writes any day of the dataset as reports write it, in every language and shape.

The wording comes from the label table; nothing is copied from a report.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reported_losses.definition.location import package_dir
from reported_losses.intake import curated_files
from reported_losses.intake.report_text.report import Figure

DASHES = ("-", " - ", " \u2012 ", " \u2013 ", " \u2014 ", " \u2212 ", ": ", " \u2011 ", "\u2013 ")
SEPARATORS = ("", ",", " ", "\u00a0", "\u202f", "\u2009", "'", "\u2019", "\u02bc")
HEDGES = {
    "exact": {"en": [""], "uk": [""]},
    "about": {"en": ["about ", "~", "approximately "], "uk": ["близько ", "~ ", "орієнтовно "]},
    "more-than": {"en": ["more than ", "over "], "uk": ["понад ", "більше "]},
    "up-to": {"en": ["up to "], "uk": ["до "]},
    "nearly": {"en": ["almost "], "uk": ["майже "]},
}
UNITS = {
    "en": {"": [" persons", " people", " persons were liquidated"], "items": ["", " units"]},
    "uk": {"": [" осіб", " ос.", " осіб ліквідовано"], "items": [" од", " од.", "", " одиниць"]},
}


@dataclass(frozen=True)
class Form:
    """How a day is written; every attribute is drawn by hypothesis."""

    language: str = "en"  # en, uk, or both with a slash
    dash: str = " \u2012 "
    separator: str = ""
    increase: str = "({})"
    markup: str = "p"
    case: str = "as in the table"
    pick: int = 0  # which of the labels, hedges and units
    shuffled: bool = False


def labels(category: str, language: str, day: dt.date) -> list[str]:
    """Return the labels of a category in the reports of a day."""
    return [
        row["label"]
        for row in LABELS
        if row["category"] == category
        and row["language"] == language
        and not row["use"]
        and (row["first_day"] or "0") <= str(day) <= (row["last_day"] or "9")
    ]


LABELS = curated_files.rows("report_labels")


def days() -> dict[dt.date, list[Figure]]:
    """Return the figures of every report of the dataset."""
    reports: dict[dt.date, list[Figure]] = {}
    with (package_dir() / "data/loss_counts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["report_date"])
            if row["reporter"] != "ua-general-staff" or not labels(row["category"], "en", day):
                continue
            increment = int(row["increment"]) if row["increment"] else None
            figure = Figure(row["category"], int(row["total"]), increment, row["qualifier"], 0)
            reports.setdefault(day, []).append(figure)
    return reports


def number(value: int, separator: str) -> str:
    return f"{value:,}".replace(",", separator)


def _increase(figure: Figure, form: Form) -> str:
    if figure.increment is None:
        return ""
    return " " + form.increase.format("+" + number(figure.increment, form.separator))


def _of(options: list[str], form: Form) -> str:
    return options[form.pick % len(options)]


def _label(figure: Figure, form: Form, day: dt.date) -> str:
    languages = ("uk", "en") if form.language == "both" else (form.language,)
    slash = (" / ", "/ ", "/")[form.pick % 3]
    label = slash.join(_of(labels(figure.category, one, day), form) for one in languages)
    return {"upper": label.upper(), "title": label.title()}.get(form.case, label)


def entry(figure: Figure, form: Form, day: dt.date) -> str:
    """Return the line of one figure in the General Staff's list."""
    language = "uk" if form.language == "both" else form.language
    hedge = _of(HEDGES[figure.qualifier][language], form)
    if form.language == "both" and figure.qualifier == "about":
        hedge = ("близько/ about ", "близько / about ")[form.pick % 2]
    unit = _of(UNITS[language]["" if figure.category == "personnel" else "items"], form)
    if form.language == "both" and figure.category == "personnel":
        unit = " осіб / persons"
    total = number(figure.total, form.separator)
    return f"{_label(figure, form, day)}{form.dash}{hedge}{total}{_increase(figure, form)}{unit}"


def heading(form: Form, day: dt.date) -> str:
    if form.language == "en":
        return f"The total combat losses of the enemy from 24.02.22 to {day:%d.%m.%y} were approximately:"
    return f"Загальні бойові втрати противника з 24.02.22 по {day:%d.%m.%y} орієнтовно становлять:"


def listed(figures: Iterable[Figure], form: Form, day: dt.date) -> str:
    """Return a report as the General Staff writes it."""
    lines = [entry(figure, form, day) for figure in figures]
    return MARKUPS[form.markup](heading(form, day), lines)


def sentence(figures: Iterable[Figure], form: Form, day: dt.date) -> str:
    """Return a report in sentences of a news agency."""
    by_category = {figure.category: figure for figure in figures}
    people = by_category.pop("personnel")
    hedge = _of(HEDGES[people.qualifier]["en"], form)
    total = number(people.total, form.separator)
    day_text = f"{day:%B} {day.day}, {day.year}"
    parts = []
    for figure in by_category.values():
        label = _of(labels(figure.category, "en", day), form)
        printed = number(figure.total, form.separator)
        gain = _increase(figure, replace(form, increase="({})"))
        parts.append(f"{printed}{gain} {label}" if form.pick % 2 else f"{printed} {label}{gain}")
    included = ""
    if people.increment is not None:
        gain = number(people.increment, form.separator)
        included = f" The number includes {gain} casualties Russian forces suffered just over the past day."
    return (
        f"Russia has lost {hedge}{total} troops in Ukraine since the beginning of its invasion on "
        f"Feb. 24, 2022, the General Staff of Ukraine's Armed Forces reported on {day_text}."
        f"{included} According to the report, Russia has also lost "
        f"{', '.join(parts[:-1])}, and {parts[-1]}."
    )


def figure_first(figures: Iterable[Figure], form: Form, day: dt.date) -> str:
    """Return a report as a list of figures, each before its label."""
    lines = [
        f"- {number(figure.total, form.separator)}{_increase(figure, form)} "
        f"{_of(labels(figure.category, form.language, day), form)},"
        for figure in figures
    ]
    return "\n".join([heading(form, day), *lines])


def _page(head: str, lines: list[str]) -> str:
    items = "\n".join(f'  <li class="a"><span>{_entities(line)}</span>,</li>' for line in lines)
    return (
        "<!DOCTYPE html><html><head><title>Losses</title><script>var tanks = 'tanks - 1';</script>"
        "<style>p{}</style></head><body><nav><ul><li>Tanks - 7 (+7)</li></ul></nav>\n"
        f"<!-- tanks - 9 --><h1>{_entities(head)}</h1><div><ul>\n{items}\n</ul></div>"
        "<p>Data are being updated.</p><footer>aircraft - 3 (+3)</footer></body></html>"
    )


def _entities(text: str) -> str:
    for character in "\u2012\u2013\u2014\u2212\u00a0\u2009":
        text = text.replace(character, f"&#{ord(character)};")
    return text.replace("'", "&#39;")


MARKUPS: dict[str, Callable[[str, list[str]], str]] = {
    "p": lambda head, lines: (
        f"<p>{head}</p>" + "".join(f"<p>{html.escape(line)},</p>" for line in lines)
    ),
    "li": lambda head, lines: (
        f"<p>{head}</p>" + "\t\t".join(f"<li>{line}</li>\n" for line in lines)
    ),
    "br": lambda head, lines: f"<p>{head}<br />" + ", <br>".join(lines) + ".</p>",
    "page": _page,
    "plain": lambda head, lines: "\n".join([head, *(f"{line}," for line in lines)]),
    "telegram": lambda head, lines: (
        f"\U0001f525 **{head}**\n\n" + "\n".join(f"▪️ {line}" for line in lines)
    ),
    "paragraph": lambda head, lines: f"{head} {', '.join(lines)}.",
    "windows": lambda head, lines: "\r\n".join([head, *(f"• {line};" for line in lines)]),
}
