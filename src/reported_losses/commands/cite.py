"""Print how to cite the installed version of the data."""

from __future__ import annotations

import argparse

NAME = "cite"
HELP = "print how to cite the data"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--bibtex", action="store_true", help="print a BibTeX entry")


def run(args: argparse.Namespace) -> int:
    """Print the citation."""
    from reported_losses.commands import _screen
    from reported_losses.definition.citation import citation

    _screen.say(citation("bibtex" if args.bibtex else "text"))
    return 0
