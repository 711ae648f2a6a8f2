"""Withdraw a row: it goes from its table, and `revisions` keeps it whole, with the reason.

`load(..., as_of=DAY)` puts the row back for the days before. Its key is never used again. A row
that others refer to, and a figure that a claim repeats, is refused, and they are listed. What the
gate finds afterwards is printed and refuses nothing, because several rows that belong together are
withdrawn one after the other.

Exit code: 0 if the row was withdrawn, or would be with --dry-run; 1 if the gate then finds a new
error; 2 if the row cannot be withdrawn.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _writing

NAME = "withdraw"
HELP = "take a row out of its table, and keep it in revisions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of the table, such as loss_counts")
    parser.add_argument(
        "key",
        metavar="KEY",
        help="primary key of the row, its values joined by slashes, "
        "such as ua-general-staff/russia/tanks/2023-08-29",
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it is withdrawn")
    parser.add_argument(
        "--replaced-by", default="", metavar="KEY", help="key of the row in its place"
    )
    parser.add_argument(
        "--recorded-on", metavar="DATE", help="day of the withdrawal (default: today)"
    )
    _writing.add_package(parser)
    _writing.add_dry_run(parser)


def run(args: argparse.Namespace) -> int:
    """Withdraw the row, print what changed, and return the exit code."""
    from reported_losses.commands import _proposal, _upstream
    from reported_losses.commands._screen import say
    from reported_losses.definition.descriptor import load_package
    from reported_losses.intake.judging import new_issues
    from reported_losses.intake.tables import to_csv
    from reported_losses.intake.withdraw import withdraw

    folder, day = _upstream.package_folder(args), _upstream.recorded_on(args)
    package = load_package(folder)
    with _writing.held(folder, NAME, write=not args.dry_run) as commit:
        done = withdraw(
            folder,
            package,
            args.table,
            args.key,
            reason=args.reason,
            replaced_by=args.replaced_by,
            revised_on=day,
        )
        say(f"{args.table}: {args.key} is withdrawn by revision {done.revision['revision']}.")
        say(done.revision["old"])
        files = {name: to_csv(package.table(name), rows) for name, rows in done.tables.items()}
        issues = new_issues(folder, package, files, day)
        _proposal.say_issues(issues)
        if commit is not None:
            commit.replace(files)
    say("Nothing was written." if commit is None else "Written.")
    return int(bool(_proposal.errors(issues)))
