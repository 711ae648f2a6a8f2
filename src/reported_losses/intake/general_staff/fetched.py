"""The transcriptions that `update` fetches: their files, and the addresses of those files.

They are those whose licence allows a copy. The other records are taken from the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from reported_losses.definition.schema import Package
from reported_losses.errors import DataError
from reported_losses.intake.general_staff import orc_losses, petro, ukrainska_pravda
from reported_losses.intake.tables import Row

PLACES: Mapping[str, Mapping[Path, str]] = {
    petro.RECORD: {path: f"data/{path.name}" for path in petro.FILES},
    orc_losses.RECORD: {orc_losses.FILE: orc_losses.FILE.name},
    ukrainska_pravda.RECORD: {ukrainska_pravda.FILE: ukrainska_pravda.FILE.name},
}
"""By record: each file below the folder of upstream records, and its path in the repository."""

_HOST, _RAW = "github.com", "https://raw.githubusercontent.com"


def addresses(package: Package, sources: Iterable[Row]) -> dict[Path, str]:
    """Return the address of each file.

    Args:
        package: The descriptor; a repository that it does not list among its sources is not used.
        sources: Rows of `sources`, which give the repository of each record.

    Raises:
        DataError: The repository of a record is not given, or not listed in the descriptor.
    """
    listed = {source.get("path", "") for source in package.raw.get("sources", ())}
    urls = {row["source"]: row["url"] for row in sources}
    found: dict[Path, str] = {}
    for record, places in PLACES.items():
        url = urls.get(record, "")
        parts = urlsplit(url)
        if parts.hostname != _HOST or url not in listed:
            raise DataError(
                f"data/sources.csv: {record} has the address {url or 'none'}; a repository on "
                f"{_HOST} that datapackage.json lists among its sources was expected"
            )
        found |= {path: f"{_RAW}{parts.path.rstrip('/')}/HEAD/{at}" for path, at in places.items()}
    return found


def below(base: str) -> dict[Path, str]:
    """Return the address of each file, laid out below another address as in a folder.

    >>> below("http://localhost:8000/")[Path("orc-losses/russian-losses.json")]
    'http://localhost:8000/orc-losses/russian-losses.json'
    """
    paths = (path for places in PLACES.values() for path in places)
    return {path: f"{base.rstrip('/')}/{path.as_posix()}" for path in paths}
