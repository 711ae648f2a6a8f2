"""A revision's version is a heading of the changelog, where there is one."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import bad_cases
from reported_losses.definition.changelog import CHANGELOG
from reported_losses.validation.check import check
from reported_losses.validation.needed_shape import NOT_JUDGED

CODE = "file/not-in-changelog"


@pytest.mark.parametrize(
    ("version", "headings", "lines"),
    [
        ("0.1.0", "## [0.1.0] - 2026-11-22", []),
        ("0.1.0", "## 0.1.0", []),
        ("0.1.0", "## [Unreleased]", []),
        ("0.0.9", "## [Unreleased]\n## [0.1.0]", [2]),
        ("0.1.0", "## [0.1.01]", [2]),
        ("0.1.0", "### 0.1.0", [2]),
        ("0.1.1", "## [Unreleased]\n## [0.1.0]", []),
        ("0.1.1", "## [0.1.0]", [2]),
        ("nonsense", "## [0.1.0]", []),  # revisions.version.pattern
    ],
)
def test_a_version_is_a_heading(
    version: str, headings: str, lines: list[int], tmp_path: Path
) -> None:
    tables = bad_cases.build(tmp_path)
    row = {"table": "revisions", "line": 2, "column": "version", "put": version}
    bad_cases.apply(tmp_path, tables, row)
    descriptor = tmp_path / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(re.sub(r'"version": "[^"]*"', '"version": "0.1.0"', text), "utf-8")
    (tmp_path / CHANGELOG).write_text(f"# Changelog\n\n{headings}\n", encoding="utf-8")
    assert [issue.line for issue in check(tmp_path) if issue.code == CODE] == lines


@pytest.mark.posix
def test_a_changelog_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    bad_cases.build(tmp_path)
    os.mkfifo(tmp_path / CHANGELOG)
    (issue,) = check(tmp_path)
    assert (issue.code, issue.path) == (NOT_JUDGED.code, CHANGELOG)
