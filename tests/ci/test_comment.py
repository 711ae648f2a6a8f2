"""The comment on a pull request, against an API on loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import comment
import find_pull
from ci.fake_github import BASE, BOT, HEAD, REPOSITORY, Github, new_pull, served
from github_api import ApiError
from reported_losses.issue import Issue, Severity
from reported_losses.report import Summary, render

MARKER = f"<!-- reported-losses check {HEAD} -->\n"
HOSTILE = "<!-- --> @somebody #1 `x` [a](https://b.example) <img src=x onerror=1> | ::error::x \x1b[31m $(id)"
SUGGESTION = {"path": "data/a.csv", "line": 2, "body": "```suggestion\n1\n```\n"}
RUN: dict[str, Any] = {
    "repository": {"default_branch": "main"},
    "workflow_run": {
        "head_sha": HEAD, "head_branch": "a&state=closed #`$(id)`",
        "head_repository": {"owner": {"login": "somebody"}},
    },
}  # fmt: skip


@pytest.fixture
def github() -> Iterator[Github]:
    with served(Github()) as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "verdict", "issues", "One problem.\n", [SUGGESTION])
    return tmp_path / "verdict"


@pytest.fixture(autouse=True)
def environment(github: Github, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "GITHUB_API_URL": github.root, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": "t",
        "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "12", "API_PAUSE": "0",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    (tmp_path / "event.json").write_text(json.dumps(RUN), encoding="utf-8")


def write(folder: Path, outcome: str, text: str, suggestions: object = ()) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "verdict.json").write_text(json.dumps({"outcome": outcome}), encoding="utf-8")
    (folder / "comment.md").write_text(text, encoding="utf-8")
    (folder / "suggestions.json").write_text(json.dumps(suggestions), encoding="utf-8")


def run(folder: Path) -> int:
    return comment.main([str(folder)])


def test_a_commit_gets_one_comment_and_one_review(github: Github, folder: Path) -> None:
    assert run(folder) == 0
    assert run(folder) == 0
    (one,) = github.comments
    assert one["body"].startswith(MARKER)
    assert "One problem." in one["body"]
    assert HEAD[:12] in one["body"]
    assert f"https://github.com/{REPOSITORY}/actions/runs/12" in one["body"]
    (review,) = github.reviews
    assert (review["commit_id"], review["event"]) == (HEAD, "COMMENT")
    assert review["comments"] == [{**SUGGESTION, "side": "RIGHT"}]


def test_another_run_for_the_same_commit_edits_the_comment(github: Github, folder: Path) -> None:
    run(folder)
    write(folder, "clean", "No issues.\n")
    run(folder)
    (one,) = github.comments
    assert "No issues." in one["body"]
    assert "One problem." not in one["body"]
    assert [call for call in github.calls if call[0] == "PATCH"] == [
        ("PATCH", f"/issues/comments/{one['id']}")
    ]


def test_a_new_commit_gets_a_new_comment(github: Github, folder: Path, tmp_path: Path) -> None:
    run(folder)
    newer = "c" * 40
    github.pulls = [new_pull(head={"sha": newer})]
    told = {**RUN, "workflow_run": {**RUN["workflow_run"], "head_sha": newer}}
    (tmp_path / "event.json").write_text(json.dumps(told), encoding="utf-8")
    run(folder)
    assert [one["body"].split()[3] for one in github.comments] == [HEAD, newer]


def test_a_marker_of_somebody_else_is_not_ours(github: Github, folder: Path) -> None:
    github.comments += [
        {"id": 1, "user": {"login": "somebody"}, "body": MARKER},
        {"id": 2, "user": None, "body": MARKER},
        {"id": 3, "user": {"login": BOT}, "body": f"> {MARKER}"},
        {"id": 4, "user": {"login": BOT}, "body": None},
    ]
    run(folder)
    assert len(github.comments) == 5
    assert not [call for call in github.calls if call[0] == "PATCH"]


def test_our_comment_is_found_on_a_later_page(github: Github, folder: Path) -> None:
    github.comments += [{"id": n, "user": {"login": "x"}, "body": "hello"} for n in range(230)]
    ours: dict[str, Any] = {
        "id": 500,
        "user": {"login": BOT},
        "body": MARKER.replace("\n", "\r\n") + "old",
    }
    github.comments.insert(215, ours)
    run(folder)
    assert len(github.comments) == 231
    assert "One problem." in ours["body"]


@pytest.mark.parametrize(
    "pulls",
    [
        [],
        [new_pull(state="closed")],
        [new_pull(head={"sha": "c" * 40})],
        [new_pull(locked=True)],
    ],
    ids=["gone", "closed", "moved on", "locked"],
)
def test_nothing_is_written_where_nobody_waits(
    github: Github, folder: Path, pulls: list[Any]
) -> None:
    github.pulls = pulls
    assert run(folder) == 0
    assert not github.sent


def test_a_deleted_fork_ends_quietly(github: Github, folder: Path, tmp_path: Path) -> None:
    told = {**RUN, "workflow_run": {**RUN["workflow_run"], "head_repository": None}}
    (tmp_path / "event.json").write_text(json.dumps(told), encoding="utf-8")
    assert run(folder) == 0
    assert not github.calls


def test_the_pull_request_comes_from_the_event_and_the_api_alone(
    github: Github, folder: Path
) -> None:
    write(folder, "clean", "No issues.\n")
    forged = {"outcome": "clean", "number": 1, "head": "f" * 40}
    (folder / "verdict.json").write_text(json.dumps(forged), encoding="utf-8")
    run(folder)
    assert {path for path, _ in github.sent} == {"/issues/7/comments"}
    assert github.comments[0]["body"].startswith(MARKER)


def test_the_pull_request_against_the_usual_branch_is_taken(github: Github, tmp_path: Path) -> None:
    github.pulls.insert(0, new_pull(number=3, base={"sha": "d" * 40, "ref": "other"}))
    assert find_pull.main() == 0
    told = (tmp_path / "output").read_text(encoding="utf-8")
    assert told == f"number=7\nbase={BASE}\nhead={HEAD}\n"


def test_without_an_open_pull_request_no_number_is_told(github: Github, tmp_path: Path) -> None:
    github.pulls = []
    assert find_pull.main() == 0
    assert (tmp_path / "output").read_text(encoding="utf-8").startswith("number=\n")


def test_an_event_of_a_pull_request_names_it(github: Github, folder: Path, tmp_path: Path) -> None:
    told = {"repository": RUN["repository"], "pull_request": {"number": 7, "head": {"sha": HEAD}}}
    (tmp_path / "event.json").write_text(json.dumps(told), encoding="utf-8")
    run(folder)
    assert ("GET", "/pulls/7") in github.calls
    assert len(github.comments) == 1


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "broken JSON", "another outcome"])
def test_it_is_said_when_nothing_was_judged(github: Github, tmp_path: Path, left: str) -> None:
    folder = tmp_path / "verdict"
    if left != "nothing":
        folder.mkdir()
    if left == "broken JSON":
        (folder / "verdict.json").write_text("{", encoding="utf-8")
        (folder / "suggestions.json").write_text("{", encoding="utf-8")
    if left == "another outcome":
        write(folder, "splendid", "")
    assert run(folder) == 0
    assert "could not be checked" in github.comments[0]["body"]
    assert not github.reviews


def times(status: int | None, number: int, method: str, *, done: bool) -> Callable[..., Any]:
    """Return a fault of the first calls of a method; `done` if the call has its effect all the same."""
    left = [number]

    def fault(called: str, _path: str) -> tuple[int | None, bool] | None:
        if called != method or not left[0]:
            return None
        left[0] -= 1
        return status, done

    return fault


@pytest.mark.parametrize("status", [None, 500, 502, 429])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("effect", ["done", "not done"])
def test_a_passing_fault_is_waited_out_and_nothing_is_written_twice(
    github: Github, folder: Path, status: int | None, method: str, effect: str
) -> None:
    github.fault = times(status, 2, method, done=effect == "done")
    assert run(folder) == 0
    assert len(github.comments) == 1
    assert len(github.reviews) == 1


@pytest.mark.parametrize(("status", "calls"), [(403, 1), (500, 3), (None, 3)])
def test_a_lasting_fault_fails_the_job(
    github: Github, folder: Path, status: int | None, calls: int
) -> None:
    github.fault = lambda _method, _path: (status, False)
    with pytest.raises(ApiError):
        run(folder)
    assert len(github.calls) == calls


def test_suggestions_that_github_refuses_leave_the_comment(github: Github, folder: Path) -> None:
    github.fault = lambda method, path: (
        (422, False) if method == "POST" and path.endswith("/reviews") else None
    )
    assert run(folder) == 0
    assert len(github.comments) == 1


@pytest.mark.parametrize(
    "one",
    [
        "text", {**SUGGESTION, "path": "../a"}, {**SUGGESTION, "path": "/etc/passwd"},
        {**SUGGESTION, "line": "2"}, {**SUGGESTION, "body": None}, {"path": "a", "line": 1},
        {**SUGGESTION, "path": "a\nb"},
    ],
)  # fmt: skip
def test_what_is_no_suggestion_is_left_out(one: object) -> None:
    assert len(comment.suggestions([one, SUGGESTION])) == 1
    assert comment.suggestions(one) == []


def test_a_long_report_is_cut_at_its_end(github: Github, folder: Path) -> None:
    issues = [
        Issue("a/warns", Severity.WARNING, HOSTILE * 3, "a", "data/a.csv", line, "x", found=HOSTILE)
        for line in range(1, 400)
    ]
    issues.append(Issue("a/fails", Severity.ERROR, "wrong", "a", "data/z.csv", 9, "x"))
    text = render(issues, "markdown", summary=Summary("a", "1.0.0", {"a": 500}))
    write(folder, "issues", text + text)
    run(folder)
    body = github.comments[0]["body"]
    assert len(body) < 65_536
    assert "a/fails" in body.split("a/warns", 1)[0]
    assert "shows the rest" in body
    assert body.endswith("how to answer.\n")


def test_a_hostile_cell_has_no_effect_in_the_comment(github: Github, folder: Path) -> None:
    issue = Issue("a/b", Severity.ERROR, HOSTILE, "a", HOSTILE, 1, "x", found=HOSTILE, hint=HOSTILE)
    write(folder, "issues", render([issue], "markdown", summary=Summary(HOSTILE, "1.0.0", {})))
    run(folder)
    body = github.comments[0]["body"]
    assert body.count(MARKER) == 1
    assert "<img" not in body
    assert "@somebody" not in body
    assert "\x1b" not in body
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    assert html.count("<a ") == 1
