"""Which row of another table each row points to: derived once, for rules and their words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.figures import FIGURE
from reported_losses.validation.rules.joins import lookup
from reported_losses.validation.rules.registry import Context, derived

Rows = NDArray[np.int64]


@derived
def figure_of_status(context: Context) -> Rows:
    """Return the figure each status divides, or -1."""
    return lookup(context.tables["status_counts"], context.tables["loss_counts"], FIGURE)


@derived
def source_of_statement(context: Context) -> Rows:
    """Return the source of each statement, or -1."""
    return lookup(context.tables["statements"], context.tables["sources"], ("source",))
