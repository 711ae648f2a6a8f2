"""The latest totals of every reporter, in HTML: they are there without JavaScript, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reported_losses.loading.status import status
from reported_losses.site.html import text

GENERAL_STAFF = "ua-general-staff"


def latest(data: dict[str, Any]) -> str:
    """Return the cards of the General Staff's latest totals, and the tables of all reporters'.

    Args:
        data: What `explorer_data` gives.
    """
    last = {tuple(one["key"]): one["last"] for one in data["series"]}
    names = {row[0]: row[1] for row in data["organisations"]}
    labels = {row[0]: row[1] for row in data["categories"]}
    until = {tuple(one["key"]): one["until"] for one in data["series"]}
    parts, fresh = [], []
    for one in status().reporters:
        fresh.append(
            f"{text(names[one.reporter])} {one.last_report}"
            f'<span data-last="{one.last_report}"></span>'
        )
        own = {key: row for key, row in last.items() if key[:2] == (one.reporter, one.subject)}
        rows = "".join(_row(key, row, labels, until[key]) for key, row in own.items())
        about = f"{names[one.reporter]}: losses of {one.subject.title()}"
        parts.append(
            f"<h3>{text(about)}</h3>"
            f'<p>Last report {one.last_report}<span data-last="{one.last_report}"></span>; '
            f"{one.report_days:,} days with a report since {one.first_report}.</p>"
            f'<div class="scroll" tabindex="0" role="region" aria-label="{text(about)}"><table>'
            f"<caption>{text(about)}, latest totals</caption><thead><tr>"
            '<th scope="col">Category</th><th scope="col">Total</th>'
            '<th scope="col">Change of that day</th><th scope="col">Report</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    summary = "Latest totals of every reporter, and how fresh they are"
    tables = f'<details id="every"><summary>{summary}</summary>{"".join(parts)}</details>'
    # Two counts of one reporter with one last day are named once.
    dates = f'<p class="fresh">Last reports: {"; ".join(dict.fromkeys(fresh))}.</p>'
    return _cards(last, labels, until) + dates + tables


def address(key: tuple[str, str, str]) -> str:
    """Return the link that shows a series.

    >>> address(("oryx", "ukraine", "tanks"))
    '#reporter=oryx&subject=ukraine&category=tanks&measure=total'
    """
    return "#reporter={}&subject={}&category={}&measure=total".format(*key)


def _cards(last: Any, labels: Any, until: Any) -> str:  # noqa: ANN401
    own = {key: row for key, row in last.items() if key[0] == GENERAL_STAFF and until[key] is None}
    day = max(row[0] for row in own.values())
    first = sorted(own.items(), key=lambda one: (one[0][2] != "personnel", -one[1][1]))
    return (
        '<h2 id="latest-title">Losses of Russia as the General Staff of the Armed Forces of Ukraine'
        f' reported them on <a href="days/{day}.html">{day}</a><span data-last="{day}"></span></h2>'
        f'<ul class="cards">{"".join(_card(key, row, labels, day) for key, row in first)}</ul>'
    )


def _card(key: tuple[str, str, str], row: Sequence[Any], labels: dict[str, str], day: str) -> str:
    when, total, change = row
    old = "" if when == day else f" · {when}"
    by = "day before missing" if change is None else f"{signed(change)} that day"
    return (
        f'<li><a href="{text(address(key))}"><span>{text(labels[key[2]])}</span>'
        f"<strong>{total:,}</strong><small>{by}{old}</small></a></li>"
    )


def _row(
    key: tuple[str, str, str], row: Sequence[Any], labels: dict[str, str], until: str | None
) -> str:
    when, total, change = row
    end = " (ended)" if until else ""
    return (
        f'<tr><th scope="row"><a href="{text(address(key))}">{text(labels[key[2]])}</a>{end}</th>'
        f'<td class="number">{total:,}</td>'
        f'<td class="number">{"" if change is None else signed(change)}</td><td>{when}</td></tr>'
    )


def signed(value: int) -> str:
    """Return a number with its sign.

    >>> signed(1050), signed(0)
    ('+1,050', '±0')
    """
    return (f"{value:+,}" if value else "±0").replace("-", "\u2212")
