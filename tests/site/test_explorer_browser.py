"""The explorer in Chromium, and its script: bundled as its sources are, and true to Python."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import reported_losses as rl
from engines.needs import NODE, PAGES
from reported_losses.definition.location import package_dir

pytestmark = [pytest.mark.engines, pytest.mark.slow]

ROOT = package_dir()
SITE = ROOT / "src/reported_losses/site"
CHECKS = 86
SERIES = ("total", "change", "mean", "increment", "increment_mean", "evidence")
DAILY = ("total", "change", "change_mean_7", "increment", "increment_mean_7", "evidence")


def test_every_check_passes(driven: dict[str, Any]) -> None:
    failed = {name: wrong for name, wrong in driven["results"].items() if wrong}
    assert not failed, "\n\n".join(f"{name}: {wrong}" for name, wrong in failed.items())
    assert len(driven["results"]) >= CHECKS


def test_the_page_is_small(driven: dict[str, Any]) -> None:
    assert driven["measured"]["page_bytes"] < 3_000_000


def test_a_ratio_since_a_day_is_that_of_compare(driven: dict[str, Any]) -> None:
    found = pd.read_csv(io.StringIO(driven["since"]))
    due = rl.compare("tanks", by="day", since="2023-06-01")
    assert found["report_date"].to_list() == due["report_date"].astype(str).to_list()
    # The page rounds halves up, NumPy to even ones.
    ratios = found.iloc[:, -1].to_list(), due.iloc[:, -1].to_list()
    assert ratios[0] == pytest.approx(ratios[1], abs=0.011, nan_ok=True)


@pytest.mark.usefixtures("browser")
def test_the_bundle_is_what_its_sources_give(tmp_path: Path) -> None:
    script = ROOT / "tests/site/bundle.mjs"
    subprocess.run([*NODE, script, PAGES, SITE, tmp_path], check=True, timeout=120)
    for name in ("explorer.bundle.js", "licences.txt"):
        assert (tmp_path / name).read_bytes() == (SITE / name).read_bytes(), "run `make explorer`"


@pytest.fixture(scope="module")
def unpacked(
    data: dict[str, Any], browser: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return the data as the page's script unpacks them."""
    assert browser
    folder = tmp_path_factory.mktemp("unpacked")
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    # Node takes a script of that name for a module only if it is told so.
    (folder / "unpack.mjs").write_bytes((SITE / "explorer/unpack.js").read_bytes())
    script = ROOT / "tests/site/unpack.mjs"
    out = folder / "out.json"
    arguments = (folder / "unpack.mjs", folder / "data.json", out)
    subprocess.run([*NODE, script, *arguments], check=True, timeout=120)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def test_the_page_has_the_figures_of_daily(unpacked: dict[str, Any]) -> None:
    found = {tuple(one["key"]): one for one in unpacked["series"]}
    for reporter, subject in {key[:2] for key in found}:
        frame = rl.daily(reporter=reporter, subject=subject, engine="arrow").to_pandas()
        for category, due in frame.groupby("category", observed=True):
            one = found.pop((reporter, subject, category))
            assert one["day"] == due["report_date"].astype(str).to_list()
            for name, column in zip(SERIES, DAILY, strict=True):
                cells = due[column].astype(object)
                assert one[name] == cells.where(cells.notna(), None).to_list(), (category, name)
    assert not found


def test_the_page_has_the_totals_of_compare(unpacked: dict[str, Any]) -> None:
    assert unpacked["compare"]
    for one in unpacked["compare"]:
        due = rl.compare(one["category"], subject=one["subject"], by="day", engine="arrow")
        assert one["day"] == [str(day) for day in due.column("report_date").to_pylist()]
        assert one["totals"] == [due.column(name).to_pylist() for name in one["reporters"]]
