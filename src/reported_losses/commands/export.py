"""Write a table to a file of another format.

A SQLite database also gets every table that the named ones refer to, so that its foreign keys
hold; the other formats hold one table. The file is written whole or not at all.

Examples:
  reported-losses export loss_counts --format parquet --out loss_counts.parquet
  reported-losses export loss_counts --wide --format csv --out totals.csv
  reported-losses export loss_counts corrections --format sqlite --out losses.sqlite
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "export"
HELP = "write a table as Parquet, CSV, JSON, Arrow or SQLite"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("tables", metavar="TABLE", nargs="+", help="name of a table")
    parser.add_argument(
        "--format",
        required=True,
        metavar="FORM",
        help="parquet, csv, json, ndjson, arrow or sqlite",
    )
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="file to write")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")
    parser.add_argument(
        "--wide",
        action="store_true",
        help="only for loss_counts: one row per day and one column of totals per category",
    )
    parser.add_argument(
        "--reporter",
        default="ua-general-staff",
        metavar="NAME",
        help="with --wide: organisation that counts (default: ua-general-staff)",
    )
    parser.add_argument("--subject", metavar="NAME", help="with --wide: whose losses")


def run(args: argparse.Namespace) -> int:
    """Write the file."""
    from reported_losses.commands import _options, _screen

    _options.refuse_output(args.out, "--out", force=args.force)
    with _screen.progress(f"writing {args.out}"):
        data = _bytes(args)
        _options.write_output(args.out, data, "--out", force=args.force)
    _screen.say(f"{args.out}: {len(data):,} bytes")
    return 0


def _bytes(args: argparse.Namespace) -> bytes:
    from reported_losses.definition.descriptor import installed
    from reported_losses.errors import BadArgumentError, unknown_name
    from reported_losses.loading import export
    from reported_losses.loading.load import arrow
    from reported_losses.loading.metadata import described
    from reported_losses.loading.sqlite import sqlite_bytes

    if args.format not in (*export.FORMATS, export.SQLITE):
        raise unknown_name("format", args.format, (*export.FORMATS, export.SQLITE))
    if args.wide and (args.tables != ["loss_counts"] or args.format == export.SQLITE):
        raise BadArgumentError("--wide is only for loss_counts, and not for sqlite")
    if args.format == export.SQLITE:
        tables = export.with_referred(installed(), args.tables)
        return sqlite_bytes([(table, arrow(table)) for table in tables])
    if len(args.tables) > 1:
        raise BadArgumentError(
            f"--format {args.format} holds one table; --format sqlite holds several"
        )
    table = installed().table(args.tables[0])
    data = _wide(args) if args.wide else described(table, arrow(table))
    return export.FORMATS[args.format](data)


def _wide(args: argparse.Namespace) -> pa.Table:
    from reported_losses.loading.daily import daily

    return daily(reporter=args.reporter, subject=args.subject, wide=True, engine="arrow")
