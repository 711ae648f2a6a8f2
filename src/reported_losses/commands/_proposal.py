"""What the commands share that ask the gate before they write: showing, refusing, writing."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported_losses.commands import _writing

if TYPE_CHECKING:
    from reported_losses.definition.schema import Package
    from reported_losses.intake.changes import Changes, Outcome
    from reported_losses.intake.tables import Row
    from reported_losses.issue import Issue
    from reported_losses.writing.commit import Commit

_SHOWN = 30


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Declare the options of a command that asks the gate and writes."""
    parser.add_argument(
        "--recorded-on", metavar="DATE", help="day of recording (default: today at UTC+3)"
    )
    _writing.add_package(parser)
    _writing.add_dry_run(parser)


def released(folder: Path, package: Package) -> bool:
    """Return whether the version that a package names was released."""
    from reported_losses.validation.history.base import folder_base
    from reported_losses.validation.history.decisions import released

    return released(folder_base(folder, package))


def decide(folder: Path, outcome: Outcome, today: dt.date, commit: Commit | None) -> int:
    """Ask the gate about new tables, write them if it finds no new error, return the exit code.

    Args:
        folder: Package folder.
        outcome: The new tables.
        today: The day taken as today.
        commit: Replaces the tables; None in a dry run.
    """
    from reported_losses.commands._screen import say
    from reported_losses.intake.judging import new_issues

    files = files_of(outcome)
    issues = new_issues(folder, outcome.package, files, today)
    say_changes(outcome.changes)
    say_issues(issues)
    if errors(issues) or commit is None:
        say("Nothing was written.")
        return int(bool(errors(issues)))
    commit.replace(files)
    say("Written.")
    return 0


def files_of(outcome: Outcome) -> dict[str, bytes]:
    """Return the new files of the tables that change."""
    from reported_losses.intake.tables import to_csv

    changes = outcome.changes
    touched = [
        name
        for name in outcome.tables
        if name == "revisions"
        or any(part.get(name) for part in (changes.added, changes.changed, changes.removed))
    ]
    return {name: to_csv(outcome.package.table(name), outcome.tables[name]) for name in touched}


def errors(issues: Iterable[Issue]) -> int:
    """Return how many of the issues are errors."""
    from reported_losses.issue import Severity

    return sum(issue.severity is Severity.ERROR for issue in issues)


def say_issues(issues: Sequence[Issue]) -> None:
    """Print what the gate found, errors first."""
    from reported_losses.commands._screen import say
    from reported_losses.report.content import foremost, tally

    if not issues:
        say("The gate finds nothing.")
        return
    say(f"The gate finds {tally(issues)}:")
    for issue in foremost(issues)[:_SHOWN]:
        say(f"  {issue.severity} {issue.code}: {issue.message}")
        for label, text in (("found", issue.found), ("expected", issue.expected)):
            if text is not None:
                say(f"    {label}: {text or '(empty)'}")
        if issue.hint:
            say(f"    {issue.hint}")
    if len(issues) > _SHOWN:
        say(f"  … and {len(issues) - _SHOWN:,} more")


def say_changes(changes: Changes) -> None:
    """Print the number of rows that change, by table."""
    from reported_losses.commands._screen import say

    for table, added in changes.added.items():
        changed = len({key for key, *_ in changes.changed[table]})
        removed = len(changes.removed[table])
        parts = ((len(added), "new"), (changed, "changed"), (removed, "removed"))
        said = ", ".join(f"{number:,} {what}" for number, what in parts if number)
        if said:
            say(f"{table}: {said}")


def proposed(outcome: Outcome) -> dict[str, Any]:
    """Return what would change as JSON, by table."""
    from reported_losses.intake.tables import row_key

    found = {}
    for name, rows in outcome.tables.items():
        table, changes = outcome.package.table(name), outcome.changes
        new = set(changes.added.get(name, ()))
        added: list[Row] = [dict(row) for row in rows if new and row_key(table, row) in new]
        parts = {
            "added": added,
            "changed": [
                dict(zip(("key", "column", "old", "new"), cell, strict=True))
                for cell in changes.changed.get(name, ())
            ],
            "removed": list(changes.removed.get(name, ())),
        }
        if any(parts.values()):
            found[name] = parts
    return found
