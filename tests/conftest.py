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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked `long`, unless they are asked for with -m."""
    if "long" in (config.option.markexpr or ""):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
