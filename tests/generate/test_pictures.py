"""The pictures in the documentation show the data as it is; `make generated` redraws them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from reported_losses.definition.location import package_dir
from reported_losses.generate.pictures import PICTURES, redrawn, stamp
from reported_losses.loading.chart import specification

ROOT = package_dir()
FEW_DAYS: dict[str, Any] = {"category": "tanks", "start": "2023-02-01", "end": "2023-02-09"}


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_is_fresh(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.endswith(stamp(specification(**PICTURES[name])))
    assert len(text) < 150_000
    assert not re.search(r"<script|href=|url\((?!#)", text)


def test_every_picture_is_drawn_and_shown() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/images").iterdir()}
    assert files == set(PICTURES)
    for name in files:
        assert f"images/{Path(name).name}" in text


def test_a_picture_is_redrawn_only_if_it_would_show_something_else() -> None:
    drawn = redrawn(FEW_DAYS, "")
    assert redrawn(FEW_DAYS, drawn) is drawn
    later = {**FEW_DAYS, "end": "2023-02-10"}
    assert redrawn(later, drawn) != drawn
