"""`croissant.json`: the release as Croissant 1.1 describes datasets for machine learning.

https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html. The context is inlined, so that
no reader needs the network to understand the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reported_losses.definition.citation import cited
from reported_losses.definition.schema import Field, Package, Table
from reported_losses.files import sha256
from reported_losses.release import about
from reported_losses.release.addresses import file_address
from reported_losses.release.source import Files, Source

if TYPE_CHECKING:
    import pyarrow as pa

CROISSANT = "http://mlcommons.org/croissant/1.1"
"""The specification that the file conforms to."""

_OWN = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field "
    "fileObject fileProperty fileSet format includes isArray isLiveDataset jsonPath key md5 "
    "parentField path readLines recordSet references regex repeated replace samplingRate "
    "sdVersion separator source subField transform unArchive value"
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "description": {"@container": "@language"},
    **{name: f"cr:{name}" for name in _OWN.split()},
}
_TYPES = {
    "string": "sc:Text",
    "integer": "cr:Int64",
    "number": "cr:Float64",
    "date": "sc:Date",
    "boolean": "sc:Boolean",
}
_ARROW_TYPES = {"int64": "integer", "double": "number", "date32[day]": "date", "bool": "boolean"}


def croissant(source: Source, files: Files, tables: Mapping[str, pa.Table]) -> bytes:
    """Return the Croissant description of a release.

    Each table has a record set, read from its Parquet file. Croissant's references are of one
    column, and readers join by them. So where a key of several columns refers to a table, each
    of them refers to the column that it leads to in the end, if that is a key by itself.

    Args:
        source: What the release is made from.
        files: The data files of the release.
        tables: Its tables, those that are computed included; each has `<table>.parquet`.
    """
    package = source.package
    computed = {name: one for name, one in tables.items() if name not in package.tables}
    return about.json_bytes(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            **_head(source),
            "distribution": [_file(source, name, files) for name in sorted(files)],
            "recordSet": [
                *(_record_set(package, table) for table in package.tables.values()),
                *(_computed(name, data) for name, data in computed.items()),
            ],
        }
    )


def _head(source: Source) -> dict[str, Any]:
    raw = source.package.raw
    return {
        "name": source.package.name,
        "alternateName": source.package.title,
        "description": source.package.description,
        "conformsTo": CROISSANT,
        "version": source.package.version,
        "isLiveDataset": False,
        "license": about.licence(source),
        "sdLicense": about.licence(source),
        "citeAs": cited(source.package, "bibtex"),
        "url": raw["homepage"],
        "creator": about.maker(source),
        "publisher": about.maker(source),
        "dateCreated": raw["created"][:10],
        "datePublished": source.date,
        "dateModified": source.date,
        "inLanguage": ["en", "uk"],
        "keywords": raw["keywords"],
    }


def _file(source: Source, name: str, files: Files) -> dict[str, Any]:
    stem, _, end = name.rpartition(".")
    kind = about.media_type(name)
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": file_address(source.package.version, name),
        "contentSize": f"{len(files[name])} B",
        # mlcroissant knows Parquet only by the name it had before it was registered.
        "encodingFormat": [kind, "application/x-parquet"] if kind == about.PARQUET else kind,
        "sha256": sha256(files[name]),
        **(
            {"sameAs": file_address(source.package.version, f"{stem}.csv")}
            if end == "parquet" and f"{stem}.csv" in files
            else {}
        ),
    }


def _record_set(package: Package, table: Table) -> dict[str, Any]:
    said = [table.description]
    for key in table.foreign_keys:
        if len(key.fields) > 1:
            said.append(f"{', '.join(key.fields)} together refer to a row of {key.table}.")
        elif key.table == table.name:
            said.append(f"{key.fields[0]} refers to another row of this table.")
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": " ".join(said),
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": [_field(package, table, field) for field in table.fields],
    }


def _field(package: Package, table: Table, field: Field) -> dict[str, Any]:
    unit = f" Unit: {field.unit}." if field.unit else ""
    found = _column(table.name, field.name, field.description + unit, field.type)
    other = leads_to(package, table, field.name)
    return found | ({"references": {"field": {"@id": "/".join(other)}}} if other else {})


def _column(table: str, name: str, description: str, kind: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{name}",
        "name": name,
        **({"description": description} if description else {}),
        "dataType": _TYPES[kind],
        "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": name}},
    }


def leads_to(package: Package, table: Table, name: str) -> tuple[str, str] | None:
    """Return the key of one column that a column refers to, at once or by way of other tables.

    >>> from reported_losses.definition.descriptor import installed
    >>> leads_to(installed(), installed().table("loss_counts"), "category")
    ('categories', 'category')
    """
    return next(_leads_to(package, table, name, {table.name}), None)


def _leads_to(
    package: Package, table: Table, name: str, passed: set[str]
) -> Iterator[tuple[str, str]]:
    for key in sorted(table.foreign_keys, key=lambda one: len(one.fields)):
        if name in key.fields:
            reference = key.references[key.fields.index(name)]
            if key.table == table.name:
                # mlcroissant takes a record set that refers to itself for an endless loop.
                continue
            if len(key.fields) == 1:
                yield key.table, reference
            elif key.table not in passed:
                other = package.tables[key.table]
                yield from _leads_to(package, other, reference, passed | {key.table})


def _computed(name: str, data: pa.Table) -> dict[str, Any]:
    said = data.schema.metadata or {}
    description = said.get(b"description", b"").decode()
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        **({"description": description} if description else {}),
        "field": [
            _column(
                name,
                one.name,
                (one.metadata or {}).get(b"description", b"").decode(),
                _ARROW_TYPES.get(str(one.type), "string"),
            )
            for one in data.schema
        ],
    }
