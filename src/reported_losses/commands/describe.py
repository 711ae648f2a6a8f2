"""Describe a table or a column: meaning, type, constraints, keys."""

from __future__ import annotations

import argparse

from reported_losses.commands import _options

NAME = "describe"
HELP = "describe a table or a column"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of a table, such as loss_counts")
    parser.add_argument(
        "column", metavar="COLUMN", nargs="?", help="name of a column (default: all of them)"
    )
    _options.add_json(parser, "print the Table Schema as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the description."""
    import json

    from reported_losses.commands import _screen
    from reported_losses.dataset.describe import describe
    from reported_losses.dataset.location import package_dir

    description = describe(args.table, args.column)
    if not args.json:
        _screen.say(str(description))
        return 0
    path = package_dir() / "schemas" / f"{description.table.name}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    if args.column is not None:
        schema = next(field for field in schema["fields"] if field["name"] == args.column)
    _screen.write_json(schema)
    return 0
