"""Figures from two lists of estimates, compared with what the statements already hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.intake import curated_files
from reported_losses.intake.statements import economist, uk_mod_monthly
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.remark import Page, Remark

# What the statements may call a measure of the lists.
SAME_MEASURE = {
    "killed": {"killed", "killed-or-missing"},
    "killed-or-wounded": {"killed-or-wounded", "casualties-all-causes", "personnel"},
}
# The inputs date one remark by its day, by the last day that it counts, or by the page.
DAYS_APART = 7


class OtherPage(NamedTuple):
    """Another page that tells a remark.

    Attributes:
        page: The page.
        note: Where it differs, if it does.
    """

    page: Page
    note: str = ""


@dataclass(frozen=True, slots=True)
class MergedRemarks:
    """The remarks of all inputs, each figure once.

    Attributes:
        remarks: Every remark.
        other_pages: The other pages that tell it, by the origin of the remark.
        summaries: Rows of `summaries.csv`, by the origin of a remark of the statement.
    """

    remarks: tuple[Remark, ...]
    other_pages: Mapping[str, Sequence[OtherPage]]
    summaries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def add_estimates(
    folder: Path, known: Iterable[Remark], log: ImportLog, curated: Path = curated_files.FOLDER
) -> MergedRemarks:
    """Add the remarks of the two lists; a figure that is known gets another page instead.

    Args:
        folder: Folder of the upstream files.
        known: Remarks of the statements.
        log: Takes what was merged and left out.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A file does not have the known form; the message says where.
    """
    known = sorted(known, key=lambda remark: remark.origin)
    origins = {remark.origin for remark in known}
    new: list[Remark] = []
    others: dict[str, list[OtherPage]] = {}
    for remark, decided in (
        *economist.read(folder, log, curated),
        *((remark, None) for remark in uk_mod_monthly.read(folder)),
    ):
        twin = decided or next((other.origin for other in known if same(remark, other)), None)
        if twin is not None and twin in origins:
            others.setdefault(twin, []).append(OtherPage(remark.page))
            log.merged.append(f"{remark.origin}: is {twin}")
            continue
        new.append(remark)
        if decided:
            log.lapsed.append(f"{remark.origin}: was to be {decided}, which is not there")
    return MergedRemarks((*known, *new), others)


def same(estimate: Remark, known: Remark) -> bool:
    """Whether subject, organisation, measure, figure and date are the same."""
    ours, theirs = estimate.amount, known.amount
    if ours is None or theirs is None or estimate.subject != known.subject:
        return False
    alike = (
        estimate.speaker.organisation == known.speaker.organisation
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
    days = (estimate.stated_on, ours.period_end)
    others = (known.stated_on, theirs.period_end)
    return any(abs((a - b).days) <= DAYS_APART for a in days for b in others if a and b)
