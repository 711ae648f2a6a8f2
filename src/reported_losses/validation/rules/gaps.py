"""Whether declared gaps lie where they mean something, and records are written in order."""

from __future__ import annotations

import numpy as np

from reported_losses.definition.dates import day_text
from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask, Rows, lookup_rows, numbered
from reported_losses.validation.rules.intervals import intervals
from reported_losses.validation.rules.rule import Context, FailureCase, Rule, derived, rule
from reported_losses.validation.words import Words

_ENDS = {"series": ("first_report", "last_report"), "records": ("first_day", "last_day")}
_FAR = 2**40


@derived
def _newest_reports(context: Context) -> Rows:
    """Return the day of the newest report of the reporter of each series."""
    series, reports = context.tables["series"], context.tables["reports"]
    asked, held, size = numbered([series["reporter"]], [reports["reporter"]])
    newest = np.full(size, -_FAR)
    known = reports["reporter"].valid & reports["report_date"].valid
    np.maximum.at(newest, held[known], reports["report_date"].values[known])
    # With a report on an unknown day, any day may be that of the newest.
    newest[held[reports["reporter"].valid & ~reports["report_date"].known]] = _FAR
    return newest[asked]


def _life(context: Context, table: Columns) -> tuple[Rows, Rows]:
    """Return the first and last day of each row; an unknown one is as far as can be."""
    first, last = (table[name] for name in _ENDS[table.name])
    end = np.where(last.valid, last.values, _FAR)
    if table.name == "series":
        end = np.where(last.known & ~last.valid, _newest_reports(context), end)
    return np.where(first.valid, first.values, -_FAR), end


def gaps_within_life(context: Context) -> Mask:
    """Find rows with a gap before they begin or after they end."""
    table = context.table
    gaps, (first, last) = intervals(table["gaps"]), _life(context, table)
    bad = np.zeros(table.rows, dtype=np.bool_)
    bad[gaps.owner[(gaps.first < first[gaps.owner]) | (gaps.last > last[gaps.owner])]] = True
    return bad


def _outside(case: FailureCase) -> Words:
    first, last = (int(days[case.row]) for days in _life(case.context, case.table))
    gaps = intervals(case.table["gaps"].take(np.array([case.row])))
    early = int(gaps.first.min()) < first
    day = day_text(int(gaps.first.min() if early else gaps.last.max()))
    key = " ".join(case.cell(name) for name in case.table.key)
    message = f"{key}: a gap {'begins' if early else 'ends'} on {day}, outside its life"
    due = f"{day_text(first)} or later" if early else f"{day_text(last)} or earlier"
    return Words(message, due, case.rule.text.fix)


def _declare(table: str) -> Rule:
    first, last = _ENDS[table]
    open_end = (
        " An open series ends, for this rule, with the newest report of its reporter."
        if table == "series"
        else ""
    )
    return rule(
        table,
        column="gaps",
        needs=("reports",) if table == "series" else (),
        whole=table == "series",
        title=f"Gaps lie between `{first}` and `{last}`.",
        rationale=(
            "A gap says that a day within has nothing. Outside it says nothing, so its day is "
            f"mistyped, or the end is.{open_end} Gaps or ends that are unreadable cannot be judged."
        ),
        example=f"{first} 2022-03-19, and a gap 2021-05-01/2021-05-04",
        fix=f"Correct the gap, {first} or {last}.",
    )(gaps_within_life)


for _table in _ENDS:
    _declare(_table).words(_outside)


@rule(
    "records",
    column="categories",
    title="The categories of a record are listed once each, in order.",
    rationale="One list has one spelling, so that a diff shows only what changed.",
    example="tanks personnel",
    fix="Write the categories in the order of the alphabet, each once.",
)
def categories_in_order(context: Context) -> Mask:
    """Find lists of categories that are not sorted, or name one twice."""
    return context.table["categories"].where(lambda text: text.split() != sorted(set(text.split())))


@categories_in_order.words
def _sorted(case: FailureCase) -> Words:
    due = " ".join(sorted(set(case.cell("categories").split())))
    message = f"{case.cell('record')}: the categories are out of order, or one is named twice"
    return Words(message, due, case.rule.text.fix)


@rule(
    "records",
    column="licence",
    needs=("sources",),
    title="A record has the licence of its source.",
    rationale=(
        "sources.licence is what the source states. A record read there has the same licence. A "
        "source that states none, as well as an unreadable licence, cannot be judged: a record may "
        "have a licence from elsewhere."
    ),
    example="a record under MIT, from a source under CC-BY-4.0",
    fix="Correct the licence of the record or of the source.",
)
def licence_of_source(context: Context) -> Mask:
    """Find records with another licence than their source states."""
    sources = context.tables["sources"]
    at = lookup_rows(context.table, sources, ("source",))
    own, theirs = (
        context.table["licence"],
        sources["licence"].take(np.maximum(at, 0)) if (sources.rows) else sources["licence"],
    )
    if not sources.rows:
        return np.zeros(context.table.rows, dtype=np.bool_)
    mine, other, _ = numbered([own], [theirs])
    bad: Mask = (at >= 0) & own.valid & theirs.valid & (mine != other)
    return bad
