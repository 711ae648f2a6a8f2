"""Without any extra everything can be looked at, and what needs one says so when it is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import reported_losses as rl

SCRIPT = Path(__file__).with_name("core_install.py")


def look_around(*command: str | Path) -> dict[str, Any]:
    """Run the script and return what it saw."""
    sources = os.fspath(Path(rl.__file__ or "").parent.parent)
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": sources, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def judge(seen: dict[str, Any]) -> None:
    """Assert that everything is there, and that what needs an extra gave advice."""
    assert seen["dir"] == seen["members"] == seen["star"] == rl.__all__
    assert seen["lacking"] == []
    assert {"rl.schema(", "rl.status("} <= set(seen["completed"])
    assert seen["models"] == ["rl.models.LossCounts("]
    assert min(seen["help"]) > 100
    assert all("pip install 'reported-losses[validate]'" in said for said in seen["advice"])


def test_everything_can_be_looked_at() -> None:
    judge(look_around(sys.executable, SCRIPT, "--block"))


def test_only_public_names_are_listed() -> None:
    assert dir(rl) == rl.__all__
