"""`.zenodo.json`: what Zenodo says of each release that it archives.

Zenodo takes the version and the date from the release on GitHub, and reads this file in place of
`CITATION.cff`.
"""

from __future__ import annotations

import html
import json
from typing import Any

from reported_losses.definition.schema import Package


def zenodo(package: Package) -> str:
    """Return the file: title, creators, licence, keywords, and what the data derives from.

    Pages of the project itself are no sources of it, and are left out.

    Args:
        package: The descriptor.

    >>> from reported_losses.definition.descriptor import installed
    >>> json.loads(zenodo(installed()))["license"]
    'cc-by-4.0'
    """
    raw: Any = package.raw
    home = raw["homepage"]
    record = {
        "title": raw["title"],
        "upload_type": "dataset",
        "description": f"<p>{html.escape(raw['description'], quote=False)}</p>",
        "creators": [{"name": one["title"]} for one in raw["contributors"]],
        "license": raw["licenses"][0]["name"].lower(),
        "access_right": "open",
        "language": "eng",
        "keywords": raw["keywords"],
        "related_identifiers": [
            {"identifier": one["path"], "relation": "isDerivedFrom"}
            for one in raw["sources"]
            if not one["path"].startswith(home)
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
