"""The record `gs-address`: increments that the addresses of the ministry's pages spell.

Since autumn 2024 the ministry has put figures of the day into the address of its page, such as
`...-za-dobu-940-okupantiv-147-bpla-ta-41-artsistema`. `orc-losses` keeps the address of each day.
An address is not a print: some are cut short, and some were made for the day before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from reported_losses.intake.general_staff.orc_losses import FILE, addresses
from reported_losses.intake.general_staff.readings import Cell, Reading, without_duplicates

RECORD = "gs-address"
# Up to the day before, the increments are read from the image.
FIRST_DAY = dt.date(2025, 8, 10)

WORDS = {
    "okupantiv": "personnel",
    "osib": "personnel",
    "bpla": "uavs",
    "artsistem": "artillery",
    "artsistemi": "artillery",
    "artsistema": "artillery",
    "tanki": "tanks",
    "tankiv": "tanks",
    "bbm": "armoured-vehicles",
    "rszv": "mlrs",
}
# At most three groups of digits: no increment has more.
_DIGITS = r"(?<![0-9])([0-9]{1,4}(?:-[0-9]{1,3}){0,2})"
_FIGURE = re.compile(rf"{_DIGITS}-({'|'.join(WORDS)})(?![a-z])")
_GROUPED = re.compile(r"[0-9]{1,4}|[0-9]{1,3}(-[0-9]{3})+")


def read(folder: Path) -> list[Reading]:
    """Read the record; arguments, result and errors as in `petro.read`.

    Addresses without figures, and none at all after `FIRST_DAY`, are no error.
    """
    readings = list(_readings(folder))
    return without_duplicates(folder / FILE, readings) if readings else []


def _readings(folder: Path) -> Iterator[Reading]:
    for date, address in addresses(folder).items():
        if date < FIRST_DAY:
            continue
        for digits, word in _FIGURE.findall(address):
            note = None if _GROUPED.fullmatch(digits) else f"spelt {digits}"
            increment = int(digits.replace("-", ""))
            yield Reading(RECORD, Cell(WORDS[word], date), None, increment, note=note)
