"""What is generated is what the code would generate now; `make generated` mends it."""

from __future__ import annotations

import pytest

from reported_losses._paths import package_dir
from reported_losses.generate import GENERATED
from reported_losses.load import installed


@pytest.mark.parametrize("name", GENERATED)
def test_the_file_is_fresh(name: str) -> None:
    path = package_dir() / name
    assert path.read_text(encoding="utf-8") == GENERATED[name](installed())
