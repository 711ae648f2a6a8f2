"""Everything that the explorer shows, as one JSON object."""

from __future__ import annotations

import json
from typing import Any

from reported_losses.definition.citation import citation
from reported_losses.definition.descriptor import installed
from reported_losses.intake.general_staff.explain import READ, TIES
from reported_losses.loading.load import arrow
from reported_losses.release.addresses import BASE
from reported_losses.site.compare_data import ranges, side_by_side
from reported_losses.site.decided import shipped
from reported_losses.site.evidence_data import REASONS, Evidence, origins, report_pages
from reported_losses.site.explorer_words import chart_words, title
from reported_losses.site.page_words import kinds
from reported_losses.site.series_data import (
    EVIDENCE,
    READ_IN,
    correction_sources,
    frames,
    series,
    whole,
)
from reported_losses.site.statement_data import statement_data

_LIFE = ("reporter", "subject", "category", "first_report", "last_report", "policy", "note")


def explorer_data() -> dict[str, Any]:
    """Return what the page holds; `explorer/unpack.js` reads it.

    Returns:
        A JSON-ready object. The columns of its series are packed as `packed` tells.
    """
    raw: Any = installed().raw
    evidence, sources = Evidence(shipped()), correction_sources()
    return {
        "version": raw["version"],
        "licence": raw["licenses"][0]["name"],
        "citation": citation(),
        "words": chart_words(),
        "evidence": EVIDENCE,
        "read_in": READ_IN,
        "reasons": dict(REASONS),
        "read_words": dict(READ),
        "ties": TIES,
        "kinds": kinds(),
        "address": f"{BASE}/index.html",
        "reports": report_pages(),
        "categories": _table("categories", ("category", "label_en", "unit", "definition")),
        "series": [
            {
                "title": title(key),
                **_life(key),
                **series(key, frame, life, sources),
                **evidence.of(key, _figures(frame)),
            }
            for key, frame, life in frames()
        ],
        "records": origins(evidence.records),
        "compare": side_by_side(),
        "ranges": ranges(),
        **statement_data(),
    }


def json_text(data: dict[str, Any]) -> str:
    r"""Return data as JSON that can stand in a script element: no tag can begin in it.

    >>> json_text({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _table(name: str, columns: tuple[str, ...]) -> list[list[Any]]:
    rows = arrow(installed().table(name), list(columns)).to_pylist()
    return [[row[column] for column in columns] for row in rows]


def _life(key: tuple[str, str, str]) -> dict[str, Any]:
    """Return what `series` says of the end of a category, its policy, and its note."""
    (row,) = (row for row in _table("series", _LIFE) if tuple(row[:3]) == key)
    return {"until": row[4] and str(row[4]), "policy": row[5], "note": row[6]}


def _figures(frame: Any) -> dict[str, tuple[int, int | None]]:  # noqa: ANN401 - a pandas frame
    """Return the totals and increments of a series, by day."""
    days = (str(day)[:10] for day in frame.index)
    pairs = zip(whole(frame["total"]), whole(frame["increment"]), strict=True)
    return {
        day: (total or 0, increment) for day, (total, increment) in zip(days, pairs, strict=True)
    }
