"""Our decisions about single remarks, from whichever input they come.

Each remark has an identifier that stays when upstream adds rows. `remarks.csv` says what a
remark holds after somebody reread its page; a decision names the text that it replaces.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from reported_losses.intake import curated_files
from reported_losses.intake.statements.acts import added, one_act_each
from reported_losses.intake.statements.categories import with_category
from reported_losses.intake.statements.cells import (
    OF_AMOUNT,
    OF_REMARK,
    OF_SPEAKER,
    cell_of,
    cell_value,
    notes_of,
    with_cell,
    with_speaker,
)
from reported_losses.intake.statements.estimates import MergedRemarks
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.organisations import Organisations
from reported_losses.intake.statements.remark import Remark
from reported_losses.intake.text import slug
from reported_losses.intake.upstream_files import Location

LEFT_OUT = "left_out"
# These follow from the other cells, so decisions about them come last.
_LINKS = ("category", "reporter", "derived_from")
COLUMNS = (*OF_SPEAKER, *OF_REMARK, *OF_AMOUNT, "notes", LEFT_OUT)


def decide(
    merged: MergedRemarks,
    organisations: Organisations,
    log: ImportLog,
    curated: Path = curated_files.FOLDER,
) -> MergedRemarks:
    """Apply the decisions about remarks, and give every figure the category it means.

    The decisions about summaries are read here and go with the remarks.

    Args:
        merged: The remarks of all inputs.
        organisations: Organisations, whose names speakers may have.
        log: Takes the decisions that lapsed, and what they merged or left out.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A curated file does not have the known form; the message says where.
    """
    changes = _Changes(curated, organisations, log)
    remarks = [changes.apply(remark) for remark in merged.remarks]
    kept = {remark.origin: remark for remark in remarks if remark is not None}
    kept = {origin: _relayed(remark) for origin, remark in kept.items()}
    one_act = one_act_each(kept, merged.other_pages, log, curated)
    further = [changes.categorised(one) for one in added(one_act.remarks, log, curated)]
    changes.report_unused()
    rows = curated_files.decisions("summaries", curated, "remark")
    summaries = {row["remark"]: row for _, row in rows}
    return MergedRemarks((*one_act.remarks, *further), one_act.other_pages, summaries)


class _Changes:
    """The rows of `remarks.csv`."""

    def __init__(self, curated: Path, organisations: Organisations, log: ImportLog) -> None:
        self._log = log
        self._slugs = {row["name"]: name for name, row in organisations.table.items()}
        self._rows: dict[str, list[tuple[Location, dict[str, str]]]] = {}
        for location, row in curated_files.decisions("remarks", curated, "remark", "column"):
            if row["column"] not in COLUMNS:
                problem = f"names the unknown column {row['column']!r}; known are {COLUMNS}"
                raise location.error(problem)
            self._rows.setdefault(row["remark"], []).append((location, row))
        self._unused = set(self._rows)

    def apply(self, remark: Remark) -> Remark | None:
        """Return a remark as decided; None if it is left out."""
        self._unused.discard(remark.origin)
        rows = self._rows.get(remark.origin, [])
        for location, row in rows:
            if row["column"] == LEFT_OUT:
                self._log.left_out.append(f"{remark.origin}: {row['reason']}")
                return None
            if row["column"] not in _LINKS:
                remark = self._changed(location, remark, row)
        return self.categorised(remark)

    def categorised(self, remark: Remark) -> Remark:
        """Return a remark whose figure has the category that it means, or that we decided on."""
        self._unused.discard(remark.origin)
        if remark.amount is None:
            return remark
        amount = with_category(
            remark.amount, remark.subject, remark.speaker.organisation, remark.stated_on
        )
        remark = dataclasses.replace(remark, amount=amount)
        for location, row in self._rows.get(remark.origin, []):
            if row["column"] in _LINKS:
                remark = self._changed(location, remark, row)
        return remark

    def _changed(self, location: Location, remark: Remark, row: Mapping[str, str]) -> Remark:
        column = row["column"]
        if remark.amount is None and column in OF_AMOUNT:
            raise location.error(f"gives {row['remark']} {column}, but it has no figure")
        found = cell_of(remark, column)
        if found not in (row["old"], row["new"]):
            self._log.lapsed.append(f"{remark.origin}.{column}: upstream now has {found!r}")
            return remark
        if column == "notes":
            return dataclasses.replace(remark, notes=notes_of(row["new"]))
        value = cell_value(location, column, row["new"])
        if column == "speaker":
            name = str(value)
            return with_speaker(remark, name, self._slugs.get(name) or slug(name))
        return with_cell(remark, column, value)

    def report_unused(self) -> None:
        """Report the decisions about remarks that are not there."""
        self._log.lapsed += [f"{name}: there is no such remark" for name in self._unused]


def _relayed(remark: Remark) -> Remark:
    """Return a remark whose speaker, if unnamed, is relayed by the publisher of the page."""
    speaker = remark.speaker
    if speaker.via or "(unnamed)" not in speaker.name:
        return remark
    return dataclasses.replace(
        remark, speaker=dataclasses.replace(speaker, via=remark.page.publisher)
    )
