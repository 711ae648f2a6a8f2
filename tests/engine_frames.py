"""Frames of any engine as plain rows, so that engines can be compared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa


def rows_of(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a frame of any engine
    """Return the rows of a frame as Python values, missing ones as None."""
    if isinstance(frame, pd.DataFrame):
        frame = pa.Table.from_pandas(frame, preserve_index=False)
    elif isinstance(frame, pl.DataFrame):
        frame = frame.to_arrow()
    elif not isinstance(frame, pa.Table):
        frame = frame.to_arrow_table()
    return [{name: _plain(cell) for name, cell in row.items()} for row in frame.to_pylist()]


def _plain(cell: Any) -> Any:  # noqa: ANN401 - any cell
    return cell.date() if isinstance(cell, dt.datetime) else cell
