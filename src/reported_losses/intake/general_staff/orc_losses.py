"""The record `orc-losses`: Lod Softworks' transcription of the ministry's pages, a JSON array.

It is the only record that names the ministry's page of each day.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates
from reported_losses.intake.text import require_web_address
from reported_losses.intake.upstream_files import Location, json_rows
from reported_losses.intake.upstream_values import check_keys, json_count, report_date

RECORD = "orc-losses"
FILE = Path("orc-losses", "russian-losses.json")

# From this report on the reporter counts vehicles and fuel tanks together; before it, the
# record's vehicles do not include fuel tanks.
MERGED_ON = dt.date(2022, 5, 1)

CATEGORIES = {
    "personnel": "personnel",
    "tanks": "tanks",
    "afvs": "armoured-vehicles",
    "artillery": "artillery",
    "airDefense": "air-defence",
    "rocketSystems": "mlrs",
    "unarmoredVehicles": "vehicles",
    "fixedWingAircraft": "aircraft",
    "rotaryWingAircraft": "helicopters",
    "uavs": "uavs",
    "ships": "ships",
    "submarines": "submarines",
    "specialEquipment": "special-equipment",
    "missiles": "missiles",
}


def read(folder: Path) -> list[Reading]:
    """Read the record; arguments, result and errors as in `petro.read`."""
    return without_duplicates(folder / FILE, _readings(folder / FILE))


def addresses(folder: Path) -> dict[dt.date, str]:
    """Return the web address of the ministry's page, by report date."""
    return {date: _address(location, row) for location, date, row in _rows(folder / FILE)}


def _rows(path: Path) -> Iterator[tuple[Location, dt.date, dict[str, Any]]]:
    keys = {"date", "sourceUri", *CATEGORIES}
    for location, row in json_rows(path):
        check_keys(location, row, keys, keys)
        date = report_date(location, row["date"])
        yield location.at(date), date, row


def _readings(path: Path) -> Iterator[Reading]:
    for location, date, row in _rows(path):
        for key, category in CATEGORIES.items():
            if row[key] is None:
                continue
            total = json_count(location, key, row[key])
            if category == "vehicles" and date < MERGED_ON:
                yield Reading(RECORD, Cell("military-vehicles", date), total)
            else:
                yield Reading(RECORD, Cell(category, date), total)


def _address(location: Location, row: dict[str, Any]) -> str:
    address = require_web_address(location, row["sourceUri"])
    # Some addresses contain dashes that are not ASCII.
    return urllib.parse.quote(address, safe=":/?&=#%()")
