"""What an address tells: the day of the page, and who publishes it."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import numpy as np

from reported_losses.definition.dates import day_number
from reported_losses.issue import Severity
from reported_losses.parsing.columns import Column
from reported_losses.validation.keys import Mask, repeated_values
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.rules.usual import made_from, unlike_most, usual_of
from reported_losses.validation.words import Words

_DAY = re.compile(r"(?<!\d)(20\d\d)([-/]?)(\d\d)\2(\d\d)(?!\d)")
_OF = {"sources": "published_on", "reports": "report_date"}
# How many days the one in the address may be later: pages of reports were put up again, days after.
_LATER = {"sources": 1, "reports": 7}
_EARLIER = 1


def days_in(address: str) -> list[int]:
    """Return the days that an address spells, as numbers.

    >>> days_in("https://a.example/2023/02/22/losses-20230223?id=20239999")
    [19410, 19411]
    """
    found = []
    for year, _, month, day in _DAY.findall(address):
        try:
            found.append(day_number(dt.date(int(year), int(month), int(day))))
        except ValueError:
            continue
    return found


def address_of_day(context: Context) -> Mask:
    """Find rows whose address has days, and none near the row's own."""
    url, day = context.table["url"], context.table[_OF[context.table.name]]
    spelt, later = [days_in(text) for text in url.texts], _LATER[context.table.name]
    rows = np.flatnonzero(url.valid & day.valid)
    pairs = zip(url.values[rows].tolist(), day.values[rows].tolist(), strict=True)
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[rows] = [
        spelt[code] != [] and not any(-_EARLIER <= one - own <= later for one in spelt[code])
        for code, own in pairs
    ]
    return bad


def _of_another_day(case: FailureCase) -> Words:
    column, key = _OF[case.table.name], " ".join(case.cell(name) for name in case.table.key)
    message = f"{key}: the address has another day than {column} {case.cell(column)}"
    return Words(message, f"an address of {case.cell(column)}", case.rule.text.fix)


for _table, _column in _OF.items():
    rule(
        _table,
        column="url",
        severity=Severity.WARNING,
        title=f"A day that an address spells is `{_column}`, or near it.",
        rationale=(
            "Many sites put the day of a page into its address, as 2023/02/22, 2023-02-22 or "
            "20230222. Another day there is an address of another page, or a mistyped date: one "
            f"more than {_EARLIER} day earlier, or more than {_LATER[_table]} later. It is a "
            "warning, because an address may have the day of something else. Without an address, "
            "or a day, nothing is judged."
        ),
        example="https://mil.example/2023/02/21/losses in the row of 2023-02-25",
        fix="Correct the address, or the day.",
    )(address_of_day).words(_of_another_day)


def _site(address: str) -> str | None:
    return urlsplit(address).hostname if "://" in address and "[" not in address else None


def _sites(context: Context) -> Column:
    return made_from(context.table["url"], _site)


@rule(
    "sources",
    column="publisher",
    severity=Severity.WARNING,
    title="The pages of a site have one publisher.",
    rationale=(
        "A source whose publisher is not that of most sources of the same site has the publisher, "
        "or the address, of another. It is a warning, because a site may carry pages of several. "
        "A site on which no publisher has more than half of the sources cannot be judged."
    ),
    example="a page of news.example by Another newspaper, where all others are by A newspaper",
    fix="Correct the publisher or the address.",
)
def publisher_of_site(context: Context) -> Mask:
    """Find sources with another publisher than most of their site."""
    return unlike_most([_sites(context)], context.table["publisher"])


@publisher_of_site.words
def _other_publisher(case: FailureCase) -> Words:
    usual = usual_of([_sites(case.context)], case.table["publisher"], case.row)
    message = f"{case.cell('source')}: most pages of its site are published by {usual}"
    return Words(message, usual, case.rule.text.fix)


_NAMED = re.compile(r"\((\w+)\)$")


def _language_named(title: str) -> str | None:
    found = _NAMED.search(title)
    return found and found[1]


def _named(context: Context) -> Column:
    return made_from(context.table["title"], _language_named)


@rule(
    "sources",
    column="language",
    severity=Severity.WARNING,
    title="A title that names a language is of a source in that language.",
    rationale=(
        "A title given in English names the language of the page in brackets at its end. The same "
        "name stands for the same language in most sources, so another one there is the language, "
        "or the title, of another page. A name that has no usual language cannot be judged."
    ),
    example="'The losses of a year (Greek)' with the language hu",
    fix="Correct the language or the title.",
)
def language_of_title(context: Context) -> Mask:
    """Find sources in another language than most with the same name in their title."""
    return unlike_most([_named(context)], context.table["language"])


@language_of_title.words
def _other_language(case: FailureCase) -> Words:
    usual = usual_of([_named(case.context)], case.table["language"], case.row)
    message = f"{case.cell('source')}: the language is {case.cell('language')}, not as titled"
    return Words(message, usual, case.rule.text.fix)


@rule(
    "sources",
    column="url",
    title="No address belongs to two dated pages.",
    rationale=(
        "A page is one source. Two sources with a day of publication and one address are the same "
        "page, or one has the address of the other. Sources without such a day are sites, on "
        "which several things may be read."
    ),
    example="the address of one article in the row of another",
    fix="Give the row its own address, or use one source for both.",
)
def address_once(context: Context) -> Mask:
    """Find dated sources with the address of an earlier one."""
    url, dated = context.table["url"], context.table["published_on"].valid
    rows = np.flatnonzero(url.valid & dated)
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    _, first = np.unique(url.values[rows], return_index=True)
    bad[np.delete(rows, first)] = True
    return bad & ~repeated_values(context.table["source"])
