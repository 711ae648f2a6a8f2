"""Print the latest report of a reporter: totals, increments, and the changes of the last 30 days.

`printed` is the increment as the reporter printed it, if a record of it exists; `change` is the
total less that of the day before, without what the reporter corrected or re-based on that day.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from reported_losses.commands import _options

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

NAME = "summary"
HELP = "print the latest report, coverage and version"

DAYS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
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
        "--date", metavar="DATE", help="report of this day, YYYY-MM-DD (default: the latest)"
    )
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the summary."""
    from reported_losses.commands import _screen

    date = _options.day(args.date, "--date")
    with _screen.progress("reading"):
        facts = _facts(args.reporter, args.subject, date)
    if args.json:
        _screen.write_json(facts)
    else:
        _print(facts)
    return 0


def _facts(reporter: str, subject: str | None, date: dt.date | None) -> dict[str, Any]:
    from reported_losses.definition.describe import __version__
    from reported_losses.loading.daily import daily
    from reported_losses.loading.reporter import counted_series

    reporter, subject = counted_series(reporter, subject)
    frame = daily(reporter=reporter, subject=subject).astype({"category": str})
    day = _day(frame, date)
    last = frame[frame["report_date"] == day]
    return {
        "version": __version__,
        "reporter": reporter,
        "subject": subject,
        "report_date": f"{day:%Y-%m-%d}",
        "figures": [_figure(row, frame) for row in last.to_dict("records")],
        "without_figure": without_figure(reporter, subject, day, set(last["category"])),
        "coverage": _coverage(frame),
    }


def _day(frame: pd.DataFrame, date: dt.date | None) -> pd.Timestamp:
    import pandas as pd

    from reported_losses.errors import BadArgumentError

    if date is None:
        latest: pd.Timestamp = frame["report_date"].max()
        return latest
    day = pd.Timestamp(date)
    if day not in set(frame["report_date"]):
        first, last = frame["report_date"].min(), frame["report_date"].max()
        raise BadArgumentError(
            f"--date {date}: there is no report of that day; "
            f"the reports are from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
        )
    return day


def _figure(row: dict[Any, Any], frame: pd.DataFrame) -> dict[str, Any]:
    import pandas as pd

    changes = frame[frame["category"] == row["category"]].set_index("report_date")["change"]
    days = pd.date_range(end=row["report_date"], periods=DAYS)
    return {
        "category": row["category"],
        "total": int(row["total"]),
        "increment": _whole(row["increment"]),
        "change": _whole(row["change"]),
        "correction": _whole(row["correction"]),
        "evidence": row["evidence"],
        "changes": [_whole(value) for value in changes.reindex(days)],
    }


def without_figure(reporter: str, subject: str, day: pd.Timestamp, counted: set[str]) -> list[str]:
    """Return the categories that are due on a day and have no figure.

    Args:
        reporter: The organisation whose count it is.
        subject: Whose losses.
        day: The day.
        counted: The categories that have a figure.
    """
    from reported_losses.loading.load import load

    series = load("series").astype({"reporter": str, "subject": str, "category": str})
    running = (series["first_report"] <= day) & ~(series["last_report"] < day)
    own = (series["reporter"] == reporter) & (series["subject"] == subject)
    due = own & running & (series["cadence"] == "daily")
    return sorted(set(series.loc[due, "category"]) - counted)


def _whole(value: Any) -> int | None:  # noqa: ANN401 - a nullable cell
    import pandas as pd

    return None if pd.isna(value) else int(value)


def _coverage(frame: pd.DataFrame) -> dict[str, Any]:
    printed = frame.dropna(subset=["increment"])
    evidence = frame["evidence"].astype(str).value_counts()
    read_in = printed["increment_evidence"].astype(str).value_counts()
    return {
        "figures": len(frame),
        "report_days": int(frame["report_date"].nunique()),
        "first": f"{frame['report_date'].min():%Y-%m-%d}",
        "last": f"{frame['report_date'].max():%Y-%m-%d}",
        "increments": {str(kind): int(count) for kind, count in read_in.items()},
        "printed_increments": int(len(printed) - read_in.get("address", 0)),
        "last_printed_increment": f"{printed['report_date'].max():%Y-%m-%d}"
        if len(printed)
        else None,
        "evidence": {str(kind): int(count) for kind, count in evidence.items()},
    }


def _print(facts: dict[str, Any]) -> None:
    from reported_losses.commands import _screen

    _screen.say(
        f"Report of {facts['report_date']} by {facts['reporter']} on the losses of "
        f"{facts['subject']}, as reported\n"
    )
    bars = _screen.draws_bars()
    header = ["category", "total", "printed", "change", "evidence"]
    rows = [
        [
            figure["category"],
            f"{figure['total']:,}",
            _signed(figure["increment"]),
            _signed(figure["change"]),
            figure["evidence"],
            *([_screen.sparkline(figure["changes"])] if bars else []),
        ]
        for figure in facts["figures"]
    ]
    header += [f"change, {DAYS} days"] if bars else []
    _screen.write_table(header, rows, [False, True, True, True, False, False][: len(header)])
    alone = sum(figure["evidence"] == "single" for figure in facts["figures"])
    if alone:
        _screen.say(f"\n{alone} of {len(rows)} figures are `single`: one record alone has them")
    if facts["without_figure"]:
        _screen.say(f"\nno figure on this day: {', '.join(facts['without_figure'])}")
    corrected = [figure for figure in facts["figures"] if figure["correction"]]
    if corrected:
        amounts = (f"{one['category']} {_signed(one['correction'])}" for one in corrected)
        _screen.say(f"\ncorrected on this day: {', '.join(amounts)}")
    coverage = facts["coverage"]
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in coverage["evidence"].items())
    increments = ", ".join(f"{kind} {count:,}" for kind, count in coverage["increments"].items())
    if coverage["last_printed_increment"]:
        increments += f"; the last on {coverage['last_printed_increment']}"
    _screen.say(
        f"\n{coverage['figures']:,} figures of {coverage['report_days']:,} report days, "
        f"{coverage['first']} to {coverage['last']}\n"
        f"evidence: {kinds}\n"
        f"increments: {increments or 'none'}\n"
        f"data version {facts['version']}"
    )


def _signed(value: int | None) -> str:
    return "" if value is None else f"{value:+,}" if value else "0"
