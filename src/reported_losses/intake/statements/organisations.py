"""`organisations.csv` of upstream, with our curated rows: who speaks, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reported_losses.intake import curated_files
from reported_losses.intake.text import slug, text_rows

FILE = Path("organisations.csv")
HEADER = tuple("as_written id canonical_name kind side field parent_id default_basis note".split())


@dataclass(frozen=True, slots=True)
class Organisations:
    """Organisations and speakers, by the names that upstream uses.

    Attributes:
        table: Rows of the table `organisations`, by slug.
        slugs: Slugs of organisations, by name as written.
        basis: What figures of the organisation rest on, by name as written.
        speakers: Slug and name of speakers, by name as written.
    """

    table: dict[str, dict[str, str]] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    basis: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, tuple[str, str]] = field(default_factory=dict)


def read(folder: Path, curated: Path = curated_files.FOLDER) -> Organisations:
    """Read the organisations and speakers.

    Args:
        folder: Folder of the upstream files.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A file does not have the known form.
    """
    organisations = Organisations()
    for location, row in text_rows(folder / FILE, HEADER):
        name = row["as_written"]
        if row["field"] == "speaker":
            for spelling in (name, row["canonical_name"]):
                organisations.speakers.setdefault(spelling, (row["id"], row["canonical_name"]))
        elif row["field"] == "organisation":
            organisations.slugs[name] = row["id"]
            organisations.basis[name] = row["default_basis"]
            organisations.table[row["id"]] = _organisation(row)
        else:
            problem = f"has field = {row['field']!r}; organisation or speaker was expected"
            raise location.error(problem)
    for ours in curated_files.rows("organisations", curated):
        known = organisations.table.get(ours["organisation"], {})
        filled = {column: cell for column, cell in ours.items() if cell}
        organisations.table[ours["organisation"]] = {**known, **filled}
    for name, row in organisations.table.items():
        # Any organisation may speak in its own name, and one of ours is written as we name it.
        organisations.speakers.setdefault(row["name"], (name, row["name"]))
        organisations.slugs.setdefault(row["name"], name)
    return organisations


def _organisation(row: Mapping[str, str]) -> dict[str, str]:
    kind = slug(row["kind"])
    return {
        "organisation": row["id"],
        "name": row["canonical_name"],
        "kind": "parliament" if kind == "parliament-office" else kind,
        "side": row["side"],
        "parent": row["parent_id"],
    }
