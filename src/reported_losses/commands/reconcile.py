"""Compute the General Staff's tables from the upstream records.

Without --write the command only prints what would change. Exit code: 0 if nothing would change or
the tables were written, 1 if something would change, 2 if an input has an unexpected form.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reported_losses.commands import _upstream

if TYPE_CHECKING:
    from reported_losses.intake.general_staff.reconcile import ReconcileOutcome

NAME = "reconcile"
HELP = "compute the General Staff's tables from upstream records"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _upstream.add_arguments(parser)
    parser.add_argument(
        "--explain",
        nargs=2,
        metavar=("DATE", "CATEGORY"),
        help="say how one figure was decided, and why; writes nothing",
    )


def run(args: argparse.Namespace) -> int:
    """Reconcile, print the changes or an explanation, and return the exit code."""
    from reported_losses.commands import _options
    from reported_losses.commands._screen import say
    from reported_losses.intake.general_staff.explain import explain
    from reported_losses.intake.general_staff.reconcile import reconcile

    text, category = args.explain or (None, "")
    day = _options.day(text, "--explain")
    folder, today = _upstream.package_folder(args), _upstream.recorded_on(args)
    with _upstream.held(args, NAME, write=args.write and day is None) as commit:
        outcome = reconcile(folder, args.upstream, today)
        if day is not None:
            say(explain(outcome.reconciliation, day, category))
            return 0
        say(summary(outcome))
        return _upstream.finish(commit, _upstream.changes_text(outcome.changes), outcome)


def summary(outcome: ReconcileOutcome) -> str:
    """Return the numbers of readings and figures as text, and every disputed figure by name."""
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
    return "\n".join([*lines, *outcome.left_out])
