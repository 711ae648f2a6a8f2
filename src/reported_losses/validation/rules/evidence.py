"""What the readings support: the one definition of evidence, and the rules that hold to it.

Each voting record has one vote on a figure. `primary`, `agreed` and `single` are figures that no
vote contradicts. Where votes contradict a figure, it is `majority` if more records have its total
than have any other, or if the printed increments around it fit it better than every other total
with as many votes or more; else it is `disputed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask, lookup_rows
from reported_losses.validation.rules.figures import FIGURE, name_of, neighbours
from reported_losses.validation.rules.record_coverage import countable, covered, covers
from reported_losses.validation.rules.rule import Context, FailureCase, Words, derived, rule

Rows = NDArray[np.int64]

EVIDENCE = ("primary", "agreed", "majority", "single", "disputed")
"""Kinds of evidence; `loss_counts.evidence` lists them in this order."""

PRIMARY_KINDS = ("text", "infographic")
"""Kinds of record that are readings of the reporter's own publication."""

_PRIMARY, _AGREED, _MAJORITY, _SINGLE, _DISPUTED = range(5)


@dataclass(frozen=True, slots=True)
class Votes:
    """How each reading votes on its figure.

    Attributes:
        figure: Figure of each reading, or -1.
        record: Row of `records` of each reading, or -1.
        counts: Whether the record votes.
        equal: Whether the reading votes for the figure's total.
        against: Whether it votes for another total.
    """

    figure: Rows
    record: Rows
    counts: Mask
    equal: Mask
    against: Mask


@dataclass(frozen=True, slots=True)
class Support:
    """What supports each figure.

    Attributes:
        spoken: Records that state the total.
        agree: Records that have it, silent ones included.
        primary: Those among them that read the reporter's own publication.
        rival: Records that share the most frequent other total; 0 if nothing contradicts.
        outdone: Whether a total with as many votes or more fits the printed increments as well.
        judged: Whether the votes of the figure can be counted.
        has_voters: Whether some record of the figure's reporter votes.
    """

    spoken: Rows
    agree: Rows
    primary: Rows
    rival: Rows
    outdone: Mask
    judged: Mask
    has_voters: Mask


@derived
def votes(context: Context) -> Votes:
    """Derive how each reading votes."""
    figures, readings, records = (
        context.tables[name] for name in ("loss_counts", "readings", "records")
    )
    figure = lookup_rows(readings, figures, FIGURE)
    record = lookup_rows(readings, records, ("record",))
    counts = _of_record(record, _voting(records)) & (figure >= 0)
    equal, against = np.zeros_like(counts), np.zeros_like(counts)
    stated = np.flatnonzero(counts & readings["total"].valid)
    of, total = figure[stated], figures["total"]
    same = readings["total"].values[stated] == total.values[of]
    equal[stated], against[stated] = total.valid[of] & same, total.valid[of] & ~same
    return Votes(figure, record, counts, equal, against)


def _voting(records: Columns) -> Mask:
    column = records["votes"]
    voting: Mask = column.valid & column.values.astype(np.bool_)
    return voting


def _of_record(record: Rows, per_record: Mask) -> Mask:
    """Spread one flag per record over its readings."""
    if not len(per_record):
        return np.zeros(len(record), dtype=np.bool_)
    spread: Mask = (record >= 0) & per_record[record]
    return spread


def _is_one_of(records: Columns, column: str, names: tuple[str, ...]) -> Mask:
    held = records[column]
    return held.valid & np.isin(held.values, [held.code(name) for name in names])


@derived
def support(context: Context) -> Support:
    """Count what supports every figure."""
    figures, readings, records = (
        context.tables[name] for name in ("loss_counts", "readings", "records")
    )
    cast, rows = votes(context), figures.rows
    if not countable(context):
        zero, no = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.bool_)
        return Support(zero, zero, zero, zero, no, no, no)

    def count(chosen: Mask) -> Rows:
        return np.bincount(cast.figure[chosen], minlength=rows).astype(np.int64)

    own = _is_one_of(records, "kind", PRIMARY_KINDS)
    spoken = count(cast.equal)
    agree = spoken + _silent(context, np.ones_like(own))
    primary = count(cast.equal & _of_record(cast.record, own)) + _silent(context, own)
    rival, outdone = _rivals(context, agree)
    unreadable = ~(readings["total"].known & readings["increment"].known)
    unreadable |= (cast.record < 0) & ~records["record"].known.all()
    unreadable &= cast.figure >= 0
    near = neighbours(context)
    judged = figures["total"].valid & (count(unreadable) == 0) & near.per_row(near.whole)
    # If a key occurs twice, its votes were counted for the first row.
    first = np.zeros(rows, dtype=np.bool_)
    first[near.starts] = True
    judged &= first | near.later
    return Support(spoken, agree, primary, rival, outdone, judged, _has_voters(context))


def _silent(context: Context, of: Mask) -> Rows:
    """Count, per figure, the records kept only where they dissent that cover it without a word."""
    figures, records = context.tables["loss_counts"], context.tables["records"]
    chosen = of & _voting(records) & _is_one_of(records, "kept", ("dissent",))
    silent = covered(context, chosen)
    cast = votes(context)
    spoken = (cast.figure >= 0) & _of_record(cast.record, chosen)
    spoken[spoken] = covers(context, cast.record[spoken], cast.figure[spoken])
    silent -= np.bincount(cast.figure[spoken], minlength=figures.rows)
    return silent


def _has_voters(context: Context) -> Mask:
    figures, records = context.tables["loss_counts"], context.tables["records"]
    column, voting = records["reporter"], _voting(records) & records["reporter"].valid
    names = {column.texts[code] for code in set(column.values[voting].tolist())}
    per_text = np.array([text in names for text in figures["reporter"].texts] or [False])
    has: Mask = figures["reporter"].valid & per_text[figures["reporter"].values]
    return has


def _rivals(context: Context, agree: Rows) -> tuple[Rows, Mask]:
    """Return the votes of each figure's strongest rival, and whether some rival outdoes it."""
    figures, cast = context.tables["loss_counts"], votes(context)
    strongest = np.zeros(figures.rows, dtype=np.int64)
    outdone = np.zeros(figures.rows, dtype=np.bool_)
    figure = cast.figure[cast.against]
    value = context.tables["readings"]["total"].values[cast.against]
    if not len(figure):
        return strongest, outdone
    # Only contradictions are sorted, and they are few.
    order = np.lexsort((value, figure))
    figure, value = figure[order], value[order]
    new = np.append(True, (figure[1:] != figure[:-1]) | (value[1:] != value[:-1]))
    starts = np.flatnonzero(new)
    strength = np.diff(starts, append=len(figure))
    figure, value = figure[starts], value[starts]
    np.maximum.at(strongest, figure, strength)
    strong = strength >= agree[figure]
    figure, value = figure[strong], value[strong]
    own = _fits(context, figure, figures["total"].values[figure])
    outdone[figure[_fits(context, figure, value) >= own]] = True
    return strongest, outdone


def _fits(context: Context, figure: Rows, value: Rows) -> Rows:
    """Count the steps, to the day and from it, that some voting record printed as an increment."""
    figures, near = context.tables["loss_counts"], neighbours(context)
    total = figures["total"]
    if not len(figure):
        return np.zeros(0, dtype=np.int64)
    before, after = np.maximum(figure - 1, 0), np.minimum(figure + 1, figures.rows - 1)
    here = (near.apart[figure] == 1) & total.valid[before]
    here &= _printed(context, figure, value - total.values[before])
    there = (after > figure) & (near.apart[after] == 1) & total.valid[after]
    there &= _printed(context, after, total.values[after] - value)
    fits: Rows = here.astype(np.int64) + there
    return fits


def _printed(context: Context, figure: Rows, step: Rows) -> Mask:
    """Return whether a voting record printed the step as the figure's increment."""
    pairs = _printed_increments(context)
    asked = np.stack((figure, step), axis=1)
    both = np.concatenate((pairs, asked))
    _, number = np.unique(both, axis=0, return_inverse=True)
    number = number.reshape(-1)
    found: Mask = np.isin(number[len(pairs) :], number[: len(pairs)])
    return found


@derived
def _printed_increments(context: Context) -> NDArray[np.int64]:
    """Return figure and increment of every increment that a voting record printed."""
    cast, increment = votes(context), context.tables["readings"]["increment"]
    rows = np.flatnonzero(cast.counts & increment.valid)
    return np.stack((cast.figure[rows], increment.values[rows]), axis=1)


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
        "Evidence is counted, not judged, from the readings of records that vote. It is `primary` "
        "if no reading contradicts the total and one of the reporter's own text or infographic has "
        "it; else `agreed` with two or more records, `single` with one. If some reading "
        "contradicts it, it is `majority` if more records have the total than any other total, or "
        "if the printed increments of this day and the next fit the total better than every other "
        "total with as many votes or more; else `disputed`. A record kept only where it dissents "
        "agrees by silence on the days and categories it covers. A total that no record states is "
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
            f"{name}: {what}" + (f"; {rival} share another" if rival else ""),
            f"a row of readings for {key} with the total {total}",
            "Correct the total, or add the reading: the record you read it in, and what it has.",
        )
    if not has.has_voters[row]:
        why = f"no record of {case.cell('reporter')} votes"
    else:
        why = f"{agree} of the records have the total, " + (
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
        "total contradicts nothing. A total that no record has is itself wrong, and "
        "loss_counts/evidence-supported says so once. A reading or figure that is unreadable "
        "cannot be judged."
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
