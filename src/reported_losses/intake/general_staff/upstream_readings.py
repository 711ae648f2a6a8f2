"""Every reading of every upstream record of the General Staff's reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reported_losses.errors import UpstreamError
from reported_losses.intake.general_staff import (
    build,
    gs_address,
    gs_infographic,
    gs_quoted,
    gs_text,
    minfin,
    orc_losses,
    petro,
    russianwarship,
    ukrainska_pravda,
)
from reported_losses.intake.general_staff.dissent import complete
from reported_losses.intake.general_staff.readings import Reading
from reported_losses.intake.tables import Row

READERS = (
    gs_text,
    gs_infographic,
    petro,
    orc_losses,
    ukrainska_pravda,
    minfin,
    gs_address,
)

FILES: Mapping[str, tuple[Path, ...]] = {
    "gs-text": (gs_text.FILE,),
    "gs-infographic": (gs_infographic.FILE,),
    "petro": petro.FILES,
    "orc-losses": (orc_losses.FILE,),
    "ukrainska-pravda": (ukrainska_pravda.FILE,),
    "minfin": (minfin.FILE,),
    "gs-address": (orc_losses.FILE,),
    "russianwarship": (ukrainska_pravda.FILE, russianwarship.FILE),
    "gs-quoted": (gs_quoted.FILE,),
}
"""The files of each record, below the folder of the upstream records."""

# The file of one record holds the second image of a day as well, which is a record of its own.
_WITH = {"gs-infographic": gs_infographic.CORRECTION}


@dataclass(frozen=True, slots=True)
class UpstreamReadings:
    """What was read in the upstream files.

    Attributes:
        readings: Every reading.
        records: The records that were read.
        left_out: What the readers left out because it is not a reading, in lines.
    """

    readings: list[Reading]
    records: frozenset[str]
    left_out: list[str]


def records_in(upstream: Path) -> frozenset[str]:
    """Return the records whose files are all in a folder."""
    return frozenset(
        name for name, paths in FILES.items() if all((upstream / path).exists() for path in paths)
    )


def halves_in(upstream: Path) -> list[str]:
    """Say of which records a folder holds some files and lacks others, in lines.

    A file that several records are read from shows of none of them that it was meant to be there.
    """
    shared = Counter(path for paths in FILES.values() for path in paths)
    found = []
    for name, paths in FILES.items():
        lacking = [path.as_posix() for path in paths if not (upstream / path).exists()]
        own = any(shared[path] == 1 and (upstream / path).exists() for path in paths)
        if own and lacking:
            found.append(f"{name} is left out: {', '.join(lacking)} is missing")
    return found


def read_all(
    upstream: Path, pages: Mapping[str, str], recorded_on: dt.date, records: frozenset[str]
) -> UpstreamReadings:
    """Read upstream records.

    Args:
        upstream: Folder of the upstream records.
        pages: Slug of the source of each page, by web address.
        recorded_on: Day on which they are recorded.
        records: The records to read.

    Raises:
        UpstreamError: A record is not in its known form, or has a figure of a day to come.
    """
    left_out: list[str] = []
    readings = [
        reading
        for reader in READERS
        if reader.RECORD in records
        for reading in reader.read(upstream)
    ]
    if russianwarship.RECORD in records:
        readings += russianwarship.read(upstream, left_out)
    if gs_quoted.RECORD in records:
        readings += gs_quoted.read(upstream, pages)
    for reading in readings:
        if reading.cell.date > recorded_on:
            problem = (
                f"the record {reading.record} has a figure of {reading.cell.date}, after "
                f"{recorded_on}, the day on which it is recorded. Nothing was written."
            )
            raise UpstreamError(problem)
    read = records | {_WITH[name] for name in records & _WITH.keys()}
    return UpstreamReadings(readings, read, left_out)


def held_readings(
    held: Iterable[Reading], records: Iterable[Row], read: frozenset[str]
) -> list[Reading]:
    """Return the readings, as the tables give them, of the records that were not read.

    Args:
        held: Readings that the tables hold.
        records: Rows of `records`.
        read: The records that were read.

    Returns:
        The readings; of a record that is kept only where it dissents, also those that its
        silence stands for.
    """
    held, rows = list(held), list(records)
    voting = {row["record"] for row in rows if row["votes"] == "true"}
    partly = [build.coverage(row) for row in rows if row["kept"] == "dissent"]
    readings = complete((one for one in held if one.record in voting), partly)
    readings += [one for one in held if one.record not in voting]
    return [reading for reading in readings if reading.record not in read]
