"""Whatever somebody passes by mistake is answered by an error of ours, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import reported_losses as rl
from reported_losses.definition import arguments

NO_NAME: list[Any] = [
    None, 3, 2.5, True, b"loss_counts", "", "nothing of the kind", ["loss_counts"], ("tanks",), [],
    {}, set(), object(), float("nan"), pd.NA, pd.NaT, np.array(["tanks"]), pd.Series(["tanks"]),
    dt.date(2023, 2, 22), Path("loss_counts"), len, rl.Field, "x" * 10_000,
]  # fmt: skip
NO_DAY: list[Any] = [
    3, 20230222, 2.5, True, b"2023-02-22", "", "today", "2023-02-30", "22.02.2023", ["2023-02-22"],
    {}, object(), float("nan"), pd.NA, pd.NaT, np.datetime64("NaT", "D"), dt.time(12),
    dt.timedelta(days=1), dt.datetime(2023, 2, 22, tzinfo=dt.UTC), pd.Period("2023-02"),
]  # fmt: skip
NO_NAMES: list[Any] = [
    3, True, b"series", "", "series", [], (), {}, [3], [None], ["series", "series"],
    ["nothing of the kind"], object(), float("nan"), pd.NA, dt.date(2023, 2, 22),
]  # fmt: skip
NO_FOLDER: list[Any] = [
    3, True, b".", "", [], ["."], {}, object(), float("nan"), pd.NA, dt.date(2023, 2, 22),
    "nowhere/at/all", "\0",
]  # fmt: skip
NO_FRAMES: list[Any] = [
    3, True, b"series", "series", ["series"], {"nothing of the kind": 1}, {3: 1}, object(), pd.NA,
    pd.DataFrame({"series": [1]}),
]  # fmt: skip

Call = Callable[[Any], object]
CALLS: dict[str, tuple[Call, list[Any]]] = {
    "describe": (rl.describe, NO_NAME),
    "describe column": (
        lambda bad: rl.describe("loss_counts", bad),
        [x for x in NO_NAME if x is not None],
    ),
    "describe column of a category": (lambda bad: rl.describe("tanks", bad), ["total", 3, b"x"]),
    "path": (rl.path, NO_NAME),
    "parquet": (rl.parquet, NO_NAME),
    "schema": (rl.schema, NO_NAME),
    "schema tables": (lambda bad: rl.schema("series", tables=bad), NO_FRAMES),
    "schema today": (lambda bad: rl.schema("series", today=bad), NO_DAY),
    "check path": (rl.check, NO_FOLDER),
    "check tables": (lambda bad: rl.check(tables=bad), NO_NAMES),
    "check today": (lambda bad: rl.check(tables=["categories"], today=bad), NO_DAY),
    "citation": (rl.citation, NO_NAME),
    "status": (rl.status, NO_DAY),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_argument_is_refused_in_words(name: str) -> None:
    call, mistakes = CALLS[name]
    for bad in mistakes:
        try:
            call(bad)
        except (rl.BadArgumentError, rl.UnknownNameError) as error:
            assert 10 < len(str(error)) < 1_500, (name, bad)  # noqa: PT017 - many in one test
        else:
            pytest.fail(f"{name} takes {bad!r}")


@pytest.mark.parametrize("value", [3, b"x", None, "", ["x"]])
def test_a_folder_is_a_text_or_a_path(value: object) -> None:
    with pytest.raises(rl.BadArgumentError, match=r"^folder"):
        arguments.folder_path("folder", value)
    assert arguments.folder_path("folder", Path("x")) == arguments.folder_path("folder", "x")
