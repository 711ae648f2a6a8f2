"""From the rules' masks to issues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from reported_losses.issue import Issue
from reported_losses.parsing import capped, shown
from reported_losses.parsing.columns import Columns
from reported_losses.validation.findings import Checked, in_file_order
from reported_losses.validation.rules import CATALOGUE, Rule, judge
from reported_losses.validation.rules.explain import explain

_LONG = 500


class Breaches:
    """The rules applied to one set of tables.

    Args:
        tables: Every table that could be read, by name.
        columns: Their columns, with what may not be judged made unknown.
        today: The day taken as today, if anybody said.
    """

    def __init__(
        self,
        tables: Mapping[str, Checked],
        columns: Mapping[str, Columns],
        today: dt.date | None,
    ) -> None:
        self._tables = tables
        self._columns = columns
        self._today = today
        self._cache: dict[str, Any] = {}

    def of(self, name: str) -> list[Issue]:
        """Apply every rule of a table; a rule that needs a table that is absent is left out."""
        issues: list[Issue] = []
        for rule in CATALOGUE.values():
            if rule.table == name:
                issues += self._issues(rule)
        return issues

    def _issues(self, rule: Rule) -> list[Issue]:
        mask = judge(rule, self._columns, self._today, self._cache)
        if mask is None or not mask.any():
            return []
        table = self._tables[rule.table]
        places, total = in_file_order(table.columns, mask)
        return capped([self._issue(rule, table, int(place)) for place in places], total)

    def _issue(self, rule: Rule, table: Checked, place: int) -> Issue:
        row, text = int(table.columns.row[place]), table.typed.text
        line, position = text.place(row, rule.column)
        words = explain(rule, self._columns, place, self._today, self._cache)
        found = text.cell(row, rule.column) if words.found is None else words.found
        return Issue(
            rule.code,
            rule.severity,
            shown(words.message, _LONG),
            table=rule.table,
            path=text.path,
            line=line,
            column=rule.column,
            position=position,
            key=text.key(row),
            found=shown(found),
            expected=shown(words.expected, _LONG),
            hint=shown(words.hint, _LONG),
        )
