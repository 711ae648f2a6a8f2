"""`load`: the same table for every engine, typed as in the schema."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reported_losses as rl
from engine_frames import rows_of
from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Field
from reported_losses.loading.load import ENGINES

TABLES = rl.tables()
_load = cast("Callable[..., Any]", rl.load)


def plain(data: Any, name: str) -> pa.Table:  # noqa: ANN401 - a table of any engine
    """Bring any engine's table to one form: no dictionaries, one chunk per column."""
    table = installed().table(name)
    if isinstance(data, pd.DataFrame):
        data = pa.Table.from_pandas(data, preserve_index=False)
    elif not isinstance(data, pa.Table):
        data = data.to_arrow() if isinstance(data, pl.DataFrame) else data.to_arrow_table()
    kinds = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    kinds |= {"date": pa.date32(), "boolean": pa.bool_()}
    arrays = [
        data.column(field.name).cast(kinds[field.type]).combine_chunks() for field in table.fields
    ]
    return pa.table(arrays, names=list(table.names))


@pytest.mark.parametrize("name", TABLES)
def test_every_engine_gives_the_same_table(name: str) -> None:
    arrow = plain(_load(name, engine="arrow"), name)
    assert plain(_load(name, engine="pandas"), name).equals(arrow)
    assert plain(_load(name, engine="pandas", dtype_backend="pyarrow"), name).equals(arrow)
    assert plain(_load(name, engine="polars"), name).equals(arrow)
    assert plain(_load(name, engine="duckdb"), name).equals(arrow)


@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_what_the_file_says(name: str) -> None:
    parse: dict[str, Callable[[str], Any]] = {
        "string": str,
        "integer": int,
        "number": float,
        "date": dt.date.fromisoformat,
        "boolean": lambda text: text == "true",
    }
    with rl.path(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    data = _load(name, engine="arrow")
    for field in installed().table(name).fields:
        cells = [row[field.name] for row in rows]
        expected = [parse[field.type](cell) if cell else None for cell in cells]
        assert data.column(field.name).to_pylist() == expected, field.name


def _arrow_type(field: Field) -> pa.DataType:
    if field.categorical:
        return pa.dictionary(pa.int32(), pa.string())
    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }[field.type]


@pytest.mark.parametrize("name", TABLES)
def test_arrow_types_are_the_schemas(name: str) -> None:
    data = _load(name, engine="arrow")
    assert data.schema.types == [_arrow_type(field) for field in installed().table(name).fields]


@pytest.mark.parametrize("name", TABLES)
def test_pandas_types_are_the_schemas(name: str) -> None:
    frame = _load(name)
    for field in installed().table(name).fields:
        kind = frame[field.name].dtype
        if field.categorical:
            assert isinstance(kind, pd.CategoricalDtype)
            assert not kind.ordered
        elif field.type == "string":
            assert kind == pd.Series(["text"]).dtype
        elif field.type == "date":
            assert str(kind) == "datetime64[us]"
        else:
            names = {"integer": "int64", "number": "float64", "boolean": "bool"}
            nullable = {"integer": "Int64", "number": "Float64", "boolean": "boolean"}
            assert str(kind) == (names if field.required else nullable)[field.type]


@pytest.mark.parametrize("name", TABLES)
def test_pandas_can_be_backed_by_arrow(name: str) -> None:
    kinds = _load(name, dtype_backend="pyarrow").dtypes
    assert all(isinstance(kind, pd.ArrowDtype) for kind in kinds)


def test_polars_types_are_the_schemas() -> None:
    schema = rl.load("loss_counts", engine="polars").schema
    assert schema["category"] == pl.Categorical
    assert schema["subject"] == pl.Enum(["russia", "ukraine"])
    assert schema["report_date"] == pl.Date
    assert schema["total"] == pl.Int64
    assert schema["increment"] == pl.Int64


def test_columns_come_in_the_order_asked() -> None:
    frame = rl.load("loss_counts", columns=["total", "category"])
    assert list(frame.columns) == ["total", "category"]
    assert len(frame) == len(rl.load("loss_counts"))


def test_the_founding_report_is_there() -> None:
    counts = rl.load("loss_counts")
    day = counts[counts["report_date"] == "2023-02-22"].set_index("category")
    assert day.loc["personnel", "total"] == 145060
    assert day.loc["personnel", "increment"] == 620
    assert day.loc["tanks", "total"] == 3334
    assert day.loc["armoured-vehicles", "total"] == 6569
    assert day.loc["artillery", "total"] == 2345


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        ({"name": "loss_count"}, "loss_counts"),
        ({"name": "loss_counts", "columns": ["totl"]}, "total"),
        ({"name": "loss_counts", "engine": "panda"}, "pandas"),
        ({"name": "loss_counts", "dtype_backend": "arrow"}, "pyarrow"),
    ],
)
def test_a_wrong_name_lists_what_there_is_nearest_first(
    arguments: dict[str, Any], nearest: str
) -> None:
    with pytest.raises(rl.UnknownNameError) as caught:
        _load(**arguments)
    assert re.search(rf"(known:|did you mean) {nearest}\b", str(caught.value).casefold())


@pytest.mark.parametrize(
    "arguments",
    [
        {"columns": []},
        {"columns": "total"},
        {"columns": ["total", "total"]},
        {"engine": "arrow", "dtype_backend": "pyarrow"},
        *({"name": value} for value in (None, 3, ["loss_counts"], b"series")),
        *({"engine": value} for value in (None, 3, ["pandas"])),
        *({"dtype_backend": value} for value in (3, ["pyarrow"])),
        *({"columns": value} for value in (5, [3], [None], b"total", True)),
        *({"where": value} for value in ("x", 5, ["category"], {3: 4}, {"total": "many"})),
        *(
            {name: value}
            for name in ("start", "end", "as_of")
            for value in (
                *("tomorrow", "22.02.2023", "2023-02-30", 3, 2023.5, ["2023-02-22"], b"2023-02-22"),
                *(pd.NaT, np.nan, np.datetime64("NaT", "D"), np.datetime64("2023-02")),
                *(dt.datetime(2023, 2, 22, tzinfo=dt.UTC), pd.Timestamp(0, tz="Europe/Kyiv")),
            )
        ),
        {"start": "2023-02-23", "end": "2023-02-22"},
        {"name": "series", "start": "2023-02-22"},
        {"name": "claims", "end": "2023-02-22"},
        *({"validate": value} for value in ("yes", 1, None)),
    ],
    ids=str,
)
def test_an_argument_that_means_nothing_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(rl.BadArgumentError):
        _load(**{"name": "loss_counts", **arguments})


@pytest.mark.parametrize("name", [None, 3, ["series"], b"series"], ids=str)
def test_the_path_of_no_name_is_refused(name: object) -> None:
    with pytest.raises(rl.BadArgumentError):
        cast("Callable[..., Any]", rl.path)(name)


TANKS = {"reporter": "ua-general-staff", "category": "tanks"}


def test_one_reporters_count_of_one_category() -> None:
    tanks = _load("loss_counts", where=TANKS)
    whole = rl.load("loss_counts")
    mine = (whole["reporter"] == "ua-general-staff") & (whole["category"] == "tanks")
    pd.testing.assert_frame_equal(tanks, whole[mine].reset_index(drop=True))
    assert tanks["report_date"].is_unique


@pytest.mark.parametrize(
    "arguments",
    [
        {"where": TANKS, "start": "2023-02-01", "end": dt.date(2023, 2, 28)},
        {"where": {"increment": None, "category": ["uavs", "ships"]}, "columns": ["total"]},
        {"where": TANKS, "as_of": "2099-01-01", "end": "2022-03-31"},
        {"where": {"report_date": ["2023-02-22", pd.Timestamp("2024-02-22")]}},
    ],
    ids=str,
)
def test_every_engine_gives_the_same_choice(arguments: dict[str, Any]) -> None:
    kinds = [*({"engine": engine} for engine in ENGINES), {"dtype_backend": "pyarrow"}]
    one, *others = (rows_of(_load("loss_counts", **kind, **arguments)) for kind in kinds)
    assert one
    assert all(other == one for other in others)


def test_columns_need_not_hold_what_rows_are_chosen_by() -> None:
    frame = _load("loss_counts", where=TANKS, start="2023-02-22", columns=["total"])
    assert list(frame.columns) == ["total"]
    assert frame["total"].iloc[0] == 3334


@pytest.mark.parametrize(
    ("where", "columns"),
    [({"category": "prisoners", "reporter": "oryx"}, None), ({"total": -1}, ["increment"])],
)
def test_a_choice_that_nothing_matches_is_empty_typed_and_said(
    where: dict[str, Any], columns: list[str] | None
) -> None:
    whole = {engine: _load("loss_counts", engine=engine, columns=columns) for engine in ENGINES}
    found = {}
    for engine in ENGINES:
        with pytest.warns(rl.EmptySelectionWarning) as caught:
            found[engine] = _load("loss_counts", engine=engine, where=where, columns=columns)
        assert [one.filename for one in caught] == [__file__]
        assert not rows_of(found[engine])
    assert found["arrow"].schema == whole["arrow"].schema
    assert found["pandas"].dtypes.equals(whole["pandas"].dtypes)
    assert found["polars"].schema == whole["polars"].schema
    assert found["duckdb"].types == whole["duckdb"].types


def test_a_table_that_is_checked_is_checked_whole() -> None:
    frame = rl.load("series", where={"reporter": "oryx"}, validate=True)
    assert set(frame["reporter"]) == {"oryx"}


def test_categories_are_those_of_the_table_so_that_choices_can_be_joined() -> None:
    whole = rl.load("loss_counts", engine="arrow").column("category").chunk(0).dictionary
    tanks = _load("loss_counts", where=TANKS)
    uavs = _load("loss_counts", where={**TANKS, "category": "uavs"})
    assert tanks["category"].cat.categories.to_list() == whole.to_pylist()
    chosen = rl.load("loss_counts", where=TANKS, engine="arrow").column("category")
    assert chosen.chunk(0).dictionary.equals(whole)
    both: Any = pd.concat([tanks, uavs])
    assert isinstance(both["category"].dtype, pd.CategoricalDtype)
    assert both.groupby("category", observed=True).size().index.to_list() == ["tanks", "uavs"]
    merged = tanks.merge(uavs, on=["reporter", "subject", "report_date"])
    assert isinstance(merged["reporter"].dtype, pd.CategoricalDtype)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_missing_engine_names_its_extra(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    def nothing(name: str) -> None:
        assert name == engine

    monkeypatch.setattr(importlib.util, "find_spec", nothing)
    with pytest.raises(rl.MissingExtraError, match=rf"reported-losses\[{engine}\]"):
        _load("loss_counts", engine=engine)


def test_a_valid_table_passes_its_check() -> None:
    assert len(rl.load("series", validate=True)) == len(rl.load("series"))


def test_a_table_that_breaks_a_rule_is_refused_when_asked(tmp_path: Path) -> None:
    from reported_losses.definition.location import package_dir
    from reported_losses.loading.load import arrow

    folder = shutil.copytree(package_dir() / "data", tmp_path / "data").parent
    shutil.copytree(package_dir() / "schemas", folder / "schemas")
    shutil.copy(package_dir() / "datapackage.json", folder)
    table = installed().table("corrections")
    path = folder / table.path
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if line.startswith("ua-general-staff,"))
    path.write_text("".join(line for line in lines if line != gone), encoding="utf-8")
    assert arrow(table, folder=folder).num_rows == len(lines) - 2
    with pytest.raises(rl.DataError) as caught:
        arrow(installed().table("loss_counts"), folder=folder, validate=True)
    assert {issue.code for issue in caught.value.issues} == {"loss_counts/increment-matches"}


def test_a_damaged_file_is_refused_with_file_and_line(tmp_path: Path) -> None:
    from reported_losses.loading.load import arrow

    table = installed().table("revisions")
    (tmp_path / "data").mkdir()
    path = tmp_path / table.path
    path.write_text(
        "revision,revised_on,version,table,key,column,old,new,replaced_by,reason,source\n"
        "one,2026-12-01,0.1.1,loss_counts,k,total,1,2,,Misread.,\n",
        encoding="utf-8",
    )
    with pytest.raises(rl.DataError) as caught:
        arrow(table, folder=tmp_path)
    (issue,) = caught.value.issues
    assert (issue.code, issue.line, issue.column) == ("revisions.revision.type", 2, "revision")


def test_a_pandas_frame_may_be_assigned_to() -> None:
    frame: Any = rl.load("loss_counts")
    whole = frame.copy()
    for name in frame.columns:
        frame.loc[frame.index < 2, name] = whole.loc[5, name]
    assert frame.loc[0].equals(whole.loc[5])
    assert rl.load("loss_counts").equals(whole)


def test_the_garbage_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    rl.load("series")
    assert gc.isenabled()
    with pytest.raises(rl.UnknownNameError):
        _load("nothing")
    assert gc.isenabled()
    gc.disable()
    try:
        rl.load("series")
        assert not gc.isenabled()
    finally:
        gc.enable()
