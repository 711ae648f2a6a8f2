"""Importing the package costs next to nothing and pulls in no dataframe library."""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import reported_losses as rl

HEAVY = {"pandas", "polars", "duckdb", "pyarrow", "numpy", "pandera", "frictionless", "json", "re"}


def loaded_after(code: str) -> set[str]:
    report = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.fspath(Path(rl.__file__ or "").parent.parent)},
    )
    return set(run.stdout.splitlines()[-1].split())


def test_importing_pulls_in_nothing_heavy() -> None:
    bare = loaded_after("pass")
    assert not (loaded_after("import reported_losses") - bare) & HEAVY


@pytest.mark.parametrize(
    "call",
    [
        "rl.load('loss_counts', engine='arrow')",
        "rl.load('series', where={'category': ['tanks', 'uavs']}, engine='arrow')",
        "rl.load('statements', where={'note': None}, start='2023-01-01', engine='arrow')",
        "rl.claims(subject='russia', engine='arrow')",
    ],
)
def test_the_arrow_engine_pulls_in_neither_pandas_nor_the_wrappers_of_arrow(call: str) -> None:
    code = f"import reported_losses as rl, sys; {call}; assert 'pyarrow.compute' not in sys.modules"
    loaded = loaded_after(code)
    assert "pyarrow" in loaded
    assert not loaded & {"pandas", "polars", "duckdb", "pandera", "frictionless"}


def test_the_polars_engine_does_without_pandas() -> None:
    loaded = loaded_after("import reported_losses as rl; rl.load('loss_counts', engine='polars')")
    assert "polars" in loaded
    assert "pandas" not in loaded


@pytest.mark.parametrize(
    "call", ["daily('tank')", "daily(wide=True)", "periods()", "timeline('cars')"]
)
def test_what_is_computed_does_without_pandas(call: str) -> None:
    call = call.replace(")", ", engine='arrow')").replace("(,", "(")
    loaded = loaded_after(f"import reported_losses as rl; rl.{call}")
    assert not loaded & {"pandas", "polars", "duckdb"}


def test_describing_a_table_reads_no_table() -> None:
    loaded = loaded_after("import reported_losses as rl; str(rl.describe('loss_counts', 'total'))")
    assert not loaded & {"numpy", "pyarrow", "pandas"}


def test_an_address_costs_next_to_nothing() -> None:
    loaded = loaded_after("import reported_losses as rl; rl.url('loss_counts')")
    assert not loaded & {"numpy", "pyarrow", "pandas", "pooch", "requests"}


def test_describing_a_category_and_the_status_do_without_pandas() -> None:
    loaded = loaded_after(
        "import reported_losses as rl; str(rl.describe('tanks')); str(rl.status())"
    )
    assert "pyarrow" in loaded
    assert "pandas" not in loaded


def test_every_public_name_is_there() -> None:
    assert set(rl.__all__) <= set(dir(rl))
    for name in rl.__all__:
        assert getattr(rl, name) is not None


def test_the_list_of_names_is_the_table_of_names() -> None:
    assert rl.__all__ == sorted(rl._PUBLIC)  # noqa: SLF001 - the table behind the list


def test_a_module_of_the_same_name_does_not_hide_a_function() -> None:
    code = (
        "import reported_losses.loading.load, reported_losses as rl;"
        "from reported_losses.loading.load import path;"
        "assert callable(rl.load), rl.load; rl.load('series'); import reported_losses.loading.daily;"
        "assert callable(rl.daily); assert callable(rl.load)"
    )
    loaded_after(code)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = rl.nothing_of_the_kind  # type: ignore[attr-defined]


def own_classes(names: set[str], module: str) -> set[str]:
    """Return those of the names that are this package's classes, as the module sees them."""
    found = {name: getattr(sys.modules[module], name, None) for name in names}
    return {
        name
        for name, value in found.items()
        if isinstance(value, type) and value.__module__.startswith("reported_losses")
    }


def test_what_is_returned_has_a_public_name() -> None:
    classes: set[str] = set()
    for value in (getattr(rl, name) for name in rl.__all__):
        if dataclasses.is_dataclass(value):
            hints = [field.type for field in dataclasses.fields(value)]
        elif inspect.isfunction(value):
            hints = [value.__annotations__["return"]]
        else:
            continue
        words = {word for hint in hints for word in re.findall(r"\w+", str(hint))}
        classes |= own_classes(words, value.__module__)
    assert classes >= {"Description", "Field", "ForeignKey", "Issue", "Key", "Severity", "Table"}
    assert classes <= set(rl.__all__)
