"""Verify a release: the sums of its files, the values of its tables, the rules, and the chain.

Each table is read from its Parquet file and from its CSV file, and both must have the values that
CONTENTS.json states. With --chain, the releases beside it are looked at as well: each has the
digest of the one before, so one that was rewritten later shows.

Of a VERSION that was fetched, or with --partial, the files that are there are verified, and those
that are not are counted.

Exit code: 0 if everything is as it should be, 1 if anything is not, 2 if the command was used
wrongly or failed.

Examples:
  reported-losses verify 0.1.0
  reported-losses verify downloads/0.2.0 --chain
  reported-losses verify downloads --chain
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reported_losses.release.problem import Problem
    from reported_losses.release.verify import Verified

NAME = "verify"
HELP = "verify a release; exit code 1 if anything is wrong with it"

FORMS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "release",
        metavar="DIR|VERSION",
        help="folder of a release, or version of one that was fetched; with --chain also a folder "
        "that holds one folder for each version",
    )
    parser.add_argument(
        "--chain", action="store_true", help="look at the releases before and after it as well"
    )
    parser.add_argument(
        "--partial", action="store_true", help="the folder may hold some files of the release only"
    )
    parser.add_argument("--format", default="text", metavar="FORM", help="text or json")


def run(args: argparse.Namespace) -> int:
    """Verify, say what was found, and return the exit code."""
    from reported_losses.commands import _screen
    from reported_losses.definition.arguments import choice
    from reported_losses.release.chain import verify_chain
    from reported_losses.release.verify import verification

    choice("format", args.format, FORMS)
    folders, chain = _folders(args.release, chain=args.chain)
    with _screen.progress("verifying"):
        found = {one: verification(one, partial=args.partial or _cached(one)) for one in folders}
        broken = verify_chain(chain)
    show = _show_json if args.format == "json" else _show_text
    show(found, len(chain), broken)
    return int(bool(broken) or any(one.problems for one in found.values()))


def _folders(name: str, *, chain: bool) -> tuple[list[Path], list[Path]]:
    """Return the folders to verify, and those of the chain."""
    from reported_losses.definition.location import CONTENTS
    from reported_losses.release.folders import release_folder, releases_in

    folder = release_folder("release", name)
    if not chain:
        return [folder], []
    inside = [] if (folder / CONTENTS).exists() else list(releases_in(folder))
    return (inside, inside) if inside else ([folder], list(releases_in(folder.absolute().parent)))


def _cached(folder: Path) -> bool:
    """Return whether a folder is that of a release that was fetched."""
    from reported_losses.loading.releases_folder import releases_folder

    return folder.absolute().parent == releases_folder().absolute()


def _show_text(found: dict[Path, Verified], chain: int, broken: tuple[Problem, ...]) -> None:
    from reported_losses.commands._screen import say

    for folder, one in found.items():
        version = "" if one.contents is None else f" ({one.contents.version})"
        say(f"{folder}{version}: {_number(one.problems)}")
        _list(one.problems)
        say("\n".join(f"  verified: {what}" for what in one.seen) or "  verified: nothing")
        for what in one.unseen:
            say(f"  not verified: {what}")
    if chain:
        say(f"chain of {chain} release{'s' * (chain > 1)}: {_number(broken)}")
        _list(broken)


def _list(problems: tuple[Problem, ...]) -> None:
    from reported_losses.commands._screen import say
    from reported_losses.report.safe import clipped

    for one in problems:
        say(f"  {clipped(one.file, 200)} [{one.code}] {one.message}")


def _number(problems: tuple[Problem, ...]) -> str:
    return f"{len(problems):,} problem{'s' * (len(problems) > 1)}" if problems else "nothing wrong"


def _show_json(found: dict[Path, Verified], chain: int, broken: tuple[Problem, ...]) -> None:
    import dataclasses

    from reported_losses.commands._screen import write
    from reported_losses.report.as_json import dumps

    releases = [
        {
            "folder": str(folder),
            "version": None if one.contents is None else one.contents.version,
            "verified": list(one.seen),
            "not_verified": list(one.unseen),
            "problems": [dataclasses.asdict(problem) for problem in one.problems],
        }
        for folder, one in found.items()
    ]
    links = {"releases": chain, "problems": [dataclasses.asdict(one) for one in broken]}
    write(dumps({"releases": releases, "chain": links if chain else None}, indent=1) + "\n")
