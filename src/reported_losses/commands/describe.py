"""Describe a table, a column, a category or a reporter.

Examples:
  reported-losses describe loss_counts
  reported-losses describe loss_counts increment
  reported-losses describe tanks
  reported-losses describe ua-general-staff
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _options

NAME = "describe"
HELP = "describe a table, a column, a category or a reporter"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "name", metavar="NAME", help="a table, a category or a reporter, such as loss_counts"
    )
    parser.add_argument(
        "column", metavar="COLUMN", nargs="?", help="a column of the table (default: all of them)"
    )
    _options.add_json(parser, "print JSON; of a table or column, the Table Schema")


def run(args: argparse.Namespace) -> int:
    """Print the description."""
    from reported_losses.commands import _screen
    from reported_losses.definition.describe import Description
    from reported_losses.loading.describe import describe

    about = describe(args.name, args.column)
    if not args.json:
        _screen.say(str(about))
    elif isinstance(about, Description):
        _screen.write_json(_schema(about.table.name, args.column))
    else:
        _screen.write_json(_screen.plain(about))
    return 0


def _schema(table: str, column: str | None) -> object:
    """Return the Table Schema of a table, or the part of it that is about one column."""
    import json

    from reported_losses.definition.location import package_dir

    path = package_dir() / "schemas" / f"{table}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    if column is None:
        return schema
    return next(field for field in schema["fields"] if field["name"] == column)
