"""Add the report that somebody pasted into an issue: `paste.py FOLDER`.

The issue's text comes from the event's file and goes to the command as a file and as single
arguments; no shell sees it. The event holds the text as it was when a maintainer approved it.

The folder then holds `answer.md`. Output: `outcome`, which is `added`, `unchanged` (the report is
there already) or `refused`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from github_api import event, put_output
from markdown_texts import fenced

LABELS = {"date": "Date of the report", "url": "Address", "archived-url": "Archived copy"}
"""Labels of the form's fields of one line, by the option that each is for."""
REPORT = "The report as published"
"""Label of the form's last field, which holds the report."""

_FORMS = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "url": re.compile(r"https?://[!-~]{1,500}"),
    "archived-url": re.compile(r"https?://[!-~]{1,500}"),
}
_EMPTY = "_No response_"
_SECONDS = 300


def main(arguments: list[str]) -> int:
    """Add the report, write the answer, and return 0 also if it is refused."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True)
    outcome, answer = add(event()["issue"].get("body") or "", folder)
    (folder / "answer.md").write_text(answer, encoding="utf-8")
    put_output(outcome=outcome)
    return 0


def add(text: str, folder: Path) -> tuple[str, str]:
    """Add a report to the tables, and return the outcome and the answer as Markdown."""
    options, report = read_form(text)
    for name, value in options.items():
        if not _FORMS[name].fullmatch(value):
            told = "A day is written YYYY-MM-DD." if name == "date" else "It begins with https://."
            return "refused", f"*{LABELS[name]}* is not in the form expected. {told}\n"
    if not report.strip():
        return "refused", f"*{REPORT}* is empty.\n"
    (folder / "report.txt").write_text(report, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "reported_losses", "add", str(folder / "report.txt"),
         *(f"--{name}={value}" for name, value in options.items())],
        check=False, capture_output=True, timeout=_SECONDS,
    )  # fmt: skip
    said = fenced((done.stdout + done.stderr).decode("utf-8", "replace"))
    if done.returncode:
        return "refused", f"The report could not be added:\n\n{said}"
    return ("added" if _changed() else "unchanged"), said


def read_form(text: str) -> tuple[Mapping[str, str], str]:
    """Split an issue into the fields of one line that are filled in, and the report.

    The report stands last, so whatever it holds cannot be taken for another field.
    """
    text = text.replace("\r\n", "\n")
    head, _, report = text.partition(f"### {REPORT}\n")
    options = {}
    for name, label in LABELS.items():
        found = re.search(rf"^### {re.escape(label)}\n+([^\n#]*)", head, re.MULTILINE)
        value = found[1].strip() if found else ""
        if value and value != _EMPTY:
            options[name] = value
    block = re.fullmatch(r"\s*(`{3,})[a-z]*\n(.*)\n\1\s*", report, re.DOTALL)
    return options, block[2] if block else report


def _changed() -> bool:
    done = subprocess.run(["git", "diff", "--quiet", "--", "data"], check=False)
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
