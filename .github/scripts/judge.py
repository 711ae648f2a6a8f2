"""Judge the data of a pull request with the code of the base: `judge.py FOLDER`.

The pull request is never checked out and nothing of it is run: its tables, schemas and descriptor
are read from git's objects as data, and only ordinary files of bounded size are taken. The commit
that it has in common with the base is what they are compared with.

Environment: `NUMBER`, `BASE_SHA` and `HEAD_SHA`, the pull request. The folder then holds
`verdict.json`, `comment.md` and `suggestions.json`, which nothing but this script has written.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_texts import code

MAX_FILE = 100_000_000
MAX_ALL = 256_000_000
MAX_FILES = 200

_TAKEN = ("data", "schemas", "datapackage.json")
_SECONDS = 300
_ORDINARY = {"100644", "100755"}
_LINK = "120000"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,3}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class CannotJudgeError(Exception):
    """Why the pull request cannot be judged, as harmless Markdown."""


def main(arguments: list[str]) -> int:
    """Judge, write the folder, and return 0: what is wrong with the data is no fault of ours."""
    out = Path(arguments[0])
    out.mkdir(parents=True)
    try:
        outcome, comment, suggestions = judge(Path.cwd())
    except CannotJudgeError as error:
        outcome, comment, suggestions = "not-run", f"{error}\n", "[]"
    (out / "comment.md").write_text(comment, encoding="utf-8")
    (out / "suggestions.json").write_text(suggestions, encoding="utf-8")
    (out / "verdict.json").write_text(json.dumps({"outcome": outcome}), encoding="utf-8")
    return 0


def judge(repository: Path) -> tuple[str, str, str]:
    """Return the outcome, the report as Markdown, and the suggestions as JSON.

    Raises:
        CannotJudgeError: The data cannot be taken, or the gate stopped.
    """
    base_commit, commit = os.environ["BASE_SHA"], os.environ["HEAD_SHA"]
    if not (_COMMIT.fullmatch(base_commit) and _COMMIT.fullmatch(commit)):
        raise CannotJudgeError("The commits of the pull request are not known.")
    _fetch(repository, int(os.environ["NUMBER"]), commit)
    with tempfile.TemporaryDirectory() as name:
        folders = Path(name, "base"), Path(name, "head")
        pairs = zip((_in_common(repository, base_commit, commit), commit), folders, strict=True)
        for state, folder in pairs:
            take(repository, state, folder)
        base, head = f"../{folders[0].name}", folders[1]
        status, comment = run(head, "check", ".", "--base", base, "--format", "markdown")
        suggestions = run(head, "check", ".", "--base", base, "--format", "suggestions")[1]
        try:
            changes = run(head, "diff", base, ".", "--format", "markdown")[1]
        except CannotJudgeError as error:  # such as a table that cannot be read, as was said above
            changes = f"{error}\n"
    # What the check found comes first, so that a cut leaves it.
    return "issues" if status else "clean", f"{comment}\n{changes}", suggestions


def _fetch(repository: Path, number: int, head: str) -> None:
    git(repository, "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "origin",
        f"refs/pull/{number}/head")  # fmt: skip
    if git(repository, "rev-parse", "FETCH_HEAD").strip() != head.encode():
        raise CannotJudgeError("The pull request has moved on since it was checked.")


def _in_common(repository: Path, base: str, head: str) -> str:
    try:
        return git(repository, "merge-base", base, head).decode().strip()
    except CannotJudgeError:
        msg = "The pull request has no commit in common with its base."
        raise CannotJudgeError(msg) from None


def take(repository: Path, commit: str, folder: Path) -> None:
    """Write the tables, schemas and descriptor of a commit into a new folder.

    Args:
        repository: Folder of the repository.
        commit: The commit.
        folder: The new folder.

    Raises:
        CannotJudgeError: One of them is a link or a submodule, has an unusual name, or is too
            large; or there are too many.
    """
    listed = git(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", *_TAKEN)
    entries = [entry for entry in listed.decode("utf-8", "replace").split("\0") if entry]
    if len(entries) > MAX_FILES:
        raise CannotJudgeError(f"There are more than {MAX_FILES} files in `data` and `schemas`.")
    room = MAX_ALL
    for entry in entries:
        facts, _, path = entry.partition("\t")
        mode, _, blob, size = facts.split()
        if mode not in _ORDINARY:
            what = "a link" if mode == _LINK else "no ordinary file"
            raise CannotJudgeError(f"{code(path)} is {what}, so nothing was judged.")
        if not _NAME.fullmatch(path):
            raise CannotJudgeError(f"{code(path)} is an unusual name, so nothing was judged.")
        room -= int(size)
        if int(size) > MAX_FILE or room < 0:
            raise CannotJudgeError(f"{code(path)} makes the data too large to be judged.")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(git(repository, "cat-file", "blob", blob))
    folder.mkdir(exist_ok=True)


def git(repository: Path, *arguments: str) -> bytes:
    """Run git, and return what it prints.

    Raises:
        CannotJudgeError: It failed.
    """
    done = subprocess.run(["git", *arguments], cwd=repository, check=False, capture_output=True)
    if done.returncode:
        print(done.stderr.decode("utf-8", "replace"), file=sys.stderr)
        raise CannotJudgeError(f"`git {arguments[0]}` failed, so nothing was judged.")
    return done.stdout


def run(head: Path, command: str, *arguments: str) -> tuple[int, str]:
    """Run a command of this checkout in the folder to be judged; return exit code and output.

    Python's -P keeps that folder from being a place to import from.

    Raises:
        CannotJudgeError: The command could not do its work.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GITHUB_", "ACTIONS_", "GIT_"))
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "reported_losses", command, *arguments],
            cwd=head, env=environment, timeout=_SECONDS, check=False, capture_output=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CannotJudgeError(f"`{command}` took longer than {_SECONDS} seconds.") from None
    if done.returncode not in {0, 1}:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise CannotJudgeError(f"`{command}` could not run: {code(' '.join(last))}")
    return done.returncode, done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
