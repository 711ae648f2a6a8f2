"""Options that several commands share: how they are declared and how they are read."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

# A report is dated by the day in Kyiv or Moscow, whichever is later.
_CLOCK = dt.timezone(dt.timedelta(hours=3))
PATH_HELP = "package folder (default: the one around the current folder, else the installed data)"


def add_json(parser: argparse.ArgumentParser, text: str = "print JSON") -> None:
    """Declare --json."""
    parser.add_argument("--json", action="store_true", help=text)


def add_period(parser: argparse.ArgumentParser) -> None:
    """Declare --from and --to, and the names that they have in Python."""
    add = parser.add_argument
    add("--from", "--start", dest="first", metavar="DATE", help="from this day, YYYY-MM-DD")
    add("--to", "--end", dest="last", metavar="DATE", help="up to and including this day")


def add_today(parser: argparse.ArgumentParser) -> None:
    """Declare --today."""
    parser.add_argument(
        "--today",
        metavar="DATE",
        help="day to take as today, YYYY-MM-DD (default: today at UTC+3)",
    )


def given_today(args: argparse.Namespace) -> dt.date:
    """Return the day of --today, or the clock's."""
    return day(args.today, "--today") or today()


def add_head(parser: argparse.ArgumentParser, default: int, noun: str) -> None:
    """Declare --head."""
    parser.add_argument(
        "--head",
        type=int,
        metavar="N",
        help=f"at most N {noun} (default: {default}, all with --json)",
    )


def limit(args: argparse.Namespace, default: int, available: int) -> int:
    """Return how many rows to print.

    Args:
        args: Arguments with `head` and `json`.
        default: Rows to print when --head is not given.
        available: Rows there are; all of them are printed as JSON.

    Raises:
        BadArgumentError: --head is less than 1.
    """
    from reported_losses.errors import BadArgumentError

    if args.head is None:
        return available if args.json else default
    if args.head < 1:
        raise BadArgumentError(f"--head {args.head}: give a number of at least 1")
    return int(args.head)


def day(text: str | None, option: str) -> dt.date | None:
    """Return the day given to an option; None if the option is not given.

    Raises:
        BadArgumentError: It is not an existing day written YYYY-MM-DD.
    """
    from reported_losses.definition.dates import as_date

    return None if text is None else as_date(text, option)


def today() -> dt.date:
    """Return today's date where reports are written, by the clock."""
    return dt.datetime.now(_CLOCK).date()


def package_folder(path: Path | None) -> Path:
    """Return the package folder: `path`, else the one around us, else the installed one."""
    from reported_losses.definition.location import containing_package, package_dir

    return path or containing_package(Path.cwd()) or package_dir()


def refuse_output(path: Path, option: str, *, force: bool) -> None:
    """Refuse a file that a command must not replace, before it does any work.

    Args:
        path: The file that an option names.
        option: Name of the option, for messages.
        force: Whether the user lets a file that exists be replaced.

    Raises:
        BadArgumentError: The file exists and may not be replaced, or it is a link, a folder, a
            pipe or a device, which is never replaced.
    """
    from reported_losses.errors import BadArgumentError
    from reported_losses.files import NotRegularError, mode_to_keep

    try:
        exists = mode_to_keep(path) is not None
    except NotRegularError as error:
        raise BadArgumentError(f"{option} {path} is not replaced: {error.strerror}") from None
    except OSError as error:
        raise BadArgumentError(f"{option} {path} cannot be written: {error.strerror}") from None
    if exists and not force:
        raise BadArgumentError(f"{option} {path} exists; --force replaces it")


def write_output(path: Path, data: str | bytes, option: str, *, force: bool) -> None:
    """Write the file that an option names; otherwise as `refuse_output`.

    Raises:
        BadArgumentError: As there, or the file cannot be written.
    """
    from reported_losses.errors import BadArgumentError
    from reported_losses.files import write_atomically

    refuse_output(path, option, force=force)
    try:
        write_atomically(path, data)
    except OSError as error:
        raise BadArgumentError(f"{option} {path} cannot be written: {error.strerror}") from None


def period(args: argparse.Namespace) -> tuple[dt.date | None, dt.date | None]:
    """Return the days of --from and --to.

    Raises:
        BadArgumentError: One is not a day, or the last is before the first.
    """
    from reported_losses.errors import BadArgumentError

    first, last = day(args.first, "--from"), day(args.last, "--to")
    if first is not None and last is not None and last < first:
        raise BadArgumentError(f"--to {last} is before --from {first}")
    return first, last
