"""Comment on a pull request what the gate of its base says: `comment.py FOLDER`.

The folder is what `judge.py` wrote; without it, the comment says that nothing was judged. Each
head commit gets one comment, so that a new commit notifies whoever waits; only another run for
the same commit edits it. Our comment is known by a marker at its very beginning and by its
author, because anybody can write the marker.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from github_api import TRIES, Api, ApiError, Json, api, event, find_pull
from markdown_texts import MAX_CHARACTERS, cut

BOT = "github-actions[bot]"
BASE = "the code of the base, so changes of the check itself have no say here"

_UNPROCESSABLE = 422
_MAX_BYTES = 1_000_000
_MAX_SUGGESTIONS = 20
_SUGGESTED = re.compile(r"(?!/)(?!.*\.\.)[A-Za-z0-9_./-]{1,200}")
_HEADLINES = {
    "clean": "The data passes the check.",
    "issues": "The check found something.",
    "not-run": "**The data could not be checked.** That is not a pass.",
}
_CUT = "\n\nMore than fits into a comment; `reported-losses check` shows the rest.\n"


def main(arguments: list[str]) -> int:
    """Comment, and return 0 also if there is no open pull request any more."""
    github, told = api(), event()
    pull = find_pull(github, told)
    if pull is None or pull.get("locked"):
        print("The pull request is closed, locked, or has moved on: nothing to do.")
        return 0
    folder = Path(arguments[0])
    # Where the pull request's own workflow comments, its action is what judged.
    judge = "this workflow's version of the check" if "pull_request" in told else BASE
    text = body(pull, folder, run_address(), judge)
    again(github, lambda: put_comment(github, pull, text))
    again(github, lambda: put_suggestions(github, pull, folder))
    return 0


def again(github: Api, write: Callable[[], None]) -> None:
    """Write, and after a passing fault look again whether it is written."""
    for number in range(1, TRIES + 1):
        try:
            return write()
        except ApiError as error:
            if not error.passing or number == TRIES:
                raise
            github.wait(number)
    return None


def run_address() -> str:
    """Return the address of this run of the workflow."""
    server, repository, run = (
        os.environ[f"GITHUB_{name}"] for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")
    )
    return f"{server}/{repository}/actions/runs/{run}"


def marker(kind: str, pull: Json) -> str:
    """Return what our texts on one head commit begin with."""
    return f"<!-- reported-losses {kind} {pull['head']['sha']} -->\n"


def body(pull: Json, folder: Path, address: str, judge: str = BASE) -> str:
    """Return the comment.

    Args:
        pull: The pull request.
        folder: What `judge.py` wrote.
        address: Address of the run, for whoever wants to know more.
        judge: Whose check it was.
    """
    outcome = str((_json(folder / "verdict.json") or {}).get("outcome", "not-run"))
    told = _text(folder / "comment.md") or "The check did not finish; its log says why.\n"
    head = marker("check", pull) + _HEADLINES.get(outcome, _HEADLINES["not-run"]) + "\n\n"
    foot = (
        f"\nCommit {pull['head']['sha'][:12]}, [judged]({address}) by {judge}. "
        "`reported-losses explain CODE` tells what a code means and what to do; CONTRIBUTING.md "
        "tells how to answer.\n"
    )
    return head + cut(told, MAX_CHARACTERS - len(head) - len(foot), _CUT) + foot


def put_comment(github: Api, pull: Json, text: str) -> None:
    """Write the comment on the head commit, or edit the one that is there."""
    number = int(pull["number"])
    first = text[: text.index("\n") + 1]
    ours = _ours(github, f"/issues/{number}/comments", first)
    if ours is None:
        github.call("POST", f"/issues/{number}/comments", {"body": text})
    elif ours["body"] != text:
        github.call("PATCH", f"/issues/comments/{int(ours['id'])}", {"body": text})


def put_suggestions(github: Api, pull: Json, folder: Path) -> None:
    """Suggest mended lines in one review, once for each head commit."""
    number, first = int(pull["number"]), marker("suggestions", pull)
    comments = suggestions(_json(folder / "suggestions.json"))
    if not comments or _ours(github, f"/pulls/{number}/reviews", first) is not None:
        return
    review = {
        "commit_id": pull["head"]["sha"],
        "event": "COMMENT",
        "body": f"{first}Probably slips of the hand. Accept a suggestion if the report says so.",
        "comments": comments,
    }
    try:
        github.call("POST", f"/pulls/{number}/reviews", review)
    except ApiError as error:
        if error.status != _UNPROCESSABLE:
            raise
        # A line outside the part of a large change that GitHub shows. The comment names it.
        print("The suggestions are not on lines that the pull request shows.")


def suggestions(listed: object) -> list[dict[str, object]]:
    """Return suggestions in the form of the API; what is not of our form is left out."""
    return [
        {"path": one["path"], "line": one["line"], "side": "RIGHT", "body": one["body"]}
        for one in (listed if isinstance(listed, list) else [])[:_MAX_SUGGESTIONS]
        if isinstance(one, dict)
        and isinstance(one.get("line"), int)
        and isinstance(one.get("body"), str)
        and _SUGGESTED.fullmatch(str(one.get("path")))
    ]


def _ours(github: Api, path: str, first: str) -> Json:
    for one in github.pages(path):
        # GitHub may give back other line ends than it was sent.
        text = (one.get("body") or "").replace("\r\n", "\n")
        if text.startswith(first) and (one.get("user") or {}).get("login") == BOT:
            return {**one, "body": text}
    return None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _json(path: Path) -> Json:
    try:
        return json.loads(_text(path))
    except ValueError:
        return None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ApiError as failure:
        print(f"::error::GitHub's API: {str(failure).splitlines()[0]}")
        sys.exit(1)
