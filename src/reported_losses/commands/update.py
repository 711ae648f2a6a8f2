"""Take new days from the transcriptions of the General Staff's reports.

Fetches the transcriptions whose addresses stand in datapackage.json and whose licence allows it,
reconciles them with what the tables hold of the other records, asks the gate, and writes. A file
that lost content, changed its form, changes many old readings or repeats an older report on its new
days is refused. A held figure that would change, and a new contradiction between totals, need
--reason.

Exit code: 0 if the tables were written, would be with --dry-run, or need no change; 1 if the gate
finds errors or a contradiction needs a reason; 2 if a file cannot be fetched or used.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reported_losses.commands import _options, _proposal, _writing

if TYPE_CHECKING:
    from reported_losses.intake.general_staff.update import Updated

NAME = "update"
HELP = "take new days from the transcriptions on the web"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--upstream",
        metavar="URL_OR_DIR",
        help="folder of upstream records, or the address under which the files lie as there "
        "(default: the addresses in datapackage.json)",
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar="TEXT",
        help="why held figures change, or what is known of a new contradiction",
    )
    _options.add_today(parser)
    _writing.add_package(parser)
    _writing.add_dry_run(parser)


def run(args: argparse.Namespace) -> int:
    """Fetch, reconcile, print what changes, and return the exit code."""
    folder = _writing.editable_folder(args.package)
    with tempfile.TemporaryDirectory(prefix="reported-losses-") as temporary:
        upstream = _upstream(args.upstream, folder, Path(temporary))
        return _update(args, folder, upstream)


def _upstream(wanted: str | None, folder: Path, temporary: Path) -> Path:
    """Return the folder of upstream records; fetch them first if they are on the web."""
    from reported_losses.commands._screen import note
    from reported_losses.definition.descriptor import load_package
    from reported_losses.intake.general_staff.fetched import addresses, below
    from reported_losses.intake.tables import read_rows
    from reported_losses.net import fetch

    if wanted is not None and "://" not in wanted:
        return Path(wanted)
    package = load_package(folder)
    places = (
        below(wanted)
        if wanted is not None
        else addresses(package, read_rows(folder, package.table("sources")))
    )
    for path, url in places.items():
        note(f"fetching {url}")
        (temporary / path).parent.mkdir(parents=True, exist_ok=True)
        fetch(url, temporary / path)
    return temporary


def _update(args: argparse.Namespace, folder: Path, upstream: Path) -> int:
    from reported_losses.commands._screen import say
    from reported_losses.commands._upstream import changes_text
    from reported_losses.intake.general_staff.update import update

    today = _options.given_today(args)
    with _writing.held(folder, NAME, write=not args.dry_run) as commit:
        updated = update(folder, upstream, today, args.reason.strip())
        say(f"Read {', '.join(sorted(updated.records))}.")
        for line in updated.left_out:
            say(line)
        if not updated.changes and not updated.corrections:
            say("Nothing would change.")
            return 0
        say(changes_text(updated.changes))
        unreasoned = bool(updated.corrections or updated.moved) and not args.reason.strip()
        if unreasoned:
            _say_needed(updated)
        code = _proposal.decide(folder, updated, today, None if unreasoned else commit)
        return 1 if unreasoned else code


def _say_needed(updated: Updated) -> None:
    """Print what is written only with a reason."""
    from reported_losses.commands._screen import say

    if updated.corrections:
        say("New contradictions; look at the reports, and say with --reason what is known of them:")
    for row in updated.corrections:
        say(f"  {row['report_date']} {row['category']} {int(row['amount']):+,}: {row['reason']}")
    if updated.moved:
        say("Held figures would change; look at the reports, and say with --reason why. Where the")
        say("new one is disputed, nothing speaks for it but the order of the records:")
    for line in updated.moved:
        say(f"  {line}")
