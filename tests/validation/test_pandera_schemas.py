"""pandera's schemas and `check` find the same rows for the same codes, in any kind of frame."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pandera.errors
import pandera.typing
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bad_cases import apply, build
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field
from reported_losses.errors import BadArgumentError, UnknownNameError
from reported_losses.issue import Issue
from reported_losses.loading.engines import to_pandas
from reported_losses.parsing.table_cache import read_typed
from reported_losses.parsing.text_table import TextTable
from reported_losses.validation.check import check
from reported_losses.validation.constraints import constraints
from reported_losses.validation.failures import needed
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.schema import schema
from validation.rules.kit import ORDINARY, package

Found = set[tuple[str, int]]


def frame_of(text: TextTable) -> pd.DataFrame:
    """Return a table as a frame; a cell without a value of its type stays the text it is."""
    return pd.DataFrame(
        {
            field.name: pd.Series(
                [value(field, cell) for cell in text.data.column(field.name).to_pylist()],
                dtype=object,
            )
            for field in text.table.fields
        }
    )


def value(field: Field, text: str) -> object:
    if not text:
        return None
    kind = FIELD_TYPES[field.type]
    try:
        return kind.parse(text) if re.fullmatch(kind.spelling, text) else text
    except ValueError:
        return text


def texts_of(folder: Path) -> dict[str, TextTable]:
    tables = load_package(folder).tables.items()
    found = {name: read_typed(folder, table)[0] for name, table in tables}
    return {name: typed.text for name, typed in found.items() if typed is not None}


def by_check(issues: list[Issue], text: TextTable) -> Found:
    """Return code and row of what `check` says of a table, but for its form as a file."""
    row_of = {int(line): row for row, line in enumerate(text.lines)}
    return {
        (issue.code, row_of[issue.line])
        for issue in issues
        if issue.table == text.table.name and issue.line and not issue.code.startswith("file/")
    }


def by_pandera(name: str, frame: object, others: Mapping[str, Any], today: str | None) -> Found:
    """Return code and row of what pandera reports, errors and warnings alike."""
    found: Found = set()
    failed: pandera.errors.SchemaErrors | None = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", pandera.errors.SchemaWarning)
        try:
            schema(name, tables=others, today=today).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as errors:
            failed = errors
    if failed is not None:
        cases = failed.failure_cases
        found = {(str(c), int(row)) for c, row in zip(cases.check, cases["index"], strict=True)}
        assert {error.check.name for error in failed.schema_errors} == {code for code, _ in found}
    for warning in caught:
        if isinstance(warning.message, pandera.errors.SchemaWarning):
            code, _, rest = str(warning.message).partition(": ")
            row = re.search(r"\(row (\d+), ", rest)
            assert row, rest
            found.add((code, int(row[1])))
    return found


def agree(folder: Path, issues: list[Issue], names: set[str], today: str | None) -> None:
    """Assert that the two doors agree about some tables of a package."""
    texts = texts_of(folder)
    warned = {issue.code for issue in issues if issue.severity == "warning"}
    for name in names & texts.keys():
        frames = {one: frame_of(texts[one]) for one in needed(package(), name) if one in texts}
        due = by_check(issues, texts[name])
        found = by_pandera(name, frames[name], frames, today)
        # A warning shows its first row alone.
        assert {one for one in found if one[0] not in warned} == {
            one for one in due if one[0] not in warned
        }
        assert {code for code, _ in found} == {code for code, _ in due}


TEXTS = [
    "",
    "0",
    "-5",
    "7",
    "1,000",
    "x",
    "tanks",
    "2023-02-22",
    "2023-02-30",
    "true",
    "disputed",
    "9" * 18,
]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_pandera_finds_what_check_finds_in_corrupted_packages(data: st.DataObject) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        tables = build(folder)
        edited = set()
        for _ in range(data.draw(st.integers(1, 3))):
            table = tables[data.draw(st.sampled_from(sorted(tables)))]
            lines = (folder / table.path).read_text(encoding="utf-8").count("\n")
            if lines > 1:
                edit = {
                    "table": table.name,
                    "line": data.draw(st.integers(2, lines)),
                    "column": data.draw(st.sampled_from(table.names)),
                    "put": data.draw(st.sampled_from(TEXTS)),
                }
                apply(folder, tables, edit)
                edited.add(table.name)
        today = data.draw(st.sampled_from([None, "2026-11-22"]))
        issues = check(folder, today=today)
        agree(folder, issues, edited | {str(issue.table) for issue in issues}, today)


def arrow(name: str, rows: list[dict[str, object]]) -> pa.Table:
    """Build a typed table; cells that a row leaves out are ordinary."""
    fields = package().table(name).fields
    arrays = {}
    for field in fields:
        kind = FIELD_TYPES[field.type]
        texts = [{**ORDINARY[name], **row}.get(field.name) for row in rows]
        values = [None if text in {None, ""} else kind.parse(str(text)) for text in texts]
        array = pa.array(values, pa.type_for_alias(kind.arrow))
        arrays[field.name] = array.dictionary_encode() if field.categorical else array
    return pa.table(arrays)


SERIES = arrow("series", [{}, {"category": "uavs", "policy": "restated"}])
CORRECTIONS = arrow("corrections", [{"report_date": "2023-02-24", "amount": -2}])


def figures(rows: list[dict[str, object]]) -> pa.Table:
    return arrow("loss_counts", rows)


def polars_frame(data: pa.Table) -> object:
    return pl.DataFrame(pl.from_arrow(data))


def relation(data: pa.Table) -> object:
    return duckdb.from_arrow(data)


@pytest.mark.parametrize("engine", [polars_frame, relation, lambda data: data, pa.Table.to_pandas])
def test_every_kind_of_frame_is_accepted_and_judged_alike(engine: Any) -> None:  # noqa: ANN401
    rows: list[dict[str, object]] = [
        {"report_date": f"2023-02-2{day}", "total": total}
        for day, total in enumerate([5, 4, 9, -1, 9])
    ]
    frame, others = (
        engine(figures(rows)),
        {"series": SERIES, "corrections": CORRECTIONS.slice(0, 0)},
    )
    found = by_pandera("loss_counts", frame, others, None)
    assert found == {("loss_counts/never-decreases", 1), ("loss_counts.total.minimum", 3)}
    good = engine(figures(rows[:1]))
    assert schema("loss_counts", tables={}).validate(good) is good


@pytest.mark.parametrize("name", list(package().tables))
def test_the_installed_dataset_passes_and_comes_back(name: str) -> None:
    import reported_losses as rl

    frame = rl.load(name)  # type: ignore[call-overload]  # a name not known before
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
        assert schema(name).validate(frame, lazy=True) is frame
        read_plainly = pd.read_parquet(rl.parquet(name))
        assert schema(name).validate(read_plainly, lazy=True) is read_plainly


def ordinary() -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {"report_date": f"2023-02-2{day}", "total": day} for day in range(5)
    ]
    frame: pd.DataFrame = to_pandas(package().table("loss_counts"), figures(rows)).copy()
    return frame


def codes(frame: object) -> set[str]:
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables={}).validate(frame, lazy=True)
    return {error.check.name for error in caught.value.schema_errors if error.check is not None}


@pytest.mark.parametrize(
    "dtype", ["int32", "uint64", "Int64", "float64", "object", "int64[pyarrow]"]
)
def test_a_dtype_that_loses_nothing_is_accepted(dtype: str) -> None:
    frame = ordinary()
    frame["total"] = frame["total"].astype(pd.api.types.pandas_dtype(dtype))
    frame["increment"] = 1
    frame["report_date"] = frame["report_date"].dt.date
    frame["recorded_on"] = frame["recorded_on"].astype("datetime64[ns]")
    schema("loss_counts", tables={}).validate(frame, lazy=True)


@pytest.mark.parametrize("dtype", ["string", "bool", "datetime64[ns]", "complex128"])
def test_a_wrong_dtype_is_one_failure_of_the_column(dtype: str) -> None:
    frame = ordinary()
    frame["total"] = frame["total"].astype(pd.api.types.pandas_dtype(dtype))
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables={}).validate(frame, lazy=True)
    (case,) = caught.value.failure_cases.to_dict("records")
    assert case["check"] == "loss_counts.total.type"
    assert case["failure_case"] == str(frame["total"].dtype)
    assert "int64" in case["expected"]


def test_numbers_that_polars_read_as_texts_say_how_to_read_them() -> None:
    frame = polars_frame(figures([{"report_date": "2023-02-20", "total": 5}]))
    assert isinstance(frame, pl.DataFrame)
    frame = frame.with_columns(pl.col("total").cast(pl.String))
    with pytest.raises(pandera.errors.SchemaError, match="infer_schema_length"):
        schema("loss_counts", tables={}).validate(frame)


@pytest.mark.parametrize("wrong", [1.5, "7", True, 2.0**60, 10**18, b"7", [1]])
def test_a_cell_of_another_type_is_found_where_it_is(wrong: object) -> None:
    frame = ordinary()
    frame["total"] = frame["total"].astype(object)
    frame["total"] = pd.Series([wrong if row == 3 else row for row in range(5)], dtype=object)
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables={}).validate(frame, lazy=True)
    (case,) = caught.value.failure_cases.to_dict("records")
    assert (case["check"], case["index"]) == ("loss_counts.total.type", 3)
    assert case["failure_case"] == str(wrong)


def test_an_error_says_what_check_says() -> None:
    frame = ordinary()
    frame.loc[3, "increment"] = -4
    with pytest.raises(pandera.errors.SchemaError) as caught:
        schema("loss_counts", tables={}).validate(frame)
    message = str(caught.value)
    key = "ua-general-staff/russia/tanks/2023-02-23"
    for part in ("loss_counts.increment.minimum", "row 3", key, "found -4", "expected 0 or more"):
        assert part in message
    case = caught.value.failure_cases.iloc[0]
    assert (case["key"], case["failure_case"], case["expected"]) == (key, "-4", "0 or more")
    assert case["hint"]


def test_validation_can_be_switched_off_as_for_every_pandera_schema() -> None:
    with pandera.config.config_context(validation_enabled=False):
        schema("loss_counts").validate(ordinary().drop(columns="total"))


def test_dates_with_a_time_are_no_dates() -> None:
    frame = ordinary()
    frame["recorded_on"] = frame["recorded_on"] + pd.Timedelta(hours=1)
    assert codes(frame) == {"loss_counts.recorded_on.type"}


def test_plain_texts_are_as_good_as_categoricals() -> None:
    frame = ordinary()
    frame["category"] = frame["category"].astype("str")
    schema("loss_counts", tables={}).validate(frame, lazy=True)


@pytest.mark.parametrize(
    ("reason", "changed"),
    [
        ("file/missing-column", lambda frame: frame.drop(columns="total")),
        ("file/extra-column", lambda frame: frame.assign(note="")),
        ("file/duplicate-column", lambda frame: pd.concat([frame, frame["total"]], axis=1)),
    ],
)
def test_columns_are_all_and_no_others(reason: str, changed: Any) -> None:  # noqa: ANN401 - a case
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables={}).validate(changed(ordinary()), lazy=True)
    assert set(caught.value.failure_cases.check) == {reason}


def test_rows_are_named_by_the_frame_s_own_index_whatever_their_order() -> None:
    frame = ordinary()
    frame.loc[3, "total"] = 1
    frame.index = pd.Index(list("abcde"))
    shuffled = frame.iloc[[3, 1, 4, 0, 2]]
    others = {"series": to_pandas(package().table("series"), SERIES)}
    others["corrections"] = to_pandas(package().table("corrections"), CORRECTIONS).iloc[:0]
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema("loss_counts", tables=others).validate(shuffled, lazy=True)
    cases = caught.value.failure_cases
    assert list(zip(cases.check, cases["index"], strict=True)) == [
        ("loss_counts/never-decreases", "d")
    ]


def test_every_code_of_the_table_is_a_named_check() -> None:
    for name, table in package().tables.items():
        named = {check.name for column in schema(name).columns.values() for check in column.checks}
        assert {constraint.code for constraint in constraints(table)} <= named
        assert {code for code, rule in CATALOGUE.items() if rule.table == name} <= named
        assert {f"{name}.{field.name}.type" for field in table.fields} <= named


def test_warnings_warn() -> None:
    rows: list[dict[str, object]] = [
        {"report_date": day, "total": 10 * number + 1000 * (number == 39)}
        for number, day in enumerate(
            dt.date(2023, 1, 1) + dt.timedelta(days=number) for number in range(40)
        )
    ]
    others = {"series": SERIES, "corrections": CORRECTIONS.slice(0, 0)}
    frames = {name: to_pandas(package().table(name), data) for name, data in others.items()}
    for name in ("readings", "records"):
        frames[name] = to_pandas(package().table(name), arrow(name, []))
    frame = to_pandas(package().table("loss_counts"), figures(rows))
    with pytest.warns(pandera.errors.SchemaWarning, match="loss_counts/plausible-step"):
        schema("loss_counts", tables=frames).validate(frame)


def test_a_part_of_a_table_may_be_validated() -> None:
    import reported_losses as rl

    counts = rl.load("loss_counts")
    part = counts[(counts.category == "tanks") & (counts.report_date >= pd.Timestamp("2024-01-01"))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
        schema("loss_counts").validate(part, lazy=True)


@pytest.mark.parametrize("frame", [pl.LazyFrame({"total": [1]}), [1, 2], np.zeros(3), None])
def test_what_is_no_frame_with_data_is_refused(frame: object) -> None:
    with pytest.raises(BadArgumentError):
        schema("loss_counts").validate(frame)


@pytest.mark.parametrize("sample", [{"head": 2}, {"tail": 2}, {"sample": 2}])
def test_a_sample_is_refused(sample: dict[str, int]) -> None:
    with pytest.raises(BadArgumentError):
        schema("loss_counts").validate(ordinary(), **sample)  # type: ignore[arg-type]


@pytest.mark.parametrize("frame", ["x", pl.LazyFrame({"total": [1]}), None])
@pytest.mark.parametrize("other", ["series", "sources"])
def test_another_table_that_is_no_frame_is_refused_by_name(other: str, frame: object) -> None:
    with pytest.raises(BadArgumentError, match=other):
        schema("loss_counts", tables={other: frame})


def test_unknown_tables_are_refused() -> None:
    with pytest.raises(UnknownNameError):
        schema("attic")
    with pytest.raises(UnknownNameError):
        schema("loss_counts", tables={"attic": ordinary()})
