"""One reporter's figures day by day, with what follows from them: what `daily` is made from.

Everything is computed over all days. Days are selected afterwards, so that the first selected day
has its delta and its means as well.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Table
from reported_losses.errors import BadArgumentError
from reported_losses.loading.added_up import added_up
from reported_losses.loading.asked import Asked, day_bounds
from reported_losses.loading.computed import column
from reported_losses.loading.meanings import TITLES, computed_field
from reported_losses.loading.reporter import Mask, broader, rows
from reported_losses.parsing.columns import Column, Columns

WINDOW = 7
_COUNTED = ("total", "increment", "evidence", "increment_evidence")
_COPIED = {"correction": "amount", "correction_kind": "kind", "correction_reason": "reason"}


def reported(asked: Asked) -> Columns:
    """Return every figure of the reporter, in order of category and day."""
    return rows("loss_counts", asked.reporter, asked.subject, _COUNTED, asked.as_of)


def computed(asked: Asked, counts: Columns) -> dict[str, Column]:
    """Return the figures asked for and what follows from them, in order of category and day.

    Args:
        asked: What is asked for. Its first and last day are not looked at.
        counts: What `reported` gives for it.

    Returns:
        The columns of `daily`, and `change_mean_7`, `correction_kind` and `correction_reason`.
    """
    figures, linked = _figures(asked, counts)
    category, day = figures["category"].values, figures["report_date"].values
    total, increment = figures["total"], figures["increment"]
    follows = linked & (_since(category, 1) == 0) & (_since(day, 1) == 1)
    delta = column(np.where(follows, _since(total.values, 1), 0), follows)
    change = column(np.where(follows, delta.values - figures["correction"].values, 0), follows)
    is_week = (_since(category, WINDOW - 1) == 0) & (_since(day, WINDOW - 1) == WINDOW - 1)
    return {
        **figures,
        "delta": delta,
        "change": change,
        "increment_mean_7": _mean(increment, is_week),
        "change_mean_7": _mean(change, is_week),
    }


def _since(values: NDArray[Any], rows: int) -> NDArray[Any]:
    """Return how much each value exceeds the one some rows before; -1 where there is none."""
    return np.concatenate([np.full(min(rows, len(values)), -1), values[rows:] - values[:-rows]])


def _mean(values: Column, is_week: NDArray[Any]) -> Column:
    """Return the mean of each row and the six before it, if they are seven days with a value."""
    whole = is_week & (_window(values.valid) == WINDOW)
    sums = _window(np.where(values.valid, values.values, 0))
    return column(np.where(whole, sums / WINDOW, 0.0), whole, "number")


def _window(values: NDArray[Any]) -> NDArray[Any]:
    """Return the sum of each value and the six before it."""
    sums = np.concatenate([np.zeros(WINDOW, dtype=np.int64), np.cumsum(values)])
    window: NDArray[Any] = sums[WINDOW:] - sums[:-WINDOW]
    return window


def _figures(asked: Asked, counts: Columns) -> tuple[dict[str, Column], Mask]:
    """Return the figures with their corrections, and which go on from the figure before."""
    figures = corrected(asked, counts)
    if asked.with_narrower:
        return added_up(asked.categories, figures, asked.lives, broader())
    code = {name: new for new, name in enumerate(asked.categories)}
    new = np.array([code.get(name, -1) for name in counts["category"].texts])
    codes = new[counts["category"].values]
    chosen = np.flatnonzero(codes >= 0)
    figures = {name: one.take(chosen) for name, one in figures.items()}
    figures["category"] = column(codes[chosen], None, "string", asked.categories)
    return figures, np.ones(len(chosen), dtype=np.bool_)


def corrected(asked: Asked, counts: Columns) -> dict[str, Column]:
    """Return every figure of the reporter with what the ledger has for it.

    Args:
        asked: What is asked for.
        counts: What `reported` gives for it.
    """
    figures = {name: counts[name] for name in ("category", "report_date", *_COUNTED)}
    return figures | _corrections(asked, counts)


def _corrections(asked: Asked, counts: Columns) -> dict[str, Column]:
    """Return what the ledger has for each figure: 0 and no kind where it has no row."""
    try:
        ledger = rows("corrections", asked.reporter, asked.subject, _COPIED.values(), asked.as_of)
    except BadArgumentError:
        if asked.as_of is None:
            raise
        # The figures have a state of that day, so what is missing are corrections before it.
        ledger = rows("corrections", asked.reporter, asked.subject, _COPIED.values()).take(
            np.array([], dtype=np.int64)
        )
    key, wanted = _key(counts, counts), _key(ledger, counts)
    at = np.searchsorted(key, wanted)
    known = at < len(key)
    known[known] = key[at[known]] == wanted[known]
    of = np.full(counts.rows, -1)
    of[at[known]] = np.flatnonzero(known)
    found = {new: _taken(ledger[name], of) for new, name in _COPIED.items()}
    return found | {"correction": column(found["correction"].values)}


def _taken(values: Column, at: NDArray[Any]) -> Column:
    """Return the values of these rows; 0 without a value for row -1."""
    has_row = at >= 0
    found = np.zeros(len(at), dtype=np.int64)
    found[has_row] = values.values[at[has_row]]
    return column(found, has_row, values.kind, values.texts)


def _key(figures: Columns, counts: Columns) -> NDArray[Any]:
    """Return a number for category and day, ascending in `counts`."""
    code = {name: number for number, name in enumerate(counts["category"].texts)}
    codes = np.array([code.get(name, -1) for name in figures["category"].texts] or [0])
    key: NDArray[Any] = codes[figures["category"].values] * 2**24 + figures["report_date"].values
    return key


def with_all_categories(category: Column, counts: Columns) -> Column:
    """Return a column of categories that lists every one that `loss_counts` has, as `load` does.

    Frames of several calls can then be concatenated and joined and stay categorical.

    Args:
        category: The column; its codes are of the categories asked for.
        counts: What `reported` gives, whose column lists them all.
    """
    texts = tuple(sorted({*counts["category"].texts, *category.texts}))
    code = {name: number for number, name in enumerate(texts)}
    new = np.array([code[name] for name in category.texts] or [0])
    return column(new[category.values], category.valid, "string", texts)


def selected(columns: dict[str, Column], asked: Asked) -> dict[str, Column]:
    """Return the columns on the days asked for."""
    first, last = day_bounds(asked)
    day = columns["report_date"].values
    kept = np.flatnonzero((day >= first) & (day <= last))
    if len(kept) == len(day):
        return columns
    return {name: one.take(kept) for name, one in columns.items()}


@functools.cache
def descriptor(name: str) -> Table:
    """Return the descriptor of what is computed, under the name of what is made from it."""
    counts, ledger = installed().table("loss_counts"), installed().table("corrections")
    copied = [counts.field(one) for one in ("category", "report_date", *_COUNTED)]
    copied += [
        dataclasses.replace(ledger.field(old), name=new)
        for new, old in _COPIED.items()
        if new != "correction"
    ]
    numbers = dict.fromkeys(("correction", "delta", "change"), "integer")
    numbers |= dict.fromkeys(("increment_mean_7", "change_mean_7"), "number")
    fields = [
        dataclasses.replace(one, required=one.name in {"category", "report_date"}) for one in copied
    ]
    fields += [computed_field(one, kind) for one, kind in numbers.items()]
    return Table(name, *TITLES[name], "", tuple(fields), ("category", "report_date"))
