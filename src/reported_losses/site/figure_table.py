"""A report's figures as a table, with the corrections and the evidence in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN, parse_date
from reported_losses.report.claim_words import QUALIFIER_WORDS
from reported_losses.site.html import link, listed, number, signed, text, unseen

Row = dict[str, Any]

STATUSES = ("destroyed", "damaged", "abandoned", "captured")
_AROUND = dt.timedelta(days=90)
_HEIGHT = 24
_INCREMENTS: Mapping[str, str] = MappingProxyType(
    {"quoted": "quoted", "address": "from the page’s address"}
)
"""What is added to an increment that was not read in the reporter's own publication."""


def figure_table(day: str, count: Row) -> str:
    """Return the figures of a report as a table.

    Args:
        day: Day of the report.
        count: One of the `counts` of `day.facts`.
    """
    columns = _columns(count)
    header = "".join(
        f'<th scope="col"{_kind(kind)}>{text(title)}</th>' for title, kind in columns.items()
    )
    rows = "".join(_row(day, count, figure, columns) for figure in count["figures"])
    return (
        f'<table class="figures"><caption>{_caption(count)}</caption>'
        f'<thead><tr><th scope="col">Category</th>{header}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table>"
    )


def explorer_link(day: str, count: Row, category: str) -> str:
    """Return the address of the explorer with a category and the days around one, escaped.

    >>> explorer_link("2022-03-01", {"reporter": "oryx", "subject": "russia"}, "tanks")[:46]
    '../index.html#reporter=oryx&amp;subject=russia'
    """
    date = parse_date(day)
    first, last = max(date - _AROUND, WAR_BEGAN), date + _AROUND
    return text(
        f"../index.html#reporter={count['reporter']}&subject={count['subject']}"
        f"&category={category}&measure=total&from={first}&to={last}"
    )


def corrected(count: Row, category: str) -> Row | None:
    """Return the correction of a category on the day, if there is one."""
    return next((one for one in count["corrections"] if one["category"] == category), None)


def corrections(facts: Row, count: Row) -> str:
    """Return the corrections of the day, each with its reason and source."""
    if not count["corrections"]:
        return ""
    pages = {one["source"]: one for one in facts["sources"]}
    labels = {one["category"]: one["label"] for one in count["figures"]}
    items = []
    for one in count["corrections"]:
        page = pages.get(one["source"])
        where = "" if page is None else f" Source: {link(page['url'], page['title'])}."
        items.append(
            f'<span id="{_anchor(count, one["category"])}"><strong>'
            f"{text(labels.get(one['category'], one['category']))} {signed(one['amount'])}, "
            f"{text(one['kind'])}.</strong> {text(one['reason'])}{where}</span>"
        )
    return (
        "<h3>Corrections</h3><p>The total is that of the day before, and the printed increment, "
        f"and the correction.</p>{listed(items)}"
    )


def evidence(count: Row) -> str:
    """Say what each figure rests on; where the records differ, who holds what."""
    by_reason: dict[tuple[str, str], list[Row]] = {}
    for figure in count["figures"]:
        by_reason.setdefault((figure["evidence"], figure["why"]), []).append(figure)
    items = [
        f"<strong>{text(kind)}</strong>: {_names(figures, count)}: {text(why)}."
        f"{_details(figures)}"
        for (kind, why), figures in by_reason.items()
    ]
    return f"<h3>What each total rests on</h3>{listed(items)}"


def _names(figures: list[Row], count: Row) -> str:
    if len(figures) == len(count["figures"]) > 1:
        return f"all {len(figures)} totals"
    return ", ".join(text(one["label"]) for one in figures)


def _details(figures: Iterable[Row]) -> str:
    told = [
        f"{text(one['label'])}: {listed(text(line) for line in one['details'])}"
        for one in figures
        if one["details"]
    ]
    return listed(told) if told else ""


def _caption(count: Row) -> str:
    said = ["Totals count from 24 February 2022."]
    if any(one["increment"] is not None for one in count["figures"]):
        said.append("Printed: the increase that the reporter printed for the day.")
    if any(one["change"] is not None for one in count["figures"]):
        said.append("Change: total less that of the day before, without corrections.")
    said.append("A category leads to its curve.")
    return " ".join(said)


def _columns(count: Row) -> dict[str, str]:
    """Return the titles of the columns that have a value somewhere, with their class."""
    figures = count["figures"]
    columns = {"Total": ""}
    if any(one["statuses"] for one in figures):
        return columns | {status.capitalize(): "" for status in STATUSES}
    if any(one["increment"] is not None for one in figures):
        columns["Printed"] = ""
    if any(one["change"] is not None for one in figures):
        columns["Change"] = ""
    if count["corrections"]:
        columns["Correction"] = ""
    if any(value is not None for one in figures for value in one["changes"]):
        columns["Change, 30 days"] = "word phone-off"
    return columns | {"Evidence": "word"}


def _row(day: str, count: Row, figure: Row, columns: Mapping[str, str]) -> str:
    made = {
        "Total": f"{_hedge(figure)}{number(figure['total'])}",
        "Printed": _printed(figure),
        "Change": signed(figure["change"]),
        "Correction": _correction(count, figure),
        "Change, 30 days": _bars(figure["changes"]),
        "Evidence": _evidence(figure),
    }
    made |= {one.capitalize(): number(figure["statuses"].get(one)) for one in STATUSES}
    label = (
        f'<th scope="row"><a href="{explorer_link(day, count, figure["category"])}">'
        f"{text(figure['label'])}</a></th>"
    )
    kinds = {**columns, "Total": "total"}
    cells = "".join(f"<td{_kind(kinds[title])}>{made[title]}</td>" for title in columns)
    return f"<tr>{label}{cells}</tr>\n"


def _kind(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def _hedge(figure: Row) -> str:
    words = QUALIFIER_WORDS[figure["qualifier"]]
    return f'<span class="about">{words}</span>' if words else ""


def _printed(figure: Row) -> str:
    words = _INCREMENTS.get(figure["increment_evidence"] or "")
    note = f'<br><span class="soft">{words}</span>' if words else ""
    return f"{signed(figure['increment'])}{note}"


def _correction(count: Row, figure: Row) -> str:
    one = corrected(count, figure["category"])
    if one is None:
        return ""
    return (
        f'<a class="mark" href="#{_anchor(count, one["category"])}">▲ {signed(one["amount"])}</a>'
    )


def _evidence(figure: Row) -> str:
    kind = text(figure["evidence"])
    return f'<span class="mark">≠ {kind}</span>' if kind in {"majority", "disputed"} else kind


def _anchor(count: Row, category: str) -> str:
    return text(f"correction-{count['reporter']}-{count['subject']}-{category}")


def _bars(changes: list[int | None]) -> str:
    """Return the changes of some days as bars; a fall has none, as a day without figure."""
    most = max((one for one in changes if one is not None), default=0) or 1
    heights = [round(_HEIGHT * max(one or 0, 0) / most) for one in changes]
    steps = "".join(
        f"m4 {before}v-{height}" for before, height in zip([0, *heights], heights[:-1], strict=False)
    )
    last = 4 * len(changes) - 2
    return (
        f'<svg viewBox="0 0 {last + 2} {_HEIGHT}" aria-hidden="true"><path d="M-2 {_HEIGHT}{steps}"/>'
        f'<path d="M{last} {_HEIGHT}v-{heights[-1]}"/></svg>'
        + unseen(f"at most {number(most)}")
    )
