"""`dataset.jsonld`: the release as schema.org/Dataset, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from typing import Any

from reported_losses.definition.citation import cited
from reported_losses.files import sha256
from reported_losses.release import about
from reported_losses.release.addresses import file_address
from reported_losses.release.source import Files, Source


def jsonld(source: Source, files: Files) -> bytes:
    """Return the description of a release for search engines.

    Args:
        source: What the release is made from. What is measured are the categories of its table
            `categories`, if it has one.
        files: The data files of the release, each a download.
    """
    raw, covered = source.package.raw, about.days(source)
    return about.json_bytes(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": raw["id"],
            "name": source.package.title,
            "alternateName": source.package.name,
            "description": source.package.description,
            "url": raw["homepage"],
            "identifier": raw["id"],
            "version": source.package.version,
            "datePublished": source.date,
            "dateModified": source.date,
            "license": about.licence(source),
            "creator": about.maker(source),
            "publisher": about.maker(source),
            "creditText": cited(source.package),
            "isAccessibleForFree": True,
            "keywords": raw["keywords"],
            "inLanguage": ["en", "uk"],
            **({"temporalCoverage": "/".join(covered)} if covered else {}),
            "variableMeasured": _measured(source),
            "isBasedOn": [
                {"@type": "CreativeWork", "name": one["title"], "url": one["path"]}
                for one in raw["sources"]
            ],
            "distribution": [_download(source, name, files[name]) for name in sorted(files)],
        }
    )


def _measured(source: Source) -> list[dict[str, str]]:
    if "categories" not in source.tables:
        return []
    rows = source.tables["categories"].select(["category", "label_en", "definition", "unit"])
    return [
        {
            "@type": "PropertyValue",
            "name": row["label_en"],
            "propertyID": row["category"],
            "description": row["definition"],
            "unitText": row["unit"],
        }
        for row in rows.to_pylist()
    ]


def _download(source: Source, name: str, data: bytes) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": file_address(source.package.version, name),
        "encodingFormat": about.media_type(name),
        "contentSize": f"{len(data)} B",
        "sha256": sha256(data),
    }
