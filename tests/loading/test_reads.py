"""Each table is read once, and what a caller changes stays the caller's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import arrow
from reported_losses.parsing import table_cache
from reported_losses.parsing.cast import cast as cast_table
from reported_losses.parsing.read_table import read

_load = cast("Callable[..., Any]", rl.load)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counter[str]:
    """How often each table's file is read and typed, beginning with an empty cache."""
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", str(tmp_path))
    counted: Counter[str] = Counter()
    cache = table_cache.TableCache(clock=lambda: 2**62)

    def reading(folder: Any, table: Any, budget: Any) -> Any:  # noqa: ANN401 - as `read`
        counted[table.name] += 1
        return read(folder, table, budget)

    def typing(text: Any, budget: Any) -> Any:  # noqa: ANN401 - as `cast`
        counted[f"cast {text.table.name}"] += 1
        return cast_table(text, budget)

    monkeypatch.setattr(table_cache, "TABLES", cache)
    monkeypatch.setattr(table_cache, "read", reading)
    monkeypatch.setattr(table_cache, "cast", typing)
    return counted


@pytest.mark.parametrize(
    ("call", "least"),
    [
        (lambda: rl.load("loss_counts"), {"loss_counts"}),
        (lambda: rl.load("loss_counts", validate=True), {"loss_counts", "corrections"}),
        (lambda: rl.load("loss_counts", as_of="2099-01-01"), {"loss_counts", "revisions"}),
        (lambda: rl.daily("tanks"), {"loss_counts", "corrections", "series"}),
        (lambda: rl.timeline("tanks"), {"loss_counts", "corrections", "series"}),
        (lambda: rl.periods("vehicles", with_narrower=True), {"loss_counts", "categories"}),
        (lambda: rl.daily("tanks", as_of="2099-01-01"), {"corrections", "revisions"}),
        (lambda: rl.compare("tanks"), {"loss_counts", "series", "categories"}),
        (lambda: rl.compare("personnel"), {"loss_counts", "claims", "statements", "sources"}),
        (rl.claims, {"claims", "statements", "organisations", "sources"}),
        (lambda: rl.claims(as_of="2099-01-01"), {"claims", "statements", "revisions"}),
        (rl.check, set(rl.tables())),
        (lambda: [rl.parquet(name) for name in ("series", "series")], set[str]()),
    ],
)
def test_a_call_reads_each_table_once(
    call: Callable[[], object], least: set[str], reads: Counter[str]
) -> None:
    call()
    assert set(reads) >= least
    assert set(reads.values()) <= {1}


def test_a_second_call_reads_nothing(reads: Counter[str]) -> None:
    rl.daily("tanks")
    once = reads.copy()
    rl.daily("personnel")
    _load("loss_counts", engine="polars")
    assert reads == once


def test_a_validated_table_is_the_one_that_was_checked(
    reads: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_cache, "TABLES", table_cache.TableCache(max_bytes=0))
    rl.load("loss_counts", validate=True)
    assert reads["loss_counts"] == reads["cast loss_counts"] == 1


def damage_arrow(data: pa.Table) -> None:
    """Hold that Arrow lets nobody write, and write into the arrays that it makes."""
    # Nothing is written into Arrow's buffers: they hold offsets and dictionary indices too, and
    # Arrow does not check those when it reads on. Such a write could end the process.
    for column in data.columns:
        for chunk in column.chunks:
            parts = [chunk.indices, chunk.dictionary] if hasattr(chunk, "dictionary") else [chunk]
            for part in parts:
                assert not any(
                    buffer is not None and buffer.is_mutable for buffer in part.buffers()
                )
            _zero(chunk.to_numpy(zero_copy_only=False))


def _zero(values: Any) -> None:  # noqa: ANN401 - an array of any kind
    """Write into an array of numbers or days, wherever NumPy lets one write.

    An array of objects is left alone. The tables in memory are Arrow's, which has no Python
    objects, so the write could not reach them. It would give up references, and if the library
    that made the array counts them differently, the interpreter crashes.
    """
    if values.flags.writeable and values.dtype != object:
        values[:] = np.zeros(1, dtype=values.dtype)


def damage_pandas(frame: pd.DataFrame) -> None:
    """Assign to every column, first to the arrays beneath and then through pandas."""
    for name in list(frame.columns):
        values = frame[name].array
        for inner in (getattr(values, part, None) for part in ("_data", "_ndarray", "_codes")):
            if isinstance(inner, np.ndarray):
                _zero(inner)
        raw = frame[name].to_numpy()
        if isinstance(raw, np.ndarray):
            _zero(raw)
        frame.loc[:, name] = frame[name].iloc[-1]
        frame[name] = None
    frame.drop(columns=next(iter(frame.columns)), inplace=True)  # noqa: PD002 - in place on purpose


def damage_polars(frame: pl.DataFrame) -> None:
    """Assign to cells and columns in place, and to the arrays beneath."""
    for name, kind in frame.schema.items():
        _zero(frame[name].to_numpy())
        if kind == pl.Int64:
            frame[name].scatter([0], [-1])
            frame[0, name] = -1
        elif kind == pl.Date:
            frame[name].scatter([0], [dt.date(1999, 1, 1)])
            frame[0, name] = dt.date(1999, 1, 1)
    frame.drop_in_place(frame.columns[0])


def damage_duckdb(relation: Any) -> None:  # noqa: ANN401 - duckdb ships no types
    """Change what the relation gives out."""
    for values in relation.fetchnumpy().values():
        _zero(np.ma.getdata(values) if isinstance(values, np.ma.MaskedArray) else values)
    for column in relation.to_arrow_table().columns:  # DuckDB's memory, not ours
        _zero(column.to_numpy())


@pytest.mark.parametrize(
    "call",
    [
        lambda **engine: _load("loss_counts", where={"category": "tanks"}, **engine),
        lambda **engine: cast("Callable[..., Any]", rl.claims)(subject="russia", **engine),
        lambda **engine: cast("Callable[..., Any]", rl.compare)("tanks", **engine),
    ],
    ids=["load", "claims", "compare"],
)
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_what_a_caller_changes_of_a_choice_no_later_caller_sees(call: Callable[..., Any]) -> None:
    before = call(engine="arrow").to_pydict()
    damage_pandas(call(engine="pandas"))
    damage_polars(call(engine="polars"))
    damage_duckdb(call(engine="duckdb"))
    for column in call(engine="arrow").columns:
        _zero(column.to_numpy(zero_copy_only=False))
    assert call(engine="arrow").to_pydict() == before


@pytest.mark.parametrize("name", ["reports", "claims", "series"])  # all types, few rows
@pytest.mark.parametrize(
    ("arguments", "damage"),
    [
        ({"engine": "arrow"}, damage_arrow),
        ({"engine": "pandas"}, damage_pandas),
        ({"engine": "pandas", "dtype_backend": "pyarrow"}, damage_pandas),
        ({"engine": "polars"}, damage_polars),
        ({"engine": "duckdb"}, damage_duckdb),
    ],
    ids=["arrow", "pandas", "pandas-pyarrow", "polars", "duckdb"],
)
@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
def test_what_a_caller_changes_no_later_caller_sees(
    name: str, arguments: dict[str, str], damage: Callable[[Any], None], reads: Counter[str]
) -> None:
    before = arrow(installed().table(name)).to_pydict()
    damage(_load(name, **arguments))
    assert _load(name, engine="arrow").to_pydict() == before
    assert _load(name, **arguments) is not None
    assert reads[name] == 1
