"""Each fault of a server, a release or the disk ends in an error of ours, and leaves no bad file."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from fetch_faults import SOON, faults, main, right, suffer

FAULTS = faults()


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_no_bad_file(name: str, tmp_path: Path) -> None:
    outcome = suffer(FAULTS[name], tmp_path / "cache")
    assert right(FAULTS[name], outcome.error), repr(outcome.error)
    assert outcome.bad == ()
    assert outcome.seconds < SOON


def test_a_bad_file_is_seen(tmp_path: Path) -> None:
    # The harness has to see what it looks for: here nothing compares digests any more.
    with mock.patch("pooch.core.hash_matches", return_value=True):
        outcome = suffer(FAULTS["data: altered"], tmp_path / "cache")
    assert not right(FAULTS["data: altered"], outcome.error)
    assert outcome.bad


@pytest.mark.long
def test_each_fault_fifty_times() -> None:
    assert main(50) == 0
