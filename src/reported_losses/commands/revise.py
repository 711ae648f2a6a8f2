"""Change a value that the tables hold, and say why in `revisions`.

The figures of the General Staff follow from readings: revise the reading, and its figure is
decided anew and revised with it. Values that depend on each other change together with --also. If
the reporter contradicts itself in the new values, --correction says what is known of it.
Nothing is written if the gate finds a new error.

Exit code: 0 if the value was revised, or would be with --dry-run; 1 if the gate finds errors; 2 if
it cannot be revised.
"""

from __future__ import annotations

import argparse

from reported_losses.commands import _options, _proposal, _writing

NAME = "revise"
HELP = "change a value, and say in revisions from what, to what and why"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("table", metavar="TABLE", help="name of the table, such as readings")
    parser.add_argument(
        "key",
        metavar="KEY",
        help="primary key of the row, its values joined by slashes, "
        "such as gs-text/ua-general-staff/russia/tanks/2023-02-22",
    )
    parser.add_argument("column", metavar="COLUMN", help="name of the column")
    parser.add_argument("new", metavar="NEW", help="the new value; '' for none")
    parser.add_argument(
        "--also",
        nargs=4,
        action="append",
        default=[],
        metavar=("TABLE", "KEY", "COLUMN", "NEW"),
        help="another value that changes for the same reason; may be repeated",
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it changes")
    parser.add_argument(
        "--source", default="", metavar="NAME", help="source in which the new value can be read"
    )
    parser.add_argument(
        "--correction",
        default="",
        metavar="TEXT",
        help="what is known of a contradiction of the reporter that the new values show",
    )
    _proposal.add_writing(parser)


def run(args: argparse.Namespace) -> int:
    """Revise the values, print what changed, and return the exit code."""
    from reported_losses.commands._screen import say
    from reported_losses.definition.descriptor import load_package
    from reported_losses.intake.revise import Edit, revise

    folder = _writing.editable_folder(args.package)
    day = _options.day(args.recorded_on, "--recorded-on") or _options.today()
    first = Edit(args.table, args.key, args.column, args.new)
    with _writing.held(folder, NAME, write=not args.dry_run) as commit:
        package = load_package(folder)
        revised = revise(
            folder,
            package,
            [first, *(Edit(*more) for more in args.also)],
            reason=args.reason,
            source=args.source,
            correction=args.correction.strip(),
            revised_on=day,
            released=_proposal.released(folder, package),
        )
        for row in revised.revisions:
            change = f"{row['old'] or 'empty'} → {row['new'] or 'empty'}"
            say(f"{row['table']} {row['key']} {row['column']}: {change}")
        for line in revised.outcomes:
            say(line)
        return _proposal.decide(folder, revised, day, commit)
