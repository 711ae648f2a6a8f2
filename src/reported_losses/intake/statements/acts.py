"""Further figures and further pages of one act of speech.

`added.csv` gives the figures of a page that upstream has no row for. `same.csv` says which
remarks are one act of speech that several pages tell.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reported_losses.intake import curated_files
from reported_losses.intake.statements.cells import cell_value, notes_of
from reported_losses.intake.statements.estimates import MergedRemarks, OtherPage
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.remark import Amount, Remark
from reported_losses.intake.upstream_files import Location

_HOW = ("further", "repeated")
ADDED = (
    *"measure rate basis subset place low high qualifier".split(),
    *"period_start period_end period_precision".split(),
)


def added(remarks: Sequence[Remark], log: ImportLog, curated: Path) -> Iterator[Remark]:
    """Yield the figures that the page of a remark holds and upstream has no row for."""
    known = {remark.origin: remark for remark in remarks}
    for location, row in curated_files.decisions("added", curated, "remark"):
        beside = known.get(row["beside"])
        if beside is None:
            log.lapsed.append(f"{row['remark']}: was to stand beside {row['beside']}, not there")
            continue
        if row["remark"] in known:
            raise location.error(f"adds {row['remark']!r}, which upstream has")
        cells: dict[str, Any] = {name: cell_value(location, name, row[name]) for name in ADDED}
        if not (cells["low"] or cells["high"]):
            raise location.error("has no figure; low, high or both were expected")
        yield dataclasses.replace(
            beside,
            origin=row["remark"],
            added=True,
            subject=row["subject"],
            confidence=row["confidence"],
            amount=Amount(**cells),
            notes=notes_of(row["notes"]),
        )


def one_act_each(
    remarks: Mapping[str, Remark],
    other_pages: Mapping[str, Sequence[OtherPage]],
    log: ImportLog,
    curated: Path,
) -> MergedRemarks:
    """Join the remarks that are one act of speech told by several pages."""
    kept = dict(remarks)
    pages = {origin: list(others) for origin, others in other_pages.items() if origin in kept}
    rows = list(curated_files.decisions("same", curated, "remark"))
    joined = {row["remark"]: row["how"] for _, row in rows}
    # Remarks that stay come first, so that others can be the same as one of them.
    for location, row in sorted(rows, key=lambda pair: _HOW.index(_how(*pair))):
        name, same_as = row["remark"], row["same_as"]
        if joined.get(same_as) in {"repeated", row["how"]}:
            raise location.error(f"joins {name!r} to {same_as!r}, which is joined to another")
        if name not in kept or same_as not in kept:
            log.lapsed.append(f"{name}: was to be {same_as}; one of them is not there")
            continue
        remark, act = kept[name], kept[same_as]
        pages.setdefault(same_as, []).append(OtherPage(remark.page, row["note"]))
        if row["how"] == "repeated":
            del kept[name]
            pages[same_as] += pages.pop(name, [])
            log.merged.append(f"{name}: is {same_as}")
        else:
            kept[name] = dataclasses.replace(remark, act=act.statement)
            log.merged.append(f"{name}: is of the statement of {same_as}")
    return MergedRemarks(tuple(kept.values()), {name: tuple(of) for name, of in pages.items()})


def _how(location: Location, row: Mapping[str, str]) -> str:
    if row["how"] not in _HOW:
        raise location.error(f"has how = {row['how']!r}; repeated or further was expected")
    return row["how"]
