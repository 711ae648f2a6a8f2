"""Programs on the PATH that stand for others: they note what they are called with."""

from __future__ import annotations

import json
import sys
from pathlib import Path

_PROGRAM = """#!{python}
import json, pathlib, sys
note = pathlib.Path({note!r})
with note.open("a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
sys.stdout.write(json.loads({answers!r}).get(" ".join(sys.argv[1:3]), ""))
"""


def write_program(folder: Path, name: str, answers: dict[str, str]) -> None:
    """Write a program that answers by its first two arguments."""
    folder.mkdir(exist_ok=True)
    text = _PROGRAM.format(
        python=sys.executable, note=str(folder / f"{name}.calls"), answers=json.dumps(answers)
    )
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


def calls(folder: Path, name: str) -> list[list[str]]:
    """Return the arguments of every call."""
    path = folder / f"{name}.calls"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
