"""`organisations.csv` of upstream, with our curated rows: who speaks, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reported_losses.intake import curated_files, upstream
from reported_losses.intake import text as prose

FILE = Path("organisations.csv")
HEADER = tuple("as_written id canonical_name kind side field parent_id default_basis note".split())


@dataclass(frozen=True, slots=True)
class Bodies:
    """Organisations and speakers, by the names upstream uses.

    Attributes:
        table: Rows of the table `organisations` by slug.
        organisations: Slug by name as written.
        basis: What figures of the organisation rest on, by name as written.
        speakers: Slug and name by name as written.
    """

    table: dict[str, dict[str, str]] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    basis: dict[str, str] = field(default_factory=dict)
    speakers: dict[str, tuple[str, str]] = field(default_factory=dict)


def read(folder: Path, curated: Path = curated_files.FOLDER) -> Bodies:
    """Read the organisations and speakers.

    Args:
        folder: Folder of the upstream files.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: A file is not in the form known.
    """
    bodies, path = Bodies(), folder / FILE
    for place, row in prose.rows(path, HEADER):
        name = row["as_written"]
        if row["field"] == "speaker":
            for spelling in (name, row["canonical_name"]):
                bodies.speakers.setdefault(spelling, (row["id"], row["canonical_name"]))
        elif row["field"] == "organisation":
            bodies.organisations[name] = row["id"]
            bodies.basis[name] = row["default_basis"]
            bodies.table[row["id"]] = _organisation(row)
        else:
            problem = f"has field = {row['field']!r}; organisation or speaker was expected"
            raise upstream.fault(path, place, problem)
    for ours in curated_files.rows("organisations", curated):
        known = bodies.table.get(ours["organisation"], {})
        bodies.table[ours["organisation"]] = {**known, **{k: v for k, v in ours.items() if v}}
    return bodies


def _organisation(row: Mapping[str, str]) -> dict[str, str]:
    kind = prose.slug(row["kind"])
    return {
        "organisation": row["id"],
        "name": row["canonical_name"],
        "kind": "parliament" if kind == "parliament-office" else kind,
        "side": row["side"],
        "parent": row["parent_id"],
    }
