"""What a reader of this folder is given: where to read, and what not to believe."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from reported_losses.intake import curated_files
from reported_losses.intake.upstream_files import Location
from reported_losses.intake.upstream_values import report_date


@dataclass(frozen=True, slots=True)
class Upstream:
    """The upstream files on the day they are read.

    Attributes:
        folder: Folder of the upstream files.
        read_on: The day; no report can be of a later one.
        curated: Folder of the curated files.
        left_out: Takes a line for each row that is in no table, and why.
    """

    folder: Path
    read_on: dt.date
    curated: Path = curated_files.FOLDER
    left_out: list[str] = field(default_factory=list)

    def day(self, location: Location, text: str) -> dt.date:
        """Read the date of a report, from the first day of the war to the day of reading."""
        date = report_date(location, text)
        if date > self.read_on:
            problem = f"has the date {date}; a report of {self.read_on} or before was expected"
            raise location.error(problem)
        return date
