"""A report pasted into an issue reaches the command as a file, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import paste

FORM = Path(__file__).parents[2] / ".github/ISSUE_TEMPLATE/paste_report.yml"
REPORT = "personnel - about 100 (+1)\n### Address\n\nhttps://evil.example\n```\n$(touch ran) `id`\n"


def issue(report: str = REPORT, **fields: str) -> str:
    """Return the text of an issue as GitHub makes it from the form."""
    parts = []
    for field in yaml.safe_load(FORM.read_text(encoding="utf-8"))["body"]:
        if field["type"] == "markdown":
            continue
        text = fields.get(field["id"], "_No response_")
        if field["id"] == "report":
            text = f"```text\n{report}\n```"
        parts.append(f"### {field['attributes']['label']}\n\n{text}")
    return "\r\n\r\n".join(part.replace("\n", "\r\n") for part in parts)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Note the commands in place of running them; `git diff` says that a table changed."""
    seen: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        seen.append(command)
        changed = int(command[0] == "git")
        return subprocess.CompletedProcess(command, changed, b"added <b> ``` @a\x1b[31m\n", b"")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "event.json"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    return seen


def main(body: str | None) -> tuple[str, str]:
    event: dict[str, Any] = {"issue": {"number": 5, "body": body}}
    Path(os.environ["GITHUB_EVENT_PATH"]).write_text(json.dumps(event), encoding="utf-8")
    assert paste.main(["out"]) == 0
    return Path("output").read_text(encoding="utf-8"), Path("out/answer.md").read_text("utf-8")


def test_the_form_has_the_fields_that_are_read_and_the_report_last() -> None:
    fields = {
        field["id"]: field["attributes"]["label"]
        for field in yaml.safe_load(FORM.read_text(encoding="utf-8"))["body"]
        if field["type"] != "markdown"
    }
    assert fields == {**paste.LABELS, "report": paste.REPORT}
    assert list(fields)[-1] == "report"


def test_the_report_and_its_options_reach_the_command(ran: list[list[str]]) -> None:
    output, answer = main(issue(date="2024-06-13", url="https://a.example/b?c=d"))
    command = ran[0]
    assert command[1:6] == ["-P", "-m", "reported_losses", "add", str(Path("out/report.txt"))]
    assert sorted(command[6:]) == ["--date=2024-06-13", "--url=https://a.example/b?c=d"]
    assert Path("out/report.txt").read_text(encoding="utf-8") == REPORT
    assert output == "outcome=added\n"
    assert answer.startswith("````text\nadded <b> ``` @a?[31m\n````")


def test_what_the_report_holds_is_no_other_field() -> None:
    options, report = paste.read_form(issue())
    assert options == {}
    assert report == REPORT


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "13.06.2024"}, {"date": "2024-06-13 --force"}, {"date": "$(touch ran)"},
        {"url": "javascript:alert(1)"}, {"url": "https://a b"}, {"url": "--record=x"},
        {"archived-url": "https://" + "a" * 600}, {"url": "https://a\x1b[31m"},
    ],
)  # fmt: skip
def test_a_field_of_another_form_is_answered(ran: list[list[str]], fields: dict[str, str]) -> None:
    output, answer = main(issue(**fields))
    assert output == "outcome=refused\n"
    assert ran == []
    assert not any(value in answer for value in fields.values())


@pytest.mark.parametrize("body", [None, "", "hello", "### The report as published\n", issue("")])
def test_an_issue_without_a_report_is_answered(ran: list[list[str]], body: str | None) -> None:
    assert main(body)[0] == "outcome=refused\n"
    assert ran == []


def test_a_report_without_a_block_is_taken_as_it_is() -> None:
    assert paste.read_form(f"### {paste.REPORT}\n\ntanks - 5\n")[1].strip() == "tanks - 5"


def test_what_the_command_refuses_is_answered(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = subprocess.CompletedProcess([], 1, b"", b"line 2: not read: ```` <img>\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: said)
    output, answer = main(issue())
    assert output == "outcome=refused\n"
    assert "`````text\nline 2" in answer
    assert ran == []


def test_a_report_that_is_there_already_is_answered(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = subprocess.CompletedProcess([], 0, b"nothing to add\n", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: said)
    assert main(issue())[0] == "outcome=unchanged\n"
    assert ran == []
