"""The columns that docstrings list are the columns that are returned, with these dtypes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pandas as pd
import pytest

import reported_losses as rl

GS = "ua-general-staff"
ITEM = re.compile(r"^ +- ((?:`[a-z_0-9]+`(?: \(\w+\))?(?:, )?)+)", re.MULTILINE)
NAME = re.compile(r"`([a-z_0-9]+)`(?: \((\w+)\))?")


def listed(function: Callable[..., object]) -> dict[str, str]:
    """Return names and dtypes from the Returns section; a dtype goes for the names before it."""
    assert function.__doc__
    section = function.__doc__.partition("Returns:")[2].partition("Raises:")[0]
    found: dict[str, str] = {}
    for item in ITEM.findall(section):
        waiting: list[str] = []
        for name, dtype in NAME.findall(item):
            waiting.append(name)
            if dtype:
                found |= dict.fromkeys(waiting, dtype)
                waiting = []
    return found


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    text = str(pd.Series(["text"]).dtype)
    short = {text: "str"}
    # The unit of a date differs between versions of pandas, and means nothing for days.
    kinds = {str(name): str(kind).partition("[")[0] for name, kind in frame.dtypes.items()}
    return {name: short.get(kind, kind) for name, kind in kinds.items()}


def test_claims() -> None:
    assert list(listed(rl.claims).items()) == list(dtypes(rl.claims()).items())
    assert len(listed(rl.claims)) == 31


@pytest.mark.parametrize("category", [None, "tanks"])
def test_daily(category: str | None) -> None:
    documented = listed(rl.daily)
    if category:
        del documented["category"]
    assert list(documented.items()) == list(dtypes(rl.daily(category)).items())


@pytest.mark.parametrize("category", [None, "tanks"])
def test_periods(category: str | None) -> None:
    documented = listed(rl.periods)
    if category:
        del documented["category"]
    assert list(documented.items()) == list(dtypes(rl.periods(category)).items())


def test_timeline() -> None:
    frame = rl.timeline("tanks").reset_index()
    assert list(listed(rl.timeline).items()) == list(dtypes(frame).items())


def test_compare() -> None:
    documented = listed(rl.compare)
    equipment, people = dtypes(rl.compare("tanks")), dtypes(rl.compare("personnel"))
    assert equipment == {
        "report_date": documented.pop("report_date"),
        GS: "int64",
        "oryx": "int64",
        f"{GS}/oryx": "float64",
    }
    others = {name: kind for name, kind in people.items() if name not in dtypes(rl.claims())}
    assert others == {
        GS: "Int64",
        "low_ratio": documented.pop("low_ratio"),
        "high_ratio": documented.pop("high_ratio"),
    }
    assert people["period_end"] == documented.pop("period_end")
    assert not documented
    assert list(people)[:2] == ["period_end", GS]


PUBLIC = [
    rl.changes,
    rl.claims,
    rl.compare,
    rl.daily,
    rl.describe,
    rl.fetch,
    rl.load,
    rl.parquet,
    rl.path,
    rl.releases,
    rl.schema,
    rl.status,
    rl.periods,
    rl.plot,
    rl.tables,
    rl.timeline,
    rl.citation,
    rl.url,
]


@pytest.mark.parametrize("function", PUBLIC, ids=lambda f: f.__name__)
def test_every_section_is_there(function: Callable[..., object]) -> None:
    text = inspect.getdoc(function) or ""  # without indentation, which Python 3.13 drops as well
    parameters = function.__code__.co_argcount + function.__code__.co_kwonlyargcount
    for section in ("Returns:", ">>> ", *(("Args:", "Raises:") if parameters else ())):
        assert section in text, section
    for name in function.__code__.co_varnames[:parameters]:
        assert re.search(rf"^ {{4}}{name}: ", text, re.MULTILINE), name
