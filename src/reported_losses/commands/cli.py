"""`reported-losses`: parse the command line, call, print, return the exit code.

Exit codes: 0 clean, 1 issues found, 2 bad usage or an internal error.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from reported_losses.errors import BadArgumentError, ReportedLossesError

COMMANDS = (
    "summary",
    "tables",
    "describe",
    "show",
    "statements",
    "compare",
    "export",
    "cite",
    "check",
    "explain",
    "sort",
    "import_counts",
    "import_statements",
    "reconcile",
)

OK, FAULT = 0, 2

_EXAMPLES = """\
start with:
  reported-losses summary                  the latest report
  reported-losses tables                   the tables of the dataset
  reported-losses describe loss_counts     what the columns of a table mean
  reported-losses COMMAND --help           help on one command
"""


class _Version(argparse.Action):
    """Print the version and exit; it is read only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from reported_losses.dataset.describe import __version__

        print(f"{parser.prog} {__version__}")  # noqa: T201 - the edge prints
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line, with every command."""
    top = argparse.ArgumentParser(
        prog="reported-losses",
        description="Reported loss counts and statements: look up, check, contribute.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, help="print the version of the data and exit")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    top.set_defaults(run=lambda _: _guide(top))
    for name in COMMANDS:
        module = importlib.import_module(f"reported_losses.commands.{name}")
        command = commands.add_parser(
            module.NAME,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top


def _guide(top: argparse.ArgumentParser) -> int:
    """Print the whole help if no command is given, instead of one line of usage."""
    top.print_help(sys.stderr)
    return FAULT


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments without the program's name; by default those of the process.

    Returns:
        The exit code.
    """
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe has closed it; end quietly, as other programs do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("reported-losses: stopped", file=sys.stderr)  # noqa: T201
        return FAULT
    except ReportedLossesError as error:
        text = error.in_shell if isinstance(error, BadArgumentError) else str(error)
        print(f"reported-losses: {text}", file=sys.stderr)  # noqa: T201 - the edge prints
        return FAULT
    except Exception as error:  # noqa: BLE001 - an internal error must not look like bad data
        _report_internal_error(error)
        return FAULT
    return code


def _report_internal_error(error: Exception) -> None:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    print(  # noqa: T201 - the edge prints
        f"reported-losses: internal fault, not a fault of the data: {type(error).__name__}: "
        f"{error} ({Path(frame.filename).name}:{frame.lineno}). Please report it with the command.",
        file=sys.stderr,
    )
