"""Every code the check knows has a smallest case, which gives that code alone, in its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import bad_cases
from reported_losses.dataset.descriptor import load_package
from reported_losses.dataset.location import package_dir
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.check import check


def test_base_is_valid(tmp_path: Path) -> None:
    bad_cases.build(tmp_path)
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.code, marks=[pytest.mark.posix] if case.posix else [])
        for case in bad_cases.cases()
    ],
)
def test_case_gives_its_code_alone_and_in_place(case: bad_cases.Case, tmp_path: Path) -> None:
    tables = bad_cases.build(tmp_path)
    for edit in case.edits:
        bad_cases.apply(tmp_path, tables, edit)
    today = dt.date.fromisoformat(case.today) if case.today else None
    parts = ("code", "path", "line", "column", "position")
    found = [
        {part: getattr(issue, part) for part in parts} for issue in check(tmp_path, today=today)
    ]
    assert found == case.expected
    codes = {issue["code"] for issue in found}
    assert case.code in codes
    assert (len(codes) > 1) == (case.along is not None)


def test_every_code_has_a_case() -> None:
    codes = set(code_texts(load_package(package_dir())))
    have = {case.code for case in bad_cases.cases()}
    assert codes == have


@pytest.mark.parametrize("case", bad_cases.cases(), ids=lambda case: case.code)
def test_a_table_checked_alone_has_the_issues_it_has_among_all(
    case: bad_cases.Case, tmp_path: Path
) -> None:
    tables = bad_cases.build(tmp_path)
    for edit in case.edits:
        bad_cases.apply(tmp_path, tables, edit)
    issues = check(tmp_path, today=case.today)
    if any(issue.table is None for issue in issues):  # the descriptor itself is wrong
        return
    edited = {edit["table"] for edit in case.edits if "table" in edit}
    for name in edited | {str(issue.table) for issue in issues}:
        alone = check(tmp_path, tables=[name], today=case.today)
        assert alone == [issue for issue in issues if issue.table == name]
