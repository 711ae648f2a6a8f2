"""Suggested changes for a review on GitHub: lines with a slip mended, each accepted by one click.

A suggestion is made only where the issue names the one value that was meant. The result is a
JSON array, in the form of the `comments` of a review:
https://docs.github.com/rest/pulls/reviews#create-a-review-for-a-pull-request
"""

from __future__ import annotations

import re
from collections import defaultdict

from reported_losses.issue import Issue
from reported_losses.report.as_json import dumps
from reported_losses.report.content import Report
from reported_losses.report.markdown_cell import cell
from reported_losses.report.safe import visible

MAX_SUGGESTIONS = 20

_LONGEST_LINE = 2_000
_LONGEST_HINT = 500
# What a cell may hold without quotes. A cell that needs them is not a slip of the hand.
_PLAIN = re.compile(r"[A-Za-z0-9.:-]+")
# A code holds the names of tables and columns, which a contributed schema gives.
_UNUSUAL = re.compile(r"[^A-Za-z0-9_./-]")


def form(report: Report) -> str:
    """Render a report as a JSON array of suggestions, one for each line, in order."""
    by_line: defaultdict[tuple[str, int], list[Issue]] = defaultdict(list)
    for issue in report.issues:
        if issue.path is not None and issue.line is not None:
            by_line[issue.path, issue.line].append(issue)
    made = [_suggestion(report, path, line, found) for (path, line), found in by_line.items()]
    kept = [one for one in made if one is not None][:MAX_SUGGESTIONS]
    return "[\n" + ",\n".join(map(dumps, kept)) + "\n]\n" if kept else "[]\n"


def _suggestion(
    report: Report, path: str, line: int, issues: list[Issue]
) -> dict[str, object] | None:
    row, mended = report.row(issues[0]), _mended(report, issues)
    if row is None or mended is None or mended == row or visible(mended) != mended:
        return None
    # Nobody can be asked to accept what cannot be read at a glance.
    if len(mended) > _LONGEST_LINE:
        return None
    codes = sorted({_UNUSUAL.sub("?", issue.code) for issue in issues if issue.value})
    named = ", ".join(f"`{code}`" for code in codes)
    fence = "`" * (max(map(len, re.findall("`+", mended)), default=2) + 1)
    fence = max(fence, "```", key=len)
    hints = dict.fromkeys(issue.hint for issue in issues if issue.value and issue.hint)
    why = " ".join(cell(hint, _LONGEST_HINT) for hint in hints)
    body = f"Probably a slip ({named}). {why}\n\n{fence}suggestion\n{mended}\n{fence}\n"
    return {"path": report.summary.full_path(path), "line": line, "body": body}


def _mended(report: Report, issues: list[Issue]) -> str | None:
    """Return the line with every certain value in its cell; None if there is none, or they differ.

    Values are put in from the end, so that the places of the others stay.
    """
    cells: dict[tuple[int, int], str] = {}
    text = None
    for issue in issues:
        if issue.value is None or not _PLAIN.fullmatch(issue.value):
            continue
        cell = report.cell(issue)
        if cell is None or cells.setdefault((cell.start, cell.end), issue.value) != issue.value:
            return None
        text = cell.line
    for (start, end), value in sorted(cells.items(), reverse=True):
        text = f"{(text or '')[:start]}{value}{(text or '')[end:]}"
    return text
