"""Prepare a release in the working tree: `prepare_release.py VERSION DATE`, for maintainers.

Sets version and day in `datapackage.json` and `CITATION.cff`, gives the changelog's section
*Unreleased* the heading of the version under a new, empty one, and puts the version into the
revisions that no release has yet. Writes nothing if anything does not fit. Commits nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from reported_losses.definition.changelog import CHANGELOG, Entry, read_changelog
from reported_losses.definition.dates import as_date
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import DESCRIPTOR
from reported_losses.definition.schema import Package
from reported_losses.definition.versions import parsed
from reported_losses.errors import BadArgumentError, ReportedLossesError
from reported_losses.files import write_together
from reported_losses.intake.tables import read_rows, to_csv
from reported_losses.validation.history.changes import changes_between
from reported_losses.validation.history.states import two_states
from reported_losses.writing.lock import held

CITATION = "CITATION.cff"
UNRELEASED = "## [Unreleased]\n"

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}")


def main(arguments: list[str]) -> int:
    """Prepare the release in the current folder, and say what comes next."""
    if len(arguments) != 2:  # noqa: PLR2004 - as the first line of this file says
        print("usage: prepare_release.py VERSION DATE", file=sys.stderr)
        return 2
    version, date = arguments
    folder = Path.cwd()
    try:
        with held(folder, "prepare_release"):
            write_together(prepared(folder, version, as_date(date, "DATE"), today=_today()))
    except ReportedLossesError as error:
        print(f"{error}\nNothing was written.", file=sys.stderr)
        return 1
    print(f"Version {version} of {date} is prepared. Look at `git diff`, then run `make test`.")
    return 0


def prepared(folder: Path, version: str, date: dt.date, *, today: dt.date) -> dict[Path, bytes]:
    """Return the files that a release changes, with their new contents.

    Args:
        folder: The checkout, which is the current folder.
        version: Version of the release.
        date: Its day.
        today: The day after which no release can be dated.

    Raises:
        BadArgumentError: The version or the day does not fit the changelog, the descriptor, or
            what changed since the last release.
    """
    package = load_package(folder)
    entries = read_changelog((folder / CHANGELOG).read_text(encoding="utf-8"))
    last = next((entry for entry in entries if entry.version), None)
    refuse_version(version, package.version, last)
    refuse_date(date, last, today)
    if not entries or entries[0].version is not None or not entries[0].body:
        raise BadArgumentError(f"{CHANGELOG} does not begin with what is Unreleased")
    if last is not None and last.version is not None:
        refuse_bump(folder, version, last.version)
    texts = {
        DESCRIPTOR: {
            r'"version": "[^"]*"': f'"version": "{version}"',
            r'"created": "[^"]*"': f'"created": "{date}T00:00:00Z"',
        },
        CITATION: {
            r"^version: .*\n(date-released: .*\n)?": (
                f"version: {version}\ndate-released: {date}\n"
            ),
        },
        CHANGELOG: {
            re.escape(UNRELEASED): f"{UNRELEASED}\n## [{version}] - {date}\n",
        },
    }
    files = {folder / name: _edited(folder / name, edits) for name, edits in texts.items()}
    return files | _revisions(folder, package, version, last)


def refuse_version(version: str, described: str, last: Entry | None) -> None:
    """Refuse a version that is no version, or not higher than the last one."""
    if not _VERSION.fullmatch(version):
        raise BadArgumentError(f"VERSION is MAJOR.MINOR.PATCH, such as 1.2.0, not {version!r}")
    if last is None or last.version is None:
        if parsed(version) < parsed(described):
            raise BadArgumentError(f"{version} is lower than {described} in {DESCRIPTOR}")
        return
    if described != last.version:
        raise BadArgumentError(
            f"{DESCRIPTOR} has version {described}, and the newest one of {CHANGELOG} is "
            f"{last.version}; between releases they are the same"
        )
    if parsed(version) <= parsed(last.version):
        raise BadArgumentError(f"{version} is not higher than {last.version}, the last release")


def refuse_date(date: dt.date, last: Entry | None, today: dt.date) -> None:
    """Refuse a day to come, and one before the last release."""
    if date > today:
        raise BadArgumentError(f"{date} is still to come; today is {today}")
    if last is not None and last.date is not None and date.isoformat() < last.date:
        raise BadArgumentError(f"{date} is before {last.date}, the day of the last release")


def refuse_bump(folder: Path, version: str, last: str) -> None:
    """Refuse a version that is too low for what changed since the last release.

    Args:
        folder: The checkout.
        version: Version of the release.
        last: The last version; its tag is in the repository.
    """
    changes = changes_between(*two_states(f"v{last}", folder))
    if changes.uncompared:
        table, why = changes.uncompared[0]
        raise BadArgumentError(f"{table} cannot be compared with v{last}: {why}")
    least = changes.bump.least
    if least and parsed(version) < parsed(least):
        raise BadArgumentError(
            f"{version} is too low: what changed since {last} demands {least} or higher; "
            f"`reported-losses diff v{last}` shows it"
        )


def _edited(path: Path, edits: Mapping[str, str]) -> bytes:
    text = path.read_bytes().decode("utf-8")
    for pattern, new in edits.items():
        found = re.search(pattern, text, re.MULTILINE)
        if found is None:
            raise BadArgumentError(f"{path.name} has no place like {pattern}")
        text = text[: found.start()] + new + text[found.end() :]
    return text.encode()


def _revisions(
    folder: Path, package: Package, version: str, last: Entry | None
) -> dict[Path, bytes]:
    """Return the table of revisions with the version in every row that no release has."""
    table = package.table("revisions")
    rows = read_rows(folder, table)
    done = () if last is None or last.version is None else parsed(last.version)
    for row in rows:
        if parsed(row["version"]) > done:
            row["version"] = version
    return {folder / table.path: to_csv(table, rows)}


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
