"""The logical digest: of values alone, and computed a second way by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.errors import ReleaseError
from reported_losses.loading.load import arrow
from reported_losses.release.logical import logical_hash
from reported_losses.release.parquet import parquet_bytes

# One column for each type, and cells that are easily confused.
MADE: dict[str, tuple[pa.DataType, list[Any]]] = {
    "slug": (pa.dictionary(pa.int32(), pa.string()), ["tanks", None, "mlrs", "tanks", None]),
    "text, quoted": (pa.string(), ['say "so"', "", None, "a,b", "ж\nю"]),
    "total": (pa.int64(), [0, None, -7, 145060, 2**62]),
    "mean": (pa.float64(), [0.1, None, -0.0, 620.0, 1e-7]),
    "day": (pa.date32(), [dt.date(2022, 2, 24), None, dt.date(1969, 12, 31), None, dt.date.max]),
    "known": (pa.bool_(), [True, False, None, True, False]),
}
GOLDEN = "00f2cb1a02a7f8c0eaabb401571c1c9a2c4ecb0723468e50c2cd608641346bd7"
TYPES = "string,string,integer,number,date,boolean"


def made() -> pa.Table:
    return pa.table({name: pa.array(cells, kind) for name, (kind, cells) in MADE.items()})


def test_the_digest_is_the_same_for_every_version_of_every_library() -> None:
    # The lowest and the newest versions that pyproject.toml allows run this test.
    assert logical_hash(made()) == GOLDEN


@pytest.mark.parametrize("name", rl.tables())
def test_types_and_the_csv_file_give_the_digest(name: str) -> None:
    types = ",".join(field.type for field in installed().table(name).fields)
    text = f"{types}\n".encode() + rl.path(name).read_bytes()
    assert logical_hash(arrow(installed().table(name))) == hashlib.sha256(text).hexdigest()


def spelled(cell: object) -> str:
    """Spell a cell as the docstring of `logical_hash` says."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        text = f"{Decimal(repr(cell)):f}"
        return text.rstrip("0").removesuffix(".") if "." in text else text
    if isinstance(cell, str):
        quoted = '"' + cell.replace('"', '""') + '"'
        return quoted if not cell or re.search('[,"\n\r]', cell) else cell
    return str(cell)


def by_hand(names: Sequence[str], columns: Sequence[Sequence[object]]) -> str:
    rows = (",".join(map(spelled, row)) for row in zip(*columns, strict=True))
    lines = [TYPES, ",".join(map(spelled, names)), *rows]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_the_digest_is_what_its_docstring_says() -> None:
    assert by_hand(list(MADE), [cells for _, cells in MADE.values()]) == GOLDEN


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
CELLS = st.tuples(
    st.none() | st.sampled_from(["tanks", "mlrs", ""]),
    st.none() | TEXT,
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.dates(),
    st.none() | st.booleans(),
)
ROWS = st.lists(CELLS, max_size=6)


def columns_of(rows: Sequence[Sequence[object]]) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(len(MADE))]


def table_of(rows: Sequence[Sequence[object]], text: pa.DataType) -> pa.Table:
    kinds = [text, text, *(kind for kind, _ in list(MADE.values())[2:])]
    pairs = zip(kinds, columns_of(rows), strict=True)
    return pa.Table.from_arrays([pa.array(cells, kind) for kind, cells in pairs], list(MADE))


@given(ROWS)
def test_any_table_has_the_digest_that_its_docstring_says(rows: list[tuple[object, ...]]) -> None:
    assert logical_hash(table_of(rows, pa.string())) == by_hand(list(MADE), columns_of(rows))


def coded(texts: pa.Array, order: Callable[[set[str]], list[str]]) -> pa.Array:
    """Return texts as a dictionary in this order, with a text that no cell has."""
    held = order({text for text in texts.to_pylist() if text is not None} | {"unused"})
    codes = [None if text is None else held.index(text) for text in texts.to_pylist()]
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(held, pa.string()))


@given(ROWS, st.integers(0, 6), st.randoms(use_true_random=False))
def test_how_a_table_is_held_makes_no_difference(
    rows: list[tuple[object, ...]], cut: int, random: Random
) -> None:
    plain = table_of(rows, pa.string())
    expected = logical_hash(plain)
    assert logical_hash(table_of(rows, pa.large_string())) == expected
    assert logical_hash(plain.replace_schema_metadata({"a": "b"})) == expected
    shuffled = plain.set_column(
        0,
        "slug",
        coded(plain["slug"].combine_chunks(), lambda held: random.sample([*held], len(held))),
    )
    assert logical_hash(shuffled) == expected
    # Two chunks, the second one with an offset, and each with a dictionary of its own.
    ordered = plain.set_column(0, "slug", coded(plain["slug"].combine_chunks(), sorted))
    longer = pa.concat_tables([shuffled.slice(0, 1), ordered]).slice(min(len(rows), 1))
    parts = pa.concat_tables([shuffled.slice(0, cut), longer.slice(cut)])
    assert logical_hash(parts) == expected


@given(ROWS.filter(bool), st.data())
def test_another_value_gives_another_digest(
    rows: list[tuple[object, ...]], data: st.DataObject
) -> None:
    row, place = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(MADE) - 1))
    other = data.draw(CELLS)
    changed = [list(cells) for cells in rows]
    changed[row][place] = other[place]
    same = spelled(other[place]) == spelled(rows[row][place])
    digests = {logical_hash(table_of(one, pa.string())) for one in (rows, changed)}
    assert len(digests) == (1 if same else 2)


def test_a_dictionary_may_hold_a_missing_text() -> None:
    held = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2]), pa.array(["a", None, ""]))
    assert logical_hash(pa.table({"a": held})) == logical_hash(pa.table({"a": ["a", None, ""]}))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pa.table({"a": ["x"]}), pa.table({"b": ["x"]})),
        (pa.table({"a": ["1"]}), pa.table({"a": [1]})),
        (pa.table({"a": [1]}), pa.table({"a": [1.0]})),
        (pa.table({"a": ["x", "y"]}), pa.table({"a": ["y", "x"]})),
        (pa.table({"a": [0.0]}), pa.table({"a": [-0.0]})),
        (pa.table({"a": ["x"]}).slice(1), pa.table({"a": ["x"]})),
        (pa.table({"a": ["x"], "b": ["x"]}), pa.table({"b": ["x"], "a": ["x"]})),
    ],
    ids=["name", "text", "number", "order", "zero", "rows", "columns"],
)
def test_names_types_and_order_count(first: pa.Table, second: pa.Table) -> None:
    assert logical_hash(first) != logical_hash(second)


def test_the_width_of_a_number_does_not_count() -> None:
    narrow = pa.table({"a": pa.array([1, None], pa.int8()), "b": pa.array([0.5, 2], pa.float32())})
    wide = pa.table({"a": pa.array([1, None], pa.int64()), "b": pa.array([0.5, 2], pa.float64())})
    assert logical_hash(narrow) == logical_hash(wide)


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([dt.datetime(2022, 2, 24)]),  # noqa: DTZ001 - of no zone
        pa.array([[1]]),
        pa.array([b"x"]),
        pa.array([2**64 - 1], pa.uint64()),
    ],
    ids=["time", "list", "bytes", "too-large"],
)
def test_what_no_table_of_a_release_has_is_refused(cells: pa.Array) -> None:
    with pytest.raises(ReleaseError, match="seen"):
        logical_hash(pa.table({"seen": cells}))


READ = """
import json, sys
from pathlib import Path
import pyarrow
from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import arrow
from reported_losses.release.logical import logical_hash
from reported_losses.loading.parquet_file import read_parquet

found = {
    path.stem: logical_hash(read_parquet(path.read_bytes()))
    for path in sorted(Path(sys.argv[1]).iterdir())
}
loaded = {name: logical_hash(arrow(installed().table(name))) for name in found}
print(json.dumps({
    "version": pyarrow.__version__, "read": found, "loaded": loaded,
    "imported": [name for name in ("pandas", "pyarrow.compute") if name in sys.modules],
}))
"""
NAMES = ("loss_counts", "records", "revisions", "claims")


def looked_up(python: str | Path, folder: Path) -> dict[str, Any]:
    """Return what another process makes of the files in a folder."""
    run = subprocess.run(
        [python, "-c", READ, folder],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.fspath(Path(rl.__file__ or "").parent.parent)},
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with some tables as the Parquet files of a release."""
    made = tmp_path_factory.mktemp("files")
    for name in NAMES:
        data = parquet_bytes(installed().table(name), arrow(installed().table(name)))
        (made / f"{name}.parquet").write_bytes(data)
    return made


def digests() -> dict[str, str]:
    return {name: logical_hash(arrow(installed().table(name))) for name in NAMES}


def test_reading_and_digesting_import_no_pandas(folder: Path) -> None:
    found = looked_up(sys.executable, folder)
    assert found["read"] == found["loaded"] == digests()
    assert found["imported"] == []


@pytest.mark.engines
def test_another_version_of_pyarrow_finds_the_same_digests(folder: Path, tmp_path: Path) -> None:
    lowest = (package_dir() / "requirements-lowest.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^((?:pyarrow|numpy)==\S+)", lowest, re.MULTILINE)
    assert len(pins) == 2
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *pins]
    if subprocess.run(pip, check=False, capture_output=True).returncode:
        pytest.skip(f"{' and '.join(pins)} cannot be installed here")
    found = looked_up(python, folder)
    assert f"pyarrow=={found['version']}" in pins
    assert found["read"] == found["loaded"] == digests()
