"""The explorer's data and page, made once, and a folder to open them from."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from engines.needs import NODE, PAGES, chromium, missing_for_pages
from reported_losses.definition.location import package_dir
from reported_losses.site.explorer import page
from reported_losses.site.explorer_data import explorer_data
from reported_losses.site.views import view_files

HERE = package_dir() / "tests/site"
HOSTILE = (
    '=<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>\u2028${x}'
)


@pytest.fixture(scope="session")
def browser() -> str:
    """Return the path of Chromium; fail, and say what to do, where something is missing."""
    if found := missing_for_pages():
        pytest.fail("\n".join(found), pytrace=False)
    return chromium()


@pytest.fixture(scope="session")
def data() -> dict[str, Any]:
    """Return what the explorer shows, after JSON; it is not to be changed."""
    found: dict[str, Any] = json.loads(json.dumps(explorer_data()))
    return found


@pytest.fixture(scope="session")
def site_folder(data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the explorer, its views, and an explorer of hostile texts."""
    folder = tmp_path_factory.mktemp("site")
    files = dict(view_files()) | {"index.html": page(data)}
    files["hostile/index.html"] = page(hostile(data))
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def hostile(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with hostile texts wherever somebody else's words stand."""
    changed: dict[str, Any] = json.loads(json.dumps(data))
    for row in changed["statements"]:
        row[3] = row[8] = HOSTILE
    for row in changed["sources"]:
        row[1:] = [HOSTILE, HOSTILE, "javascript:window.hacked=1"]
    for row in (*changed["organisations"], *changed["categories"], *changed["records"]):
        row[1] = HOSTILE
    for one in changed["series"]:
        one["title"] = one["note"] = HOSTILE
        one["fix"] = [[*fix[:3], HOSTILE, *fix[4:]] for fix in one["fix"]]
    return changed


@pytest.fixture(scope="session")
def driven(
    browser: str, site_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return what `explorer.mjs` found: for each check None, or what was wrong."""
    out = tmp_path_factory.mktemp("driven")
    script = HERE / "explorer.mjs"
    subprocess.run([*NODE, script, PAGES, site_folder, browser, out], check=True, timeout=600)
    found: dict[str, Any] = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return found | {"since": (out / "since.csv").read_text(encoding="utf-8")}
