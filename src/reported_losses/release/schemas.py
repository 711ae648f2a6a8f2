"""The schemas of a package as one digest, whether they are files or inside the descriptor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container
from pathlib import Path
from typing import Any

from reported_losses.definition.json_files import JsonFiles
from reported_losses.definition.location import DESCRIPTOR


def schema_digest(folder: Path, tables: Container[str]) -> str:
    """Return the digest of the schemas of a package.

    Args:
        folder: Package folder, or folder of a release.
        tables: Names of the tables whose schemas count.

    Returns:
        SHA-256, in hexadecimal digits, of the schemas by name of their tables, as JSON with sorted
        keys. Neither the order of the tables nor white space counts; every text does.

    Raises:
        DescriptorError: The descriptor or a schema cannot be read.

    >>> from reported_losses.definition.location import package_dir
    >>> len(schema_digest(package_dir(), ["loss_counts"]))
    64
    """
    files = JsonFiles(folder)
    raw: Any = files.read(DESCRIPTOR)
    schemas = {
        one["name"]: files.read(one["schema"]) if isinstance(one["schema"], str) else one["schema"]
        for one in raw["resources"]
        if one["name"] in tables
    }
    text = json.dumps(schemas, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
