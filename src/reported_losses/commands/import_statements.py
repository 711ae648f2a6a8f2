"""Take in statements, organisations and estimates from a folder of upstream files.

Says what is merged, split and left out. Without --write it only says what would change. Exit
code: 0 if nothing would change or everything was written, 1 if something would change, 2 if an
input is not as expected.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _upstream
from reported_losses.commands._screen import say

NAME = "import-statements"
HELP = "take in statements from upstream files"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    _upstream.add_arguments(parser)
    parser.add_argument("--verbose", action="store_true", help="name every row merged and left out")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from reported_losses.intake.changes import write
    from reported_losses.intake.statements.import_statements import describe, import_statements

    folder, today = _upstream.package_folder(arguments), _upstream.recorded_on(arguments)
    result = import_statements(folder, arguments.upstream, today)
    described = describe(result, verbose=arguments.verbose)
    if not result.changes:
        say(described)
    changes = described if result.changes else ""
    return _upstream.finish(arguments, changes, lambda: write(folder, result), folder)
