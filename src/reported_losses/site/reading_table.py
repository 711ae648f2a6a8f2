"""What each record says of each figure, as a table; cells that differ have a sign and a frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reported_losses.site.html import listed, number, signed, text, unseen
from reported_losses.site.page_words import readable

Row = dict[str, Any]


def readings(count: Row, anchor: str, titles: Mapping[str, str]) -> str:
    """Return the readings of a report: one row per category, one column per record.

    Args:
        count: One of the `counts` of `day.facts`.
        anchor: Identifier of the count on the page, escaped.
        titles: What the records are called.
    """
    held = count["readings"]
    records = sorted({one["record"] for one in held})
    if not held:
        return "<h3>Readings</h3><p>No reading of this report is kept.</p>"
    if len(records) == 1 and not any(_marked(one) for one in held):
        return (
            f"<h3>Readings</h3><p>One record holds this report, {_record(records[0], titles)}; "
            f"its readings are the totals above.</p>{_notes(held, titles)}"
        )
    labels = {one["category"]: one["label"] for one in count["figures"]}
    by_cell = {(one["category"], one["record"]): one for one in held}
    categories = list(dict.fromkeys(one["category"] for one in held))
    header = "".join(f'<th scope="col">{_record(record, titles)}</th>' for record in records)
    rows = "\n".join(
        f'<tr><th scope="row">{text(labels.get(category, category))}</th>'
        + "".join(_cell(by_cell.get((category, record))) for record in records)
        + "</tr>"
        for category in categories
    )
    differing = sum(one.get("differs", False) for one in held)
    said = f"{differing} of {len(held)}" if differing else "None"
    return (
        f'<h3 id="readings-{anchor}">Readings</h3><p>What each record has for each category. '
        f"Differing from the figures above: {said.lower()}.{_legend(held)}</p>"
        f'<div class="wide" role="region" tabindex="0" aria-labelledby="readings-{anchor}">'
        f'<table class="readings"><thead><tr><th scope="col">Category</th>{header}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>{_notes(held, titles)}"
    )


def _record(name: str, titles: Mapping[str, str]) -> str:
    return f'<a href="#record-{text(name)}">{text(titles.get(name, name))}</a>'


def _marked(reading: Row) -> bool:
    return any(reading.get(name) for name in ("differs", "stale", "correction", "silent"))


def _legend(held: list[Row]) -> str:
    said = []
    if any(one.get("differs") for one in held):
        said.append("≠ marks what differs.")
    if any(one.get("silent") for one in held):
        said.append("= means that the record agrees; of this record we keep only what differs.")
    if any(one.get("stale") for one in held):
        said.append("↺ marks the figure of another day, which counts for nothing.")
    return "".join(f" {one}" for one in said)


def _cell(reading: Row | None) -> str:
    if reading is None:
        return "<td></td>"
    if reading.get("silent"):
        return f"<td>={unseen('agrees')}</td>"
    total = "" if reading["total"] is None else number(reading["total"])
    step = f" ({signed(reading['increment'])})" if "increment" in reading else ""
    extra = f" correction {signed(reading['correction'])}" if "correction" in reading else ""
    words = f"{total}{step}{extra}" or "no total"
    if reading.get("stale"):
        return f"<td>↺ {unseen('figure of another day: ')}{words}</td>"
    if reading.get("differs"):
        return f'<td class="differs">≠ {unseen("differs: ")}{words}</td>'
    return f"<td>{words}</td>"


def _notes(held: list[Row], titles: Mapping[str, str]) -> str:
    """Return the notes of readings, each said once with the cells it is about."""
    cells: dict[tuple[str, str], list[str]] = {}
    for one in held:
        if "note" in one:
            cells.setdefault((one["record"], one["note"]), []).append(one["category"])
    items = [
        f"{_record(record, titles)}, {text(', '.join(of))}: {text(readable(note))}"
        for (record, note), of in cells.items()
    ]
    return f"<p>Notes on readings:</p>{listed(items)}" if items else ""
