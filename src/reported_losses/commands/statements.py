"""Print who said what about losses, with the figures and where they can be read.

Examples:
  reported-losses statements --from 2023-02-20 --to 2023-02-23 --about russia
  reported-losses statements --speaker burns
  reported-losses statements --search Bakhmut --json
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "statements"
HELP = "print who said what about losses"

ROWS = 20
WIDTH = 96
PER = {"total": "", "per-100-metres": " per 100 metres", "per-square-kilometre": " per km²"}
HEDGES = {"exact": "", "about": "about ", "more-than": "more than ", "up-to": "up to "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--speaker", metavar="TEXT", help="only speakers, or bodies spoken for, with TEXT in them"
    )
    parser.add_argument("--about", metavar="NAME", help="only those about this side")
    parser.add_argument("--from", dest="first", metavar="DATE", help="from this day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", metavar="DATE", help="up to this day, included")
    parser.add_argument("--search", metavar="TEXT", help="only those with TEXT in what was said")
    parser.add_argument(
        "--head", type=int, metavar="N", help=f"at most N (default: {ROWS}, all with --json)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the statements asked for, and say on standard error how many there are."""
    from reported_losses.commands import _screen
    from reported_losses.errors import BadArgumentError

    if args.head is not None and args.head < 1:
        raise BadArgumentError(f"--head {args.head}: at least one statement")
    found = _found(args)
    shown = found[: args.head or (len(found) if args.json else ROWS)]
    claims, sources = _related("claims"), _related("sources")
    told = [_told(one, claims, sources) for one in shown]
    if args.json:
        _screen.write_json(told)
        return 0
    for one in told:
        _screen.say(_lines(one))
    if len(shown) < len(found):
        rest = f"{len(shown)} of {len(found):,} statements; --head N shows more"
        print(rest, file=sys.stderr)  # noqa: T201 - a note, beside the output
    elif not found:
        print("no statement is like that", file=sys.stderr)  # noqa: T201
    return 0


def _found(args: argparse.Namespace) -> list[dict[str, Any]]:
    from reported_losses.commands import _rows
    from reported_losses.dataset.descriptor import installed
    from reported_losses.loading.load import arrow

    table = installed().table("statements")
    conditions = [f"about={args.about}"] if args.about is not None else []
    data = _rows.where(table, arrow(table), conditions)
    rows: list[dict[str, Any]] = _days(data, args.first, args.last).to_pylist()
    speaker, text = (
        None if part is None else part.casefold() for part in (args.speaker, args.search)
    )
    return [
        row
        for row in rows
        if _has(row, speaker, ("speaker", "organisation", "via"))
        and _has(row, text, ("summary", "note"))
    ]


def _days(data: pa.Table, first: str | None, last: str | None) -> pa.Table:
    from reported_losses.commands import _rows
    from reported_losses.dataset.descriptor import installed

    return _rows.between(installed().table("statements"), data, first, last)


def _has(row: dict[str, Any], text: str | None, columns: tuple[str, ...]) -> bool:
    return text is None or any(text in (row[name] or "").casefold() for name in columns)


def _related(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of another table by the first column of its key."""
    from reported_losses.dataset.descriptor import installed
    from reported_losses.loading.load import arrow

    table = installed().table(name)
    related: dict[str, list[dict[str, Any]]] = {}
    for row in arrow(table).to_pylist():
        related.setdefault(row[table.primary_key[0]], []).append(row)
    return related


def _told(
    row: dict[str, Any],
    claims: dict[str, list[dict[str, Any]]],
    sources: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    pages = [sources[row[name]][0] for name in ("source", "second_source") if row[name]]
    told = {name: cell for name, cell in row.items() if name not in {"source", "second_source"}}
    figures = claims.get(row["statement"], [])
    listed = [{name: v for name, v in one.items() if name != "statement"} for one in figures]
    plain: dict[str, Any] = _plain({**told, "claims": listed, "sources": pages})
    return plain


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of JSON
    import datetime as dt

    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _lines(told: dict[str, Any]) -> str:
    import textwrap

    role = f" ({told['speaker_role']})" if told["speaker_role"] else ""
    via = f", via {told['via']}" if told["via"] else ""
    day = "" if told["stated_on_precision"] == "day" else f" ({told['stated_on_precision']})"
    lines = [f"{told['stated_on']}{day}  {told['speaker']}{role}{via}, about {told['about']}"]
    lines += textwrap.wrap(told["summary"], WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += [f"  - {_figure(claim)}" for claim in told["claims"]]
    lines += [f"  {page['publisher']}: {page['url'] or page['title']}" for page in told["sources"]]
    return "\n".join(lines) + "\n"


def _figure(claim: dict[str, Any]) -> str:
    low, high = (f"{end:,}" if end is not None else "" for end in (claim["low"], claim["high"]))
    figure = f"{low} to {high}" if claim["qualifier"] == "between" else low or high
    hedge = HEDGES.get(claim["qualifier"], "" if claim["qualifier"] == "between" else "nearly ")
    per = PER.get(claim["rate"], f" {claim['rate'].replace('-', ' a ').replace('per a ', 'a ')}")
    limits = ", ".join(claim[name] for name in ("subset", "place") if claim[name])
    part = f" ({limits})" if limits else ""
    days = " to ".join(claim[name] for name in ("period_start", "period_end") if claim[name])
    text = f"{claim['subject']}, {claim['measure']}{part}: {hedge}{figure}{per}"
    return f"{text}; {days}; {claim['basis']}" if days else f"{text}; {claim['basis']}"
