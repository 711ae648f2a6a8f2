"""What every test module shares."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings

# The examples of a law are the same on every run and machine, so that one commit has one verdict.
# `make laws` looks for others. Explaining a failure may take many times as long as finding it.
_PHASES = tuple(phase for phase in Phase if phase is not Phase.explain)
settings.register_profile("fixed", derandomize=True, deadline=None, phases=_PHASES)
settings.register_profile("search", deadline=None, phases=_PHASES, print_blob=True)
settings.load_profile("fixed")


# What takes long, or needs more than `make env` installs, is run only if it is asked for.
ASKED_FOR = ("long", "engines")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests with these marks, unless -m names the mark."""
    marks = [mark for mark in ASKED_FOR if mark not in (config.option.markexpr or "")]
    left_out = [item for item in items if any(map(item.get_closest_marker, marks))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
