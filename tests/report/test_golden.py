"""Every form of one report, as files to look at, and the examples in `docs/report-formats.md`.

The report is of a real check: the valid package of `tests/bad/` with four faults. To write the
files and the examples anew: `PYTHONPATH=src:tests python tests/report/test_golden.py`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import bad_cases
from reported_losses.commands.cli import main
from reported_losses.report import FORMS, Summary, render
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.check import examine

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[2] / "docs" / "report-formats.md"
ENDINGS = {
    "json": "json",
    "sarif": "sarif",
    "junit": "xml",
    "markdown": "md",
    "suggestions": "json",
}
TODAY = "2026-11-24"
# Cases of `tests/bad/`.
CASES = ("loss_counts/never-decreases", "loss_counts/plausible-step", "file/missing")
NO_BREAK_SPACE = {"table": "loss_counts", "line": 2, "column": "total", "put": "1\u00a0000"}
CODES = (*CASES, "loss_counts.total.type")
# A code that gives no issue, so that SARIF and JUnit show one that passes.
PASSES = "loss_counts/increment-matches"


def build(folder: Path) -> None:
    """Write a package with four faults."""
    tables = bad_cases.build(folder)
    cases = {case.code: case for case in bad_cases.cases()}
    for edit in (NO_BREAK_SPACE, *(edit for code in CASES for edit in cases[code].edits)):
        bad_cases.apply(folder, tables, edit)
    # The version of the data changes; that of the example does not.
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(descriptor | {"version": "1.2.0"}), encoding="utf-8")


def rendered(folder: Path) -> dict[str, str]:
    seen = examine(folder, today=dt.date.fromisoformat(TODAY))
    assert seen.package is not None
    texts = code_texts(seen.package)
    missing = tuple(name for name in seen.package.tables if name not in seen.rows)
    counts = (folder / "data" / "loss_counts.csv").read_text(encoding="utf-8").split("\n")
    return {
        form: render(
            seen.issues,
            form,
            summary=Summary(
                seen.package.name,
                seen.package.version,
                seen.rows,
                "",
                missing,
                sum(run.unjudged is None for run in seen.rules),
                tuple((run.code, run.unjudged) for run in seen.rules if run.unjudged is not None),
            ),
            lines={"data/loss_counts.csv": counts}.get,
            rules={code: texts[code] for code in (*CODES, PASSES)},
        )
        for form in FORMS
    }


def golden(form: str) -> Path:
    return GOLDEN / f"{form}.{ENDINGS.get(form, 'txt')}"


def goldens() -> dict[str, str]:
    return {form: golden(form).read_text(encoding="utf-8") for form in FORMS}


def examples(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the piece of each form that the page shows."""
    json_lines = texts["json"].splitlines(keepends=True)
    github = texts["github"].splitlines(keepends=True)
    shown = re.escape(CODES[0])
    patterns: dict[str, str] = {
        "sarif": rf'^    \{{\n     "ruleId": "{shown}",\n.*?^    \}},?\n',
        "junit": rf'^  <testcase classname="\w+" name="{shown}">\n.*?^  </testcase>\n',
        "markdown": rf".*?{re.escape(CODES[0].replace('_', '&#95;'))}.*?\n",
    }
    found = {
        form: match[0]
        for form, pattern in patterns.items()
        if (match := re.search(pattern, texts[form], re.MULTILINE | re.DOTALL))
    }
    return {
        **found,
        "text": texts["text"],
        "suggestions": texts["suggestions"],
        "json": "".join(json_lines[:2]),
        "github": "".join(github[-2:]),
    }


def with_examples(page: str, shown: Mapping[str, str]) -> str:
    """Put each example into the first block of the section named after its form."""
    for form, text in shown.items():
        section = rf"(?:^## {form}\n(?:(?!^## |^```).*\n)*```\w*\n)((?:(?!^```).*\n)*)"
        match = re.search(section, page, flags=re.MULTILINE)
        assert match, form
        page = page[: match.start(1)] + text + page[match.end(1) :]
    return page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("package")
    build(home)
    return home


def test_the_faults_give_their_codes_and_no_other(folder: Path) -> None:
    issues = examine(folder, today=dt.date.fromisoformat(TODAY)).issues
    assert sorted(issue.code for issue in issues) == sorted(CODES)


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_as_it_was(form: str, folder: Path) -> None:
    assert rendered(folder)[form] == golden(form).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json", "github", "markdown"])
def test_the_command_prints_the_same(
    form: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main(["check", "--format", form, "--today", TODAY]) == 1
    assert capsys.readouterr().out == golden(form).read_text(encoding="utf-8")


def test_the_page_shows_a_piece_of_every_form() -> None:
    shown = examples(goldens())
    assert set(shown) == set(FORMS)
    page = DOCS.read_text(encoding="utf-8")
    assert with_examples(page, shown) == page
    blocks = re.findall(r"^```\w*\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert sorted(blocks) == sorted(shown.values())


def write() -> None:
    """Write the golden files and the examples on the page."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        build(Path(name))
        texts: Any = rendered(Path(name))
    for form, text in texts.items():
        golden(form).write_text(text, encoding="utf-8", newline="\n")
    page = with_examples(DOCS.read_text(encoding="utf-8"), examples(texts))
    DOCS.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
