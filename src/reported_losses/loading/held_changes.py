"""Changes of a total that holds until the next report, as irregular reporters' totals do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from reported_losses.loading.added_up import parts_of
from reported_losses.loading.asked import Asked, counted_parts
from reported_losses.loading.reporter import Days, broader
from reported_losses.parsing.columns import Column


@dataclass(frozen=True, slots=True)
class Steps:
    """What changed from each day with a total to the next one.

    Attributes:
        first: The day after the earlier one of the two days.
        last: The later one; more than one day long are only the steps across a declared gap.
        change: Difference of the totals, without the corrections of these days.
    """

    first: Days
    last: Days
    change: Days


def is_irregular(asked: Asked, category: str) -> bool:
    """Return whether a category, or a part that is added up, is published irregularly."""
    return any(asked.lives[name].irregular for name in counted_parts(asked, category))


def steps(asked: Asked, category: str, figures: Mapping[str, Column]) -> Steps:
    """Return the changes of one category's total.

    A step from one set of narrower categories to another is left out: a part that begins to be
    counted is no loss of that day.

    Args:
        asked: What is asked for.
        category: The category.
        figures: Every figure of the reporter, as `day_table.corrected` gives them.
    """
    lives = {name: asked.lives[name] for name in counted_parts(asked, category)}
    made = parts_of(category, figures, lives, broader() if asked.with_narrower else {})
    total = made.sum(figures["total"])
    now = np.where(made.added & made.reported, figures["correction"].values[made.at], 0)
    corrected = np.cumsum(now.sum(axis=0))
    held = np.flatnonzero(made.added.any(axis=0))
    before, after = held[:-1], held[1:]
    same = np.all(made.added[:, before] == made.added[:, after], axis=0)
    change = total[after] - total[before] - (corrected[after] - corrected[before])
    return Steps(made.days[before[same]] + 1, made.days[after[same]], change[same])
