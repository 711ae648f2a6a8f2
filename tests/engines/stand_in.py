"""A folder with the files of a release, made without `build`."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pyarrow as pa

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.loading.day_table import descriptor
from reported_losses.loading.export import sqlite_bytes
from reported_losses.loading.load import arrow
from reported_losses.loading.metadata import described
from reported_losses.loading.parquet_cache import parquet_bytes


def write_release(folder: Path) -> None:
    """Write the tables as Parquet, CSV and SQLite, and their sums."""
    tables = installed().tables.values()
    for table in tables:
        data = described(table, arrow(table))
        (folder / f"{table.name}.parquet").write_bytes(parquet_bytes(data))
        shutil.copy(rl.path(table.name), folder / f"{table.name}.csv")
    (folder / "daily.parquet").write_bytes(parquet_bytes(_daily()))
    (folder / "reported-losses.sqlite").write_bytes(
        sqlite_bytes([(table, arrow(table)) for table in tables])
    )
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _daily() -> pa.Table:
    daily = described(descriptor("daily"), rl.daily(engine="arrow"))
    for name, value in (("subject", "russia"), ("reporter", "ua-general-staff")):
        column = pa.repeat(pa.scalar(value), daily.num_rows).dictionary_encode()
        daily = daily.add_column(0, name, column)
    return daily
