"""Day pages in Chromium: small and large, light and dark, by keyboard, and of hostile texts."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from engines.needs import NODE
from made_days import hostile_data, made
from reported_losses.definition.location import package_dir
from reported_losses.site.days import files_of

pytestmark = [pytest.mark.engines, pytest.mark.slow]

MODULES = package_dir() / "build/site"
"""Where npm has installed Playwright and axe."""
PAGES, SCREENS = 7, 4


@pytest.fixture(scope="module")
def browser() -> str:
    """Return the path of Chromium; fail, and say what to do, where something is missing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None or not (MODULES / "node_modules/playwright-core").is_dir():
        pytest.fail("There is no Chromium or no Playwright: run `make engines`.", pytrace=False)
    return found


def test_no_page_has_a_serious_fault_on_any_screen(browser: str, tmp_path: Path) -> None:
    files = {f"site/{name}": data for name, data in files_of(made()).items()}
    files |= {f"site/hostile/{name}": data for name, data in files_of(hostile_data()).items()}
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    script = package_dir() / "tests/site/days.mjs"
    places = (MODULES, tmp_path / "site", browser, tmp_path)
    subprocess.run([*NODE, script, *places], check=True, timeout=300)
    found = json.loads((tmp_path / "days.json").read_text(encoding="utf-8"))
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) == PAGES * (SCREENS + 1)
