"""JSON for programs; `schemas/report/diff.json` is its schema."""

from __future__ import annotations

import dataclasses
from typing import Any

from reported_losses.report.as_json import dumps
from reported_losses.report.diff.changelog import data_section
from reported_losses.report.diff.content import View
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.changes import Change, Changes, Kind
from reported_losses.validation.history.series_moves import TotalMove


def form(view: View) -> str:
    """Render a difference as one JSON object with one change per line, losses first."""
    changes = view.changes
    start = dumps(_head(changes)).removesuffix("}")
    lines = ",\n".join(dumps(_change(one)) for one in changes.changes)
    listed = f"[\n{lines}\n]" if lines else "[]"
    return f'{start}, "changes": {listed}, "changelog": {dumps(data_section(changes))}}}\n'


def _head(changes: Changes) -> dict[str, Any]:
    bump, kinds = changes.bump, [one.kind for one in changes.changes]
    return {
        "old": _state(changes.old),
        "new": _state(changes.new),
        "losses": changes.losses,
        "counts": {str(kind): kinds.count(kind) for kind in Kind},
        "uncompared": [{"table": table, "reason": why} for table, why in changes.uncompared],
        "coverage": [{"table": table, "what": words} for table, words in changes.coverage],
        "schemas": [
            {
                "table": one.table,
                "column": one.column,
                "change": one.words,
                "part": one.part.name,
                "weaker": one.weaker,
            }
            for one in changes.diff.schemas
        ],
        "reformed": list(changes.reformed),
        "version": {
            "part": None if bump.part is None else bump.part.name,
            "released": bump.released,
            "least": bump.least or None,
            "enough": bump.enough,
        },
        "series": [
            {**dataclasses.asdict(move), "totals": [_total(one) for one in move.totals]}
            for move in changes.series
        ],
    }


def _total(one: TotalMove) -> dict[str, Any]:
    return {"category": one.category, "old": one.old, "new": one.new, "by": one.by}


def _state(base: Base) -> dict[str, Any]:
    package = base.package
    return {
        "name": base.name,
        "package": package.name,
        "version": package.version,
        "commit": base.commit,
    }


def _change(change: Change) -> dict[str, Any]:
    whole = change.whole
    return {
        "kind": str(change.kind),
        "table": change.table,
        "key": dict(change.key),
        "line": change.line,
        "column": None if whole else change.column,
        "old": None if whole else change.old,
        "new": None if whole else change.new,
        "cells": {name: text for name, text in change.cells.items() if text} if whole else None,
        "reason": change.reason or None,
    }
