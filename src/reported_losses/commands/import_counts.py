"""Take in the counts of Oryx and of the Russian Ministry of Defence from upstream files.

Without --write it only says what would change. Exit code: 0 if nothing would change or
everything was written, 1 if something would change, 2 if an input is not as expected.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _upstream

NAME = "import-counts"
HELP = "take in other reporters' counts from upstream files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    _upstream.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from reported_losses.commands.reconcile import differences
    from reported_losses.intake.changes import write
    from reported_losses.intake.other_reporters.import_counts import import_counts

    folder, today = _upstream.package_folder(arguments), _upstream.recorded_on(arguments)
    outcome = import_counts(folder, arguments.upstream, today)
    changes = differences(outcome.changes) if outcome.changes else ""
    return _upstream.finish(arguments, changes, lambda: write(folder, outcome), folder)
