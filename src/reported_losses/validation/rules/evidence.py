"""What the readings support: the one definition of evidence, and the rules that hold to it.

Each voting record has a vote on a figure; records that go back to one publication have one vote
together, and stale readings have none. `primary`, `agreed` and `single` are figures that no vote
contradicts. Where votes contradict a figure, it is `majority` if its total has more votes than any
other, or if the printed increments around it fit it better than every other total with as many
votes or more; else it is `disputed`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask, Rows
from reported_losses.validation.rules.figures import FIGURE, name_of
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.votes import support, votes
from reported_losses.validation.words import Words

EVIDENCE = ("primary", "agreed", "majority", "single", "disputed")
"""Kinds of evidence; `loss_counts.evidence` lists them in this order."""

_PRIMARY, _AGREED, _MAJORITY, _SINGLE, _DISPUTED = range(5)


@derived
def _supported(context: Context) -> Rows:
    """Return the evidence that the votes support for every figure, as an index of `EVIDENCE`.

    A reporter none of whose records votes is read from its own publication: `primary`.
    """
    has = support(context)
    plain = np.where(has.primary > 0, _PRIMARY, np.where(has.agree > 1, _AGREED, _SINGLE))
    contested = np.where(has.outdone, _DISPUTED, _MAJORITY)
    found: Rows = np.where(has.rival > 0, contested, plain)
    return np.where(has.has_voters, found, _PRIMARY)


def evidence_of(tables: Mapping[str, Columns]) -> list[str]:
    """Return the evidence that the readings support for every figure.

    Args:
        tables: `loss_counts`, `readings` and `records`; what `evidence` holds is not looked at.

    Returns:
        One of `EVIDENCE` per figure, in key order.
    """
    context = Context(tables, tables["loss_counts"])
    return [EVIDENCE[kind] for kind in _supported(context).tolist()]


@rule(
    "loss_counts",
    column="evidence",
    needs=("records", "readings"),
    title="`evidence` is what the readings support.",
    rationale=(
        "Evidence is counted, not judged, from the readings of records that vote. Records copied "
        "from one publication (`records.derived_from`) count once, and a stale reading does not "
        "count. It is `primary` if no reading contradicts the total and one of the reporter's own "
        "text or infographic has it; else `agreed` with two or more independent records, `single` "
        "with one. If some reading contradicts it, it is `majority` if more independent records "
        "have the total than any other total, or if the printed increments of this day and the "
        "next fit the total better than every other total with as many votes or more; else "
        "`disputed`. A record kept only where it dissents agrees by silence on the days and "
        "categories it covers. A total that no record states is "
        "supported by nothing. A figure that some records have and others contradict, marked "
        "`primary` or `agreed`, is reported at the reading, by readings/dissent-visible. A "
        "reporter none of whose records votes is read from its own publication: `primary` or "
        "`single`. A figure whose total or readings are unreadable cannot be judged."
    ),
    example="evidence `agreed`, and one record alone has the figure",
    fix="Set evidence to what the readings support, or add the reading that supports it.",
)
def evidence_supported(context: Context) -> Mask:
    """Find figures whose evidence is not what the readings support."""
    evidence, has = context.table["evidence"], support(context)
    codes = np.array([evidence.code(name) for name in EVIDENCE])

    def is_one_of(*kinds: int) -> Mask:
        held: Mask = np.isin(evidence.values, codes[list(kinds)])
        return held

    wrong = (evidence.values != codes[_supported(context)]) | (has.spoken == 0)
    elsewhere = (has.spoken > 0) & (has.rival > 0) & is_one_of(_PRIMARY, _AGREED)
    wrong = np.where(has.has_voters, wrong & ~elsewhere, ~is_one_of(_PRIMARY, _SINGLE))
    bad: Mask = has.judged & evidence.valid & wrong
    return bad


@evidence_supported.words
def _unsupported(case: FailureCase) -> Words:
    has, row, name = support(case.context), case.row, name_of(case)
    due = EVIDENCE[int(_supported(case.context)[row])]
    agree, rival = int(has.agree[row]), int(has.rival[row])
    if has.has_voters[row] and not has.spoken[row]:
        total = case.cell("total")
        what = f"no record has the total {total}" if rival else "no record has a reading of it"
        key = "/".join(case.cell(part) for part in FIGURE)
        return Words(
            f"{name}: {what}" + (f"; {rival} have another" if rival else ""),
            f"a row of readings for {key} with the total {total}",
            "Correct the total, or add the reading: the record you read it in, and what it has.",
        )
    if not has.has_voters[row]:
        why = f"no record of {case.cell('reporter')} votes"
    else:
        why = f"{agree} independent records have the total, " + (
            f"and up to {rival} share another" if rival else "and none has another"
        )
    message = f"{name}: evidence is {case.cell('evidence')}, but {why}"
    return Words(message, due, f"Set evidence to {due}, or add the readings it needs.")


@rule(
    "readings",
    column="total",
    needs=("loss_counts", "records"),
    title="A figure that some reading contradicts is not marked `primary` or `agreed`.",
    rationale=(
        "Records that disagree stay side by side, and the figure says so. Only records that vote "
        "count: `records.votes` leaves out a record known to follow another. A reading without a "
        "total, and a stale one, contradicts nothing. A total that no record has is itself "
        "wrong, and loss_counts/evidence-supported says so once. A reading or figure that is "
        "unreadable cannot be judged."
    ),
    example="petro reads vehicles 2023-08-29 as 7409, loss_counts has 7909 as `primary`",
    fix=(
        "Correct the reading if it was copied wrongly; else set the figure's evidence to "
        "`majority` or `disputed`."
    ),
)
def dissent_visible(context: Context) -> Mask:
    """Find readings that contradict a figure marked as uncontradicted."""
    cast, evidence = votes(context), context.tables["loss_counts"]["evidence"]
    bad = cast.against.copy()
    bad[bad] = support(context).spoken[cast.figure[bad]] > 0
    held = evidence.values[cast.figure[bad]]
    plain = (held == evidence.code("primary")) | (held == evidence.code("agreed"))
    bad[bad] = plain & evidence.valid[cast.figure[bad]]
    return bad


@dissent_visible.words
def _hidden(case: FailureCase) -> Words:
    figures = case.context.tables["loss_counts"]
    row = int(votes(case.context).figure[case.row])
    total, evidence = figures["total"].text(row), figures["evidence"].text(row)
    return Words(
        f"{name_of(case)}: {case.cell('record')} has {case.cell('total')}, loss_counts {total}, "
        f"and calls it {evidence}",
        f"{total}, or other evidence than {evidence}",
        case.rule.text.fix,
    )
