"""Frames of every engine as plain Python values, and small packages to compute from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa

from reported_losses.definition.descriptor import installed

ENGINES = ("pandas", "polars", "arrow", "duckdb")


def plain(frame: Any) -> dict[str, list[Any]]:  # noqa: ANN401 - a frame of any engine
    """Return the columns of a frame, with dates as dates and missing cells as None."""
    if isinstance(frame, pd.DataFrame):
        indexed = frame.index.name is not None
        columns = (frame.reset_index() if indexed else frame).to_dict("list")
        return {str(name): [_value(one) for one in cells] for name, cells in columns.items()}
    if isinstance(frame, pl.DataFrame):
        return frame.to_dict(as_series=False)
    table = frame if isinstance(frame, pa.Table) else frame.to_arrow_table()
    columns = table.to_pydict()
    return {str(name): cells for name, cells in columns.items()}


def _value(cell: Any) -> Any:  # noqa: ANN401 - a cell of any type
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, dt.datetime) else cell


def write_package(folder: Path, **tables: Iterable[dict[str, str]]) -> Path:
    """Write the tables that `daily` reads, each from rows in which missing cells are left out."""
    (folder / "data").mkdir()
    for name in ("loss_counts", "corrections", "series", "categories", "revisions"):
        table = installed().table(name)
        lines = [table.names, *([row.get(one, "") for one in table.names] for row in tables[name])]
        text = "".join(",".join(line) + "\n" for line in lines)
        (folder / table.path).write_text(text, encoding="utf-8")
    return folder
