"""The page of a report day, made from what its JSON file says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.loading.chart_words import with_article
from reported_losses.site.day_statements import statements
from reported_losses.site.figure_table import corrections, evidence, figure_table
from reported_losses.site.html import About, link, listed, number, page, style, text
from reported_losses.site.page_words import long_day, period, short_day, side
from reported_losses.site.reading_table import readings

Row = dict[str, Any]

_LEAD = (
    f"<p>What was reported on this day about losses, counted since {long_day(str(WAR_BEGAN))}. "
    "These are the reporters' figures; whether they are true is not said here.</p>"
)
NO_LICENCE = "none-stated"
_OWN_PAGE = "The reporter's own page"


def day_page(facts: Row) -> bytes:
    """Return the page of a day.

    Args:
        facts: What `day.facts` returns, or its JSON file holds.
    """
    day = facts["report_date"]
    titles = {one["record"]: one["title"] for of in facts["sources"] for one in of["records"]}
    parts = [
        _around(facts, "before and after"),
        f"<h1>{long_day(day)}</h1>",
        _LEAD,
        _contents(facts),
        *(_count(facts, count, titles) for count in facts["counts"]),
        statements(facts),
        _sources(facts["sources"]),
        _cite(facts),
        _around(facts, "before and after, again"),
    ]
    head = f'<link rel="alternate" type="application/json" href="{day}.json">\n'
    about = About(f"{long_day(day)}: losses as reported", _description(facts), facts["address"])
    return page(about, "\n".join(filter(None, parts)), depth=1, style=style(), head=head)


def _description(facts: Row) -> str:
    """Say in a sentence what is on the page: the first figure of each count, and statements."""
    said = [
        f"{with_article(count['name'])} on {side(count['subject'])}: "
        f"{first['label'].lower()} {number(first['total'])}"
        for count in facts["counts"]
        for first in count["figures"][:1]
    ]
    return f"Losses as reported on {long_day(facts['report_date'])}. {'; '.join(said)}."


def count_title(count: Row) -> str:
    """Return whose losses a count is about, and who reported them."""
    return f"Losses of {side(count['subject'])}, reported by {with_article(count['name'])}"


def _around(facts: Row, place: str) -> str:
    before, after = facts["previous"], facts["next"]
    left = f'<a href="{before}.html" rel="prev">← {short_day(before)}</a>' if before else ""
    right = f'<a href="{after}.html" rel="next">{short_day(after)} →</a>' if after else ""
    every = f'<a href="index.html#m{facts["report_date"][:7]}">All days</a>'
    return (
        f'<nav class="around" aria-label="Days {place}"><span>{left}</span>'
        f"<span>{every}</span><span>{right}</span></nav>"
    )


def _contents(facts: Row) -> str:
    """Return links to the parts of a page that has several."""
    items = [
        f'<a href="#{_anchor(count)}">{text(count_title(count))}</a>' for count in facts["counts"]
    ]
    told = len(facts["statements"])
    if told:
        words = f"{told} statements" if told > 1 else "1 statement"
        items.append(f'<a href="#statements">{words} made on this day</a>')
    return listed(items) if len(items) > 1 else ""


def _anchor(count: Row) -> str:
    return text(f"{count['reporter']}-{count['subject']}")


def _count(facts: Row, count: Row, titles: Mapping[str, str]) -> str:
    parts = [
        f'<section><h2 id="{_anchor(count)}">{text(count_title(count))}</h2>',
        f"<p>{_about(facts, count)}</p>",
        figure_table(facts["report_date"], count),
        _missing(count),
        corrections(facts, count),
        evidence(count),
        readings(count, _anchor(count), titles),
        "</section>",
    ]
    return "\n".join(filter(None, parts))


def _about(facts: Row, count: Row) -> str:
    """Say what the report covers, and where the reporter published it."""
    said = []
    if (count["period_start"], count["period_end"]) != (str(WAR_BEGAN), facts["report_date"]):
        said.append(f"Covers {period(count['period_start'], count['period_end'])}.")
    if count["report_date_precision"] != "day":
        said.append("The day of the report was inferred.")
    said.append(
        f"{link(count['url'], _OWN_PAGE)}."
        if count["url"]
        else "No address of the reporter's own page is known."
    )
    if count["greatest_losses"]:
        said.append(f"Greatest losses of the day, as reported: {text(count['greatest_losses'])}.")
    said += [
        f'{words}: <a href="{count[which]}.html">{long_day(count[which])}</a>.'
        for words, which in (("Its report before this", "previous"), ("Its next", "next"))
        if count[which] and count[which] != facts[which]
    ]
    return " ".join(said)


def _missing(count: Row) -> str:
    """Say which categories have no figure on the day, and which are counted no longer."""
    lines = []
    if count["without_figure"]:
        names = ", ".join(text(one["label"]) for one in count["without_figure"])
        lines.append(f"<p>No figure on this day: {names}.</p>")
    if count["ended"]:
        items = [
            f"{text(one['label'])}: last figure on "
            f'<a href="{one["last_report"]}.html">{long_day(one["last_report"])}</a>. '
            f"{text(one['note'])}"
            for one in count["ended"]
        ]
        lines.append(
            f"<details><summary>Categories counted no longer ({len(items)})</summary>"
            f"{listed(items)}</details>"
        )
    return "\n".join(lines)


def _sources(sources: list[Row]) -> str:
    if not sources:
        return ""
    items = [
        f"{link(one['url'] or one['archived_url'], one['title'])}, {text(one['publisher'])}"
        f"{_dated(one)}{_records(one['records'])}"
        for one in sources
    ]
    return f'<h2 id="sources">Sources</h2>\n{listed(items)}'


def _dated(source: Row) -> str:
    copy = link(source["archived_url"], "archived copy") if source["archived_url"] else ""
    parts = (source["published_on"], source["language"] and f"in {source['language']}", copy)
    said = ", ".join([*(text(one) for one in parts[:2] if one), *filter(None, parts[2:])])
    return f' <span class="soft">({said})</span>' if said else ""


def _records(records: list[Row]) -> str:
    return "".join(
        f'<br><span class="soft" id="record-{text(one["record"])}">'
        f"{text(one['title'])} (record <code>{text(one['record'])}</code>). "
        f"Made by {text(one['maker'])}; {_licence(one['licence'])}"
        f"{'' if one['votes'] else '; its totals decide nothing'}.</span>"
        for one in records
    )


def _licence(name: str) -> str:
    """Return a licence in words.

    >>> _licence("MIT"), _licence("none-stated")
    ('licence MIT', 'no licence is stated')
    """
    return "no licence is stated" if name == NO_LICENCE else f"licence {text(name)}"


def _cite(facts: Row) -> str:
    names = " and ".join(dict.fromkeys(text(one["name"]) for one in facts["counts"]))
    return (
        '<h2 id="cite">How to cite</h2>\n'
        f"<p>Say who reported the figures: {names}. Then name this dataset:</p>"
        f'<p class="cite">{text(facts["citation"])}. Report day {facts["report_date"]}: '
        f"{link(facts['address'], facts['address'])}</p>"
        f'<p>For programs: <a href="{facts["report_date"]}.json">this page as JSON</a>.</p>'
    )
