"""GENERATED from schemas/ by `make generated`: do not edit."""

from __future__ import annotations

from typing import Literal

TableName = Literal[
    "loss_counts",
    "status_counts",
    "corrections",
    "series",
    "reports",
    "categories",
    "records",
    "readings",
    "revisions",
    "statements",
    "claims",
    "statement_sources",
    "organisations",
    "sources",
]
