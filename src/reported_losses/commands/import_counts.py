"""Import the counts of Oryx and of the Russian Ministry of Defence from upstream files.

The command names the upstream rows that it leaves out. Without --write it only prints what would
change. Exit code: 0 if nothing would change or the tables were written, 1 if something would
change, 2 if an input has an unexpected form.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _upstream

NAME = "import-counts"
HELP = "import other reporters' counts from upstream files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _upstream.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Import the counts, print the changes, and return the exit code."""
    from reported_losses.commands._screen import say
    from reported_losses.intake.other_reporters.import_counts import import_counts

    folder, today = _upstream.package_folder(args), _upstream.recorded_on(args)
    with _upstream.held(args, NAME, write=args.write) as commit:
        outcome = import_counts(folder, args.upstream, today)
        for line in outcome.left_out:
            say(f"Left out: {line}.")
        return _upstream.finish(commit, _upstream.changes_text(outcome.changes), outcome)
