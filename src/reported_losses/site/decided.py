"""The General Staff's figures, decided anew from the readings, as anyone can."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.intake.general_staff import build
from reported_losses.intake.general_staff.build import Reconciliation
from reported_losses.intake.general_staff.readings import REPORTER, Cell, Reading
from reported_losses.intake.tables import Row, read_rows
from reported_losses.loading.load import arrow


@dataclass(frozen=True, slots=True)
class Decided:
    """What the readings of some records support.

    Attributes:
        records: Rows of `records`, as texts, in order.
        readings: Rows of `readings`, typed: every reporter's.
        own: The readings of the General Staff's figures.
        result: Its figures and corrections.
    """

    records: Sequence[Row]
    readings: Sequence[Mapping[str, Any]]
    own: Sequence[Reading]
    result: Reconciliation


def decide(records: Sequence[Row], readings: Iterable[Mapping[str, Any]]) -> Decided:
    """Decide the General Staff's figures.

    Args:
        records: Rows of `records`, as texts.
        readings: Rows of `readings`, typed.
    """
    rows = list(readings)
    own = [_reading(row) for row in rows if row["reporter"] == REPORTER]
    return Decided(records, rows, own, build.decide(installed(), own, records))


@functools.cache
def shipped() -> Decided:
    """Return what the readings of the installed dataset support; it is decided once."""
    records, readings = (installed().table(name) for name in ("records", "readings"))
    return decide(read_rows(package_dir(), records), arrow(readings).to_pylist())


def _reading(row: Mapping[str, Any]) -> Reading:
    return Reading(
        record=row["record"],
        cell=Cell(row["category"], row["report_date"]),
        total=row["total"],
        increment=row["increment"],
        correction=row["correction"],
        qualifier=row["qualifier"],
        stale=bool(row["stale"]),
        source=row["source"],
        note=row["note"],
    )
