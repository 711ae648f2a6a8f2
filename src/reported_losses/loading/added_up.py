"""Figures of a category with those of narrower ones added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reported_losses.definition.descriptor import installed
from reported_losses.loading.category_totals import Broader, counted_within, held, parts
from reported_losses.loading.computed import column
from reported_losses.loading.reporter import Days, Life, Mask
from reported_losses.parsing.columns import Column

Figures = Mapping[str, Column]


def added_up(
    categories: Iterable[str], figures: Figures, lives: Mapping[str, Life], broader: Broader
) -> tuple[dict[str, Column], Mask]:
    """Return the figures of categories, with sums on days on which only narrower ones have some.

    Args:
        categories: The categories wanted, in order.
        figures: Every figure of the reporter: the columns of `daily`, in order of category and
            day.
        lives: When the reporter counts each category.
        broader: The category that contains each category.

    Returns:
        The same columns for the categories wanted, and which figures go on from the figure
        before.
    """
    names = tuple(categories)
    sheets = [_sheet(name, figures, lives, broader) for name in names]
    columns = {name: _joined([sheet[name] for sheet, _ in sheets]) for name in figures}
    sizes = [len(linked) for _, linked in sheets]
    columns["category"] = column(np.repeat(np.arange(len(names)), sizes), None, "string", names)
    return columns, np.concatenate([linked for _, linked in sheets])


def _joined(columns: list[Column]) -> Column:
    values = np.concatenate([one.values for one in columns])
    valid = np.concatenate([one.valid for one in columns])
    return column(values, valid, columns[0].kind, columns[0].texts)


@dataclass(frozen=True)
class Parts:
    """The figures that a category is made from: one row per narrower category, one column per day.

    Attributes:
        days: The days.
        at: The row of the figure that holds.
        added: Whether it is added.
        reported: Whether it was reported on the day itself.
    """

    days: Days
    at: Days
    added: Mask
    reported: Mask

    @cached_property
    def whole(self) -> Mask:
        """Days on which every figure that is added was reported."""
        whole: Mask = np.any(self.added, axis=0) & np.all(self.reported | ~self.added, axis=0)
        return whole

    def sum(self, values: Column) -> Days:
        """Return the sums of a column."""
        sums: Days = np.where(self.added, values.values[self.at], 0).sum(axis=0)
        return sums

    def all_valid(self, values: Column) -> Mask:
        """Return the days on which every figure that is added was reported with a value."""
        valid: Mask = self.whole & np.all(values.valid[self.at] | ~self.added, axis=0)
        return valid


def _sheet(
    category: str, figures: Figures, lives: Mapping[str, Life], broader: Broader
) -> tuple[dict[str, Column], Mask]:
    """Return the figures of one category, and which go on from the figure before."""
    made = parts_of(category, figures, lives, broader)
    increment, correction = figures["increment"], figures["correction"]
    now = made.added & made.reported
    columns = {
        "category": column(np.zeros(len(made.days), dtype=np.int64)),
        "report_date": column(made.days, None, "date"),
        "total": column(made.sum(figures["total"])),
        "increment": column(made.sum(increment), made.all_valid(increment)),
        "correction": column(np.where(now, correction.values[made.at], 0).sum(axis=0)),
        "evidence": _weakest(made, "evidence", figures),
        "increment_evidence": _weakest(made, "increment_evidence", figures),
        **{name: _only(made, figures[name]) for name in ("correction_kind", "correction_reason")},
    }
    kept = np.flatnonzero(now.any(axis=0))
    return {name: columns[name].take(kept) for name in figures}, _linked(made)[kept]


def parts_of(category: str, figures: Figures, lives: Mapping[str, Life], broader: Broader) -> Parts:
    """Return the figures that a category is made from on each day; arguments as `added_up`."""
    every_day = figures["report_date"].values
    days = np.arange(every_day.min(), every_day.max() + 1) if len(every_day) else every_day
    names = counted_within(category, lives, broader)
    first, holding = {}, {}
    for name in names:
        own = np.flatnonzero(figures["category"].values == figures["category"].code(name))
        first[name] = own[0] if len(own) else 0
        holding[name] = held(every_day[own], lives[name], days)
    masks = parts(category, holding, broader)
    # A category without a figure on a day points to any row; it is not added.
    at = np.stack([np.maximum(first[name] + holding[name].row, 0) for name in names])
    has_figure = np.stack([holding[name].row >= 0 for name in names])
    return Parts(
        days,
        at,
        np.stack([masks[name] for name in names]),
        has_figure & (every_day[at] == days),
    )


def _weakest(made: Parts, name: str, figures: Figures) -> Column:
    """Return the weakest evidence of the figures added."""
    order = installed().table("loss_counts").field(name).enum or ()
    texts = figures[name].texts
    strength = np.array([order.index(text) for text in texts] or [0])
    by_strength = np.argsort(strength)
    ranks = np.argsort(by_strength)[figures[name].values[made.at]]
    weakest = np.where(made.added, ranks, 0).max(axis=0)
    valid = made.all_valid(figures[name]) if name == "increment_evidence" else None
    return column(by_strength[weakest], valid, "string", texts)


def _only(made: Parts, values: Column) -> Column:
    """Return what the ledger says of the one figure with a row in it; missing if several have."""
    has_row = made.added & made.reported & values.valid[made.at]
    found = values.values[np.take_along_axis(made.at, has_row.argmax(axis=0)[None], axis=0)[0]]
    return column(found, has_row.sum(axis=0) == 1, values.kind, values.texts)


def _linked(made: Parts) -> Mask:
    """Return the days whose total can be compared with that of the day before.

    Both must be made from the same categories: a part that begins to be counted is no loss of
    that day, and where parts are merged into one category no rule holds the sum. And every figure
    must be of its day: one that only holds until the next would move changes to another day.
    """
    linked = np.zeros(len(made.days), dtype=np.bool_)
    same = np.all(made.added[:, :-1] == made.added[:, 1:], axis=0)
    linked[1:] = made.whole[:-1] & made.whole[1:] & same
    return linked
