"""Print counts of one kind of loss side by side, or beside what others say.

Equipment: totals by month and the first reporter's ratio to each other. People: the reporter's
total beside the ranges that others gave. What the figures do and do not mean is in the help of
the function: `python -c "help(__import__('reported_losses').compare)"`.

Examples:
  reported-losses compare tanks
  reported-losses compare personnel --json
  reported-losses compare tanks-and-armoured-vehicles --subject ukraine
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

NAME = "compare"
HELP = "print counts side by side, or beside what others say"

CELL = 44
BESIDE_CLAIMS = (
    "measure",
    "basis",
    "low",
    "high",
    "low_ratio",
    "high_ratio",
    "qualifier",
    "speaker",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("category", metavar="CATEGORY", help="such as tanks or personnel")
    parser.add_argument(
        "--subject", default="russia", metavar="NAME", help="whose losses (default: russia)"
    )
    parser.add_argument(
        "--reporter",
        action="append",
        metavar="NAME",
        help="only this reporter; may be repeated (default: all)",
    )
    parser.add_argument(
        "--by", default="month", metavar="STEP", help="month or day (default: month)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the comparison."""
    from reported_losses.commands import _screen
    from reported_losses.loading.compare import compare

    with _screen.progress("reading"):
        frame = compare(args.category, subject=args.subject, reporters=args.reporter, by=args.by)
    if args.json:
        _screen.write_json([_plain(row) for row in frame.to_dict("records")])
    else:
        _print(frame)
    return 0


def _print(frame: pd.DataFrame) -> None:
    from reported_losses.commands import _screen
    from reported_losses.report.safe import clipped

    reporters = list(frame.attrs["parts"])
    names = [name for name in frame.columns if "/" in name]
    shown = ["report_date", *reporters, *names]
    if "period_end" in frame.columns:
        shown = ["period_end", *reporters, *BESIDE_CLAIMS]
    rows = [[clipped(_text(row[name]), CELL) for name in shown] for row in frame.to_dict("records")]
    figures = {*reporters, *names, "low", "high", "low_ratio", "high_ratio"}
    _screen.write_table(shown, rows, [name in figures for name in shown])


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    import pandas as pd

    plain: dict[str, Any] = {}
    for name, value in row.items():
        if pd.isna(value):
            plain[str(name)] = None
        elif isinstance(value, pd.Timestamp):
            plain[str(name)] = value.date().isoformat()
        else:
            whole = isinstance(value, float) and value.is_integer()
            plain[str(name)] = int(value) if whole else value
    return plain


def _text(value: Any) -> str:  # noqa: ANN401 - any cell
    import pandas as pd

    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.2f}"
    return f"{int(value):,}" if isinstance(value, (int, float)) else str(value)
