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
from typing import Any, NoReturn

from reported_losses.commands import _streams
from reported_losses.errors import BadArgumentError, ReportedLossesError
from reported_losses.report.safe import visible

COMMANDS = (
    "summary",
    "status",
    "tables",
    "describe",
    "show",
    "periods",
    "statements",
    "compare",
    "export",
    "plot",
    "cite",
    "releases",
    "fetch",
    "changes",
    "check",
    "diff",
    "explain",
    "add",
    "add_statement",
    "revise",
    "update",
    "sort",
    "withdraw",
    "import_counts",
    "import_statements",
    "reconcile",
    "build",
    "verify",
    "index",
    "site",
)

OK, FAULT = 0, 2

_LONGEST = 2_000
"""Characters of a message; a path or a name in it may be of any length."""

_EXAMPLES = """\
start with:
  reported-losses summary                  the latest report
  reported-losses tables                   the tables of the dataset
  reported-losses describe loss_counts     what a table, a category or a reporter is
  reported-losses COMMAND --help           help on one command
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints show what was typed without acting on it."""

    def print_help(self, file: Any = None) -> None:  # noqa: ANN401 - as its base
        """Print the help; argparse itself takes no notice of a device that is full."""
        if file is None:
            with _streams.writing():
                sys.stdout.write(self.format_help())
        else:
            super().print_help(file)

    def error(self, message: str) -> NoReturn:
        """Print the usage and a complaint, and exit."""
        super().error(visible(_clipped(message)))


class _Version(argparse.Action):
    """Print the version and exit; it is read only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from reported_losses.definition.describe import __version__

        with _streams.writing():
            print(f"{parser.prog} {__version__}")  # noqa: T201 - the edge prints
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line, with every command."""
    top = _Parser(
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
    _streams.open_missing()
    try:
        code = _run(argv)
        _streams.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - no error looks like bad data
        _streams.complain(f"reported-losses: {_clipped(_said(error))}")
        return FAULT
    return code


def _refuse_deleted_folder() -> None:
    """Refuse to run in a folder that is gone, where some libraries cannot even be imported."""
    import os

    from reported_losses.errors import BadArgumentError

    try:
        os.getcwd()  # noqa: PTH109 - pathlib would be imported for this alone
    except FileNotFoundError:
        raise BadArgumentError(
            "the current folder was deleted; change to one that exists"
        ) from None


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = parser().parse_args(argv)
    except SystemExit:
        _streams.flush()  # the help, or the version
        raise
    _refuse_deleted_folder()
    code: int = arguments.run(arguments)
    return code


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _said(error: BaseException) -> str:
    """Say what went wrong; only a fault of this program is called one."""
    match error:
        case BadArgumentError():
            return error.in_shell
        case ReportedLossesError():
            return str(error)
        case KeyboardInterrupt():
            return "stopped"
        case MemoryError():
            return "there is not enough memory"
        case OSError():
            path = f"{os.fsdecode(error.filename)}: " if error.filename is not None else ""
            return f"{path}{error.strerror or error}"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"internal fault, not a fault of the data: {type(error).__name__}: {error} "
        f"({Path(frame.filename).name}:{frame.lineno}). Please report it with the command."
    )
