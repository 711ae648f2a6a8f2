"""How the readings vote on each figure: the counts that evidence rests on.

Records that go back to one publication have one vote together, and a stale reading has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reported_losses.parsing.columns import Columns
from reported_losses.validation.keys import Mask, Rows, distinct, lookup_rows, whole
from reported_losses.validation.rules.figures import FIGURE, neighbours
from reported_losses.validation.rules.independence import origins
from reported_losses.validation.rules.parts import left_out
from reported_losses.validation.rules.record_coverage import check_countable, covered, covers
from reported_losses.validation.rules.rule import Context, derived

PRIMARY_KINDS = ("text", "infographic")
"""Kinds of record that are readings of the reporter's own publication."""


@dataclass(frozen=True, slots=True)
class Votes:
    """How each reading votes on its figure.

    Attributes:
        figure: Figure of each reading, or -1.
        record: Row of `records` of each reading, or -1.
        stale: Whether the reading is of another day.
        counts: Whether the reading votes: its record does, and it is not stale.
        origin: Number of the publication that the record goes back to on that day.
        equal: Whether the reading votes for the figure's total.
        against: Whether it votes for another total.
    """

    figure: Rows
    record: Rows
    stale: Mask
    counts: Mask
    origin: Rows
    equal: Mask
    against: Mask


@dataclass(frozen=True, slots=True)
class Support:
    """What supports each figure.

    Attributes:
        spoken: Records that state the total.
        agree: Independent records that have it, silent ones included.
        primary: Records among them that read the reporter's own publication.
        rival: Independent records that share the most frequent other total; 0 if nothing
            contradicts.
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
    stale = readings["stale"].valid & readings["stale"].values.astype(np.bool_)
    counts = of_record(record, voting_records(records)) & (figure >= 0) & ~stale
    origin = np.zeros(len(record), dtype=np.int64)
    found = (record >= 0) & readings["report_date"].valid
    origin[found] = origins(context).of(record[found], readings["report_date"].values[found])
    equal, against = np.zeros_like(counts), np.zeros_like(counts)
    stated = np.flatnonzero(counts & readings["total"].valid)
    of, total = figure[stated], figures["total"]
    same = readings["total"].values[stated] == total.values[of]
    equal[stated], against[stated] = total.valid[of] & same, total.valid[of] & ~same
    return Votes(figure, record, stale, counts, origin, equal, against)


def voting_records(records: Columns) -> Mask:
    """Return the records whose totals count where records differ."""
    column = records["votes"]
    voting: Mask = column.valid & column.values.astype(np.bool_)
    return voting


def of_record(record: Rows, per_record: Mask) -> Mask:
    """Spread one flag per record over its readings."""
    if not len(per_record):
        return np.zeros(len(record), dtype=np.bool_)
    spread: Mask = (record >= 0) & per_record[record]
    return spread


def record_is_one_of(context: Context, column: str, names: tuple[str, ...]) -> Mask:
    """Return the records whose text in a column is one of some."""
    held = context.tables["records"][column]
    return held.valid & np.isin(held.values, [held.code(name) for name in names])


@derived
def stating(context: Context) -> Rows:
    """Return how many independent records state the total of each figure, silence left out."""
    cast = votes(context)
    width = 1 + int(cast.origin.max(initial=0))
    stated = cast.figure[cast.equal] * width + cast.origin[cast.equal]
    rows = context.tables["loss_counts"].rows
    return np.bincount(distinct(stated) // width, minlength=rows).astype(np.int64)


@derived
def support(context: Context) -> Support:
    """Count what supports every figure."""
    figures, readings, records = (
        context.tables[name] for name in ("loss_counts", "readings", "records")
    )
    cast, rows = votes(context), figures.rows
    check_countable(context)

    def count(chosen: Mask) -> Rows:
        return np.bincount(cast.figure[chosen], minlength=rows).astype(np.int64)

    own = record_is_one_of(context, "kind", PRIMARY_KINDS)
    spoken = count(cast.equal)
    pairs = np.stack((cast.figure[cast.equal], cast.origin[cast.equal]), axis=1)
    pairs = np.concatenate((pairs, _silent(context, np.ones_like(own))))
    # One number per figure and origin, because sorting rows of two takes ten times as long.
    width = 1 + int(pairs[:, 1].max(initial=0))
    sure = distinct(pairs[:, 0] * width + pairs[:, 1])
    agree = np.bincount(sure // width, minlength=rows).astype(np.int64)
    primary = count(cast.equal & of_record(cast.record, own))
    primary += np.bincount(_silent(context, own)[:, 0], minlength=rows)
    rival, outdone = _rivals(context, agree)
    unreadable = ~(readings["total"].known & readings["increment"].known & readings["stale"].known)
    unreadable |= (cast.record < 0) & ~records["record"].known.all()
    unreadable &= cast.figure >= 0
    near = neighbours(context)
    judged = figures["total"].valid & (count(unreadable) == 0) & near.per_row(near.whole)
    # If a key occurs twice, its votes were counted for the first row.
    first = np.zeros(rows, dtype=np.bool_)
    first[near.starts] = True
    judged &= first | near.later
    judged &= whole([figures[name] for name in FIGURE])
    lacks = left_out(context)
    # The increments of the day and of the next decide between totals that are as strong.
    judged &= (rival == 0) | (rival < agree) | (lacks.before + lacks.after == 0)
    return Support(spoken, agree, primary, rival, outdone, judged, _has_voters(context))


def _silent(context: Context, of: Mask) -> NDArray[np.int64]:
    """Return figure and origin where a record kept only where it dissents says nothing.

    Args:
        context: The tables.
        of: The records asked about.

    Returns:
        One row per figure and origin of which a record covers the figure without a reading.
    """
    records = context.tables["records"]
    chosen = of & voting_records(records) & record_is_one_of(context, "kept", ("dissent",))
    cast, all_origins = votes(context), origins(context)
    spoken = (cast.figure >= 0) & of_record(cast.record, chosen)
    spoken[spoken] = covers(context, cast.record[spoken], cast.figure[spoken])
    stretches = np.flatnonzero(chosen[all_origins.record])
    found = [np.zeros((0, 2), dtype=np.int64)]
    for origin in distinct(all_origins.origin[stretches]):
        of_origin = stretches[all_origins.origin[stretches] == origin]
        silent = covered(context, all_origins, of_origin)
        silent -= np.bincount(cast.figure[spoken & (cast.origin == origin)], minlength=len(silent))
        figure = np.flatnonzero(silent > 0)
        found.append(np.stack((figure, np.full_like(figure, origin)), axis=1))
    return np.concatenate(found)


def _has_voters(context: Context) -> Mask:
    figures, records = context.tables["loss_counts"], context.tables["records"]
    voters = records["reporter"].take(np.flatnonzero(voting_records(records)))
    return figures["reporter"].where(set(voters.held()).__contains__)


def _rivals(context: Context, agree: Rows) -> tuple[Rows, Mask]:
    """Return the votes of each figure's strongest rival, and whether some rival outdoes it."""
    figures, cast = context.tables["loss_counts"], votes(context)
    strongest = np.zeros(figures.rows, dtype=np.int64)
    outdone = np.zeros(figures.rows, dtype=np.bool_)
    figure = cast.figure[cast.against]
    value = context.tables["readings"]["total"].values[cast.against]
    if not len(figure):
        return strongest, outdone
    # Only contradictions are sorted, and they are few. An origin counts once per total.
    origin = cast.origin[cast.against]
    order = np.lexsort((origin, value, figure))
    figure, value, origin = figure[order], value[order], origin[order]
    once = np.append(True, (np.diff(figure) != 0) | (np.diff(value) != 0) | (np.diff(origin) != 0))
    figure, value = figure[once], value[once]
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
    wanted = np.zeros(context.tables["loss_counts"].rows, dtype=np.bool_)
    wanted[figure] = True
    pairs = _printed_increments(context)
    # Only contradicted figures ask, and they are few.
    pairs = pairs[wanted[pairs[:, 0]]]
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
