"""Check a package: files, types, constraints, keys and every rule.

Exit code 0: no issue that counts; 1: issues; 2: bad usage, or a fault of ours.
"""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "check"
HELP = "check every table; exit 1 where something is wrong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        metavar="PATH",
        help="package folder (default: the checkout you stand in, else the installed data)",
    )
    parser.add_argument(
        "--format",
        default="text",
        metavar="FORM",
        help="text, json, github, sarif, junit or markdown (default: text)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the report there instead of printing it"
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="least severity that makes the exit code 1 (default: error)",
    )
    for name, text in (("--select", "report these alone"), ("--ignore", "leave these out")):
        parser.add_argument(
            name,
            nargs="+",
            action="extend",
            default=[],
            metavar="CODE",
            help=f"{text}; a code may hold * for any text, such as 'file/*'",
        )
    parser.add_argument(
        "--today",
        metavar="DATE",
        help="the day taken as today, YYYY-MM-DD (default: the clock's, at UTC+3)",
    )


def run(args: argparse.Namespace) -> int:
    """Check, report, and say by the exit code whether there were issues."""
    from reported_losses.commands._check import run as check_and_report

    return check_and_report(args)
