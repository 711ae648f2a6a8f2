"""Words for the rules of `loss_counts`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.validation.rules.coverage import missing_figures
from reported_losses.validation.rules.explain.telling import Explanation, Finding, day, explains
from reported_losses.validation.rules.explain.typos import nearest, slip
from reported_losses.validation.rules.figures import (
    FIGURE,
    amounts,
    figures_of_day,
    neighbours,
    series_of,
)
from reported_losses.validation.rules.pointers import figure_of_status
from reported_losses.validation.rules.stale import DAYS_BACK, repeats
from reported_losses.validation.rules.steps import WINDOW, bounds
from reported_losses.validation.rules.votes import supported, votes

_LISTED = 5
# A package with more series than this is not looked through for a likely neighbour.
_MANY = 1000
_BACK = range(1, DAYS_BACK + 1)
# Two categories' figures this close are taken for one another, in parts of the figure.
_CLOSE = 100


@explains("loss_counts/never-decreases")
def _falls(finding: Finding) -> Explanation:
    total, before = _total(finding), _total(finding, finding.row - 1)
    increment, amount = finding.number("increment"), _amount(finding)
    since = _since(finding)
    message = f"{_name(finding)}: {total}"
    message += f" less the correction {amount}" if amount else ""
    message += f" is below the {before} of {since} by {before - total + amount}"
    if increment is not None:
        message += f"; the printed increment +{increment} gives {before + increment + amount}"
    due = None if increment is None else before + increment + amount
    expected = f"{before + amount} or more" if due is None else str(due)
    needed = total - before - (increment or 0)
    hint = f"{_slips(finding, due)}Fix the total, or {_record(finding, needed)}"
    return Explanation(message, expected, hint)


@explains("loss_counts/increment-matches")
def _identity(finding: Finding) -> Explanation:
    total, before = _total(finding), _total(finding, finding.row - 1)
    increment, amount = finding.number("increment") or 0, _amount(finding)
    due = before + increment + amount
    sum_ = f"{before} + {increment}" + (f" {_signed(amount)} (corrections)" if amount else "")
    gap = total - due
    message = (
        f"{_name(finding)}: the day before and the printed increment give {sum_} = {due}, "
        f"not {total}: {abs(gap)} too {'many' if gap > 0 else 'few'}"
    )
    hint = (
        f"{_next_report(finding, due)}{_slips(finding, due)}{_slip_of_increment(finding)}"
        f"Fix the total or the increment, or {_record(finding, gap + amount)}"
    )
    return Explanation(message, str(due), hint)


@explains("loss_counts/statuses-add-up")
def _statuses(finding: Finding) -> Explanation:
    statuses = finding.context.tables["status_counts"]
    own = np.flatnonzero(figure_of_status(finding.context) == finding.row).tolist()
    parts = [
        f"{statuses['total'].text(row)} {statuses['status'].text(row)}" for row in own[:_LISTED]
    ]
    parts += [f"{len(own) - _LISTED} more"] if len(own) > _LISTED else []
    due = sum(int(statuses["total"].values[row]) for row in own)
    message = f"{_name(finding)}: {', '.join(parts)} make {due}, not {_total(finding)}"
    return Explanation(message, str(due), finding.rule.fix)


def _record(finding: Finding, amount: int) -> str:
    verb = "give the row in" if amounts(finding.context).exists[finding.row] else "add a row to"
    return (
        f"{verb} corrections {'with ' if verb[0] == 'a' else 'the '}amount {amount} and a source."
    )


def _next_report(finding: Finding, due: int) -> str:
    """Say which figure the next report continues from, where that tells."""
    row, near = finding.row + 1, neighbours(finding.context)
    if row >= finding.table.rows or near.apart[row] != 1:
        return ""
    after, increment = finding.number("total", row), finding.number("increment", row)
    if after is None or increment is None:
        return ""
    start = after - increment - int(amounts(finding.context).value[row])
    if start == due:
        return f"The next report continues from {due}. "
    if start == _total(finding):
        return f"The next report continues from {start}, so that the total stands. "
    return ""


def _slip_of_increment(finding: Finding) -> str:
    increment = finding.number("increment")
    due = _total(finding) - _total(finding, finding.row - 1) - _amount(finding)
    words = None if increment is None else slip(increment, due)
    return f"Or the increment {words}. " if words else ""


def _slips(finding: Finding, due: int | None) -> str:
    """Say which slip explains a total, given the one expected."""
    total = _total(finding)
    if due is None:
        before = _total(finding, finding.row - 1)
        near = nearest(total, before, before + max(before // _CLOSE, 10), before)
        words = None if near is None else slip(total, near)
    else:
        words = slip(total, due)
    if words:
        return f"The total {words}. "
    if total == _total(finding, finding.row - 1):
        return "The total repeats the day before. "
    return _neighbour(finding)


def _neighbour(finding: Finding) -> str:
    """Say whether another category of the report has about this figure."""
    table, total, row = finding.table, _total(finding), finding.row
    if not table["report_date"].valid[row] or len(neighbours(finding.context).starts) > _MANY:
        return ""
    others = np.concatenate([_report(finding, back) for back in (0, 1)])
    others = others[table["total"].valid[others]]
    others = others[table["category"].values[others] != table["category"].values[row]]
    if not len(others):
        return ""
    gap = np.abs(table["total"].values[others] - total)
    other = int(others[np.argmin(gap)])
    figure = _total(finding, other)
    if gap.min() > figure // (10 * _CLOSE) or not figure:
        return ""
    return f"It is close to {finding.cell('category', other)}, {figure} {_on(finding, other)}. "


def _report(finding: Finding, back: int = 0) -> NDArray[np.int64]:
    """Return the figures of the finding's report, or of the one so many days before."""
    table, row = finding.table, finding.row
    rows = figures_of_day(finding.context, int(table["report_date"].values[row]) - back)
    for name in ("reporter", "subject"):
        rows = rows[table[name].values[rows] == table[name].values[row]]
    return rows


def _on(finding: Finding, row: int) -> str:
    same = finding.cell("report_date", row) == finding.cell("report_date")
    return "in the same report" if same else "the day before"


@explains("loss_counts/no-missing-day")
def _hole(finding: Finding) -> Explanation:
    near, row = neighbours(finding.context), finding.row
    first, last = int(near.day[row - 1]) + 1, int(near.day[row]) - 1
    days = day(first) if first == last else f"{day(first)} to {day(last)}"
    message = f"{_name(finding)}: the figure before is of {day(first - 1)}; {days} is missing"
    gap = f"{day(first)}/{day(last)}"
    return Explanation(
        message,
        day(first),
        f"Add the missing days, correct the date, or declare {gap} in series.gaps.",
    )


@explains("loss_counts/complete-report")
def _incomplete(finding: Finding) -> Explanation:
    missing, series = missing_figures(finding.context), finding.context.tables["series"]
    here = np.flatnonzero(missing.place == finding.row)
    named = [
        f"{series['category'].text(int(missing.series[i]))} {day(int(missing.day[i]))}"
        for i in here[:_LISTED]
    ]
    more = f" and {len(here) - _LISTED} more" if len(here) > _LISTED else ""
    listed = f"{', '.join(named)}{more}"
    return Explanation(
        f"{listed}: the report is there, its figure is missing; it belongs beside this row",
        f"a row for {listed}",
        "Add the row here, or end the series in series.last_report, or declare the gap there.",
    )


@explains("loss_counts/within-lifetime")
def _outside(finding: Finding) -> Explanation:
    near, series = neighbours(finding.context), finding.context.tables["series"]
    row = int(series_of(finding.context)[near.group[finding.row]])
    first, last = series["first_report"].text(row), series["last_report"].text(row)
    life = f"{first} to {last}" if last else f"{first} on"
    category, date = finding.cell("category"), finding.cell("report_date")
    if first <= date <= (last or date):
        return Explanation(
            f"{_name(finding)}: series.gaps says that there is no figure for this day",
            "a day outside the gaps",
            "Correct the date, or take the day out of series.gaps.",
        )
    return Explanation(
        f"{_name(finding)}: {category} is counted from {life}",
        f"a day from {life}",
        finding.rule.fix,
    )


@explains("loss_counts/not-in-future")
def _future(finding: Finding) -> Explanation:
    today = finding.context.today
    return Explanation(
        f"{_name(finding)}: the report is dated after today, {today}",
        f"{today} or earlier",
        finding.rule.fix,
    )


@explains("loss_counts/plausible-step")
def _odd_step(finding: Finding) -> Explanation:
    total, before = _total(finding), _total(finding, finding.row - 1)
    bound = bounds(finding.context, np.array([finding.row]))
    low, high = max(int(np.ceil(bound.low[0])), 0 if bound.still[0] else 1), int(bound.high[0])
    median = int(bound.median[0])
    message = (
        f"{_name(finding)}: {total - before:+d} since the day before, where the {WINDOW} figures "
        f"before it moved by about {median:+d} a day"
    )
    near = nearest(total, before + low, before + high, before + median)
    if total == before:
        words = "The total repeats the day before. "
    elif near is not None:
        words = f"The total perhaps {slip(total, near)}. "
    else:
        words = _neighbour(finding)
    return Explanation(message, f"{before + low} to {before + high}", words + finding.rule.fix)


@explains("loss_counts/round-figure")
def _unrounded(finding: Finding) -> Explanation:
    total = _total(finding)
    return Explanation(
        f"{_name(finding)}: {total} does not end in 0, as the {WINDOW} figures before it do",
        "a figure that ends in 0",
        finding.rule.fix,
    )


@explains("loss_counts/stale-report")
def _stale(finding: Finding) -> Explanation:
    report = _report(finding)
    date = int(finding.table["report_date"].values[finding.row])
    same = [int(repeats(finding.context, back)[report].sum()) for back in _BACK]
    back = max(_BACK, key=lambda back: (same[back - 1], -back))
    earlier, count = day(date - back), len(report)
    said = "all figures" if same[back - 1] == count else f"{same[back - 1]} of {count} figures"
    return Explanation(
        f"{_name(finding)}: {said} of the report equal those of {earlier}",
        f"a report that differs from that of {earlier}",
        finding.rule.fix,
    )


@explains("loss_counts/evidence-supported")
def _unsupported(finding: Finding) -> Explanation:
    count, row = votes(finding.context), finding.row
    due = supported(finding.context, row)
    agree, rival = int(count.agree[row]), int(count.rival[row])
    name = _name(finding)
    if not count.voted[row]:
        said = f"no record of {finding.cell('reporter')} votes"
    elif not count.spoken[row]:
        total = finding.cell("total")
        said = f"no record has the total {total}" if rival else "no record has a reading of it"
        key = "/".join(finding.cell(part) for part in FIGURE)
        return Explanation(
            f"{name}: {said}" + (f"; {rival} share another" if rival else ""),
            f"a row of readings for {key} with the total {total}",
            "Correct the total, or add the reading: the record you read it in, and what it has.",
        )
    else:
        said = f"{agree} of the records have the total, " + (
            f"and up to {rival} share another" if rival else "and none has another"
        )
    message = f"{name}: evidence is {finding.cell('evidence')}, but {said}"
    return Explanation(message, due, f"Set evidence to {due}, or add the readings it needs.")


def _name(finding: Finding) -> str:
    return f"{finding.cell('report_date')} {finding.cell('category')}"


def _total(finding: Finding, row: int | None = None) -> int:
    return finding.number("total", row) or 0


def _amount(finding: Finding) -> int:
    return int(amounts(finding.context).value[finding.row])


def _since(finding: Finding) -> str:
    near = neighbours(finding.context)
    if near.apart[finding.row] == 1:
        return "the day before"
    return day(int(near.day[finding.row - 1]))


def _signed(amount: int) -> str:
    return f"{'+' if amount >= 0 else '-'} {abs(amount)}"
