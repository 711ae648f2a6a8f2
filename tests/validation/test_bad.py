"""Every code the check knows has a smallest case, which gives that code alone, in its place."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

import bad_cases
from reported_losses.dataset.descriptor import load_package
from reported_losses.dataset.location import package_dir
from reported_losses.issue import Issue
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.check import check
from validation.test_pandera_schemas import agree


def test_base_is_valid(tmp_path: Path) -> None:
    bad_cases.build(tmp_path)
    assert check(tmp_path) == []


class Broken(NamedTuple):
    """A case applied to the valid package, and what the check says of it."""

    case: bad_cases.Case
    folder: Path
    issues: list[Issue]
    base: Path | None = None

    @property
    def tables(self) -> set[str]:
        """The tables that were edited or have an issue."""
        edited = {edit["table"] for edit in self.case.edits if "table" in edit}
        return edited | {issue.table for issue in self.issues if issue.table}


# One package for all tests of a case: building and checking it is most of the work.
@pytest.fixture(
    scope="module",
    params=[
        pytest.param(case, id=case.code, marks=[pytest.mark.posix] if case.posix else [])
        for case in bad_cases.cases()
    ],
)
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Broken:
    case: bad_cases.Case = request.param
    above = tmp_path_factory.mktemp("case")
    folder, base = above / "package", bad_cases.build_base(above / "base", case)
    folder.mkdir()
    tables = bad_cases.build(folder)
    for edit in case.edits:
        bad_cases.apply(folder, tables, edit)
    return Broken(case, folder, check(folder, today=case.today, base=base), base)


def test_case_gives_its_code_alone_and_in_place(broken: Broken) -> None:
    case, parts = broken.case, ("code", "path", "line", "column", "position")
    found = [{part: getattr(issue, part) for part in parts} for issue in broken.issues]
    assert found == case.expected
    codes = {issue["code"] for issue in found}
    assert case.code in codes
    assert (len(codes) > 1) == (case.along is not None)


def test_a_table_checked_alone_has_the_issues_it_has_among_all(broken: Broken) -> None:
    if any(issue.table is None for issue in broken.issues):  # the descriptor itself is wrong
        return
    for name in broken.tables:
        today, base = broken.case.today, broken.base
        alone = check(broken.folder, tables=[name], today=today, base=base)
        assert alone == [issue for issue in broken.issues if issue.table == name]


def test_pandera_finds_what_check_finds(broken: Broken) -> None:
    if not broken.case.code.startswith(("file/", "history/")):
        agree(broken.folder, broken.issues, broken.tables, broken.case.today)


def test_every_code_has_a_case() -> None:
    codes = set(code_texts(load_package(package_dir())))
    have = {case.code for case in bad_cases.cases()}
    assert codes == have
