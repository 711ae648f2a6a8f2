"""Read the upstream records and compute the General Staff's tables from them.

Without --write it only says what would change. Exit code: 0 if nothing would change or
everything was written, 1 if something would change, 2 if an input is not as expected.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reported_losses.commands import _upstream
from reported_losses.commands._screen import say

if TYPE_CHECKING:
    from reported_losses.intake.changes import Changes
    from reported_losses.intake.general_staff.reconcile import ReconcileOutcome

NAME = "reconcile"
HELP = "build the General Staff's tables from upstream records"

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    _upstream.add_arguments(parser)
    parser.add_argument(
        "--explain",
        nargs=2,
        metavar=("DATE", "CATEGORY"),
        help="say what was decided for one figure, and why; writes nothing",
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from reported_losses.intake.changes import write
    from reported_losses.intake.general_staff.explain import explain
    from reported_losses.intake.general_staff.reconcile import reconcile

    folder, today = _upstream.package_folder(arguments), _upstream.recorded_on(arguments)
    outcome = reconcile(folder, arguments.upstream, today)
    if arguments.explain:
        day, category = arguments.explain
        say(explain(outcome.reconciliation, _upstream.day(day), category))
        return 0
    say(summary(outcome))
    changes = differences(outcome.changes) if outcome.changes else ""
    return _upstream.finish(arguments, changes, lambda: write(folder, outcome), folder)


def summary(outcome: ReconcileOutcome) -> str:
    """Say what was read and decided, and name every figure that stays disputed."""
    figures = outcome.reconciliation.figures.values()
    days = {figure.cell.date for figure in figures}
    increments = sum(figure.increment is not None for figure in figures)
    kinds = [figure.evidence for figure in figures]
    disputed = [figure.cell for figure in figures if figure.evidence == "disputed"]
    lines = [
        f"{len(outcome.readings):,} readings; {len(days):,} days, {min(days)} to {max(days)}.",
        f"{len(kinds):,} figures; {increments:,} printed increments.",
        "Evidence: " + ", ".join(f"{kind} {kinds.count(kind):,}" for kind in sorted(set(kinds))),
        f"{len(outcome.reconciliation.corrections)} corrections.",
        f"{len(disputed)} disputed: "
        + ("; ".join(f"{cell.date} {cell.category}" for cell in disputed) or "none"),
    ]
    return "\n".join(lines)


def differences(changes: Changes) -> str:
    """Say what would change, the first few rows of each table by name."""
    lines: list[str] = []
    for name in changes.added:
        parts = (
            ("new", changes.added[name]),
            ("no longer supported", changes.removed[name]),
            ("changed", [f"{k} {c}: {o} → {n}" for k, c, o, n in changes.changed[name]]),
        )
        for what, keys in parts:
            if keys:
                lines.append(f"{name}: {len(keys):,} {what}")
                lines += [f"  {key}" for key in keys[:SHOWN]]
                lines += [f"  … and {len(keys) - SHOWN:,} more"] if len(keys) > SHOWN else []
    return "\n".join(lines)
