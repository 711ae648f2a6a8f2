"""Words for the rules of `claims` and `statements`."""

from __future__ import annotations

from reported_losses.validation.rules.explain.telling import Explanation, Finding, explains
from reported_losses.validation.rules.pointers import source_of_statement
from reported_losses.validation.rules.quotes import quoted_figures

_ENDS = {
    "exact": "low and high equal",
    "about": "low and high equal",
    "between": "low and high different",
    "more-than": "low alone",
    "up-to": "high alone",
    "nearly": "high alone",
}


@explains("claims/ordered-range")
def _range(finding: Finding) -> Explanation:
    low, high = finding.cell("low"), finding.cell("high")
    return Explanation(
        f"{_name(finding)}: low {low} is above high {high}", f"{high} or less", finding.rule.fix
    )


@explains("claims/qualifier-fits")
def _qualifier(finding: Finding) -> Explanation:
    low, high = finding.cell("low") or "empty", finding.cell("high") or "empty"
    qualifier = finding.cell("qualifier")
    ends = _ENDS[qualifier]
    return Explanation(
        f"{_name(finding)}: {qualifier} means {ends}; low is {low}, high is {high}",
        f"{ends}, or another qualifier",
        finding.rule.fix,
    )


@explains("claims/period-ordered")
def _period(finding: Finding) -> Explanation:
    start, end = finding.cell("period_start"), finding.cell("period_end")
    return Explanation(
        f"{_name(finding)}: the period begins on {start} and ends on {end}",
        f"{end} or earlier",
        finding.rule.fix,
    )


@explains("statements/said-before-published")
def _said(finding: Finding) -> Explanation:
    sources = finding.context.tables["sources"]
    source = int(source_of_statement(finding.context)[finding.row])
    published = sources["published_on"].text(source)
    return Explanation(
        f"{finding.cell('statement')}: said on {finding.cell('stated_on')}, but its source "
        f"{finding.cell('source')} was published on {published}",
        f"{published} or earlier",
        finding.rule.fix,
    )


@explains("claims/matches-count")
def _quoted(finding: Finding) -> Explanation:
    quoted, row = quoted_figures(finding.context), finding.row
    ends = [f"{name} {finding.cell(name)}" for name in ("low", "high") if finding.cell(name)]
    key = ("reporter", "subject", "category", "period_end")
    of = "/".join(finding.cell(name) for name in key)
    figure = str(quoted.value[row]) if quoted.known[row] else "no figure"
    what = "the increment" if quoted.daily[row] else "the total"
    return Explanation(
        f"{_name(finding)}: quoted with {' and '.join(ends)}; {what} of {of} is {figure}",
        figure,
        finding.rule.fix,
    )


@explains("statements/said-once")
def _twice(finding: Finding) -> Explanation:
    return Explanation(
        f"{finding.cell('statement')}: an earlier row has the same day, speaker, source and "
        "summary",
        "one row for one statement",
        finding.rule.fix,
    )


def _name(finding: Finding) -> str:
    return f"{finding.cell('statement')} claim {finding.cell('claim')}"
