"""Print reporters' counts of one category side by side, or beside the claims of others.

Equipment: the totals by month, and the first reporter's ratio to each other reporter. The General
Staff's figures are a belligerent's claims; Oryx lists what pictures show, a lower bound that trails
behind. So a ratio above 1 is expected, and says nothing about who errs.

People: the reporter's total beside the ranges that others stated. `measure` says what each of them
counted, such as killed; the ratios compare figures, not things that are equal.

Examples:
  reported-losses compare tanks
  reported-losses compare tanks --since 2023-06-01
  reported-losses compare personnel --json
  reported-losses compare tanks-and-armoured-vehicles --subject ukraine
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from reported_losses.commands import _options

if TYPE_CHECKING:
    import pandas as pd

NAME = "compare"
HELP = "print counts side by side, or beside the claims of others"

CELL_CHARACTERS = 44
CLAIM_COLUMNS = (
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
    parser.add_argument(
        "category", metavar="CATEGORY", help="a category, such as tanks or personnel"
    )
    parser.add_argument(
        "--subject", default="russia", metavar="NAME", help="whose losses (default: russia)"
    )
    parser.add_argument(
        "--reporter",
        action="append",
        metavar="NAME",
        help="only this reporter; may be repeated (default: every one)",
    )
    parser.add_argument(
        "--by", default="month", metavar="STEP", help="month or day (default: month)"
    )
    parser.add_argument(
        "--since", metavar="DATE", help="ratios of what was counted after that day, YYYY-MM-DD"
    )
    parser.add_argument(
        "--as-of", metavar="DATE", help="counts and claims as this dataset held them on that day"
    )
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the comparison."""
    from reported_losses.commands import _screen
    from reported_losses.loading.compare import compare

    with _screen.progress("reading"):
        frame = compare(
            args.category,
            subject=args.subject,
            reporters=args.reporter,
            by=args.by,
            since=_options.day(args.since, "--since"),
            as_of=_options.day(args.as_of, "--as-of"),
        )
    if args.json:
        _screen.write_json([_plain(row) for row in frame.to_dict("records")])
    else:
        _print(frame)
    return 0


def _print(frame: pd.DataFrame) -> None:
    from reported_losses.commands import _screen
    from reported_losses.report.safe import clipped

    reporters = list(frame.attrs["parts"])
    ratios = [name for name in frame.columns if "/" in name]
    columns = ["report_date", *reporters, *ratios]
    if "period_end" in frame.columns:
        columns = ["period_end", *reporters, *CLAIM_COLUMNS]
    rows = [
        [clipped(_text(row[name]), CELL_CHARACTERS) for name in columns]
        for row in frame.to_dict("records")
    ]
    figures = {*reporters, *ratios, "low", "high", "low_ratio", "high_ratio"}
    _screen.write_table(columns, rows, [name in figures for name in columns])


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
