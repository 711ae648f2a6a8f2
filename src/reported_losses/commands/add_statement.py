"""Add a statement: who said what, when, on which page, and the figures in it.

What is not given as an option is asked for on a terminal. Each --claim is one figure, as words
KEY=VALUE with the columns of `claims` as keys; figure=N stands for low and high:

  --claim subject=russia measure=killed figure=450 qualifier=more-than

Usual values need not be given: rate=total, basis=reported, qualifier=exact. The page is found by
its address, or described with --title and --publisher. Nothing is written if the gate finds an
error.

Exit code: 0 if the statement was added, or could be with --dry-run; 1 if the gate finds errors; 2
if something is missing, unknown or held already.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from reported_losses.commands import _options, _proposal, _writing

if TYPE_CHECKING:
    from reported_losses.intake.statements.add_statement import Said

NAME = "add-statement"
HELP = "add a statement with its claims and its page"

_NEEDED = {
    "date": ("day of the statement", "DATE"),
    "speaker": ("who spoke", "NAME"),
    "organisation": ("body spoken for, its name in organisations", "SLUG"),
    "summary": ("the statement in your own words", "TEXT"),
    "url": ("address of the page", "URL"),
}
_PAGE = {
    "title": ("what the page is, in your own words, if it is new", "TEXT"),
    "publisher": ("who published the page, if it is new", "NAME"),
    "archived_url": ("address of an archived copy", "URL"),
    "published_on": ("day of publication", "DATE"),
    "language": ("language of the page, such as en", "CODE"),
}
_FURTHER = {
    "speaker_role": ("office of the speaker", "TEXT"),
    "via": ("outlet that relayed an unnamed speaker", "NAME"),
    "about": ("whose losses (default: those of the claims)", "SUBJECT"),
    "topic": ("topic (default: losses if there are claims)", "TOPIC"),
    "stated_on_precision": ("day (default), inferred or month", "KIND"),
    "confidence": ("high (default), medium or low", "DEGREE"),
    "note": ("anything else a reader should know", "TEXT"),
}


_DAYS = ("date", "published_on")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    for name, (text, metavar) in (_NEEDED | _PAGE | _FURTHER).items():
        option = f"--{name.replace('_', '-')}"
        default = None if name in _DAYS else ""
        parser.add_argument(option, default=default, metavar=metavar, help=text)
    parser.add_argument(
        "--claim",
        nargs="+",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="one figure of the statement; may be repeated",
    )
    _proposal.add_writing(parser)


def run(args: argparse.Namespace) -> int:
    """Add the statement, print what changed, and return the exit code."""
    from reported_losses.commands._screen import note, say
    from reported_losses.definition.descriptor import load_package
    from reported_losses.intake.statements.add_statement import add_statement

    folder = _writing.editable_folder(args.package)
    day = _options.day(args.recorded_on, "--recorded-on") or _options.today()
    said = _said(args)
    with _writing.held(folder, NAME, write=not args.dry_run) as commit:
        added = add_statement(folder, load_package(folder), said, day)
        say(f"Statement {added.name}, source {added.source}")
        if added.is_new_speaker:
            note(
                f"No statement so far has the speaker {said.speaker!r}; look for another spelling."
            )
        return _proposal.decide(folder, added, day, commit)


def _said(args: argparse.Namespace) -> Said:
    """Return the statement as the options and the answers on the terminal describe it."""
    from reported_losses.errors import BadArgumentError
    from reported_losses.intake.statements.add_statement import Said

    for name in _DAYS:  # a wrong one is said before anything is asked
        given = _options.day(getattr(args, name), f"--{name.replace('_', '-')}")
        setattr(args, name, "" if given is None else given.isoformat())
    claims = [_claim(words) for words in args.claim]
    missing = [name for name in _NEEDED if not getattr(args, name).strip()]
    if missing and not sys.stdin.isatty():
        raise BadArgumentError("say more", remedy=(missing[0], _NEEDED[missing[0]][1]))
    for name in missing:
        setattr(args, name, _asked(_NEEDED[name][0]))
    while missing and (words := _asked("a claim: KEY=VALUE …, or nothing").split()):
        claims.append(_claim(words))
    stated_on = _options.day(args.date, "--date")
    assert stated_on is not None, "a text was given"
    return Said(
        stated_on=stated_on,
        speaker=args.speaker,
        organisation=args.organisation,
        summary=args.summary,
        url=args.url,
        title=args.title,
        publisher=args.publisher,
        claims=claims,
        cells={name: getattr(args, name) for name in _FURTHER},
        page={name: getattr(args, name) for name in _PAGE if name not in {"title", "publisher"}},
    )


def _asked(question: str) -> str:
    from reported_losses.errors import BadArgumentError

    try:
        return input(f"{question}: ").strip()
    except EOFError:
        raise BadArgumentError(f"no answer to: {question}") from None


def _claim(words: list[str]) -> dict[str, str]:
    """Read the words KEY=VALUE of a claim."""
    from reported_losses.errors import BadArgumentError

    cells: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or key in cells:
            raise BadArgumentError(
                f"--claim {word!r}: words KEY=VALUE were expected, each key once"
            )
        cells[key] = value
    return cells
