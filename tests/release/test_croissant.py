"""`croissant.json`: everything it names exists, and mlcroissant reads the tables by it."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from released import data_files, described, shipped_source, tool, write_release
from reported_losses.release.croissant import CROISSANT, croissant, leads_to

Json = dict[str, Any]


@functools.cache
def said() -> Json:
    source = shipped_source()
    read: Json = json.loads(croissant(source, data_files(source), source.tables))
    return read


def columns(records: Json) -> dict[str, Json]:
    return {field["@id"]: field for field in records["field"]}


def test_the_dataset_says_who_what_when_and_under_which_licence() -> None:
    package = shipped_source().package
    assert said()["conformsTo"] == CROISSANT
    assert (said()["name"], said()["version"]) == (package.name, package.version)
    assert said()["datePublished"] == "2026-12-01"
    assert said()["license"].startswith("https://creativecommons.org/licenses/by/")
    for name in ("creator", "url", "citeAs", "description"):
        assert said()[name]


def test_each_file_is_listed_as_it_is() -> None:
    files = data_files(shipped_source())
    listed = {one["@id"]: one for one in said()["distribution"]}
    assert sorted(listed) == sorted(files)
    for name, one in listed.items():
        assert one["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert one["contentSize"] == f"{len(files[name])} B"
        assert one["contentUrl"].endswith(f"/data/0.1.0/{name}")


def test_each_table_has_a_record_set_with_its_columns_and_key() -> None:
    tables = shipped_source().package.tables
    sets = {one["@id"]: one for one in said()["recordSet"]}
    assert list(sets) == list(tables)
    for name, table in tables.items():
        fields = columns(sets[name])
        assert list(fields) == [f"{name}/{column}" for column in table.names]
        assert [one["@id"] for one in sets[name]["key"]] == [
            f"{name}/{k}" for k in table.primary_key
        ]
        assert all(field["description"] for field in fields.values())


def test_what_is_referred_to_exists_and_every_id_is_of_one_thing() -> None:
    files = [one["@id"] for one in said()["distribution"]]
    fields = [field for one in said()["recordSet"] for field in one["field"]]
    ids = [*files, *(one["@id"] for one in said()["recordSet"]), *(one["@id"] for one in fields)]
    assert len(set(ids)) == len(ids)
    for field in fields:
        assert field["source"]["fileObject"]["@id"] in files
        if "references" in field:
            assert field["references"]["field"]["@id"] in ids


def test_a_column_refers_to_the_key_of_one_column_that_it_leads_to() -> None:
    package = shipped_source().package
    leads = {
        (table.name, name): leads_to(package, table, name)
        for table in package.tables.values()
        for name in table.names
    }
    assert leads["loss_counts", "category"] == ("categories", "category")
    assert leads["status_counts", "reporter"] == ("organisations", "organisation")
    assert leads["claims", "statement"] == ("statements", "statement")
    assert leads["loss_counts", "report_date"] is None
    assert leads["loss_counts", "total"] is None
    assert leads["categories", "broader"] is None  # of the table itself
    for found in leads.values():
        assert found is None or package.tables[found[0]].primary_key == (found[1],)


def test_a_computed_table_has_a_record_set_of_its_own() -> None:
    source = shipped_source()
    about = {"description": "The day."}
    schema = pa.schema(
        [pa.field("day", pa.date32(), metadata=about), pa.field("tanks", pa.int64())]
    )
    tables = {**source.tables, "daily": schema.empty_table()}
    files = {**data_files(source), "daily.parquet": b"PAR1"}
    made = json.loads(croissant(source, files, tables))["recordSet"][-1]
    assert (made["@id"], "key" in made) == ("daily", False)
    day, tanks = made["field"]
    assert (day["dataType"], day["description"]) == ("sc:Date", "The day.")
    assert (tanks["dataType"], "description" in tanks) == ("cr:Int64", False)


NEEDS_MLCROISSANT = pytest.mark.skipif(
    importlib.util.find_spec("mlcroissant") is None, reason="mlcroissant is a tool of development"
)

# In a process of its own: it is slow to import, warns, and keeps what it has read.
LOAD = """
import json, sys
import mlcroissant
from etils import epath
folder, table = epath.Path(sys.argv[1]), sys.argv[2]
described = json.loads((folder / "croissant.json").read_text())
files = {one["@id"]: folder / one["@id"] for one in described["distribution"]}
dataset = mlcroissant.Dataset(folder / "croissant.json", mapping=files)
records = list(dataset.records(table))
print(json.dumps([{name.split("/")[1]: value.decode() if isinstance(value, bytes) else value
    for name, value in one.items()} for one in records], default=str))
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_release(tmp_path_factory.mktemp("release") / "0.1.0", described(shipped_source()))


@pytest.mark.engines
@NEEDS_MLCROISSANT
def test_mlcroissant_finds_the_file_valid_and_has_nothing_to_add(release: Path) -> None:
    done = subprocess.run(
        [tool("mlcroissant"), "validate", "--jsonld", str(release / "croissant.json")],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Done." in done.stderr
    assert "WARNING" not in done.stderr


@pytest.mark.engines
@NEEDS_MLCROISSANT
@pytest.mark.parametrize("table", ["corrections", "series"])
def test_mlcroissant_loads_the_rows_of_a_table(table: str, release: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOAD, str(release), table],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]
    rows = json.loads(done.stdout)
    held = shipped_source().tables[table].to_pylist()
    assert len(rows) == len(held)
    for row, own in zip(rows, held, strict=True):
        texts = {name: None if value is None else str(value)[:10] for name, value in own.items()}
        assert {n: None if v is None else str(v)[:10] for n, v in row.items()} == texts
