"""`make replay`: what the gate would have stopped, and how often it would have cried wolf."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np

from replay.world import (
    EPOCH,
    SLICE,
    Entry,
    Finding,
    World,
    cut,
    entries,
    judged,
    place,
    typed,
    with_right_figures,
    world,
)
from reported_losses.issue import Severity

OF_A_REPORT = "loss_counts/stale-report"
"""Told once, at the first figure of a report, of all figures that it repeats."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A wrong entry, and the codes found at its figure or told of its report."""

    entry: Entry
    printed: bool
    codes: tuple[str, ...]


def wrong_entries(of: World) -> list[Verdict]:
    """Judge each day on which something was typed wrongly, as it was typed."""
    verdicts = []
    for day, group in groupby(sorted(entries(), key=attrgetter("day")), key=attrgetter("day")):
        wrong = list(group)
        right = with_right_figures(of, wrong)
        found = judged(cut(typed(right, wrong), day, SLICE), day)
        for entry in wrong:
            about = [f for f in found if f.category == entry.category or f.code == OF_A_REPORT]
            codes = sorted({finding.code for finding in about})
            printed = bool(right.counts["increment"].valid[place(right.counts, entry)])
            verdicts.append(Verdict(entry, printed, tuple(codes)))
    return verdicts


def right_days(of: World, days: Iterable[int] | None = None) -> tuple[int, list[Finding]]:
    """Judge days as they were; return the figures judged and everything found."""
    date = of.counts["report_date"].values
    found: list[Finding] = []
    figures = 0
    for day in np.unique(date) if days is None else days:
        found += judged(cut(of, int(day), SLICE), int(day))
        figures += int((date == day).sum())
    return figures, found


def main() -> int:
    """Print the figures of a replay."""
    for increments in (True, False):
        of = world(increments=increments)
        print("With printed increments:" if increments else "With totals alone:")  # noqa: T201 - a report
        _print_verdicts(wrong_entries(of))
        figures, found = right_days(of)
        errors = [f for f in found if f.severity is Severity.ERROR]
        alarms = len(found) - len(errors)
        print(  # noqa: T201 - as above
            f"  right figures, day by day: {figures} figures, {len(errors)} errors, "
            f"{alarms} warnings ({alarms / figures:.2%})"
        )
    return 0


def _print_verdicts(verdicts: list[Verdict]) -> None:
    printed = [v for v in verdicts if v.printed]
    if printed:
        caught = sum(bool(v.codes) for v in printed)
        print(f"  wrong entries with an increment: {caught} of {len(printed)} caught")  # noqa: T201
    caught = sum(bool(v.codes) for v in verdicts)
    print(f"  wrong entries: {caught} of {len(verdicts)} caught")  # noqa: T201 - as above
    for code, times in sorted(Counter(code for v in verdicts for code in v.codes).items()):
        print(f"    {times:4} {code}")  # noqa: T201 - as above
    missed = [v.entry for v in verdicts if not v.codes]
    for entry in missed:
        day = EPOCH + dt.timedelta(days=entry.day)
        print(f"    missed: {day} {entry.category} {entry.wrong} for {entry.right}")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
