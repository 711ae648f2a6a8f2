"""`datapackage.json` of a release: flat paths, schemas inlined, and what each file is like.

Only the CSV files are resources. A Parquet file beside them would be a second table of the same
rows: frictionless takes it for a table, guesses its types if it has no schema and then finds errors
that are none; with a schema, whoever opens the package gets every table twice. Data Package 2 knows
no other type of resource than `table`. `CONTENTS.json` lists every file.
"""

from __future__ import annotations

from typing import Any

from reported_losses.definition.file_facts import file_facts
from reported_losses.definition.json_files import JsonFiles
from reported_losses.release.about import days, json_bytes
from reported_losses.release.source import Files, Source


def data_package(source: Source, files: Files) -> bytes:
    """Return the descriptor of a release.

    Args:
        source: What the release is made from.
        files: Files of the release, with `<table>.csv` for each table.

    Returns:
        The descriptor of the package folder. Each resource has the path in the release, its
        schema, and `bytes`, `hash` and `rows`; `temporal` has the days of the data.

    Raises:
        DescriptorError: A schema cannot be read.
    """
    package: dict[str, Any] = dict(source.package.raw)
    if found := days(source):
        package["temporal"] = dict(zip(("start", "end"), found, strict=True))
    schemas = JsonFiles(source.folder)
    package["resources"] = [
        _resource(resource, schemas, files) for resource in package["resources"]
    ]
    return json_bytes(package)


def _resource(resource: dict[str, Any], schemas: JsonFiles, files: Files) -> dict[str, Any]:
    path, schema = f"{resource['name']}.csv", resource["schema"]
    inlined = schema if isinstance(schema, dict) else schemas.read(schema)
    # The schema is long, so what is said of the file stands before it.
    said = {name: value for name, value in resource.items() if name != "schema"}
    return said | {"path": path} | file_facts(files[path]) | {"schema": inlined}
