"""`load()`: a table of the installed dataset, typed, in the library you work with."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported_losses.dataset.descriptor import Table, installed
from reported_losses.dataset.location import package_dir
from reported_losses.errors import BadArgumentError, DataError, unknown_name
from reported_losses.issue import Issue, Severity

if TYPE_CHECKING:
    import datetime as dt

    import pyarrow as pa

    from reported_losses.loading.engines import Converter
    from reported_losses.parsing import TextTable

ENGINES = ("pandas", "polars", "arrow", "duckdb")
BACKENDS = ("numpy_nullable", "pyarrow")


def load(  # noqa: PLR0913 - one call, all of them by name
    name: str,
    *,
    engine: str = "pandas",
    dtype_backend: str | None = None,
    columns: Sequence[str] | None = None,
    validate: bool = False,
    as_of: str | dt.date | None = None,
) -> Any:  # noqa: ANN401 - `models.Load` gives checkers the type by table and engine
    """Load a table, in the order of its primary key.

    Types are those of the schema whatever the engine: dates are dates, whole numbers are
    64-bit integers, and texts that repeat (enumerations, keys of other tables) are
    categoricals: dictionaries in Arrow; unordered `Categorical` in pandas; in polars `Enum`
    where the schema lists the values and `Categorical` where another table does. A missing
    cell is missing; nothing is filled in or repaired.

    Args:
        name: Name of the table, one of `tables()`.
        engine: "pandas" (a DataFrame), "polars" (a DataFrame), "arrow" (a pyarrow Table) or
            "duckdb" (a relation on DuckDB's default connection).
        dtype_backend: For pandas alone. "numpy_nullable", the default: NumPy types, and
            pandas' nullable ones (`Int64`, `Float64`, `boolean`) where a column may be
            missing. "pyarrow": Arrow types throughout.
        columns: Columns to load, in the order given; all of them by default.
        validate: Whether to check the table, as it is now, against its schema and every rule
            first.
        as_of: A day: give the table as this dataset held it at the end of that day, without
            later rows and with later revisions undone. For tables with `recorded_on`.

    Returns:
        The table. It is never empty for want of data: what cannot be had is an exception.

    Raises:
        UnknownNameError: There is no such table, column, engine or backend.
        BadArgumentError: `as_of` is not a day, or lies before the first record, or the table
            keeps no dates of recording; `columns` is empty or names one twice.
        MissingExtraError: The engine's library is not installed.
        DataError: The table's file is damaged, or `validate` found errors.

    >>> counts = load("loss_counts")
    >>> day = counts[(counts.category == "tanks") & (counts.report_date == "2023-02-22")]
    >>> int(day.total.iloc[0])
    3334
    """
    collecting = gc.isenabled()
    # What is imported and read here is there to stay; looking for garbage in it again and
    # again would take a tenth of the time.
    gc.disable()
    try:
        table = installed().table(name)
        convert = _converter(engine, dtype_backend)
        return convert(
            table, arrow(table, _columns(table, columns), as_of=as_of, validate=validate)
        )
    finally:
        if collecting:
            gc.enable()


def _converter(engine: str, dtype_backend: str | None) -> Converter:
    if engine not in ENGINES:
        raise unknown_name("engine", engine, ENGINES)
    backend = BACKENDS[0] if dtype_backend is None else dtype_backend
    if backend not in BACKENDS:
        raise unknown_name("dtype_backend", backend, BACKENDS)
    if dtype_backend is not None and engine != "pandas":
        raise BadArgumentError(f"dtype_backend is for the engine pandas, not for {engine}")
    from reported_losses.loading import engines as frames  # only now is Arrow needed

    return frames.converter(engine, backend)


def path(name: str) -> Path:
    """Return the CSV file of a table.

    >>> path("loss_counts").name
    'loss_counts.csv'
    """
    return package_dir() / installed().table(name).path


def arrow(
    table: Table,
    columns: Sequence[str] | None = None,
    *,
    as_of: str | dt.date | None = None,
    validate: bool = False,
    folder: Path | None = None,
) -> pa.Table:
    """Load a table as a typed Arrow table; otherwise as `load`.

    Args:
        table: Descriptor of the table.
        columns: Columns to keep; all by default.
        as_of: As in `load`.
        validate: As in `load`.
        folder: Package folder; the installed one by default.

    Returns:
        The table, its columns as the schema types them.
    """
    from reported_losses.parsing.cast import cast

    folder = folder or package_dir()
    if validate:
        from reported_losses.validation.check import check

        _refuse(table, check(folder, tables=[table.name]))
    text = _text(folder, table)
    if as_of is not None:
        from reported_losses.loading import as_of as vintage

        text = vintage.as_of(text, _text(folder, installed().table("revisions")), as_of)
    typed, issues = cast(text)
    _refuse(table, issues)
    return typed.data if columns is None else typed.data.select(list(columns))


def _text(folder: Path, table: Table) -> TextTable:
    from reported_losses.parsing import read

    text, issues = read(folder, table)
    _refuse(table, issues)
    assert text is not None, "an unreadable file has an issue"
    return text


def _refuse(table: Table, issues: Sequence[Issue]) -> None:
    errors = sorted({issue for issue in issues if issue.severity is Severity.ERROR})
    if errors:
        first = errors[0]
        raise DataError(
            f"{table.name} cannot be loaded: {first.path}:{first.line or 1}: {first.message}"
            f"{f' (and {len(errors) - 1} more)' if errors[1:] else ''}; "
            "`reported-losses check` lists everything",
            errors,
        )


def _columns(table: Table, columns: Sequence[str] | None) -> tuple[str, ...] | None:
    if columns is None:
        return None
    if isinstance(columns, str):
        raise BadArgumentError(f"columns is a list of names: [{columns!r}]")
    if not columns:
        raise BadArgumentError("columns is empty; leave it out for all of them")
    if len(set(columns)) != len(columns):
        raise BadArgumentError("columns names a column twice")
    return tuple(table.field(name).name for name in columns)
