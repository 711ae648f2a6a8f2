"""Print rows of a table.

Examples:
  reported-losses show loss_counts --where category=tanks --from 2023-02-20 --to 2023-02-22
  reported-losses show corrections --where kind=re-based --json
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _options

NAME = "show"
HELP = "print rows of a table"

ROWS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of a table, such as loss_counts")
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="only rows with this value; COLUMN= selects missing values; may be repeated: all "
        "columns have to match, and one of the values given for a column",
    )
    _options.add_period(parser)
    parser.add_argument("--columns", metavar="NAMES", help="only these columns, comma-separated")
    _options.add_head(parser, ROWS, "rows")
    parser.add_argument(
        "--as-of", metavar="DATE", help="the table as this dataset held it on that day"
    )
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the rows; say on standard error if there are more, or none."""
    from reported_losses.commands import _rows
    from reported_losses.definition.descriptor import installed
    from reported_losses.loading.load import arrow

    table = installed().table(args.table)
    names = args.columns.split(",") if args.columns else list(table.names)
    columns = [table.field(name.strip()).name for name in names]
    first, last = _options.period(args)
    data = arrow(table, as_of=_options.day(args.as_of, "--as-of"))
    data = _rows.chosen(table, data, args.where, first, last).select(columns)
    _rows.print_first(args, data, ROWS, "rows")
    return 0
