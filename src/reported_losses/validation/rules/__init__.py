"""Every invariant of the data, one decorated function each: columns in, bad rows out.

Rules are NumPy over columns in key order and know nothing of files, frames or messages, so that
one definition serves `check`, pandera and anybody's own frame. A rule's code is its module's name
and its function's, `table/slug`; `CATALOGUE` holds what its decorator says.

To add a rule: decorate a function in the module of its table, and name that module here.
"""

from reported_losses.validation.rules import (
    claims,
    corrections,
    loss_counts,
    readings,
    records,
    reports,
    revisions,
    series,
    statements,
)
from reported_losses.validation.rules.registry import CATALOGUE, Context, Mask, Rule, judge, rule

__all__ = [
    "CATALOGUE",
    "Context",
    "Mask",
    "Rule",
    "claims",
    "corrections",
    "judge",
    "loss_counts",
    "readings",
    "records",
    "reports",
    "revisions",
    "rule",
    "series",
    "statements",
]
