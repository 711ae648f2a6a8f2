"""List the tables: their numbers of rows and columns, and what a row is."""

from __future__ import annotations

import argparse

from reported_losses.commands import _options

NAME = "tables"
HELP = "list the tables of the dataset"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the list."""
    from reported_losses.commands import _screen
    from reported_losses.definition.descriptor import installed
    from reported_losses.loading.load import arrow

    facts = [
        {
            "table": table.name,
            "rows": arrow(table).num_rows,
            "columns": len(table.fields),
            "description": table.description,
        }
        for table in installed().tables.values()
    ]
    if args.json:
        _screen.write_json(facts)
        return 0
    rows = [
        (str(fact["table"]), f"{fact['rows']:,}", str(fact["columns"]), str(fact["description"]))
        for fact in facts
    ]
    _screen.write_table(
        ("table", "rows", "columns", "one row is"), rows, (False, True, True, False)
    )
    return 0
