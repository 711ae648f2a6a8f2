"""`load()`: a table of the installed dataset, typed, for the library you work with."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Table
from reported_losses.errors import BadArgumentError, unknown_name
from reported_losses.loading.arguments import choice, flag, text, texts
from reported_losses.parsing.as_built import refuse, verified
from reported_losses.writing.journal import refuse_unfinished

if TYPE_CHECKING:
    import datetime as dt

    import pyarrow as pa

    from reported_losses.loading.engines import Converter
    from reported_losses.parsing.cast import TypedTable

ENGINES = ("pandas", "polars", "arrow", "duckdb")
COMPUTED = ("daily", "loss_counts_wide")
"""Tables of a release that are computed, and not installed."""
BACKENDS = ("numpy_nullable", "pyarrow")


def load(  # noqa: PLR0913 - one call, all of them by name
    name: str,
    *,
    engine: str = "pandas",
    dtype_backend: str | None = None,
    columns: Sequence[str] | None = None,
    where: Mapping[str, Any] | None = None,
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    validate: bool = False,
    as_of: str | dt.date | None = None,
    version: str | None = None,
) -> Any:  # noqa: ANN401 - `types.Load` gives checkers the type by table and engine
    """Load a table, or some of its rows and columns, in the order of its primary key.

    The schema decides the types, for every engine alike. Dates are dates, and whole numbers are
    64-bit integers. Texts that repeat (enumerations and keys of other tables) are categorical:
    dictionaries in Arrow; unordered `Categorical` in pandas; in polars `Enum` where the schema
    lists the values and `Categorical` where another table does. A missing cell is missing:
    nothing is filled in or repaired. `describe(name)` lists the columns.

    Rows are chosen before the engine makes its types, so a small choice costs little. What is
    chosen keeps its types: a categorical column has all of its categories, also those that no
    chosen row has, so that frames chosen from one table can be joined and concatenated. With
    pandas, group by it with `observed=True`.

    A process reads and types each table once, and again after its file has changed. What you
    get is yours to change; no later call sees it.

    Args:
        name: Name of the table, one of `tables()`.
        engine: "pandas" (a DataFrame), "polars" (a DataFrame), "arrow" (a pyarrow Table) or
            "duckdb" (a relation on DuckDB's default connection).
        dtype_backend: For the engine pandas only. "numpy_nullable", the default: NumPy types,
            and pandas' nullable types (`Int64`, `Float64`, `boolean`) for columns in which
            values may be missing. "pyarrow": Arrow types throughout.
        columns: Columns to load, in this order; all columns by default.
        where: For each column named a value, or several in a list or the like: only rows that
            have one of them, in each of these columns. The columns need not be among `columns`.
            Values have the column's type; a day may be a date or text YYYY-MM-DD. None, NaN
            and NaT stand for a missing cell.
        start: First day, as a date or as text YYYY-MM-DD: only rows of this day and later. The
            day of a row is its `report_date`, `stated_on` or `revised_on`.
        end: Last day, likewise, included.
        validate: Whether to check the whole table first, as it is now, against its schema and
            every rule.
        as_of: A day, as a date or as text YYYY-MM-DD. Gives the table as this dataset held it
            at the end of that day: without later rows, and with later revisions undone. Only
            for tables with a column `recorded_on`.
        version: A release, such as "0.1.0", instead of the installed data. It must have been
            fetched (`fetch(version)`, or `reported-losses fetch`): loading opens no connection.
            Its files are verified whenever they are read. A release has the tables "daily"
            and "loss_counts_wide" as well, and its own columns, which may be other ones.
            If the list of releases that was fetched last says that it was withdrawn, a
            `WithdrawnReleaseWarning` says why.

    Returns:
        The table. If the choice of rows is valid and none matches, it is empty, has the same
        types, and an `EmptySelectionWarning` says so. Otherwise `load` raises an exception
        instead of returning an empty frame.

    Raises:
        UnknownNameError: There is no such table, column, engine or backend; or a name in `where`
            does not exist: in a column of listed values, or a key of its table or another. In
            other columns of texts and in numbers, a value that no row has matches no row. Or
            the release `version` was not fetched.
        BadArgumentError: An argument is not of its type. Or `columns` or a list in `where` is
            empty, or a column is named twice; `end` is before `start`, or the table's rows have
            no day; `as_of` is before the first record, or the table has no column
            `recorded_on`. Or `version` is no version, or stands beside `validate`.
        CacheError: A file of the release `version` was not fetched, or is damaged.
        MissingExtraError: The engine's library is not installed.
        DataError: The table's file is damaged, or is installed and not as it was built (the
            message says what to do), a command was cut off while it replaced tables, or
            `validate` found errors.

    >>> import reported_losses as rl
    >>> chosen = {"reporter": "ua-general-staff", "category": "tanks"}
    >>> tanks = rl.load("loss_counts", where=chosen, start="2023-02-22")
    >>> tanks.report_date.is_unique, int(tanks.total.iloc[0])
    (True, 3334)
    """
    collecting = gc.isenabled()
    # What is imported and read here stays in memory; searching it for garbage again and again
    # would take a tenth of the time.
    gc.disable()
    try:
        if version is None:
            table = _table(name)
            convert = _converter(engine, dtype_backend)
            wanted = _columns(table, columns)
            data = arrow(table, as_of=as_of, validate=flag("validate", validate))
            names = None
        else:
            from reported_losses.loading.released import opened, warn_if_withdrawn

            convert = _converter(engine, dtype_backend)
            checked = flag("validate", validate)
            release, table, data = opened(name, version, as_of=as_of, validate=checked)
            warn_if_withdrawn(release.contents.version)
            wanted, names = _columns(table, columns), release.names
            convert = release.converter(convert)
        if not (where is None and start is None and end is None):
            from reported_losses.loading.select import matching, warn_empty  # import Arrow

            data = matching(table, data, where=where, start=start, end=end, names=names)
            if not data.num_rows:
                asked = {"where": where, "start": start, "end": end, "as_of": as_of}
                warn_empty(name, asked | {"version": version})
        return convert(table, data if wanted is None else data.select(wanted))
    finally:
        if collecting:
            gc.enable()


def _table(name: object) -> Table:
    """Return an installed table; of a computed one, say how to get it."""
    package, wanted = installed(), text("name", name)
    if wanted in COMPUTED and wanted not in package.tables:
        makes = "`daily()` computes it here" if wanted == "daily" else "it is not installed"
        remark = f"{makes}; a release has it: `load({wanted!r}, version={package.version!r})`."
        raise unknown_name("table", wanted, package.tables, remark=remark)
    return package.table(wanted)


def _converter(engine: str, dtype_backend: str | None) -> Converter:
    choice("engine", engine, ENGINES)
    backend = BACKENDS[0] if dtype_backend is None else dtype_backend
    choice("dtype_backend", backend, BACKENDS)
    if dtype_backend is not None and engine != "pandas":
        raise BadArgumentError(f"dtype_backend is only for the engine pandas, not for {engine}")
    from reported_losses.loading import engines  # imports Arrow

    return engines.converter(engine, backend)


def path(name: str) -> Path:
    """Return the path of a table's CSV file.

    Args:
        name: Name of the table, one of `tables()`.

    Returns:
        The file in the installed package, or in the checkout. Treat it as read-only.

    Raises:
        UnknownNameError: There is no such table.
        BadArgumentError: `name` is no text.
        DataError: The installed file is not the one that was built.

    >>> import reported_losses as rl
    >>> rl.path("loss_counts").name
    'loss_counts.csv'
    """
    table = installed().table(text("name", name))
    refuse(table, verified(package_dir(), table))
    return package_dir() / table.path


def arrow(
    table: Table,
    columns: Sequence[str] | None = None,
    *,
    as_of: str | dt.date | None = None,
    validate: bool = False,
    folder: Path | None = None,
) -> pa.Table:
    """Load a table as a typed Arrow table.

    Args:
        table: Descriptor of the table.
        columns: Columns to keep; all columns by default.
        as_of: As for `load`.
        validate: As for `load`.
        folder: Package folder; the installed one by default.

    Returns:
        The table with the schema's types. Its memory is shared and read-only.

    Raises:
        BadArgumentError: As for `load`.
        DataError: As for `load`.
    """
    folder = folder or package_dir()
    refuse_unfinished(folder, installed())
    checked: Mapping[str, TypedTable] = {}
    if validate:
        from reported_losses.validation.check import examine

        seen = examine(folder, tables=[table.name])
        refuse(table, seen.issues)
        checked = seen.tables
    typed = _typed(folder, table, checked)
    if as_of is not None:
        typed = _earlier(typed, _typed(folder, installed().table("revisions"), checked), as_of)
    return typed.data if columns is None else typed.data.select(list(columns))


def _typed(folder: Path, table: Table, checked: Mapping[str, TypedTable]) -> TypedTable:
    """Return a table as the check read it, or read it."""
    typed = checked.get(table.name)
    if typed is not None and typed.table == table:
        return typed
    from reported_losses.parsing.table_cache import read_typed

    typed, issues = read_typed(folder, table)
    refuse(table, issues)
    assert typed is not None, "a file that cannot be read has an issue"
    return typed


def _earlier(typed: TypedTable, revisions: TypedTable, day: str | dt.date) -> TypedTable:
    from reported_losses.loading.as_of import as_of
    from reported_losses.parsing.cast import cast

    then, issues = cast(as_of(typed.text, revisions.text, day))
    refuse(typed.table, issues)
    return then


def _columns(table: Table, columns: Sequence[str] | None) -> list[str] | None:
    if columns is None:
        return None
    if isinstance(columns, str):
        raise BadArgumentError(f"columns is a list of names: [{columns!r}]")
    return [table.field(name).name for name in texts("columns", columns)]
