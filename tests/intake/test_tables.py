"""Tables as rows of text: what is read, what is refused, and what is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.schema import Table
from reported_losses.errors import DataError
from reported_losses.intake.tables import read_rows, to_csv
from reported_losses.parsing.invisible import unseen
from reported_losses.validation.check import check

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    return tmp_path


@pytest.fixture
def claims(folder: Path) -> Table:
    return load_package(folder).table("claims")


def test_a_missing_file_is_an_empty_table(folder: Path, claims: Table) -> None:
    (folder / claims.path).unlink()
    assert read_rows(folder, claims) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"statement,claim", b"statement,number"),
        (b"\n", b"\n\n"),
        (b"\n", b"\r\n"),
        (b",russia,", b",russia,,"),
        (b",russia,", b",\xff,"),
        (b",russia,", b",russia ,"),
        (b",russia,", b",rus\xe2\x80\x8bsia,"),
        (b",russia,", b',"russia,'),
        (b",1,russia", b",one,russia"),
    ],
)
def test_a_file_that_check_refuses_is_refused_with_the_same_message(
    folder: Path, claims: Table, old: bytes, new: bytes
) -> None:
    path = folder / claims.path
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    with pytest.raises(DataError) as caught:
        read_rows(folder, claims)
    issues = {issue for issue in check(folder) if issue.table == "claims"}
    assert set(caught.value.issues) <= issues
    assert caught.value.issues[0].message in str(caught.value)
    assert claims.path in str(caught.value)


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")).filter(lambda c: not unseen(c)),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(names=st.lists(cells.filter(str.isalnum), unique=True), note=cells.map('n{}, "x"'.format))
def test_what_is_written_is_read_back_in_the_order_of_the_key(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], note: str
) -> None:
    table = load_package(ROOT).table("organisations")
    folder = tmp_path_factory.mktemp("package")
    (folder / "data").mkdir()
    rows = [dict.fromkeys(table.names, "") | {"organisation": n, "note": note} for n in names]
    (folder / table.path).write_bytes(to_csv(table, rows))
    assert read_rows(folder, table) == sorted(rows, key=lambda row: row["organisation"])


def test_integers_of_a_key_are_sorted_as_numbers(claims: Table) -> None:
    rows = [
        dict.fromkeys(claims.names, "") | {"statement": "a", "claim": number}
        for number in ("10", "9", "2")
    ]
    lines = to_csv(claims, rows).decode().splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["2", "9", "10"]
