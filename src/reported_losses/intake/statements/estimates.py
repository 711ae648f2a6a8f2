"""Figures from two lists of estimates, set against what the statements already say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reported_losses.intake import curated_files
from reported_losses.intake.readings import WAR_BEGAN
from reported_losses.intake.statements import economist, uk_mod_monthly
from reported_losses.intake.statements.import_log import Log
from reported_losses.intake.statements.statement import Page, Said

# What the other input may call the same figure.
SAME_MEASURE = {
    "killed": {"killed", "killed-or-missing"},
    "killed-or-wounded": {"killed-or-wounded", "casualties-all-causes", "personnel"},
}
# The two inputs date one statement by its day, by what it counts up to, or by the page.
DAYS_APART = 7


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that was said.

    Attributes:
        said: Every figure and remark.
        second: Another page that holds a figure, by the figure's origin.
    """

    said: tuple[Said, ...]
    second: Mapping[str, Page]


def read(
    folder: Path, known: Iterable[Said], log: Log, curated: Path = curated_files.FOLDER
) -> Heard:
    """Add what the two lists say; where the statements say it already, note the second page.

    Args:
        folder: Folder of the upstream files.
        known: What the statements say.
        log: Takes what was merged and left out.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A file is not in the form known; the message gives the place.
    """
    known = sorted(known, key=lambda said: said.origin)
    origins = {said.origin for said in known}
    new: list[Said] = []
    second: dict[str, Page] = {}
    for said, decided in (
        *economist.read(folder, log, curated),
        *((said, None) for said in uk_mod_monthly.read(folder)),
    ):
        twin = decided or next((other.origin for other in known if same(said, other)), None)
        if twin is not None and twin in origins:
            second[twin] = min(second.get(twin, said.page), said.page, key=lambda page: page.key)
            log.merged.append(f"{said.origin}: is {twin}")
            continue
        new.append(said)
        if decided:
            log.lapsed.append(f"{said.origin}: was to be {decided}, which is not there")
    return Heard((*known, *new), second)


def same(said: Said, other: Said) -> bool:
    """Whether speaker, measure, figure and date are the same."""
    ours, theirs = said.amount, other.amount
    if ours is None or theirs is None or said.subject != other.subject:
        return False
    alike = (
        said.speaker.organisation == other.speaker.organisation
        and theirs.measure in SAME_MEASURE.get(ours.measure, ())
        and ours.rate == theirs.rate
        and ours.ends == theirs.ends
    )
    if not alike:
        return False
    if ours.rate != "total":
        return ours.period == theirs.period
    if theirs.period_start not in {None, WAR_BEGAN}:
        return False
    days = (said.stated_on, ours.period_end)
    others = (other.stated_on, theirs.period_end)
    return any(abs((a - b).days) <= DAYS_APART for a in days for b in others if a and b)
