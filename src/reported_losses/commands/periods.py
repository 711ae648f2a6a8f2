"""Print the sums of one category by week, month, quarter or year.

`change` is the sum of the daily changes by the totals, without corrections; `increment` is the sum
of the increments as the reporter printed them. Beside each sum stands the number of days that it
covers; `days` is the number of days on which the reporter counts the category. A period is partial
if one of its days has no change: do not compare it with others.

Examples:
  reported-losses periods tanks
  reported-losses periods vehicles --every year --with-narrower
  reported-losses periods tanks --reporter oryx --subject russia --every quarter --json
"""

from __future__ import annotations

import argparse
from typing import Any

from reported_losses.commands import _options

NAME = "periods"
HELP = "print sums by week, month, quarter or year"

_DAYS = ("period_start", "period_end")
_NUMBERS = ("change", "change_days", "increment", "increment_days", "days")
HEADER = (*_DAYS, *_NUMBERS, "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("category", metavar="CATEGORY", help="a category, such as tanks")
    parser.add_argument(
        "--every",
        default="month",
        metavar="STEP",
        help="week, month, quarter or year (default: month)",
    )
    parser.add_argument(
        "--reporter",
        default="ua-general-staff",
        metavar="NAME",
        help="organisation that counts (default: ua-general-staff)",
    )
    parser.add_argument(
        "--subject", metavar="NAME", help="whose losses; required if the reporter counts several"
    )
    parser.add_argument(
        "--with-narrower",
        action="store_true",
        help="add up narrower categories where the reporter counts only those",
    )
    _options.add_period(parser)
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the sums."""
    from reported_losses.commands import _screen

    with _screen.progress("reading"):
        rows = _sums(args)
    if args.json:
        _screen.write_json([_plain(row) for row in rows])
    else:
        right = [name in _NUMBERS for name in HEADER]
        _screen.write_table(HEADER, [_cells(row) for row in rows], right)
    _screen.note_rest(len(rows), len(rows), "periods")
    return 0


def _sums(args: argparse.Namespace) -> list[dict[str, Any]]:
    import warnings

    from reported_losses.errors import EmptySelectionWarning
    from reported_losses.loading.periods import periods

    first, last = _options.period(args)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EmptySelectionWarning)  # the command says it itself
        table = periods(
            args.category,
            every=args.every,
            reporter=args.reporter,
            subject=args.subject,
            engine="arrow",
            start=first,
            end=last,
            with_narrower=args.with_narrower,
        )
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: row[name].isoformat() for name in _DAYS}


def _cells(row: dict[str, Any]) -> list[str]:
    return [
        *(row[name].isoformat() for name in _DAYS),
        *("" if row[name] is None else f"{row[name]:,}" for name in _NUMBERS),
        "partial" if row["partial"] else "",
    ]
