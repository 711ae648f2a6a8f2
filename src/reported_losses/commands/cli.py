"""`reported-losses`: parse the command line, call, print, return the exit code.

Exit codes: 0 clean, 1 issues found, 2 bad usage, or a fault of ours.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from reported_losses.errors import ReportedLossesError

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
    "import_counts",
    "import_statements",
    "reconcile",
)

OK, ISSUES, FAULT = 0, 1, 2

_EXAMPLES = """\
begin with:
  reported-losses summary                  the latest report
  reported-losses tables                   what there is
  reported-losses describe loss_counts     what its columns mean
  reported-losses COMMAND --help           more on one command
"""


class _Version(argparse.Action):
    """Reads the version only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from reported_losses.dataset.describe import __version__

        print(f"{parser.prog} {__version__}")  # noqa: T201 - the edge prints
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Build the parser with every command."""
    top = argparse.ArgumentParser(
        prog="reported-losses",
        description="Reported loss counts and statements: look, check, contribute.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action=_Version, help="print the version of the data and stop")
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
    """Answer a call without a command with the whole help, and not with one line of usage."""
    top.print_help(sys.stderr)
    return FAULT


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Arguments without the program's name; those of the process by default.

    Returns:
        The exit code.
    """
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has had enough; closing quietly is what a pipe expects.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("reported-losses: stopped", file=sys.stderr)  # noqa: T201
        return FAULT
    except ReportedLossesError as error:
        print(f"reported-losses: {error}", file=sys.stderr)  # noqa: T201 - the edge prints
        return FAULT
    except Exception as error:  # noqa: BLE001 - a fault of ours must not look like one of the data
        _confess(error)
        return FAULT
    return code


def _confess(error: Exception) -> None:
    place = traceback.extract_tb(error.__traceback__)[-1]
    print(  # noqa: T201 - the edge prints
        f"reported-losses: internal fault, not a fault of the data: {type(error).__name__}: "
        f"{error} ({Path(place.filename).name}:{place.lineno}). Please report it with the command "
        "you gave.",
        file=sys.stderr,
    )
