"""Print statements about losses: who made them, their figures and their sources.

Examples:
  reported-losses statements --from 2023-02-20 --to 2023-02-23 --about russia
  reported-losses statements --speaker burns
  reported-losses statements --search Bakhmut --json
"""

from __future__ import annotations

import argparse
from typing import Any

from reported_losses.commands import _options

NAME = "statements"
HELP = "print statements about losses"

STATEMENTS = 20
_WIDTH = 96
Row = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--speaker", metavar="TEXT", help="only speakers and organisations with TEXT in their name"
    )
    parser.add_argument("--about", metavar="NAME", help="only statements about this side")
    _options.add_period(parser)
    parser.add_argument("--search", metavar="TEXT", help="only summaries and notes with TEXT")
    _options.add_head(parser, STATEMENTS, "statements")
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the statements; say on standard error if there are more, or none."""
    from reported_losses.commands import _screen

    found = _found(args)
    related = {name: _by_first_key(name) for name in ("claims", "statement_sources", "sources")}
    limit = _options.limit(args, STATEMENTS, len(found))
    printed = [_with_claims_and_sources(row, related) for row in found[:limit]]
    if args.json:
        _screen.write_json(printed)
        return 0
    for statement in printed:
        _screen.say(_text(statement))
    _screen.note_rest(len(printed), len(found), "statements")
    return 0


def _found(args: argparse.Namespace) -> list[Row]:
    from reported_losses.commands import _rows
    from reported_losses.definition.descriptor import installed
    from reported_losses.loading.load import arrow

    first, last = _options.period(args)
    table = installed().table("statements")
    about = [] if args.about is None else [f"about={args.about}"]
    data = _rows.chosen(table, arrow(table), about, first, last)
    return [
        row
        for row in data.to_pylist()
        if _contains(row, args.speaker, ("speaker", "organisation", "via"))
        and _contains(row, args.search, ("summary", "note"))
    ]


def _contains(row: Row, text: str | None, columns: tuple[str, ...]) -> bool:
    """Return whether a text is in one of the columns, in any case; true if there is no text."""
    return text is None or any(text.casefold() in (row[name] or "").casefold() for name in columns)


def _by_first_key(name: str) -> dict[str, list[Row]]:
    """Return the rows of a table, grouped by the first column of its primary key."""
    from reported_losses.definition.descriptor import installed
    from reported_losses.loading.load import arrow

    table = installed().table(name)
    groups: dict[str, list[Row]] = {}
    for row in arrow(table).to_pylist():
        groups.setdefault(row[table.primary_key[0]], []).append(row)
    return groups


def _with_claims_and_sources(row: Row, related: dict[str, dict[str, list[Row]]]) -> Row:
    from reported_losses.commands import _screen

    statement = {name: value for name, value in row.items() if name != "source"}
    statement["claims"] = [
        {name: value for name, value in claim.items() if name != "statement"}
        for claim in related["claims"].get(row["statement"], [])
    ]
    others = related["statement_sources"].get(row["statement"], [])
    pages = [row["source"], *(other["source"] for other in others)]
    statement["sources"] = [related["sources"][page][0] for page in pages]
    plain: Row = _screen.plain(statement)
    return plain


def _text(statement: Row) -> str:
    import textwrap

    from reported_losses.report.claim_words import figure_words

    role = f" ({statement['speaker_role']})" if statement["speaker_role"] else ""
    via = f", via {statement['via']}" if statement["via"] else ""
    precision = statement["stated_on_precision"]
    day = statement["stated_on"] + ("" if precision == "day" else f" ({precision})")
    lines = [f"{day}  {statement['speaker']}{role}{via}, about {statement['about']}"]
    lines += textwrap.wrap(
        statement["summary"], _WIDTH, initial_indent="  ", subsequent_indent="  "
    )
    lines += [f"  - {figure_words(claim)}" for claim in statement["claims"]]
    lines += [
        f"  {source['publisher']}: {source['url'] or source['title']}"
        for source in statement["sources"]
    ]
    return "\n".join(lines) + "\n"
