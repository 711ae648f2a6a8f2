"""Small checkouts that are ready for a release, and releases made of them by simple writers."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import bad_cases
from history_repository import Tree
from reported_losses.definition.location import CONTENTS, SUMS
from reported_losses.release.build import build
from reported_losses.release.makers import Makers
from reported_losses.release.source import Files, Source
from reported_losses.release.sum_list import sums_bytes

FIRST, DAY = "0.1.0", "2026-12-01"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def logical_hash(data: pa.Table) -> str:
    return digest(repr((data.column_names, data.to_pylist())).encode())


def _parquet(_source: Source, _files: Files, tables: Mapping[str, pa.Table]) -> Files:
    made = {}
    for name, data in tables.items():
        out = io.BytesIO()
        pq.write_table(data, out)
        made[f"{name}.parquet"] = out.getvalue()
    return made


def _sqlite(source: Source, _files: Files, _tables: Mapping[str, pa.Table]) -> Files:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.sqlite")
        database = sqlite3.connect(path)
        for name, data in source.tables.items():
            database.execute(f'CREATE TABLE "{name}" (number INTEGER)')
            rows = ((number,) for number in range(data.num_rows))
            database.executemany(f'INSERT INTO "{name}" VALUES (?)', rows)  # noqa: S608
        database.commit()
        database.close()
        return {"reported-losses.sqlite": path.read_bytes()}


def _described(source: Source, files: Files, _tables: Mapping[str, pa.Table]) -> Files:
    raw: dict[str, Any] = json.loads(json.dumps(dict(source.package.raw)))
    made = {}
    for resource in raw["resources"]:
        name, data = resource["name"], files[f"{resource['name']}.csv"]
        made[f"{name}-schema.json"] = (source.folder / resource["schema"]).read_bytes()
        rows = source.tables[name].num_rows
        resource |= {"path": f"{name}.csv", "schema": f"{name}-schema.json", "rows": rows}
        resource |= {"bytes": len(data), "hash": f"sha256:{digest(data)}"}
    return {**made, "datapackage.json": json.dumps(raw).encode()}


MAKERS = Makers(
    computed=lambda source: {"daily": source.tables["loss_counts"].slice(0, 3)},
    writers=(_parquet, _sqlite, _described),
    logical_hash=logical_hash,
    read_parquet=lambda data: pq.ParquetFile(io.BytesIO(data)).read(),
    libraries={"pyarrow": pa.__version__},
)


def checkout(folder: Path) -> Tree:
    """Write a checkout that is ready for its first release."""
    folder.mkdir(parents=True)
    bad_cases.build(folder)
    tree = Tree(folder)
    (folder / "CHANGELOG.md").write_text("# Changelog\n", encoding="utf-8")
    (folder / "CITATION.cff").write_text("", encoding="utf-8")
    say(tree, FIRST, DAY)
    return tree


def say(tree: Tree, version: str, date: str, body: str = "- What changed.") -> None:
    """Make the files of a checkout say that a version is released on a day."""
    edit(tree, "datapackage.json", r'"version": "[^"]*"', f'"version": "{version}"')
    edit(tree, "datapackage.json", r'"created": "[^"]*"', f'"created": "{date}T00:00:00Z"')
    citation = f"version: {version}\ndate-released: '{date}'\n"
    (tree.folder / "CITATION.cff").write_text(citation, encoding="utf-8")
    heading = f"# Changelog\n\n## [{version}] - {date}\n\n{body}\n"
    edit(tree, "CHANGELOG.md", r"# Changelog\n", heading)


def edit(tree: Tree, name: str, pattern: str, text: str) -> None:
    """Replace the one place that a pattern finds."""
    path = tree.folder / name
    before = path.read_text(encoding="utf-8")
    after, number = re.subn(pattern, lambda _: text, before, count=1)
    assert number == 1
    path.write_text(after, encoding="utf-8")


def release(tree: Tree, out: Path, previous: Path | str | None = None) -> Path:
    return build(tree.folder, out, previous=previous, makers=MAKERS)


def add_row(tree: Tree) -> None:
    """Add a row, as only a MINOR version may."""
    rows = tree.rows("organisations")
    name = f"bureau-{len(rows)}"
    usual = {"organisation": name, "name": "A bureau", "kind": rows[-1]["kind"]}
    row = dict.fromkeys(rows[-1], "") | usual | {"side": "third-party"}
    rows.append(row)
    tree.write("organisations", sorted(rows, key=lambda one: one["organisation"]))


def change_value(tree: Tree) -> None:
    """Change a value that is free, as a PATCH version may."""
    tree.change("organisations", lambda row: row["organisation"] == "oryx", note="Changed.")


def three(folder: Path) -> list[Path]:
    """Build three releases, each in a folder named after its version."""
    tree = checkout(folder / "checkout")
    parent = folder / "releases"
    parent.mkdir()
    made = [release(tree, parent / FIRST)]
    add_row(tree)
    say(tree, "0.2.0", "2026-12-15")
    made.append(release(tree, parent / "0.2.0", made[-1]))
    change_value(tree)
    say(tree, "0.2.1", "2027-01-20")
    made.append(release(tree, parent / "0.2.1", made[-1]))
    return made


def copied(folder: Path, place: Path) -> Path:
    shutil.copytree(folder, place)
    return place


def reseal(folder: Path) -> None:
    """Compute the sums anew, as somebody does who rewrites a release on purpose."""
    contents = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
    held = {path.name: path.read_bytes() for path in folder.iterdir()}
    contents["files"] = {
        name: {"bytes": len(data), "sha256": digest(data)}
        for name, data in sorted(held.items())
        if name not in {CONTENTS, SUMS}
    }
    data = json.dumps(contents, ensure_ascii=False, indent=1).encode() + b"\n"
    (folder / CONTENTS).write_bytes(data)
    listed = {name: one["sha256"] for name, one in contents["files"].items()}
    (folder / SUMS).write_bytes(sums_bytes({**listed, CONTENTS: digest(data)}))
