"""Every code the check knows has a smallest case, which gives that code alone, in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import bad_cases
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Table
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


class Base(NamedTuple):
    """The valid package, and its files as they are."""

    folder: Path
    tables: dict[str, Table]
    files: dict[Path, bytes]

    def put_back(self, case: bad_cases.Case) -> None:
        """Undo the edits of a case."""
        for edit in case.edits:
            name = edit.get("path") or self.tables[edit["table"]].path
            path = self.folder / name
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
            if path in self.files:
                path.write_bytes(self.files[path])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    """One package for all cases, so that only what a case edits is read again."""
    folder = tmp_path_factory.mktemp("base")
    tables = bad_cases.build(folder)
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with bad_cases.kept_at_once():
        yield Base(folder, tables, files)


# One check for all tests of a case.
@pytest.fixture(
    scope="module",
    params=[
        pytest.param(case, id=case.code, marks=[pytest.mark.posix] if case.posix else [])
        for case in bad_cases.cases()
    ],
)
def broken(
    request: pytest.FixtureRequest, base: Base, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Broken]:
    case: bad_cases.Case = request.param
    for edit in case.edits:
        bad_cases.apply(base.folder, base.tables, edit)
    against = bad_cases.build_base(tmp_path_factory.mktemp("case") / "base", case)
    found = check(base.folder, today=case.today, base=against)
    yield Broken(case, base.folder, found, against)
    base.put_back(case)


def one_of_each(codes: list[str]) -> set[str]:
    """Return every code of a rule, and one code of each kind of constraint."""
    kinds = {
        code.rpartition(".")[2] if "Key" not in code else code.split(".")[1]: code
        for code in codes
        if "/" not in code
    }
    rules = {code for code in codes if "/" in code and not code.startswith(("file/", "history/"))}
    return rules | set(kinds.values())


FOR_PANDERA = one_of_each([case.code for case in bad_cases.cases()])


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
    # The constraints of all columns are one code; test_pandera_schemas.py puts texts into any cell.
    if broken.case.code in FOR_PANDERA:
        agree(broken.folder, broken.issues, broken.tables, broken.case.today)


def test_every_code_has_a_case() -> None:
    codes = set(code_texts(load_package(package_dir())))
    have = {case.code for case in bad_cases.cases()}
    assert codes == have
