"""The record `orc-losses`: Lod Softworks' transcription of the ministry's pages, a JSON array.

It names the ministry's page of each day, which no other record does.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reported_losses.intake import upstream
from reported_losses.intake.readings import Cell, Reading

RECORD = "orc-losses"
FILE = Path("orc-losses", "russian-losses.json")

# From this report on the reporter counts vehicles and fuel tanks together; before it,
# the record's vehicles are the vehicles alone.
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
    return upstream.without_duplicates(folder / FILE, _readings(folder / FILE))


def addresses(folder: Path) -> dict[dt.date, str]:
    """Return the ministry's page of each report date the record names one for."""
    return {date: _address(folder / FILE, place, row) for place, date, row in _rows(folder / FILE)}


def _rows(path: Path) -> Iterator[tuple[str, dt.date, dict[str, Any]]]:
    keys = {"date", "sourceUri", *CATEGORIES}
    for place, row in upstream.json_rows(path):
        upstream.check_keys(path, place, row, keys, keys)
        date = upstream.report_date(path, place, row["date"])
        yield f"{place} ({date})", date, row


def _readings(path: Path) -> Iterator[Reading]:
    for place, date, row in _rows(path):
        for key, category in CATEGORIES.items():
            if row[key] is None:
                continue
            total = upstream.count_from_json(path, place, key, row[key])
            if category == "vehicles" and date < MERGED_ON:
                yield Reading(RECORD, Cell("military-vehicles", date), total)
            else:
                yield Reading(RECORD, Cell(category, date), total)


def _address(path: Path, place: str, row: dict[str, Any]) -> str:
    value = row["sourceUri"]
    if not isinstance(value, str) or not _is_web_address(value):
        raise upstream.fault(path, place, f"has sourceUri = {value!r:.80}; a web address is due")
    # The pages' names hold dashes that are not ASCII; an address is ASCII.
    return urllib.parse.quote(value, safe=":/?&=#%()")


def _is_web_address(value: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(value)
    except ValueError:
        return False
    plain = value.isprintable() and not any(character.isspace() for character in value)
    return plain and parts.scheme in {"http", "https"} and bool(parts.netloc)
