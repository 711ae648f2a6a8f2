"""pandera schemas made from the descriptor, every constraint and rule a check with its code.

The only importer of pandera. Nothing is defined here: fields come from `schemas/`, constraints
from `constraints`, rules from `rules`; a frame is turned into columns once and each check reads
its own mask. So a schema and `check` cannot disagree, and a test holds them to it.

Two things differ from a schema written by hand. Types are held by a check of ours,
`<table>.<column>.type`, because pandera's own are loose (its `int64` lets `Int64` pass). And
missing values are held by `<table>.<column>.required`, not by pandera's `nullable`, so that
every failure of the data carries one of our codes; only missing and surplus columns are reported
in pandera's words.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reported_losses.dataset.descriptor import Field, Package, Table, load_package
from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.dataset.location import package_dir
from reported_losses.errors import BadArgumentError, MissingExtraError
from reported_losses.issue import Severity
from reported_losses.parsing.columns import Columns, from_arrow, from_frame
from reported_losses.validation.constraints import Constraint, constraints
from reported_losses.validation.rules import CATALOGUE, Rule, judge

if importlib.util.find_spec("pandera") is None:  # pragma: no cover - the environment has it
    raise MissingExtraError(
        "schemas need pandera, which is not installed: pip install 'reported-losses[validate]'"
    )

import pandas as pd
import pandera.pandas as pandera

_TEXT = pd.Series([""]).dtype  # "str"; "object" before pandas 3

Mask = NDArray[np.bool_]
Frames = Mapping[str, Any]


class TableSchema(pandera.DataFrameSchema):
    """A pandera schema whose checks see the whole frame, in key order, and other tables."""

    table: Table
    others: Callable[[], Mapping[str, Columns]]

    @classmethod
    def get_backend(cls, check_obj: Any = None, check_type: Any = None) -> Any:  # noqa: ANN401 - pandera's signature
        """Return the backend of pandera's own schemas, which it looks up by exact class."""
        return pandera.DataFrameSchema.get_backend(check_obj, check_type)

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - pandera's signature
        """Validate a frame.

        Args:
            check_obj: A pandas or polars DataFrame.
            *args: As pandera's; but a sample cannot be judged, as rules compare neighbours.
            **kwargs: As pandera's, such as `lazy=True` for all failures at once.

        Returns:
            The frame.

        Raises:
            pandera.errors.SchemaError: Something does not hold; its `check.name` is the code.
            pandera.errors.SchemaErrors: Likewise for all failures, with `lazy=True`.
            BadArgumentError: Not a frame with data, or only a sample is asked for.
        """
        if args or any(kwargs.get(name) is not None for name in ("head", "tail", "sample")):
            raise BadArgumentError("a sample cannot be judged: rules compare each row with others")
        frame = _pandas(check_obj)
        own = from_frame(self.table, frame)
        with _judging(own, {**self.others(), self.table.name: own}):
            super().validate(frame, **kwargs)
        return check_obj


class _Judgement:
    """One frame under judgement: its columns, the other tables, what rules derived."""

    def __init__(self, own: Columns, tables: Mapping[str, Columns]) -> None:
        self.own = own
        self.tables = tables
        self.cache: dict[str, Any] = {}

    def passed(self, bad: Mask | None, series: pd.Series) -> pd.Series:
        """Return a mask in key order as pandera wants it: what passes, in the frame's order."""
        good = np.ones(self.own.rows, dtype=np.bool_)
        if bad is not None:
            good[self.own.row] = ~bad
        return pd.Series(good, index=series.index, name=series.name)


_JUDGED: ContextVar[_Judgement] = ContextVar("frame under judgement")


@contextmanager
def _judging(own: Columns, tables: Mapping[str, Columns]) -> Iterator[None]:
    token = _JUDGED.set(_Judgement(own, tables))
    try:
        yield
    finally:
        _JUDGED.reset(token)


def schema(name: str, *, tables: Frames | None = None, today: dt.date | None = None) -> TableSchema:
    """Return the pandera schema of a table, every rule included.

    Args:
        name: Name of the table, one of `tables()`.
        tables: Other tables as frames, by name, which rules and keys look into. Without them
            those of the installed dataset are used, and a rule that judges a table as a whole
            (loss_counts/complete-report) is not judged, because your frame may be a part. With
            them nothing else is looked into: what needs a table not given is not judged.
        today: The day taken as today, for loss_counts/not-in-future; without it that rule is
            not judged.

    Returns:
        The schema. Errors fail it; warnings are issued as `pandera.errors.SchemaWarning`.

    Raises:
        UnknownNameError: There is no such table.
        MissingExtraError: pandera is not installed.

    >>> import reported_losses as rl
    >>> frame = rl.load("categories")
    >>> schema("categories").validate(frame) is frame
    True
    """
    package = _package()
    table = package.table(name)
    for other in tables or ():
        package.table(other)
    columns = {field.name: _column(table, field) for field in table.fields}
    for constraint in constraints(table):
        columns[constraint.columns[-1]].checks.append(_constraint(constraint))
    for rule in CATALOGUE.values():
        if rule.table == name:
            whole = tables is not None or not rule.whole
            columns[rule.column].checks.append(_rule(rule, today, whole=whole))
    made = TableSchema(
        columns,
        name=name,
        title=table.title,
        description=table.description,
        strict=True,
        unique_column_names=True,
    )
    made.table = table
    made.others = _others(package, tables)
    return made


def _column(table: Table, field: Field) -> pandera.Column:
    return pandera.Column(
        nullable=True,
        checks=[_type(table, field)],
        title=field.title,
        description=field.description,
        metadata={"type": field.type, "unit": field.unit, "required": field.required},
    )


def _check(
    code: str, description: str, function: Callable[[pd.Series], Any], *, warn: bool = False
) -> pandera.Check:
    return pandera.Check(
        function, name=code, description=description, ignore_na=False, raise_warning=warn
    )


def _type(table: Table, field: Field) -> pandera.Check:
    expected = expected_dtypes(field)

    def is_exact(series: pd.Series) -> bool:
        known = _JUDGED.get().own[field.name].known
        return is_dtype(series.dtype, field) and bool(known.all())

    return _check(f"{table.name}.{field.name}.type", f"dtype {' or '.join(expected)}", is_exact)


def _constraint(constraint: Constraint) -> pandera.Check:
    def holds(series: pd.Series) -> pd.Series:
        judged = _JUDGED.get()
        known = all(need in judged.tables for need in constraint.needs)
        return judged.passed(constraint.judge(judged.own, judged.tables) if known else None, series)

    return _check(constraint.code, constraint.expected, holds)


def _rule(rule: Rule, today: dt.date | None, *, whole: bool) -> pandera.Check:
    def holds(series: pd.Series) -> pd.Series:
        judged = _JUDGED.get()
        bad = judge(rule, judged.tables, today, judged.cache) if whole else None
        return judged.passed(bad, series)

    return _check(rule.code, rule.title, holds, warn=rule.severity is Severity.WARNING)


def expected_dtypes(field: Field) -> list[str]:
    """Return the names of the pandas dtypes a field may have: those `load` gives.

    Texts may be categoricals or plain; both hold the same texts.
    """
    kind = FIELD_TYPES[field.type]
    if field.type == "string":
        return [str(_TEXT), "category"]
    return [kind.pandas if field.required else kind.pandas_nullable]


def is_dtype(dtype: Any, field: Field) -> bool:  # noqa: ANN401 - any dtype there is
    """Return whether a dtype is exactly one that `load` gives, in either of its backends."""
    if isinstance(dtype, pd.CategoricalDtype):
        texts = dtype.categories.dtype
        return field.type == "string" and (texts == _TEXT or len(dtype.categories) == 0)
    if isinstance(dtype, pd.ArrowDtype):
        return _is_arrow(dtype.pyarrow_dtype, field)
    expected = (pd.api.types.pandas_dtype(name) for name in expected_dtypes(field))
    return any(dtype == one and type(dtype) is type(one) for one in expected)


def _is_arrow(kind: Any, field: Field) -> bool:  # noqa: ANN401 - pyarrow ships no types
    import pyarrow as pa

    if pa.types.is_dictionary(kind) and field.type == "string":
        kind = kind.value_type
    return bool(kind == pa.type_for_alias(FIELD_TYPES[field.type].arrow))


def _pandas(frame: object) -> pd.DataFrame:
    """Return a pandas frame; one of polars becomes the frame `load` would give."""
    if isinstance(frame, pd.DataFrame):
        return frame
    of = f"{type(frame).__module__}.{type(frame).__name__}"
    if of.startswith("polars.") and of.endswith(".DataFrame"):
        return _from_polars(frame)
    hint = "collect it first: " if of.endswith(".LazyFrame") else ""
    raise BadArgumentError(f"{hint}{of} is not a pandas or polars DataFrame")


def _from_polars(frame: Any) -> pd.DataFrame:  # noqa: ANN401 - polars may be absent
    import pyarrow as pa

    data = frame.to_arrow()
    texts = (
        pa.types.is_dictionary,
        pa.types.is_large_string,
        pa.types.is_string_view,
    )
    columns = [
        column.cast(pa.string()) if any(of(column.type) for of in texts) else column
        for column in data.columns
    ]
    made: pd.DataFrame = pa.table(columns, names=data.column_names).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    return made


def _others(package: Package, tables: Frames | None) -> Callable[[], Mapping[str, Columns]]:
    if tables is None:
        return _shipped
    held = dict(tables)

    @functools.cache
    def given() -> Mapping[str, Columns]:
        return {
            name: from_frame(package.table(name), _pandas(frame)) for name, frame in held.items()
        }

    return given


@functools.cache
def _package() -> Package:
    return load_package(package_dir())


@functools.cache
def _shipped() -> Mapping[str, Columns]:
    """Return every table of the installed dataset that can be read."""
    from reported_losses.parsing import read
    from reported_losses.parsing.cast import cast

    folder = package_dir()
    found = {}
    for name, table in _package().tables.items():
        text, _ = read(folder, table)
        if text is not None:
            typed, _ = cast(text)
            found[name] = from_arrow(table, typed.data, typed.invalid)
    return found
