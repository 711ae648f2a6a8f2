"""Readings of our own records: made from files, and added to the tables by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reported_losses.intake.general_staff.readings import Reading

OWN = ("gs-text", "gs-infographic", "gs-facebook", "gs-quoted")
"""The records that `add` adds to. A reading that it added names its source."""


def with_added(upstream: Sequence[Reading], held: Iterable[Reading]) -> list[Reading]:
    """Add to the readings of the upstream files what people have added to the tables.

    Args:
        upstream: Readings of the upstream files.
        held: Readings that the tables hold.

    Returns:
        The upstream readings, completed where they lack what the tables hold, and the readings
        that name a source and are in no upstream file.
    """
    readings = {(reading.record, reading.cell): reading for reading in upstream}
    for reading in held:
        if reading.record in OWN:
            key = reading.record, reading.cell
            if key in readings:
                readings[key] = _completed(readings[key], reading)
            elif reading.source:
                readings[key] = reading
    return list(readings.values())


def _completed(upstream: Reading, held: Reading) -> Reading:
    return replace(
        upstream,
        total=held.total if upstream.total is None else upstream.total,
        increment=held.increment if upstream.increment is None else upstream.increment,
        qualifier=upstream.qualifier or held.qualifier,
        source=upstream.source or held.source,
        note=upstream.note or held.note,
    )


def put(held: Reading | None, new: Reading) -> Reading:
    """Return the reading of a cell after it was read again.

    Args:
        held: The reading that the tables hold, if any.
        new: The reading made now. What it does not say stays.
    """
    if held is None:
        return new
    read = replace(
        held,
        total=new.total,
        increment=held.increment if new.increment is None else new.increment,
        qualifier=new.qualifier or held.qualifier,
        stale=False,
    )
    return replace(read, source=held.source or new.source) if read != held else held
