"""Publish a release on GitHub: `publish.py draft FOLDER`, then `publish.py publish FOLDER`.

Runs no code but this and `gh`. The draft has every file of the folder; publishing compares what
GitHub holds with the folder first, because a published release cannot be changed any more.

Environment: `GITHUB_REF_NAME`, the tag; `GH_TOKEN`, `GITHUB_REPOSITORY`, `RUNNER_TEMP`.
"""

from __future__ import annotations

import filecmp
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_texts import cut

MAX_NOTES = 100_000
"""Most characters of the text of a release; GitHub takes 125,000."""

_ABSENT = "release not found"


class Refused(Exception):  # noqa: N818 - it is no error of the program
    """The release is not in a state in which the step can be done."""


def main(arguments: list[str]) -> int:
    """Do one step; return 1 if it has to be refused."""
    step, folder = arguments[0], Path(arguments[1])
    tag = os.environ["GITHUB_REF_NAME"]
    try:
        {"draft": draft, "publish": publish}[step](tag, folder)
    except Refused as refused:
        print(f"::error title=release::{refused}")
        return 1
    return 0


def draft(tag: str, folder: Path) -> None:
    """Make a draft with every file of a folder, in place of an earlier draft of the tag.

    Args:
        tag: The tag, which exists.
        folder: The files.

    Raises:
        Refused: The release is published already.
    """
    state = is_draft(tag)
    if state is False:
        raise Refused(f"the release {tag} is published already; it is not touched")
    if state:
        run("gh", "release", "delete", tag, "--yes")
    text = (folder / "CHANGES.md").read_text(encoding="utf-8")
    notes = Path(os.environ["RUNNER_TEMP"], "notes.md")
    notes.write_text(cut(text, MAX_NOTES, "\n… CHANGES.md has the rest.\n"), encoding="utf-8")
    run("gh", "release", "create", tag, "--draft", "--verify-tag", "--title", tag.removeprefix("v"),
        "--notes-file", str(notes), *map(str, sorted(folder.iterdir())))  # fmt: skip


def publish(tag: str, folder: Path) -> None:
    """Publish the draft of a tag if it holds the files of a folder, and nothing else.

    A release that is published already with these files is left as it is, so that the step can
    be repeated.

    Raises:
        Refused: There is no draft, its files are others, or the release can still be changed.
    """
    state = is_draft(tag)
    if state is None:
        raise Refused(f"there is no draft of {tag}")
    with tempfile.TemporaryDirectory(dir=os.environ["RUNNER_TEMP"]) as held:
        run("gh", "release", "download", tag, "--dir", held)
        wrong = differing(folder, Path(held))
    if wrong:
        raise Refused(f"GitHub holds other files than were built: {', '.join(wrong)}")
    if state:
        run("gh", "release", "edit", tag, "--draft=false")
    address = f"repos/{os.environ['GITHUB_REPOSITORY']}/releases/tags/{tag}"
    if run("gh", "api", address, "--jq", ".immutable") != "true":
        raise Refused(
            f"{tag} is published, but can still be changed: turn on immutable releases in the "
            "settings of the repository"
        )


def is_draft(tag: str) -> bool | None:
    """Return whether the release of a tag is a draft; None if there is no release of it."""
    command = ["gh", "release", "view", tag, "--json", "isDraft"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        if _ABSENT in done.stderr:
            return None
        raise Refused(f"GitHub does not say whether there is a release {tag}: {done.stderr}")
    return bool(json.loads(done.stdout)["isDraft"])


def differing(one: Path, other: Path) -> list[str]:
    """Return the names of the files that only one folder has, or that differ."""
    names = {path.name for folder in (one, other) for path in folder.iterdir()}
    _, mismatched, unreadable = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return sorted(mismatched + unreadable)


def run(*command: str) -> str:
    """Run a command, and return what it prints; a failure ends the script."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
