"""Values and types of every released table are the same in JavaScript, read by hyparquet."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from engines.needs import MODULES, NODE
from engines.tables import KINDS, NAMES, expected, types
from reported_losses.definition.location import package_dir

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("engines")]

JAVASCRIPT = dict(zip(KINDS, ("string", "bigint", "number", "Date", "boolean"), strict=True))


@pytest.fixture(scope="module")
def read(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what hyparquet reads in every file of the release."""
    out = tmp_path_factory.mktemp("javascript")
    script = out / "tables.mjs"
    shutil.copy(package_dir() / "tests/engines/tables.mjs", script)
    (out / "node_modules").symlink_to(MODULES, target_is_directory=True)
    subprocess.run([*NODE, script, release_folder, out], check=True, timeout=300)
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in out.glob("*.json")}


@pytest.mark.parametrize("name", NAMES)
def test_javascript(name: str, read: dict[str, Any], release_folder: Path) -> None:
    due = expected(name, release_folder)
    found = read[name]
    # A column without a value has no type in JavaScript.
    full = [one for one in due.column_names if due[one].null_count < due.num_rows]
    assert found["kinds"] == {
        column: [kind] if column in full else []
        for column, kind in types(due, JAVASCRIPT).items()
        if due.num_rows
    }
    for column in due.column_names:
        assert found["cells"].get(column, []) == [
            _in_json(cell) for cell in due[column].to_pylist()
        ]


def _in_json(cell: object) -> object:
    if isinstance(cell, dt.date):
        return f"{cell}T00:00:00.000Z"
    return str(cell) if type(cell) is int else cell
