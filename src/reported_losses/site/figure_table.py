"""A report's figures as a table, with the corrections and the evidence in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN, parse_date
from reported_losses.intake.general_staff.explain import READ, TIES, either
from reported_losses.report.claim_words import QUALIFIER_WORDS
from reported_losses.site.html import link, listed, number, signed, text, unseen
from reported_losses.site.page_words import kinds, long_day, readable, side

Row = dict[str, Any]

STATUSES = ("destroyed", "damaged", "abandoned", "captured")
_AROUND = dt.timedelta(days=90)
_HEIGHT = 24
_CONTRADICTED = ("majority", "disputed")
_MANY = 5
"""More figures than these are counted and not named, where all rest on the same."""
_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "Total": f"Total: since {long_day(str(WAR_BEGAN))}.",
        "Printed": "Printed: the increase that the reporter printed for the day.",
        "Change": "Change: the total less that of the day before, without corrections.",
        "Change, 30 days": '<span class="phone-off">Bars: the change on each of 30 days, this '
        "day last; each row has a scale of its own.</span>",
    }
)
_INCREMENTS: Mapping[str, str] = {kind: where for kind, where in READ.items() if kind != "primary"}
"""Where an increment was read, if not in the reporter's own publication."""


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
        f'<p class="soft">{_meanings(count)}</p>'
        f'<div class="wide" role="region" tabindex="0" aria-label="{text(_label(count))}">'
        f'<table class="figures"><thead><tr><th scope="col">Category</th>{header}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>{_footnotes(count)}"
    )


def _label(count: Row) -> str:
    return f"Figures of {count['name']} on {side(count['subject'])}"


def explorer_link(day: str, count: Row, category: str) -> str:
    """Return the address of the explorer with a category and the days around one, escaped.

    >>> explorer_link("2022-03-01", {"reporter": "oryx", "subject": "russia"}, "tanks")[:46]
    '../index.html#reporter=oryx&amp;subject=russia'
    """
    date = parse_date(day)
    first, last = max(date - _AROUND, WAR_BEGAN), date + _AROUND
    return text(
        f"../index.html#reporter={count['reporter']}&subject={count['subject']}"
        f"&category={category}&measure=total&from={first}&to={last}&day={day}"
    )


def corrected(count: Row, category: str) -> Row | None:
    """Return the correction of a category on the day, if there is one."""
    return next((one for one in count["corrections"] if one["category"] == category), None)


def corrections(facts: Row, count: Row) -> str:
    """Return the corrections of the day, each with its reason and source."""
    if not count["corrections"]:
        return ""
    pages = {one["source"]: one for one in facts["sources"]}
    figures = {one["category"]: one for one in count["figures"]}
    items = [
        f'<span id="{_anchor(count, one["category"])}">{_corrected(one, figures)} '
        f"{text(readable(one['reason']))}{_source(pages.get(one['source']))}</span>"
        for one in count["corrections"]
    ]
    meanings = dict.fromkeys(one["kind"] for one in count["corrections"])
    said = " ".join(f"<em>{text(kind)}</em>: {text(kinds()[kind])}." for kind in meanings)
    return (
        "<h3>Corrections</h3><p>Total = total of the day before + change + correction. "
        f"{said}</p>{listed(items)}"
    )


def _corrected(one: Row, figures: Mapping[str, Row]) -> str:
    """Say what moved: the correction, and what it and the change make together."""
    figure = figures.get(one["category"], {"label": one["category"], "change": None})
    label, amount, moved = text(figure["label"]), signed(one["amount"]), ""
    if figure["change"] is not None:
        step = signed(figure["change"] + one["amount"])
        moved = f" Total {step} = change {signed(figure['change'])}, {text(one['kind'])} {amount}."
    return f"<strong>{label}: {text(one['kind'])} {amount}.</strong>{moved}"


def _source(page: Row | None) -> str:
    if page is None:
        return ""
    return f" Source: {link(page['url'], page['title'])}, {text(page['publisher'])}."


def evidence(count: Row) -> str:
    """Say what each figure rests on; where the records differ, who holds what."""
    by_reason: dict[tuple[str, str], list[Row]] = {}
    for figure in count["figures"]:
        by_reason.setdefault((figure["evidence"], figure["why"]), []).append(figure)
    items = [
        f"<strong>{text(kind)}</strong>: {_names(figures, count)}: {text(why)}.{_details(figures)}"
        for (kind, why), figures in by_reason.items()
    ]
    tied = any(figure["rivals"] for figure in count["figures"])
    rule = f'<p class="soft">The rule for ties: {text(TIES)}.</p>' if tied else ""
    return f"<h3>What each total rests on</h3>{listed(items)}{rule}"


def _names(figures: list[Row], count: Row) -> str:
    if len(figures) == len(count["figures"]) > 1:
        return f"all {len(figures)} totals"
    if len(figures) > _MANY:
        return f"{len(figures)} totals"
    return ", ".join(text(one["label"]) for one in figures)


def _details(figures: Iterable[Row]) -> str:
    held = list(figures)
    if len(held) == 1:
        return listed(map(text, held[0]["details"])) if held[0]["details"] else ""
    told = [
        f"{text(one['label'])}:{listed(map(text, one['details']))}"
        for one in held
        if one["details"]
    ]
    return listed(told) if told else ""


def _meanings(count: Row) -> str:
    columns = _columns(count)
    said = [words for title, words in _MEANINGS.items() if title in columns]
    return " ".join([*said, "Each category links to its curve in the explorer."])


def _footnotes(count: Row) -> str:
    """Say where increments were read, if not in the reporter's own publication."""
    kinds = sorted({one["increment_evidence"] for one in count["figures"]} & _INCREMENTS.keys())
    notes = [f"<sup>{kind[0]}</sup> This increment was read {_INCREMENTS[kind]}." for kind in kinds]
    return f'<p class="soft">{"<br>".join(notes)}</p>' if notes else ""


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
        columns["Correction"] = "phone-off"
    if any(value is not None for one in figures for value in one["changes"]):
        columns["Change, 30 days"] = "word phone-off"
    return columns | {"Evidence": "word phone-off"}


def _row(day: str, count: Row, figure: Row, columns: Mapping[str, str]) -> str:
    made = {
        "Total": f"{_hedge(figure)}{number(figure['total'])}",
        "Printed": _printed(figure),
        "Change": signed(figure["change"]),
        "Correction": _correction(count, figure),
        "Change, 30 days": _bars(figure["changes"]),
        "Evidence": _evidence(figure, _rivals(figure)),
    }
    made |= {one.capitalize(): number(figure["statuses"].get(one)) for one in STATUSES}
    label = (
        f'<th scope="row"><a href="{explorer_link(day, count, figure["category"])}">'
        f"{text(figure['label'])}</a>{_on_phone(count, figure)}</th>"
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
    kind = figure["increment_evidence"]
    note = f"<sup>{kind[0]}</sup>" if kind in _INCREMENTS else ""
    return f"{signed(figure['increment'])}{note}"


def _correction(count: Row, figure: Row) -> str:
    one = corrected(count, figure["category"])
    if one is None:
        return ""
    return (
        f'<a class="mark" href="#{_anchor(count, one["category"])}">▲ {signed(one["amount"])}</a>'
    )


def _evidence(figure: Row, more: str = "") -> str:
    kind = text(figure["evidence"])
    return f'<span class="mark">≠ {kind}{more}</span>' if kind in _CONTRADICTED else kind


def _rivals(figure: Row) -> str:
    """Return the totals between which nothing decides."""
    return f": {either(figure['rivals'])}" if figure["rivals"] else ""


def _on_phone(count: Row, figure: Row) -> str:
    """Return what stands in columns for which a phone has no room, if it is out of the ordinary."""
    contradicted = figure["evidence"] in _CONTRADICTED
    differs = _evidence(figure, _rivals(figure)) if contradicted else ""
    correction = _correction(count, figure)
    said = filter(None, (differs, correction and f"corrected {correction}"))
    return "".join(f'<span class="phone"><br>{one}</span>' for one in said)


def _anchor(count: Row, category: str) -> str:
    return text(f"correction-{count['reporter']}-{count['subject']}-{category}")


def _bars(changes: list[int | None]) -> str:
    """Return the changes of some days as bars; a fall has none, as a day without figure."""
    most = max((one for one in changes if one is not None), default=0) or 1
    heights = [round(_HEIGHT * max(one or 0, 0) / most) for one in changes]
    steps = "".join(
        f"m4 {before}v-{height}"
        for before, height in zip([0, *heights], heights[:-1], strict=False)
    )
    last = 4 * len(changes) - 2
    return (
        f'<svg viewBox="0 0 {last + 2} {_HEIGHT}" aria-hidden="true">'
        f'<path d="M-2 {_HEIGHT}{steps}"/>'
        f'<path d="M{last} {_HEIGHT}v-{heights[-1]}"/></svg>' + unseen(f"at most {number(most)}")
    )
