"""The record `gs-infographic`: our reading of the General Staff's daily images, CSV.

The second image of 2023-05-27, headed "correction" (КОРИГУВАННЯ), is a separate record,
`gs-infographic-correction`. Its totals replace those of the day from the next report on, and
the numbers it prints in red are corrections, not increments of a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake.general_staff.gs_text import read_cell
from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates
from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.intake.upstream_values import optional_count, signed_count

RECORD = "gs-infographic"
CORRECTION = "gs-infographic-correction"
FILE = Path("general-staff", "infographic_readings.csv")
HEADER = ("report_date", "corrected_issue", "category", "total", "increment", "flag")

ISSUES = {"0": RECORD, "1": CORRECTION}
TOTAL_NOT_READ = "total_not_read"
FLAGS = {
    "": None,
    TOTAL_NOT_READ: "total not legible",
    "read by eye": "read by eye",
    "delta read by eye": "increment read by eye",
    "delta read by eye (printed in red, КОРИГУВАННЯ)": "correction read by eye; printed in red",
}


def read(folder: Path) -> list[Reading]:
    """Read both records; arguments, result and errors as in `petro.read`."""
    return without_duplicates(folder / FILE, _readings(folder / FILE))


def _readings(path: Path) -> Iterator[Reading]:
    for location, row in csv_rows(path, HEADER):
        cell = read_cell(location, row)
        for column, known in (("corrected_issue", ISSUES), ("flag", FLAGS)):
            if row[column] not in known:
                problem = f"has {column} = {row[column]!r}; known are {list(known)}"
                raise location.error(problem)
        if not row["total"] and not row["increment"] and row["flag"] != TOTAL_NOT_READ:
            raise location.error(f"has no figure and no flag {TOTAL_NOT_READ}")
        yield _reading(location, row, cell)


def _reading(location: Location, row: dict[str, str], cell: Cell) -> Reading:
    record, note = ISSUES[row["corrected_issue"]], FLAGS[row["flag"]]
    total = optional_count(location, "total", row["total"])
    printed = row["increment"]
    if record == CORRECTION:
        amount = signed_count(location, "increment", printed) if printed else None
        return Reading(record, cell, total, correction=amount, note=note)
    increment = optional_count(location, "increment", printed)
    return Reading(record, cell, total, increment, note=note)
