"""Write the outcome of a run, for tests in which nobody else writes."""

from __future__ import annotations

from pathlib import Path

from reported_losses.intake import changes
from reported_losses.intake.changes import Outcome
from reported_losses.writing.commit import writing


def write(folder: Path, outcome: Outcome) -> None:
    with writing(folder, "test") as commit:
        changes.write(commit, outcome)
