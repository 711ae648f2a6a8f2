"""Small upstream records for tests: files of our own making that agree with each other."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.definition.descriptor import load_package
from reported_losses.intake.tables import to_csv

START = dt.date(2023, 5, 25)

# Fourteen categories that every record has in 2023, with a first total and a daily step.
FIGURES = {
    "personnel": (200_000, 500),
    "tanks": (3_700, 4),
    "afv": (7_300, 9),
    "artillery": (3_300, 20),
    "mlrs": (570, 1),
    "air_defence": (325, 0),
    "aircraft": (310, 0),
    "helicopters": (296, 0),
    "uav": (2_900, 25),
    "missiles": (1_015, 3),
    "ships": (18, 0),
    "vehicles": (6_100, 15),
    "special_equipment": (440, 2),
}
PETRO = {
    "tanks": "tank",
    "afv": "APC",
    "artillery": "field artillery",
    "mlrs": "MRL",
    "air_defence": "anti-aircraft warfare",
    "aircraft": "aircraft",
    "helicopters": "helicopter",
    "uav": "drone",
    "missiles": "cruise missiles",
    "ships": "naval ship",
    "vehicles": "vehicles and fuel tanks",
    "special_equipment": "special equipment",
}
ORC = {
    "personnel": "personnel",
    "tanks": "tanks",
    "afv": "afvs",
    "artillery": "artillery",
    "mlrs": "rocketSystems",
    "air_defence": "airDefense",
    "aircraft": "fixedWingAircraft",
    "helicopters": "rotaryWingAircraft",
    "uav": "uavs",
    "missiles": "missiles",
    "ships": "ships",
    "vehicles": "unarmoredVehicles",
    "special_equipment": "specialEquipment",
}
MINFIN = {
    "personnel": "personnel",
    "tanks": "tanks",
    "afv": "apv",
    "artillery": "artillery",
    "mlrs": "mlrs",
    "air_defence": "aaws",
    "aircraft": "aircrafts",
    "helicopters": "helicopters",
    "uav": "uav",
    "missiles": "cruise_missiles",
    "ships": "warships",
    "vehicles": "vehicles_fuel_tanks",
    "special_equipment": "special_equipment",
}
PRAVDA = {
    "personnel": "militaryPersonnel",
    "tanks": "tank",
    "afv": "armoredCombatVehicle",
    "artillery": "artillerySystem",
    "mlrs": "mlrs",
    "air_defence": "airDefenceSystem",
    "aircraft": "jet",
    "helicopters": "copter",
    "uav": "uav",
    "ships": "ship",
    "vehicles": "supplyVehicle",
}
WARSHIP = {
    "afv": "armoured-vehicles",
    "air_defence": "air-defence",
    "uav": "uavs",
    "special_equipment": "special-equipment",
}
WARSHIP_HEADER = [
    *("report_date", "personnel", "tanks", "armoured-vehicles", "artillery", "mlrs"),
    *("air-defence", "aircraft", "helicopters", "vehicles", "ships", "missiles", "uavs"),
    *("special-equipment", "ground-robots", "submarines"),
]
QUOTES_HEADER = ["report_date", "category", "total", "increment", "url", "checked", "note"]
PAGE, SECOND_PAGE = "https://news.example/1", "https://other.example/1"
MINFIN_HEADER = [
    *("date", "day", "personnel", "tanks", "apv", "artillery", "mlrs", "aaws", "aircrafts"),
    *("helicopters", "uav", "cruise_missiles", "warships", "vehicles_fuel_tanks"),
    *("special_equipment", "submarines"),
]


def total(category: str, day: int) -> int:
    first, step = FIGURES[category]
    return first + step * day


def date(day: int) -> dt.date:
    return START + dt.timedelta(days=day)


class UpstreamRecords:
    """The upstream files as Python values, for a test to damage and write."""

    def __init__(self, days: int) -> None:
        number = [(date(day) - WAR_BEGAN).days + 1 for day in range(days)]
        text = [date(day).isoformat() for day in range(days)]
        self.equipment: list[dict[str, Any]] = [
            {"date": text[d], "day": number[d]} | {PETRO[c]: total(c, d) for c in PETRO}
            for d in range(days)
        ]
        self.personnel: list[dict[str, Any]] = [
            {"date": text[d], "day": number[d], "personnel": total("personnel", d)}
            | {"personnel*": "about"}
            for d in range(days)
        ]
        self.corrections: list[dict[str, Any]] = []
        self.orc: list[dict[str, Any]] = [
            {"date": text[d], "sourceUri": f"https://www.mil.gov.ua/news/{text[d]}/"}
            | {ORC[c]: total(c, d) for c in ORC}
            | {"submarines": None}
            for d in reversed(range(days))
        ]
        self.minfin: list[dict[str, Any]] = [
            {"date": text[d], "day": number[d]} | {MINFIN[c]: total(c, d) for c in MINFIN}
            for d in range(days)
        ]
        self.texts: list[dict[str, Any]] = [
            {"report_date": text[d], "category": c, "total": total(c, d), "increment": step}
            for d in range(days)
            for c, (_, step) in FIGURES.items()
        ]
        self.images: list[dict[str, Any]] = [
            row | {"corrected_issue": "0", "flag": ""} for row in self.texts
        ]

        self.pravda: list[dict[str, Any]] = [
            {"id": number[d], "created_at": f"{text[d]}T08:00:00.000Z"}
            | {PRAVDA[c]: total(c, d) for c in PRAVDA}
            for d in range(days)
        ]
        self.i18n: list[object] = []
        self.warship: list[dict[str, Any]] = [
            {"report_date": text[d]}
            | {WARSHIP.get(c, c): total(c, d) for c in FIGURES}
            | {"ground-robots": 0}
            for d in range(days)
        ]
        self.quotes: list[dict[str, Any]] = [
            {"report_date": text[0], "category": "tanks", "total": total("tanks", 0)}
            | {"increment": 4, "url": PAGE, "checked": "once"}
        ]

    def write(self, folder: Path) -> Path:
        pravda = folder / "ukrainska-pravda" / "db.json"
        pravda.parent.mkdir(parents=True, exist_ok=True)
        pravda.write_text(json.dumps({"i18n": self.i18n, "days": self.pravda}), encoding="utf-8")
        for name, rows in (
            ("petro/russia_losses_equipment.json", self.equipment),
            ("petro/russia_losses_personnel.json", self.personnel),
            ("petro/russia_losses_equipment_correction.json", self.corrections),
            ("orc-losses/russian-losses.json", self.orc),
        ):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(rows), encoding="utf-8")
        images = ("report_date", "corrected_issue", "category", "total", "increment", "flag")
        for name, header, rows in (
            ("minfin/russia_losses.csv", MINFIN_HEADER, self.minfin),
            ("russianwarship/totals.csv", WARSHIP_HEADER, self.warship),
            ("news-quotations/general_staff.csv", QUOTES_HEADER, self.quotes),
            ("general-staff/text_readings.csv", images[0:1] + images[2:5], self.texts),
            ("general-staff/infographic_readings.csv", images, self.images),
        ):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, header, lineterminator="\n", restval="")
                writer.writeheader()
                writer.writerows(rows)
        return folder


def describe_page(folder: Path) -> None:
    """Write the table `sources` of a package with the page that is quoted, and no other."""
    page = {"source": "page", "title": "A page", "publisher": "A newspaper", "url": PAGE}
    table = load_package(folder).table("sources")
    (folder / table.path).write_bytes(to_csv(table, [page]))
