"""No package, whatever it holds, takes much time or memory, or raises; and limits are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fuzz
import hostile


@pytest.mark.long
@pytest.mark.posix
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from Linux")
@pytest.mark.parametrize("title", hostile.PACKAGES)
def test_a_hostile_package_costs_little_and_gets_its_issue(title: str) -> None:
    package = hostile.PACKAGES[title]
    took = hostile.cost(package.make)
    assert took.seconds < hostile.SECONDS
    assert took.megabytes < hostile.MEGABYTES
    # The limit for all tables, and two more of each code and file.
    assert len(took.issues) < 30_000
    if package.code:
        messages = [message for code, message in took.issues if re.fullmatch(package.code, code)]
        assert messages
        assert any(re.search(package.says, message) for message in messages)


def failures(number: int, seed: int) -> list[str]:
    results = fuzz.run(number, seed)
    assert max(result.seconds for result in results) < hostile.SECONDS
    return [result.failure for result in results if result.failure is not None]


def test_any_package_gives_issues() -> None:
    assert failures(200, 0) == []


@pytest.mark.long
def test_many_packages_give_issues() -> None:
    assert failures(3_000, 200) == []
