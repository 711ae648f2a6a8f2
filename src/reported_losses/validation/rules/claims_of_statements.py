"""Whether a claim fits the statement that it is a part of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask, numbered
from reported_losses.validation.rules.claims import (
    name_of_claim,
    ratio_direction,
    statement_of_claim,
)
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words

# Who fights for a side is a part of it: a statement about the side may count them apart.
_PARTS = {"wagner": "russia", "dpr-lpr": "russia"}
_TO_COME = ("forecast", "target")


@rule(
    "claims",
    column="subject",
    needs=("statements",),
    severity=Severity.WARNING,
    title="A claim counts the losses of whom its statement is about.",
    rationale=(
        "about says whose losses a statement is about, and subject whose losses a figure counts. "
        "A statement about both sides may give figures of anyone, and one about Russia may count "
        "the fighters of Wagner or of the so-called republics apart, who fight on its side. It is "
        "a warning, because a speaker may compare. A ratio of both is reported by "
        "claims/ratio-direction alone. If one of the two is missing or unreadable, it "
        "cannot be judged."
    ),
    example="a claim of ukraine in a statement about russia",
    fix="Correct the subject, or set about to both.",
)
def subject_of_statement(context: Context) -> Mask:
    """Find claims about another subject than their statement."""
    subject, about = context.table["subject"], context.tables["statements"]["about"]
    statement = statement_of_claim(context)
    rows = np.flatnonzero((statement >= 0) & subject.valid)
    rows = rows[about.valid[statement[rows]]]
    of = about.take(statement[rows])
    mine, theirs, _ = numbered([subject.take(rows)], [of])
    other = (mine != theirs) & (of.values != of.code("both"))
    for part, whole in _PARTS.items():
        within = subject.values[rows] == subject.code(part)
        other &= ~(within & (of.values == of.code(whole)))
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[rows[other]] = True
    return bad & ~ratio_direction.find(context)


@subject_of_statement.words
def _another_subject(case: FailureCase) -> Words:
    row = int(statement_of_claim(case.context)[case.row])
    about = case.context.tables["statements"]["about"].text(row)
    message = f"{name_of_claim(case)}: is of {case.cell('subject')}, the statement about {about}"
    return Words(message, f"{about}, or a statement about both", case.rule.text.fix)


@rule(
    "claims",
    column="period_end",
    needs=("statements",),
    severity=Severity.WARNING,
    title="A claim counts nothing after the day of its statement.",
    rationale=(
        "Nobody can count the losses of days to come, so period_end is not after stated_on. A "
        "forecast and a target are about the future. Where the period is known to the month or "
        "was inferred, or the day of the statement is known to the month, the months are "
        "compared. It is a warning, because a page may round its period. If a day is missing or "
        "unreadable, it cannot be judged."
    ),
    example="killed until 2024-12-31 in a statement of 2024-12-03",
    fix="Correct the period or the day of the statement, or the basis if it is a forecast.",
)
def period_past(context: Context) -> Mask:
    """Find claims that count days after their statement."""
    claims, statements = context.table, context.tables["statements"]
    statement, end, basis = statement_of_claim(context), claims["period_end"], claims["basis"]
    rows = np.flatnonzero((statement >= 0) & end.valid & basis.known)
    rows = rows[~np.isin(basis.values[rows], [basis.code(name) for name in _TO_COME])]
    said_on = statements["stated_on"].take(statement[rows])
    rows, stated = rows[said_on.valid], said_on.values[said_on.valid]
    precision, said = claims["period_precision"], statements["stated_on_precision"]
    coarse = np.isin(precision.values[rows], [precision.code(one) for one in ("month", "inferred")])
    coarse &= precision.valid[rows]
    of = statement[rows]
    coarse |= said.valid[of] & (said.values[of] == said.code("month"))
    day = end.values[rows]
    late = np.where(coarse, _month(day) > _month(stated), day > stated)
    bad = np.zeros(claims.rows, dtype=np.bool_)
    bad[rows[late]] = True
    return bad


def _month(days: NDArray[np.int64]) -> NDArray[np.int64]:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


@period_past.words
def _to_come(case: FailureCase) -> Words:
    row = int(statement_of_claim(case.context)[case.row])
    stated = case.context.tables["statements"]["stated_on"].text(row)
    end = case.cell("period_end")
    message = f"{name_of_claim(case)}: counts until {end}, stated on {stated}"
    return Words(message, f"{stated} or earlier", case.rule.text.fix)
