"""Every foreign key joins, in every library: no row is lost or doubled, and no missing value made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import ForeignKey
from reported_losses.loading.load import arrow

KEYS = [(table, key) for table in installed().tables.values() for key in table.foreign_keys]
Joined = tuple[int, int]  # rows, and those that found a row of the other table


def with_pandas(own: Any, other: Any, key: ForeignKey) -> Joined:  # noqa: ANN401 - frames
    there = other[list(key.references)].assign(there=1)
    joined = own[list(key.fields)].merge(
        there, left_on=list(key.fields), right_on=list(key.references), how="left"
    )
    return len(joined), int(joined["there"].notna().sum())


def with_pandas_and_arrow(own: Any, other: Any, key: ForeignKey) -> Joined:  # noqa: ANN401
    # pandas 2 finds a row for a missing key of these types.
    whole = own[list(key.fields)].dropna()
    _, found = with_pandas(whole, other, key)
    return len(own), found


def with_polars(own: Any, other: Any, key: ForeignKey) -> Joined:  # noqa: ANN401
    there = other.select(*key.references, there=pl.lit(1))
    joined = own.select(*key.fields).join(
        there, left_on=list(key.fields), right_on=list(key.references), how="left"
    )
    return joined.height, joined["there"].count()


def with_arrow(own: Any, other: Any, key: ForeignKey) -> Joined:  # noqa: ANN401
    there = other.select(list(key.references)).append_column("there", pa.array([1] * len(other)))
    joined = own.select(list(key.fields)).join(
        there, keys=list(key.fields), right_keys=list(key.references), join_type="left outer"
    )
    return joined.num_rows, joined.num_rows - joined.column("there").null_count


def with_duckdb(own: Any, other: Any, key: ForeignKey) -> Joined:  # noqa: ANN401
    on = " AND ".join(
        f"own.{a} = other.{b}" for a, b in zip(key.fields, key.references, strict=True)
    )
    joined = own.set_alias("own").join(other.set_alias("other"), on, how="left")
    ((rows, found),) = joined.aggregate(f"count(*), count(other.{key.references[0]})").fetchall()
    return rows, found


def loaded(**arguments: str) -> Callable[[str], Any]:
    return lambda name: rl.load(name, **arguments)  # type: ignore[call-overload]


WAYS: Mapping[str, tuple[Callable[[str], Any], Callable[[Any, Any, ForeignKey], Joined]]] = {
    "pandas": (loaded(), with_pandas),
    "pandas, Arrow types": (loaded(dtype_backend="pyarrow"), with_pandas_and_arrow),
    "polars": (loaded(engine="polars"), with_polars),
    "arrow": (loaded(engine="arrow"), with_arrow),
    "duckdb": (loaded(engine="duckdb"), with_duckdb),
    "Parquet, pandas": (lambda name: pd.read_parquet(rl.parquet(name)), with_pandas),
    "Parquet for pandas": (
        lambda name: pd.read_parquet(rl.parquet(name, engine="pandas")),
        with_pandas,
    ),
    "Parquet, polars": (lambda name: pl.read_parquet(rl.parquet(name)), with_polars),
    "Parquet, DuckDB": (lambda name: duckdb.read_parquet(str(rl.parquet(name))), with_duckdb),
}


@pytest.fixture(scope="module")
def due() -> dict[int, Joined]:
    """Return how many rows each key has, and how many of them have it whole."""
    found = {}
    for number, (table, key) in enumerate(KEYS):
        columns = [arrow(table).column(name).to_pylist() for name in key.fields]
        whole = sum(None not in cells for cells in zip(*columns, strict=True))
        found[number] = (len(columns[0]), whole)
    return found


@pytest.mark.filterwarnings("ignore:Local categoricals")  # polars 1.20 says that this takes time
@pytest.mark.parametrize("way", WAYS)
def test_every_foreign_key_joins(way: str, due: dict[int, Joined]) -> None:
    load, join = WAYS[way]
    held = {name: load(name) for name in installed().tables}
    found = {
        number: join(held[table.name], held[key.table], key)
        for number, (table, key) in enumerate(KEYS)
    }
    assert found == due


def test_pandas_keeps_the_type_of_a_key_that_both_sides_hold_alike() -> None:
    counts: pd.DataFrame = rl.load("loss_counts")
    categories: pd.DataFrame = rl.load("categories")
    plain = counts.merge(categories[["category", "unit"]], on="category")
    alike = categories.astype({"category": counts["category"].dtype})
    kept = counts.merge(alike[["category", "unit"]], on="category")
    assert isinstance(kept["category"].dtype, pd.CategoricalDtype)
    assert kept["unit"].tolist() == plain["unit"].tolist()


def test_groups_of_two_slugs_are_those_observed() -> None:
    counts = rl.load("loss_counts")
    pairs = counts[["reporter", "category"]].drop_duplicates()
    assert len(counts.groupby(["reporter", "category"], observed=True).size()) == len(pairs)
    assert len(counts.groupby(["reporter", "category"], observed=False).size()) > len(pairs)


def test_polars_is_silent_about_a_slug_that_no_row_has() -> None:
    counts = rl.load("loss_counts", engine="polars")
    assert counts.filter(pl.col("category") == "tank").is_empty()
    listed = counts["subject"].dtype  # the schema lists the subjects
    with pytest.raises(pl.exceptions.InvalidOperationError):
        counts.filter(pl.col("subject") == pl.lit("rusia", dtype=listed))
