"""Two transcriptions of the reports of `february`, as files to be fetched."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from february import DAY, FIGURES
from history_repository import Tree
from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.intake.general_staff import orc_losses, petro

Records = dict[Path, list[dict[str, Any]]]
EQUIPMENT, PERSONNEL, CORRECTION = petro.FILES
LABELS = dict(
    zip(
        FIGURES,
        [
            *("personnel", "tanks", "armoured-vehicles", "artillery", "mlrs", "air-defence"),
            *("aircraft", "helicopters", "uavs", "missiles", "ships", "vehicles"),
            "special-equipment",
        ],
        strict=True,
    )
)
NEW = {LABELS[label]: total for label, (total, _) in FIGURES.items()}


def records_of(tree: Tree) -> Records:
    """Write two transcriptions from what the tables hold of them."""
    found: Records = {path: [] for path in (*petro.FILES, orc_losses.FILE)}
    totals: dict[tuple[str, str], dict[str, int]] = {}
    for row in tree.rows("readings"):
        if row["record"] in {"petro", "orc-losses"} and row["total"]:
            held = totals.setdefault((row["record"], row["report_date"]), {})
            held[row["category"]] = int(row["total"])
    for (record, day), held in totals.items():
        add_day(found, record, day, held)
    urls = {row["report_date"]: row["url"] for row in tree.rows("reports")}
    for row in found[orc_losses.FILE]:
        row["sourceUri"] = urls[row["date"]]
    return found


def add_day(records: Records, record: str, day: str, totals: dict[str, int]) -> None:
    number = (dt.date.fromisoformat(day) - WAR_BEGAN).days + 1
    if record == "orc-losses":
        keys = {key: totals.get(name) for key, name in orc_losses.CATEGORIES.items()}
        page = {"sourceUri": f"https://www.mil.gov.ua/news/{day}/"}
        records[orc_losses.FILE].append({"date": day} | page | keys)
        return
    held = {key: totals[name] for key, name in petro.CATEGORIES.items() if name in totals}
    records[EQUIPMENT].append({"date": day, "day": number} | held)
    personnel = {"personnel": totals["personnel"], "personnel*": "about"}
    records[PERSONNEL].append({"date": day, "day": number} | personnel)


def write(records: Records, folder: Path) -> Path:
    for path, rows in records.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(json.dumps(rows), "utf-8")
    return folder


def new_day(tree: Tree, **totals: int) -> Records:
    records = records_of(tree)
    add_day(records, "petro", DAY, NEW | totals)
    return records
