"""pandera schemas of the tables: the door for anybody's frame.

A schema judges a frame with `failures`, as `check` judges files, and reports what fails in
pandera's errors: the same codes, the same rows, the same words. It has no rule of its own.
"""

from __future__ import annotations

import datetime as dt
import functools
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd
import pandera.pandas as pandera
from pandera.backends.pandas.container import DataFrameSchemaBackend
from pandera.config import get_config_context
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors, SchemaWarning

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.schema import Field, Table
from reported_losses.errors import BadArgumentError
from reported_losses.issue import CodeText, Severity
from reported_losses.parsing.as_built import refuse_damaged
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.columns import from_arrow
from reported_losses.parsing.table_cache import read_typed
from reported_losses.validation.constraint_kinds import text_of
from reported_losses.validation.constraints import constraints
from reported_losses.validation.failures import Tables, failures, needed
from reported_losses.validation.frame_columns import frame_columns, to_pandas
from reported_losses.validation.frame_failures import (
    FrameSource,
    Reported,
    columns_reported,
    failure_reported,
    type_reported,
)
from reported_losses.validation.rules import CATALOGUE

Frames = Mapping[str, Any]


def table_schema(name: str, tables: Frames | None, today: dt.date | None) -> TableSchema:
    """Return the schema of a table; `schema` says what the arguments mean."""
    package = installed()
    found = _INSTALLED if tables is None else _given(tables, needed(package, name))
    return TableSchema(package.table(name), found, today, part=tables is None)


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

    def _judge(self, frame: pd.DataFrame) -> Iterator[Reported]:
        """Yield what fails: the columns there are, their types, then what `failures` finds."""
        yield from columns_reported(self._table, frame)
        own, wrong = frame_columns(self._table, frame)
        source = FrameSource(own, frame)
        yield from (type_reported(self._table, one, source) for one in wrong)
        judged = self._tables().replacing(own, part=self._part)
        for failure in failures(self._table.name, judged, self._today):
            yield failure_reported(failure, source)

    def _error(self, frame: pd.DataFrame, reported: Reported) -> SchemaError:
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


def _frame(name: str, frame: object) -> pd.DataFrame:
    try:
        return to_pandas(frame)
    except BadArgumentError as error:
        raise BadArgumentError(f"tables[{name!r}]: {error}") from None


def _given(frames: Frames, names: set[str]) -> Callable[[], Tables]:
    held = {name: _frame(name, frame) for name, frame in frames.items()}

    @functools.cache
    def given() -> Tables:
        package = installed()
        raw = {
            name: frame_columns(package.table(name), frame)[0]
            for name, frame in held.items()
            if name in names
        }
        return Tables(package, raw)

    return given


class _Installed:
    """The tables of the installed dataset, settled once for as long as no file changes."""

    def __init__(self) -> None:
        self._typed: dict[str, TypedTable] = {}
        self._tables = Tables(installed(), {})

    def __call__(self) -> Tables:
        """Return every table that can be read.

        Raises:
            DataError: Installed data is not as it was built; a frame would be blamed for it.
        """
        folder, found = package_dir(), {}
        for name, table in installed().tables.items():
            typed, issues = read_typed(folder, table)
            refuse_damaged(table, issues)
            if typed is not None:
                found[name] = typed
        if any(found[name] is not self._typed.get(name) for name in found):
            columns = {
                name: from_arrow(one.table, one.data, one.invalid) for name, one in found.items()
            }
            self._typed, self._tables = found, Tables(installed(), columns)
        return self._tables


_INSTALLED = _Installed()
