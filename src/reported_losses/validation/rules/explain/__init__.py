"""What is wrong with one row, in terms of the report, and what to do: messages for findings.

Rules say only which rows are bad. Here the figures around such a row are read again and put into
words. A rule without words of its own is explained by its title.
"""

from reported_losses.validation.rules.explain import (
    about_claims,
    about_figures,
    about_ledger,
    about_records,
)
from reported_losses.validation.rules.explain.telling import Explanation, Finding, explain

__all__ = [
    "Explanation",
    "Finding",
    "about_claims",
    "about_figures",
    "about_ledger",
    "about_records",
    "explain",
]
