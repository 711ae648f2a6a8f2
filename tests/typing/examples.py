# ruff: noqa: F401 - what is imported is used in types that are written as texts
"""What a user writes, as type checkers see it; mypy strict and pyright must both be content."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, assert_type

import pandas as pd

import reported_losses as rl

if TYPE_CHECKING:
    import altair as alt
    import duckdb
    import polars as pl
    from matplotlib.figure import Figure

    from reported_losses.definition.names import TableName
    from reported_losses.loading.types import LossCountsFrame


def columns_have_types() -> None:
    """The frame of a table knows its columns."""
    counts = rl.load("loss_counts")
    assert_type(counts["total"], "pd.Series[int]")
    assert_type(counts["report_date"], "pd.Series[pd.Timestamp]")
    assert_type(counts["category"], "pd.Series[str]")
    assert_type(counts.evidence, "pd.Series[str]")
    assert_type(rl.load("claims")["low"], "pd.Series[float]")
    assert_type(rl.load("records")["votes"], "pd.Series[bool]")


def rows_can_be_chosen() -> None:
    """Choosing rows keeps the columns' types; choosing columns gives a plain frame."""
    counts = rl.load("loss_counts")
    tanks = counts[counts["category"] == "tanks"]
    assert_type(tanks, "LossCountsFrame")
    assert_type(tanks["total"], "pd.Series[int]")
    assert_type(counts[["report_date", "total"]], pd.DataFrame)
    assert_type(rl.load("loss_counts", columns=["report_date", "total"]), pd.DataFrame)


def engines_have_their_own_frames() -> None:
    """The engine decides the type."""
    assert_type(rl.load("series", engine="polars"), "pl.DataFrame")
    assert_type(rl.load("series", engine="duckdb"), "duckdb.DuckDBPyRelation")
    rl.load("series", engine="arrow", columns=["category"])
    rl.load("corrections", as_of=dt.date(2026, 12, 1), validate=True)
    rl.load("corrections", dtype_backend="pyarrow", as_of="2026-12-01")


def releases_have_versions() -> None:
    """A release has the tables of the dataset, and two more."""
    assert_type(rl.load("loss_counts", version="0.1.0"), "LossCountsFrame")
    assert_type(rl.load("daily", version="0.1.0"), pd.DataFrame)
    assert_type(rl.load("loss_counts_wide", version="0.1.0", engine="polars"), "pl.DataFrame")
    assert_type(rl.fetch("0.1.0", ["loss_counts"], to="folder").name, str)
    assert_type(rl.releases(offline=True), pd.DataFrame)
    assert_type(rl.changes("0.1.0", until="latest"), pd.DataFrame)
    assert_type(rl.url("loss_counts", format="csv"), str)


def rows_can_be_asked_for() -> None:
    """Values have the column's type; the frame is the table's."""
    tanks = {"reporter": "ua-general-staff", "category": ["tanks", "mlrs"]}
    assert_type(
        rl.load("loss_counts", where={"category": "tanks", "increment": None}, start="2023-01-01"),
        "LossCountsFrame",
    )
    rl.load("loss_counts", columns=["total"], where={"total": 3334, "report_date": pd.Timestamp(0)})
    rl.load("claims", where={"low": [15_000, 0.5, None]}, validate=True)
    rl.load("records", where={"votes": True}, engine="duckdb")
    rl.load("loss_counts", where=tanks, engine="polars", end=dt.date(2023, 2, 22))
    one, names = {"reporter": "ua-general-staff"}, ["category", "total"]
    assert_type(rl.load("loss_counts", where=one), "LossCountsFrame")
    assert_type(rl.load("loss_counts", where=one, columns=names), pd.DataFrame)
    rl.load("loss_counts", where={"category": rl.load("categories")["category"]})


def every_table_by_name() -> None:
    """Names come from a closed list."""
    for name in rl.tables():
        assert_type(name, "TableName")
        rl.load(name, engine="polars")
        rl.path(name).read_bytes()
        rl.parquet(name).read_bytes()
        print(rl.describe(name))  # noqa: T201 - what a user would do


def what_is_returned_has_a_public_name() -> None:
    """Types of results can be written in annotations."""
    about: rl.Description = rl.describe("loss_counts", "total")
    assert_type(about.table, rl.Table)
    assert_type(about.field, rl.Field | None)
    assert_type(about.table.foreign_keys, tuple[rl.ForeignKey, ...])
    kind = rl.describe("tanks")
    if isinstance(kind, rl.CategoryDescription):
        assert_type(kind.counted_by, tuple[rl.Coverage, ...])
    elif isinstance(kind, rl.ReporterDescription):
        assert_type(kind.last_report, dt.date)
    known: rl.Status = rl.status(today=dt.date(2026, 12, 1))
    assert_type(known.reporters, tuple[rl.ReporterStatus, ...])
    assert_type(known.to_pandas(), pd.DataFrame)
    names: tuple[rl.TableName, ...] = rl.tables()
    rl.load(names[0], engine="arrow")
    rl.package()


def views_are_frames() -> None:
    """Computed frames are plain frames."""
    assert_type(rl.daily("tanks"), pd.DataFrame)
    assert_type(rl.daily(["tanks", "mlrs"], wide=True, value="change"), pd.DataFrame)
    assert_type(rl.daily(engine="polars", start="2023-01-01"), "pl.DataFrame")
    assert_type(rl.periods("tanks", every="week", end=dt.date(2023, 1, 1)), pd.DataFrame)
    assert_type(rl.timeline("tanks", with_narrower=True), pd.DataFrame)
    assert_type(rl.timeline("tanks", engine="duckdb"), "duckdb.DuckDBPyRelation")
    assert_type(rl.plot("tanks", kind="total", width=360), "alt.LayerChart")
    assert_type(rl.plot("tanks", engine="matplotlib", end="2023-01-01"), "Figure")
    assert_type(rl.daily(wide=True, value="increment"), pd.DataFrame)
    assert_type(rl.compare("tanks", reporters=["ua-general-staff"]), pd.DataFrame)
    assert_type(rl.compare("tanks", engine="polars", as_of="2026-12-01"), "pl.DataFrame")
    assert_type(rl.compare("tanks", engine="duckdb", by="day"), "duckdb.DuckDBPyRelation")
    assert_type(rl.claims(subject="russia"), pd.DataFrame)
    assert_type(rl.claims(engine="polars", as_of=dt.date(2026, 12, 1)), "pl.DataFrame")
    rl.claims(engine="arrow", measure="killed").num_rows  # noqa: B018 - what a user would do
    assert_type(rl.check(), list[rl.Issue])
    assert_type([issue.key for issue in rl.check()], list[rl.Key])
    assert_type(rl.__version__, str)
    assert_type(rl.citation(), str)
