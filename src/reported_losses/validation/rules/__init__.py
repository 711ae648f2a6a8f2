"""Every invariant of the data: columns in, failing rows out, and words for each of them.

Rules are NumPy over columns in key order and know nothing of files or frames, so that one
definition serves `check`, pandera and anybody's own frame. `CATALOGUE` holds them by code.

To add a rule, write its page into the module of its family, and name a new module here.
"""

from reported_losses.validation.rules import (
    accounting,
    calendar,
    categories,
    chains,
    claimed_counts,
    claims,
    claims_of_statements,
    corrections,
    evidence,
    habits,
    increments,
    independence,
    plausibility,
    record_contents,
    recorded,
    reports,
    revision_steps,
    revisions,
    series,
    sources,
    statement_sources,
    statements,
    status_counts,
    texts,
    withdrawals,
)
from reported_losses.validation.rules.rule import CATALOGUE, Rule

__all__ = [
    "CATALOGUE",
    "Rule",
    "accounting",
    "calendar",
    "categories",
    "chains",
    "claimed_counts",
    "claims",
    "claims_of_statements",
    "corrections",
    "evidence",
    "habits",
    "increments",
    "independence",
    "plausibility",
    "record_contents",
    "recorded",
    "reports",
    "revision_steps",
    "revisions",
    "series",
    "sources",
    "statement_sources",
    "statements",
    "status_counts",
    "texts",
    "withdrawals",
]
