"""Import statements, organisations and estimates from a folder of upstream files.

The command says which rows are merged, split and left out. Without --write it only prints what
would change. Exit code: 0 if nothing would change or the tables were written, 1 if something would
change, 2 if an input has an unexpected form.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _upstream

NAME = "import-statements"
HELP = "import statements from upstream files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _upstream.add_arguments(parser)
    parser.add_argument("--verbose", action="store_true", help="name every row merged or left out")


def run(args: argparse.Namespace) -> int:
    """Import the statements, print the changes, and return the exit code."""
    from reported_losses.commands._screen import say
    from reported_losses.intake.statements.import_statements import describe, import_statements

    folder, today = _upstream.package_folder(args), _upstream.recorded_on(args)
    with _upstream.held(args, NAME, write=args.write) as commit:
        result = import_statements(folder, args.upstream, today)
        described = describe(result, verbose=args.verbose)
        if not result.changes:
            say(described)
        return _upstream.finish(commit, described if result.changes else "", result)
