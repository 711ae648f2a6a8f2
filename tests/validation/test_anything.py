"""Any change of any file gives a list of issues: never an exception, never a wait."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bad_cases
from reported_losses.definition.descriptor import load_package
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.check import check

CELLS = ("", "0", "-1", "999999999999999999", "-999999999999999999", "0001-01-01", "9999-12-31")
TEXTS = ("true", "x", "\u202e", "=1", "1,0", "2022-02-31", '"', "\n", "a b", "russia", "tanks")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("package")
    bad_cases.build(home)
    with bad_cases.kept_at_once():
        yield home


def changed(folder: Path, files: Mapping[str, bytes]) -> None:
    """Check with some files replaced for a moment."""
    package = load_package(folder)
    old = {name: (folder / package.tables[name].path).read_bytes() for name in files}
    try:
        for name, data in files.items():
            (folder / package.tables[name].path).write_bytes(data)
        issues = check(folder)
    finally:
        for name, data in old.items():
            (folder / package.tables[name].path).write_bytes(data)
    assert issues == sorted(issues)
    assert {issue.code for issue in issues} <= set(code_texts(package))
    for issue in issues:
        said = (issue.message, issue.found, issue.expected, issue.hint)
        assert all(text is None or text.isprintable() for text in said)
        assert issue.line is None or issue.line >= 1


SETTINGS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SETTINGS
@given(data=st.data())
def test_any_bytes(folder: Path, data: st.DataObject) -> None:
    package = load_package(folder)
    name = data.draw(st.sampled_from(sorted(package.tables)))
    source = (folder / package.tables[name].path).read_bytes()
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(source))] * 2)))
    put = data.draw(st.binary(max_size=6) | st.text(st.sampled_from(',"\n\r\0é=')).map(str.encode))
    changed(folder, {name: source[:start] + put + source[end:]})


@SETTINGS
@given(data=st.data())
def test_any_cells(folder: Path, data: st.DataObject) -> None:
    package = load_package(folder)
    files = {}
    for name in data.draw(st.lists(st.sampled_from(sorted(package.tables)), max_size=3)):
        path = folder / package.tables[name].path
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        for _ in range(data.draw(st.integers(1, 4))):
            row = data.draw(st.integers(1, len(rows) - 1))
            column = data.draw(st.integers(0, len(rows[0]) - 1))
            rows[row][column] = data.draw(st.sampled_from(CELLS + TEXTS))
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        files[name] = out.getvalue().encode()
    changed(folder, files)
