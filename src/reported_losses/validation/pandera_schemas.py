"""pandera schemas of the tables: the door for anybody's frame.

A schema judges a frame with `failures`, as `check` judges files, and reports what fails in
pandera's errors: the same codes, the same rows, the same words. It has no rule of its own.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.util
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from reported_losses.dataset.dates import as_date
from reported_losses.dataset.descriptor import Field, Table, installed
from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.dataset.location import package_dir
from reported_losses.errors import BadArgumentError, MissingExtraError
from reported_losses.issue import CodeText, Key, Severity
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.invisible import shown
from reported_losses.parsing.issues import LISTED
from reported_losses.parsing.table_cache import read_typed
from reported_losses.validation.constraint_kinds import text_of
from reported_losses.validation.constraints import constraints
from reported_losses.validation.failures import Failure, Tables, failures, needed
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.rule import Words

if importlib.util.find_spec("pandera") is None:  # pragma: no cover - the environment has it
    raise MissingExtraError(
        "schemas need pandera, which is not installed: pip install 'reported-losses[validate]'"
    )

import pandas as pd
import pandera.pandas as pandera
from pandera.backends.pandas.container import DataFrameSchemaBackend
from pandera.config import get_config_context
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors, SchemaWarning

from reported_losses.validation.frame_columns import WrongType, frame_columns, to_pandas

_TEXT = pd.Series([""]).dtype  # "str"; "object" before pandas 3

Frames = Mapping[str, Any]


def schema(
    name: str, *, tables: Frames | None = None, today: str | dt.date | None = None
) -> TableSchema:
    """Return the pandera schema of a table, with every rule.

    Args:
        name: Name of the table, one of `tables()`.
        tables: Other tables as frames, by name, that keys and rules look into. By default those
            of the installed dataset are used, and rules that judge a table as a whole
            (loss_counts/complete-report) are left out, because your frame may be a part of it.
            If you give tables, nothing else is looked into: a check that needs a table you did
            not give is left out.
        today: The day taken as today, for loss_counts/not-in-future; without it that rule is
            left out.

    Returns:
        The schema. Errors fail it; warnings are issued as `pandera.errors.SchemaWarning`.

    Raises:
        UnknownNameError: There is no such table.
        BadArgumentError: `today` is not a day.
        MissingExtraError: pandera is not installed.

    >>> import reported_losses as rl
    >>> frame = rl.load("categories")
    >>> schema("categories").validate(frame) is frame
    True
    """
    package = installed()
    table = package.table(name)
    for other in tables or ():
        package.table(other)
    day = None if today is None else as_date(today, "today")
    return TableSchema(
        table,
        _INSTALLED if tables is None else _given(tables, needed(package, name)),
        day,
        part=tables is None,
    )


class TableSchema(pandera.DataFrameSchema):
    """The pandera schema of one table.

    Its columns list the codes that it can report as named checks. `validate` judges a frame as a
    whole, because keys and rules compare rows with one another and with other tables.
    """

    def __init__(
        self,
        table: Table,
        tables: Callable[[], Tables],
        today: dt.date | None,
        *,
        part: bool,
    ) -> None:
        super().__init__(
            {field.name: _column(table, field) for field in table.fields},
            name=table.name,
            title=table.title,
            description=table.description,
            strict=True,
            unique_column_names=True,
        )
        self._table = table
        self._tables = tables
        self._today = today
        self._part = part

    def validate(  # noqa: PLR0913, PLR0917 - pandera's signature
        self,
        check_obj: Any,  # noqa: ANN401 - any kind of frame
        head: int | None = None,
        tail: int | None = None,
        sample: int | None = None,
        random_state: int | None = None,  # noqa: ARG002 - pandera's
        lazy: bool = False,  # noqa: FBT001, FBT002
        inplace: bool = False,  # noqa: ARG002, FBT001, FBT002 - pandera's
    ) -> Any:  # noqa: ANN401 - the frame given
        """Validate a frame.

        Args:
            check_obj: A pandas or polars DataFrame, a pyarrow Table, a DuckDB relation, or another
                object with `__arrow_c_stream__`.
            head: Must be None, as `tail` and `sample` must: rules compare each row with others.
            tail: As `head`.
            sample: As `head`.
            random_state: Has no effect.
            lazy: Whether to collect all failures in one `SchemaErrors`.
            inplace: Has no effect; the frame is never changed.

        Returns:
            The frame that was given.

        Raises:
            pandera.errors.SchemaError: The first thing that fails; its `check.name` is the code.
            pandera.errors.SchemaErrors: All that fails, with `lazy=True`. `failure_cases` has
                pandera's columns, and `key`, `message`, `expected` and `hint`; at most 1,000 rows
                per code.
            BadArgumentError: It is not a frame with data, or a sample is asked for.
        """
        if any(part is not None for part in (head, tail, sample)):
            raise BadArgumentError("a sample cannot be judged: rules compare each row with others")
        if get_config_context().validation_enabled is False:
            return check_obj
        frame = to_pandas(check_obj)
        errors = []
        for reported in self._judge(frame):
            if reported.text.severity is Severity.WARNING:
                warnings.warn(reported.sentence, SchemaWarning, stacklevel=2)
                continue
            errors.append(self._error(frame, reported))
            if not lazy:
                raise errors[0]
        if errors:
            raise _all_errors(self, errors, frame)
        return check_obj

    def _judge(self, frame: pd.DataFrame) -> Iterator[_Reported]:
        """Yield what fails: the columns there are, their types, then what `failures` finds."""
        yield from _columns_reported(self._table, frame)
        own, wrong = frame_columns(self._table, frame)
        source = FrameSource(own, frame)
        yield from (_type_reported(self._table, one, source) for one in wrong)
        judged = self._tables().replacing(own)
        for failure in failures(self._table.name, judged, self._today, part=self._part):
            yield _failure_reported(failure, source)

    def _error(self, frame: pd.DataFrame, reported: _Reported) -> SchemaError:
        return SchemaError(  # type: ignore[no-untyped-call]
            schema=self,
            data=frame,
            message=reported.sentence,
            failure_cases=reported.cases,
            check=_check(reported.text),
            reason_code=SchemaErrorReason.DATAFRAME_CHECK,
            column_name=reported.cases["column"].iloc[0],
        )


# pandera looks its backends up by the exact class.
TableSchema.register_backend(pd.DataFrame, DataFrameSchemaBackend)


@dataclass(frozen=True, slots=True)
class FrameSource:
    """A frame as the source of rows, which are given in key order."""

    columns: Columns
    frame: pd.DataFrame

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell, as a file would have it."""
        held = self.columns[column]
        if held.known[row]:
            return held.text(row)
        if list(self.frame.columns).count(column) != 1:
            return ""
        return str(self.frame[column].iloc[int(self.columns.row[row])])

    def key(self, row: int) -> Key:
        """Return the primary key of a row, as texts."""
        return Key({name: self.cell(row, name) for name in self.columns.key})

    def where(self, row: int) -> str:
        """Say at which label of the index a row is."""
        return f"row {self.label(row)!r}"

    def label(self, row: int) -> Any:  # noqa: ANN401 - any label
        """Return the label of a row in the frame's index."""
        return self.frame.index[int(self.columns.row[row])]


@dataclass(frozen=True, slots=True)
class _Reported:
    """One code that a frame fails.

    Attributes:
        text: What people are told of the code.
        sentence: The message for an error or warning that shows nothing else.
        cases: The failure cases, in pandera's columns and ours.
    """

    text: CodeText
    sentence: str
    cases: pd.DataFrame


def _reported(text: CodeText, cases: list[tuple[Any, str, Words]], number: int) -> _Reported:
    """Gather failure cases: index label, key and words of each; `number` is how many there are."""
    label, key, words = cases[0]
    where = "" if label is None else f" (row {label!r}, {key})"
    found = "" if words.found is None else f"found {shown(words.found) or 'nothing'}, "
    sentence = (
        f"{text.code}: {words.message}{where}; {found}expected {words.expected}. {words.hint}"
    )
    sentence += f" {number - 1:,} more rows fail." if number > 1 else ""
    cells = pd.DataFrame(
        {
            "schema_context": "DataFrameSchema",
            "column": [case.column for _, _, case in cases],
            "check": text.code,
            "check_number": None,
            "failure_case": [case.found for _, _, case in cases],
            "index": pd.Series([label for label, _, _ in cases], dtype=object),
            "key": [key or None for _, key, _ in cases],
            "message": [case.message for _, _, case in cases],
            "expected": [case.expected for _, _, case in cases],
            "hint": [case.hint for _, _, case in cases],
        }
    )
    return _Reported(text, sentence, cells)


def _failure_reported(failure: Failure, source: FrameSource) -> _Reported:
    rows = failure.rows[:LISTED]
    told = failure.describe(rows, source)
    cases = [
        (source.label(row), str(source.key(row)), words)
        for row, words in zip(rows.tolist(), told, strict=True)
    ]
    return _reported(failure.text, cases, len(failure.rows))


def _type_reported(table: Table, wrong: WrongType, source: FrameSource) -> _Reported:
    field, kind = wrong.field, FIELD_TYPES[wrong.field.type]
    text = text_of(f"{table.name}.{field.name}.type", "type")
    expected = f"dtype {' or '.join(expected_dtypes(field))}, or one that holds the same values"
    if wrong.rows is None:
        message = f"{field.name} has the dtype {wrong.dtype}"
        hint = f"Convert the column to {expected_dtypes(field)[0]}."
        return _reported(
            text, [(None, "", Words(message, expected, hint, wrong.dtype, field.name))], 1
        )
    in_key_order = np.empty(source.columns.rows, dtype=np.int64)
    in_key_order[source.columns.row] = np.arange(source.columns.rows)
    rows = in_key_order[wrong.rows]
    cases = []
    for row in rows[:LISTED].tolist():
        found = source.cell(row, field.name)
        message = f"{field.name} is {found!r}, not {kind.expected}"
        words = Words(message, kind.expected, text.fix, found, field.name)
        cases.append((source.label(row), str(source.key(row)), words))
    return _reported(text, cases, len(rows))


def _columns_reported(table: Table, frame: pd.DataFrame) -> Iterator[_Reported]:
    """Yield missing, surplus and doubled columns, by the codes of a file's header."""
    names = [str(name) for name in frame.columns]
    for code, wrong, message in (
        ("file/missing-column", [n for n in table.names if n not in names], "the frame has no {}"),
        (
            "file/extra-column",
            sorted(set(names) - set(table.names)),
            "the frame has a column {} that the schema does not know",
        ),
        (
            "file/duplicate-column",
            sorted({n for n in names if names.count(n) > 1}),
            "the frame has the column {} twice",
        ),
    ):
        text = FILE_CODES[code]
        for name in wrong:
            words = Words(message.format(name), text.expected, text.fix, name, name)
            yield _reported(text, [(None, "", words)], 1)


def _all_errors(
    schema: TableSchema, errors: list[SchemaError], frame: pd.DataFrame
) -> SchemaErrors:
    raised = SchemaErrors(schema=schema, schema_errors=errors, data=frame)
    raised.failure_cases = pd.concat([error.failure_cases for error in errors], ignore_index=True)
    return raised


def _column(table: Table, field: Field) -> pandera.Column:
    texts = [text_of(f"{table.name}.{field.name}.type", "type")]
    texts += [one.text for one in constraints(table) if one.columns[-1] == field.name]
    texts += [
        rule.text
        for rule in CATALOGUE.values()
        if (rule.table, rule.column) == (table.name, field.name)
    ]
    return pandera.Column(
        nullable=not field.required,
        checks=[_check(text) for text in texts],
        title=field.title,
        description=field.description,
        metadata={"type": field.type, "unit": field.unit, "required": field.required},
    )


def _check(text: CodeText) -> pandera.Check:
    def judged_with_the_frame(_: object) -> bool:
        raise BadArgumentError(f"{text.code} is judged by validating the whole frame")

    return pandera.Check(
        judged_with_the_frame,
        name=text.code,
        title=text.title,
        description=text.rationale,
        error=text.code,
        raise_warning=text.severity is Severity.WARNING,
    )


def expected_dtypes(field: Field) -> list[str]:
    """Return the names of the pandas dtypes that `load` gives a field."""
    kind = FIELD_TYPES[field.type]
    if field.type == "string":
        return [str(_TEXT), "category"]
    return [kind.pandas if field.required else kind.pandas_nullable]


def _given(frames: Frames, names: set[str]) -> Callable[[], Tables]:
    held = {name: frame for name, frame in frames.items() if name in names}

    @functools.cache
    def given() -> Tables:
        package = installed()
        raw = {
            name: frame_columns(package.table(name), to_pandas(frame))[0]
            for name, frame in held.items()
        }
        return Tables(package, raw)

    return given


class _Installed:
    """The tables of the installed dataset, settled once for as long as no file changes."""

    def __init__(self) -> None:
        self._typed: dict[str, TypedTable] = {}
        self._tables = Tables(installed(), {})

    def __call__(self) -> Tables:
        """Return every table that can be read."""
        folder, found = package_dir(), {}
        for name, table in installed().tables.items():
            typed, _ = read_typed(folder, table)
            if typed is not None:
                found[name] = typed
        if any(found[name] is not self._typed.get(name) for name in found):
            columns = {
                name: from_arrow(one.table, one.data, one.invalid) for name, one in found.items()
            }
            self._typed, self._tables = found, Tables(installed(), columns)
        return self._tables


_INSTALLED = _Installed()
