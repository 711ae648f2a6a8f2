"""What the readings support: the evidence of a figure, counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Columns
from reported_losses.validation.rules.cover import countable, covered, covers
from reported_losses.validation.rules.figures import FIGURE, neighbours
from reported_losses.validation.rules.joins import lookup
from reported_losses.validation.rules.registry import Context, Mask, derived

Rows = NDArray[np.int64]
PRIMARY_KINDS = ("text", "infographic")
EVIDENCE = ("primary", "agreed", "majority", "single", "disputed")


@dataclass(frozen=True, slots=True)
class Votes:
    """What the voting readings say about each figure.

    Attributes:
        spoken: Records that have the total, in so many words.
        agree: Records that have it, silent ones included.
        primary: Those of them that read the reporter's own publication.
        rival: Most records that share one other value; 0 where nothing contradicts.
        confirmed: Whether a printed increment fits the total and no rival as strong as it.
        judged: Whether the votes of the figure can be counted.
        voted: Whether some record of the figure's reporter votes.
    """

    spoken: Rows
    agree: Rows
    primary: Rows
    rival: Rows
    confirmed: Mask
    judged: Mask
    voted: Mask


@dataclass(frozen=True, slots=True)
class Ballots:
    """The voting readings.

    Attributes:
        figure: Figure of each reading, or -1.
        record: Row of `records` of each, or -1.
        votes: Whether the reading has a total and its record votes.
        equal: Whether it votes for the figure's total.
        against: Whether it votes for another.
    """

    figure: Rows
    record: Rows
    votes: Mask
    equal: Mask
    against: Mask


@derived
def ballots(context: Context) -> Ballots:
    """Derive what each reading says to its figure."""
    figures, readings, records = (
        context.tables[name] for name in ("loss_counts", "readings", "records")
    )
    figure = lookup(readings, figures, FIGURE)
    record = lookup(readings, records, ("record",))
    votes = _of_record(record, _flag(records)) & readings["total"].valid & (figure >= 0)
    total = figures["total"]
    votes[votes] = total.valid[figure[votes]]
    equal = votes.copy()
    equal[votes] = readings["total"].values[votes] == total.values[figure[votes]]
    return Ballots(figure, record, votes, equal, votes & ~equal)


def _flag(records: Columns) -> Mask:
    votes = records["votes"]
    flag: Mask = votes.valid & votes.values.astype(np.bool_)
    return flag


def _of_record(record: Rows, per_record: Mask) -> Mask:
    """Spread one flag per record over its readings."""
    if not len(per_record):
        return np.zeros(len(record), dtype=np.bool_)
    spread: Mask = (record >= 0) & per_record[record]
    return spread


def _kind(records: Columns, names: tuple[str, ...], column: str) -> Mask:
    held = records[column]
    return held.valid & np.isin(held.values, [held.code(name) for name in names])


@derived
def votes(context: Context) -> Votes:
    """Count the votes of every figure."""
    figures, readings, records = (
        context.tables[name] for name in ("loss_counts", "readings", "records")
    )
    cast, rows = ballots(context), figures.rows

    def count(chosen: Mask) -> Rows:
        return np.bincount(cast.figure[chosen], minlength=rows).astype(np.int64)

    own = _kind(records, PRIMARY_KINDS, "kind")
    if not countable(context):
        none = np.zeros(rows, dtype=np.int64)
        no = np.zeros(rows, dtype=np.bool_)
        return Votes(none, none, none, none, no, no, no)
    silent, silent_own = (_silent(context, of) for of in (np.ones_like(own), own))
    spoken = count(cast.equal)
    agree = spoken + silent
    primary = count(cast.equal & _of_record(cast.record, own)) + silent_own
    unreadable = (cast.figure >= 0) & ~readings["total"].known
    judged = figures["total"].valid & figures["evidence"].valid & (count(unreadable) == 0)
    near = neighbours(context)
    judged &= near.per_row(near.whole)
    # The votes of a key that stands twice went to the first of its rows.
    first = np.zeros(rows, dtype=np.bool_)
    first[near.starts] = True
    judged &= first | near.later
    rival, confirmed = _rivals(context, agree)
    return Votes(spoken, agree, primary, rival, confirmed, judged, _voted(context))


def _voted(context: Context) -> Mask:
    figures, records = context.tables["loss_counts"], context.tables["records"]
    column, votes = records["reporter"], _flag(records) & records["reporter"].valid
    names = {column.texts[code] for code in set(column.values[votes].tolist())}
    per_text = np.array([text in names for text in figures["reporter"].texts] or [False])
    voted: Mask = figures["reporter"].valid & per_text[figures["reporter"].values]
    return voted


def _rivals(context: Context, agree: Rows) -> tuple[Rows, Mask]:
    """Return the strength of each figure's strongest rival, and whether increments decide."""
    figures, cast = context.tables["loss_counts"], ballots(context)
    rival = np.zeros(figures.rows, dtype=np.int64)
    beaten = np.zeros(figures.rows, dtype=np.bool_)
    figure = cast.figure[cast.against]
    value = context.tables["readings"]["total"].values[cast.against]
    if len(figure):
        # Only contradictions are sorted, and they are few.
        order = np.lexsort((value, figure))
        figure, value = figure[order], value[order]
        new = np.append(True, (figure[1:] != figure[:-1]) | (value[1:] != value[:-1]))
        starts = np.flatnonzero(new)
        strength = np.diff(starts, append=len(figure))
        figure, value = figure[starts], value[starts]
        np.maximum.at(rival, figure, strength)
        strong = strength >= agree[figure]
        beaten[figure[strong & _fits(context, figure, value)]] = True
    contradicted = np.flatnonzero(rival)
    confirmed = np.zeros(figures.rows, dtype=np.bool_)
    confirmed[contradicted] = _fits(context, contradicted, figures["total"].values[contradicted])
    return rival, confirmed & ~beaten


def _fits(context: Context, figure: Rows, value: Rows) -> Mask:
    """Return whether the increment of the day or of the next would fit a value."""
    figures, near = context.tables["loss_counts"], neighbours(context)
    total, increment = figures["total"], figures["increment"]
    before, after = np.maximum(figure - 1, 0), np.minimum(figure + 1, figures.rows - 1)
    here: Mask = (near.apart[figure] == 1) & increment.valid[figure] & total.valid[before]
    here &= total.values[before] + increment.values[figure] == value
    there: Mask = (after > figure) & (near.apart[after] == 1)
    there &= increment.valid[after] & total.valid[after]
    there &= value + increment.values[after] == total.values[after]
    return here | there


def _silent(context: Context, of: Mask) -> Rows:
    """Count the records kept only where they dissent that cover a figure without a word."""
    figures, records = context.tables["loss_counts"], context.tables["records"]
    chosen = of & _flag(records) & _kind(records, ("dissent",), "kept")
    silent = covered(context, chosen)
    cast = ballots(context)
    spoken = (cast.figure >= 0) & _of_record(cast.record, chosen)
    spoken[spoken] = covers(context, cast.record[spoken], cast.figure[spoken])
    silent -= np.bincount(cast.figure[spoken], minlength=figures.rows)
    return silent


def evidence_unsupported(context: Context) -> Mask:
    """Find figures whose evidence the votes do not support; see the rule for the definition."""
    evidence, count = context.table["evidence"], votes(context)
    code = {name: evidence.code(name) for name in EVIDENCE}

    def says(*names: str) -> Mask:
        held: Mask = np.isin(evidence.values, [code[name] for name in names])
        return held

    contradicted = count.rival > 0
    stronger = (count.agree > count.rival) | count.confirmed
    plain = np.where(
        count.primary > 0,
        code["primary"],
        np.where(count.agree > 1, code["agreed"], code["single"]),
    )
    due = np.where(contradicted, np.where(stronger, code["majority"], code["disputed"]), plain)
    wrong = (evidence.values != due) | (count.spoken == 0)
    shown_elsewhere = (count.spoken > 0) & contradicted & says("primary", "agreed")
    wrong = np.where(count.voted, wrong & ~shown_elsewhere, ~says("primary", "single"))
    bad: Mask = count.judged & wrong
    return bad


def supported(context: Context, figure: int) -> str:
    """Return the evidence that the votes support for one figure that some record has."""
    count = votes(context)
    if not count.voted[figure]:
        return "primary"
    if count.rival[figure]:
        stronger = count.agree[figure] > count.rival[figure] or count.confirmed[figure]
        return "majority" if stronger else "disputed"
    if count.primary[figure]:
        return "primary"
    return "single" if count.agree[figure] == 1 else "agreed"
