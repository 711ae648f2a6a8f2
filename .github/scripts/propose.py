"""Propose the changes of the working tree as a pull request: `propose.py BRANCH TITLE BODY_FILE`.

A pull request that is opened with the workflow's own token starts no checks. So the gate runs
here, and its result is posted as the status of the commit. Nothing is done if no table changed.

Environment: `GH_TOKEN` and what GitHub sets. The branch is ours alone and may be replaced.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from comment import run_address
from github_api import put_output
from markdown_texts import cut

CONTEXT = "reported-losses check"

_AUTHOR = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
_STATES = {
    0: ("success", "The data passes the check."),
    1: ("failure", "The check found something."),
}
_STOPPED = ("error", "The check could not run.")
_COMMITTED = ("data", "CHANGELOG.md")


def main(arguments: list[str]) -> int:
    """Commit, push, open or edit the pull request, and post the status."""
    branch, title, body_file = arguments
    base = run("git", "rev-parse", "--abbrev-ref", "HEAD")
    if not run("git", "status", "--porcelain", "--", *_COMMITTED):
        print("No table changed: there is nothing to propose.")
        return 0
    state, description, report = judge()
    # The verdict comes first, so that a cut leaves it.
    text = cut(f"{report}\n{Path(body_file).read_text(encoding='utf-8')}")
    commit = push(branch, title)
    open_pull(base, branch, title, text)
    status = {
        "state": state, "context": CONTEXT, "description": description, "target_url": run_address(),
    }  # fmt: skip
    fields = [part for name, value in status.items() for part in ("-f", f"{name}={value}")]
    run("gh", "api", f"repos/{os.environ['GITHUB_REPOSITORY']}/statuses/{commit}", *fields)
    put_output(state=state)
    return 0


def judge() -> tuple[str, str, str]:
    """Run the gate against the commit checked out; return state, description and report."""
    # Without the path, a folder that lost its descriptor would leave the installed data to judge.
    command = [sys.executable, "-P", "-m", "reported_losses", "check", ".", "--base", "HEAD"]
    done = subprocess.run([*command, "--format", "markdown"], check=False, capture_output=True)
    state, description = _STATES.get(done.returncode, _STOPPED)
    return state, description, done.stdout.decode("utf-8", "replace") or f"{description}\n"


def push(branch: str, title: str) -> str:
    """Commit the tables to a branch, push it, and return the commit."""
    name, email = _AUTHOR
    run("git", "switch", "--quiet", "--force-create", branch)
    run("git", "add", "--", *(path for path in _COMMITTED if Path(path).exists()))
    run("git", "-c", f"user.name={name}", "-c", f"user.email={email}", "commit", "--quiet",
        "--message", title)  # fmt: skip
    run("gh", "auth", "setup-git")
    run("git", "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")
    return run("git", "rev-parse", "HEAD")


def open_pull(base: str, branch: str, title: str, text: str) -> None:
    """Open the pull request of a branch, or edit the one that is open."""
    body = Path(os.environ["RUNNER_TEMP"], "pull-request.md")
    body.write_text(text, encoding="utf-8")
    told = ("--title", title, "--body-file", str(body))
    found = run("gh", "pr", "list", "--head", branch, "--state", "open", "--json", "number",
                "--jq", ".[0].number // empty")  # fmt: skip
    if found:
        run("gh", "pr", "edit", found, *told)
    else:
        run("gh", "pr", "create", "--base", base, "--head", branch, *told)


def run(*command: str) -> str:
    """Run a command, show what it says, and return what it prints; a failure ends the script."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
