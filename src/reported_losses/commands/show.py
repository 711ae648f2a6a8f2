"""Print rows of a table.

Examples:
  reported-losses show loss_counts --where category=tanks --from 2023-02-20 --to 2023-02-22
  reported-losses show corrections --where kind=re-based --json
"""

from __future__ import annotations

import argparse
import sys

NAME = "show"
HELP = "print rows of a table"

ROWS = 20
CELL = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of a table, such as loss_counts")
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="only rows with this value; nothing after = means missing; may be repeated",
    )
    parser.add_argument("--from", dest="first", metavar="DATE", help="from this day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", metavar="DATE", help="up to this day, included")
    parser.add_argument(
        "--columns", metavar="NAMES", help="only these columns, separated by commas"
    )
    parser.add_argument(
        "--head", type=int, metavar="N", help=f"at most N rows (default: {ROWS}, all with --json)"
    )
    parser.add_argument(
        "--as-of", metavar="DATE", help="the table as this dataset held it on that day"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the rows asked for, and say on standard error how many there are."""
    from reported_losses.commands import _rows, _screen
    from reported_losses.dataset.descriptor import installed
    from reported_losses.errors import BadArgumentError
    from reported_losses.loading.export import json_bytes
    from reported_losses.loading.load import arrow

    if args.head is not None and args.head < 1:
        raise BadArgumentError(f"--head {args.head}: at least one row")
    table = installed().table(args.table)
    names = args.columns.split(",") if args.columns else list(table.names)
    columns = [table.field(name.strip()).name for name in names]
    data = _rows.where(table, arrow(table, as_of=args.as_of), args.where)
    data = _rows.between(table, data, args.first, args.last).select(columns)
    limit = args.head or (data.num_rows if args.json else ROWS)
    shown = data.slice(0, limit)
    if args.json:
        _screen.write(json_bytes(shown).decode())
        return 0
    _print(shown)
    if shown.num_rows < data.num_rows:
        rest = f"{shown.num_rows} of {data.num_rows:,} rows; --head N shows more"
        print(rest, file=sys.stderr)  # noqa: T201 - a note, beside the output
    elif not data.num_rows:
        print("no row is like that", file=sys.stderr)  # noqa: T201
    return 0


def _print(data: object) -> None:
    from typing import Any, cast

    import pyarrow as pa

    from reported_losses.commands import _screen
    from reported_losses.report.safe import clipped

    table = cast("Any", data)
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    texts = [["" if cell is None else clipped(str(cell), CELL) for cell in row] for row in rows]
    right = [pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in table.schema.types]
    _screen.write_table(table.column_names, texts, right)
