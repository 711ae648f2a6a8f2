"""Transcripts of commands in a page: each is run again, on a small package.

python -m transcripts writes what the commands print now into CONTRIBUTING.md.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import february
from history_repository import Tree
from reported_losses.commands import _options
from reported_losses.commands.cli import main
from reported_losses.definition.location import package_dir

PAGE = package_dir() / "CONTRIBUTING.md"
_TRANSCRIPT = re.compile(r"^```console\n\$ reported-losses (.*)\n(?:.*\n)*?```$", re.MULTILINE)
_TODAY = dt.date(2026, 11, 25)


def shown(page: str, folder: Path) -> str:
    """Return a page with what its commands print, one after the other in a new package."""
    tree = february.package(folder / "package")
    bodies = {row["organisation"] for row in tree.rows("organisations")}
    described = Tree(package_dir()).rows("organisations")
    more = [r | {"parent": ""} for r in described if r["organisation"] in {"uk-mod"} - bodies]
    tree.write("organisations", [*tree.rows("organisations"), *more])
    for name, text in (
        ("report.txt", february.text()),
        ("wrong.txt", february.text(february.FOLLOWING | {"tanks": (3_373, 3)}, end="23.02.23")),
    ):
        (tree.folder / name).write_text(text, "utf-8")
    with contextlib.chdir(tree.folder), mock.patch.object(_options, "today", return_value=_TODAY):
        return _TRANSCRIPT.sub(lambda found: _run(found[1]), page)


def _run(command: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        main(shlex.split(command))
    return f"```console\n$ reported-losses {command}\n{said.getvalue()}```"


def commands(page: str) -> Iterator[str]:
    """Give the commands of a page's transcripts."""
    yield from _TRANSCRIPT.findall(page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        PAGE.write_text(shown(PAGE.read_text("utf-8"), Path(name)), "utf-8")
