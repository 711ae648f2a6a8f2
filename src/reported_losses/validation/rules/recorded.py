"""Whether days of keeping books are possible: nothing is recorded before it was said, or ahead."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from reported_losses.definition.dates import day_text
from reported_losses.validation.keys import Mask, Rows, lookup_rows
from reported_losses.validation.rules.figures import figure_of_correction
from reported_losses.validation.rules.rule import Context, FailureCase, Rule, rule
from reported_losses.validation.rules.status_counts import figure_of_status
from reported_losses.validation.words import Words

_NEVER = -(2**62)

# The column with the day on which the row's content became known.
_SINCE = {
    "loss_counts": "report_date",
    "status_counts": "report_date",
    "corrections": "report_date",
    "reports": "report_date",
    "statements": "stated_on",
    "claims": "stated_on",
    "statement_sources": "stated_on",
}
# These have the day of their statement.
_OF_STATEMENT = ("claims", "statement_sources")
# The table with the row that each row belongs to.
_PARENT = {
    "loss_counts": "reports",
    "status_counts": "loss_counts",
    "corrections": "loss_counts",
    "claims": "statements",
    "statement_sources": "statements",
}


def _report_of_figure(context: Context) -> Rows:
    return lookup_rows(context.table, context.tables["reports"], ("reporter", "report_date"))


def _statement(context: Context) -> Rows:
    return lookup_rows(context.table, context.tables["statements"], ("statement",))


_PARENT_ROW: Mapping[str, Callable[[Context], Rows]] = {
    "loss_counts": _report_of_figure,
    "status_counts": figure_of_status,
    "corrections": figure_of_correction,
    "claims": _statement,
    "statement_sources": _statement,
}


def _since(context: Context) -> tuple[Rows, Mask]:
    """Return the first day on which each row could be recorded, and whether it is known."""
    name = context.table.name
    if name not in _OF_STATEMENT:
        since = context.table[_SINCE[name]]
        return since.values, since.valid
    statements = context.tables["statements"]
    statement = _statement(context)
    stated, there = statements["stated_on"], statement >= 0
    day = np.zeros(len(statement), dtype=np.int64)
    day[there] = stated.values[statement[there]]
    there[there] = stated.valid[statement[there]]
    return day, there


def _parent_day(context: Context) -> Rows:
    """Return the day on which the row was recorded that each row belongs to, if it is known."""
    name = context.table.name
    if name not in _PARENT:
        return np.full(context.table.rows, _NEVER)
    recorded = context.tables[_PARENT[name]]["recorded_on"]
    day = np.append(np.where(recorded.valid, recorded.values, _NEVER), _NEVER)
    return day[_PARENT_ROW[name](context)]


def _before_parent(context: Context) -> Mask:
    recorded = context.table["recorded_on"]
    found: Mask = recorded.valid & (recorded.values < _parent_day(context))
    return found


def recorded_in_time(context: Context) -> Mask:
    """Find rows recorded before their day, or in the future."""
    recorded = context.table["recorded_on"]
    day, known = _since(context)
    early = recorded.valid & known & (recorded.values < day)
    if "report_date" in context.table:
        early &= ~context.after_today(context.table["report_date"])
    return early | _before_parent(context) | context.after_today(recorded)


def _untimely(case: FailureCase) -> Words:
    recorded, key = case.cell("recorded_on"), " ".join(case.cell(name) for name in case.table.key)
    day, known = _since(case.context)
    since, today = day_text(int(day[case.row])), case.context.today
    if known[case.row] and int(case.table["recorded_on"].values[case.row]) < int(day[case.row]):
        what = f"recorded on {recorded}, before {_SINCE[case.table.name]} {since}"
        return Words(f"{key}: {what}", f"{since} or later", case.rule.text.fix)
    if _before_parent(case.context)[case.row]:
        name = _PARENT[case.table.name]
        due = day_text(int(_parent_day(case.context)[case.row]))
        message = f"{key}: recorded on {recorded}, before its row of {name} ({due})"
        return Words(message, f"{due} or later", case.rule.text.fix)
    message = f"{key}: recorded on {recorded}; today is {today}"
    return Words(message, f"{today} or earlier", case.rule.text.fix)


def _declare(table: str) -> Rule:
    statement = table in _OF_STATEMENT
    needs = (_PARENT[table],) if table in _PARENT else ()
    parent = (
        f" A row of {needs[0]} that it belongs to was held by then: else a version between the "
        "two days would refer to nothing."
        if needs
        else ""
    )
    since = f"statements.{_SINCE[table]}" if statement else _SINCE[table]
    own = (
        " A figure of the future is reported by its report_date." if table == "loss_counts" else ""
    )
    return rule(
        table,
        column="recorded_on",
        needs=needs,
        dated="partly",
        title=f"A row is recorded on the day of `{since}` or later, and not in the future.",
        rationale=(
            "recorded_on is the day this dataset first held the row, so it lies between the day "
            "on which its content was published and today. Versions by day (`as_of`) rest on it. "
            "Today is an argument of the check; without it nothing is in the future. If a day is "
            f"unreadable, it cannot be judged.{own}{parent}"
        ),
        example="recorded on 2026-01-22, a report of 2026-10-06",
        fix="Correct the day that was mistyped.",
    )(recorded_in_time)


for _table in _SINCE:
    _declare(_table).words(_untimely)


@rule(
    "sources",
    column="published_on",
    dated="wholly",
    title="No source was published or read in the future.",
    rationale=(
        "A page of tomorrow is a mistyped date. published_on and accessed_on are judged, where "
        "there is a day. Today is an argument of the check; without it nothing is judged."
    ),
    example="published on 2062-02-22",
    fix="Correct the date.",
)
def not_in_future(context: Context) -> Mask:
    """Find sources with a day after today."""
    table = context.table
    return context.after_today(table["published_on"]) | context.after_today(table["accessed_on"])


@not_in_future.words
def _future(case: FailureCase) -> Words:
    today, table = case.context.today, case.table
    late = case.context.after_today(table["published_on"])[case.row]
    column = "published_on" if late else "accessed_on"
    found = case.cell(column)
    message = f"{case.cell('source')}: {column} is {found}; today is {today}"
    return Words(message, f"{today} or earlier", case.rule.text.fix, found, column)
