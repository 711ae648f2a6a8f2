"""Small upstream and curated files about statements, for tests."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reported_losses.intake import curated_files
from reported_losses.intake.statements import (
    economist,
    organisations,
    uk_mod_monthly,
    upstream_statements,
)

ROOT = Path(__file__).parents[3]
Row = dict[str, str]

ORGANISATIONS = [
    ("Ministry A", "ministry-a", "Ministry A", "government ministry", "third-party", "organisation", "", "estimated"),
    ("Armed Forces B", "forces-b", "Armed Forces B", "military", "ukraine", "organisation", "", "reported"),
    ("List C", "list-c", "List C", "open-source count", "third-party", "organisation", "", "confirmed-by-name"),
    ("Ann Ames", "ann-ames", "Ann Ames", "person", "third-party", "speaker", "ministry-a", ""),
    ("General Staff of the Armed Forces of Ukraine", "ua-general-staff", "General Staff", "collective", "ukraine", "speaker", "forces-b", ""),
    ("List C", "list-c", "List C", "collective", "third-party", "speaker", "list-c", ""),
    ("Officials (unnamed), via The Paper", "officials", "Officials (unnamed)", "collective", "third-party", "speaker", "ministry-a", ""),
]  # fmt: skip

ROW = {
    "stated_on": "2023-05-02",
    "date_precision": "day",
    "speaker": "Ann Ames",
    "speaker_role": "minister",
    "organisation": "Ministry A",
    "side_of_speaker": "third-party",
    "about": "russia",
    "topic": "losses",
    "measure": "killed",
    "rate": "",
    "basis": "reported",
    "subset": "",
    "value_low": "20000",
    "value_high": "20000",
    "qualifier": "about",
    "period_start": "2022-02-24",
    "period_end": "2023-05-02",
    "summary": "Ames put Russian dead at about 20,000.",
    "source_title": "Ames on losses",
    "publisher": "The Paper",
    "url": "https://paper.example/2023/05/02/losses",
    "published_on": "2023-05-02",
    "language": "en",
    "confidence": "high",
    "notes": "",
}
ESTIMATE = {
    "date": "30/04/2023",
    "estimate_low": "",
    "estimate_high": "",
    "estimate": "20000",
    "type": "deaths",
    "source": "Ministry A (list)",
    "source_url": "https://other.example/2023/05/01/ames",
    "country": "russia",
    economist.PARTIES: "",
}
MONTH = {
    "month": "april",
    "year": "2025",
    uk_mod_monthly.AVERAGE: "1209",
    "source_url": "https://x.com/DefenceHQ/status/1918563185390502176",
}


def row(name: str, **cells: str) -> Row:
    """Return the usual row of statements.csv with some cells changed."""
    return {"statement_id": name, **ROW, **cells}


def write_files(
    folder: Path,
    rows: Iterable[Row] = (),
    *,
    estimates: Iterable[Mapping[str, str]] = (),
    months: Iterable[Mapping[str, str]] = (),
    curated: Mapping[str, Sequence[tuple[str, ...]]] | None = None,
) -> tuple[Path, Path, Path]:
    """Write upstream files, curated files and an empty package; return the three folders."""
    source, ours, package = folder / "upstream", folder / "curated", folder / "package"
    people = [dict(zip(organisations.HEADER, (*one, ""), strict=True)) for one in ORGANISATIONS]
    table(source / organisations.FILE, organisations.HEADER, people)
    table(source / upstream_statements.FILE, upstream_statements.HEADER, list(rows) or [row("a")])
    table(source / economist.FILE, economist.HEADER, estimates)
    table(source / uk_mod_monthly.FILE, uk_mod_monthly.HEADER, months)
    decisions: dict[str, Sequence[tuple[str, ...]]] = {
        "organisations": [
            ("ua-general-staff", "General Staff", "military", "ukraine", "forces-b", "", ""),
            ("uk-mod", "UK MoD", "government-ministry", "third-party", "", "", ""),
        ],
        "estimate_speakers": [
            ("Ministry A (list)", "", "ann-ames", "Ann Ames", "ministry-a", "minister", "")
        ],
        **(curated or {}),
    }
    for name, header in curated_files.HEADERS.items():
        cells = [dict(zip(header, one, strict=True)) for one in decisions.get(name, [])]
        table(ours / f"{name}.csv", header, cells)
    shutil.copytree(ROOT / "schemas", package / "schemas", dirs_exist_ok=True)
    shutil.copy(ROOT / "datapackage.json", package)
    (package / "data").mkdir(exist_ok=True)
    return source, package, ours


def table(path: Path, header: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
