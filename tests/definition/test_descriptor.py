"""The descriptor: every keyword is understood, or refused with name and location."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reported_losses.definition.descriptor import load_package
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.errors import DescriptorError, UnknownNameError

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    return tmp_path


def spoil(path: Path, change: Callable[[Document], object]) -> None:
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document), "utf-8")


def column(document: Document, name: str) -> Document:
    return next(field for field in document["fields"] if field["name"] == name)


def test_the_shipped_package_is_read_whole() -> None:
    package = load_package(ROOT)
    counts = package.table("loss_counts")
    assert counts.primary_key == ("reporter", "subject", "category", "report_date")
    assert counts.field("total").minimum == 0
    assert counts.field("report_date").minimum == dt.date(2022, 2, 24)
    assert counts.field("evidence").enum == ("primary", "agreed", "majority", "single", "disputed")
    assert counts.field("category").categorical
    assert not counts.field("increment").required
    assert {key.table for key in counts.foreign_keys} == {"series", "reports"}


def test_every_table_of_the_design_is_there() -> None:
    tables = set(load_package(ROOT).tables)
    assert tables >= set(
        "organisations categories series reports loss_counts corrections records readings "
        "revisions statements claims sources".split()
    )


def test_every_column_is_described_and_its_example_is_possible() -> None:
    for table in load_package(ROOT).tables.values():
        for field in table.fields:
            assert field.title, (table.name, field.name)
            assert field.description.endswith("."), (table.name, field.name)
            if field.example is None:
                continue
            kind = FIELD_TYPES[field.type]
            # Table Schema wants a text whatever the type of the column is.
            text = field.example
            assert isinstance(text, str), (table.name, field.name)
            assert re.fullmatch(kind.spelling, text), (table.name, field.name)
            assert field.enum is None or text in field.enum
            assert field.pattern is None or re.fullmatch(field.pattern, text)


def test_a_missing_name_lists_the_nearest_first() -> None:
    package = load_package(ROOT)
    with pytest.raises(UnknownNameError, match="Did you mean loss_counts"):
        package.table("loss_count")
    with pytest.raises(UnknownNameError, match="Did you mean increment"):
        package.table("loss_counts").field("increments")


PACKAGE, SCHEMA = "datapackage.json", "schemas/loss_counts.json"
SPOILT: list[tuple[str, str, Callable[[Document], object]]] = [
    (PACKAGE, r"unknown keyword 'licences'.*licenses", lambda d: d.update(licences=[])),
    (PACKAGE, r"'version' is missing", lambda d: d.pop("version")),
    (PACKAGE, r"version: '1.0'", lambda d: d.update(version="1.0")),
    (PACKAGE, r"resources: a list", lambda d: d.update(resources={})),
    (PACKAGE, r"resources\[0\]: an object", lambda d: d["resources"].insert(0, 1)),
    (PACKAGE, r"resources\[0\].*'profile'", lambda d: d["resources"][0].update(profile="x")),
    (PACKAGE, r"\[0\].bytes: .*'1'", lambda d: d["resources"][0].update(bytes="1")),
    (PACKAGE, r"\[0\].bytes: .*-1", lambda d: d["resources"][0].update(bytes=-1)),
    (PACKAGE, r"\[0\].rows: .*true", lambda d: d["resources"][0].update(rows=True)),
    (PACKAGE, r"\[0\].rows: .*1\.5", lambda d: d["resources"][0].update(rows=1.5)),
    (PACKAGE, r"\[0\].rows: .*null", lambda d: d["resources"][0].update(rows=None)),
    (PACKAGE, r"\[0\].hash: 'md5", lambda d: d["resources"][0].update(hash="md5:" + "0" * 32)),
    (PACKAGE, r"\[0\].hash: 'sha256:", lambda d: d["resources"][0].update(hash="sha256:" + "A" * 64)),
    (PACKAGE, r"\[0\].hash: .*null", lambda d: d["resources"][0].update(hash=None)),
    (PACKAGE, r"\[0\].hash: .*list", lambda d: d["resources"][0].update(hash=[])),
    (PACKAGE, r"resources\[0\].path.*\.\./", lambda d: d["resources"][0].update(path="../x.csv")),
    (PACKAGE, r"\[0\].path.*'/etc", lambda d: d["resources"][0].update(path="/etc/x.csv")),
    (PACKAGE, r"http", lambda d: d["resources"][0].update(schema="http://a/b.json")),
    (PACKAGE, r"schemas/no.json: cannot", lambda d: d["resources"][0].update(schema="schemas/no.json")),
    (PACKAGE, r"encoding", lambda d: d["resources"][0].update(encoding="cp1251")),
    (PACKAGE, r"second table 'loss_counts'", lambda d: d["resources"].append(copy.deepcopy(d["resources"][0]))),
    (PACKAGE, r"unknown table 'reports'", lambda d: d.update(resources=[r for r in d["resources"] if r["name"] != "reports"])),
    (SCHEMA, r"unknown keyword 'uniqueKeys'", lambda d: d.update(uniqueKeys=[["total"]])),
    (SCHEMA, r"unknown keyword 'fieldsMatch'", lambda d: d.update(fieldsMatch="subset")),
    (SCHEMA, r"missingValues", lambda d: d.update(missingValues=["", "NA"])),
    (SCHEMA, r"'primaryKey' is missing", lambda d: d.pop("primaryKey")),
    (SCHEMA, r"primaryKey: a list of texts", lambda d: d.update(primaryKey=[])),
    (SCHEMA, r"unknown column 'day'", lambda d: d.update(primaryKey=["day"])),
    (SCHEMA, r"share a name", lambda d: d["fields"].append(copy.deepcopy(d["fields"][0]))),
    (SCHEMA, r"fields\[4\]: unknown keyword 'minimum'", lambda d: column(d, "total").update(minimum=0)),
    (SCHEMA, r"fields\[4\].constraints: unknown keyword 'minimun'.*minimum", lambda d: column(d, "total")["constraints"].update(minimun=0)),
    (SCHEMA, r"unknown type 'int'.*integer", lambda d: column(d, "total").update(type="int")),
    (SCHEMA, r"unknown keyword 'categories'", lambda d: column(d, "category").update(categories=["a"])),
    (SCHEMA, r"format.*'%d", lambda d: column(d, "report_date").update(format="%d.%m.%Y")),
    (SCHEMA, r"minimum: 'none'", lambda d: column(d, "total")["constraints"].update(minimum="none")),
    (SCHEMA, r"has no order", lambda d: column(d, "category")["constraints"].update(minimum=1)),
    (SCHEMA, r"enumerated", lambda d: column(d, "total")["constraints"].update(enum=["1"])),
    (SCHEMA, r"regular expression", lambda d: column(d, "category")["constraints"].update(pattern="(")),
    (SCHEMA, r"foreignKeys\[0\]: unknown keyword", lambda d: d["foreignKeys"][0].update(to="x")),
    (SCHEMA, r"foreignKeys\[0\].reference.*missing", lambda d: d["foreignKeys"][0].update(reference={})),
    (SCHEMA, r"unknown table 'serie'.*series", lambda d: d["foreignKeys"][0]["reference"].update(resource="serie")),
    (SCHEMA, r"primary key of series", lambda d: d["foreignKeys"][0]["reference"].update(fields=["reporter"])),
    (SCHEMA, r"unknown column 'day'", lambda d: d["foreignKeys"][1].update(fields=["reporter", "day"])),
    # Values of another type.
    (PACKAGE, r"name: a text", lambda d: d.update(name=["a"])),
    (PACKAGE, r"name: '' is not", lambda d: d.update(name="")),
    (PACKAGE, r"version: a text", lambda d: d.update(version=1.0)),
    (PACKAGE, r"title: a text", lambda d: d.update(title={})),
    (PACKAGE, r"keywords: a list of texts", lambda d: d.update(keywords=[1])),
    (PACKAGE, r"contributors: a list of objects", lambda d: d.update(contributors=["x"])),
    (PACKAGE, r"\[0\].name: a text", lambda d: d["resources"][0].update(name=["loss_counts"])),
    (PACKAGE, r"\[0\].name: 'a.b'", lambda d: d["resources"][0].update(name="a.b")),
    (PACKAGE, r"\[0\].path: a text", lambda d: d["resources"][0].update(path=["data/a.csv"])),
    (PACKAGE, r"\[0\].path: .*plain path", lambda d: d["resources"][0].update(path="a" * 5_000 + ".csv")),
    (PACKAGE, r"\[0\].schema: a text or an object", lambda d: d["resources"][0].update(schema=[])),
    (PACKAGE, r"\[0\].schema: the keyword 'fields'", lambda d: d["resources"][0].update(schema={})),
    (PACKAGE, r"loss_counts.csv is the file of loss_counts", lambda d: d["resources"][1].update(path=d["resources"][0]["path"])),
    (SCHEMA, r"foreignKeys: a list", lambda d: d.update(foreignKeys=1)),
    (SCHEMA, r"foreignKeys: a list", lambda d: d.update(foreignKeys=None)),
    (SCHEMA, r"primaryKey: a text or a list", lambda d: d.update(primaryKey=1)),
    (SCHEMA, r"primaryKey: .*each once", lambda d: d.update(primaryKey=["reporter", "reporter"])),
    (SCHEMA, r"two keys", lambda d: d["foreignKeys"].append(d["foreignKeys"][0])),
    (SCHEMA, r"fields\[4\].type: a text .* not a list", lambda d: column(d, "total").update(type=["integer"])),
    (SCHEMA, r"fields\[4\].name: a text", lambda d: column(d, "total").update(name=["total"])),
    (SCHEMA, r"fields\[4\].constraints: an object", lambda d: column(d, "total").update(constraints=[])),
    (SCHEMA, r"example: a text, a number", lambda d: column(d, "total").update(example=[1])),
    (SCHEMA, r"required: true or false.*'false'", lambda d: column(d, "total")["constraints"].update(required="false")),
    (SCHEMA, r"required: true or false.* 0", lambda d: column(d, "total")["constraints"].update(required=0)),
    (SCHEMA, r"unique: true or false", lambda d: column(d, "total")["constraints"].update(unique="true")),
    (SCHEMA, r"enum: a list of texts", lambda d: column(d, "qualifier")["constraints"].update(enum="exact")),
    (SCHEMA, r"enum: .*once each", lambda d: column(d, "qualifier")["constraints"].update(enum=["a", "a"])),
    (SCHEMA, r"pattern: a text", lambda d: column(d, "category")["constraints"].update(pattern=1)),
    (SCHEMA, r"pattern: not a regular expression of RE2", lambda d: column(d, "category")["constraints"].update(pattern="(?=a)")),
    (SCHEMA, r"pattern: 10,000 characters", lambda d: column(d, "category")["constraints"].update(pattern="(" * 5_000 + ")" * 5_000)),
    (SCHEMA, r"minLength: a whole number", lambda d: column(d, "category")["constraints"].update(minLength="2")),
    (SCHEMA, r"maxLength: a whole number", lambda d: column(d, "category")["constraints"].update(maxLength=True)),
    (SCHEMA, r"maxLength: only for texts", lambda d: column(d, "total")["constraints"].update(maxLength=2)),
    (SCHEMA, r"minimum: a text, a number", lambda d: column(d, "total")["constraints"].update(minimum=[])),
    (SCHEMA, r"minimum: true is not|minimum: True is not", lambda d: column(d, "total")["constraints"].update(minimum=True)),
    (SCHEMA, r"minimum: '0' is not", lambda d: column(d, "total")["constraints"].update(minimum="0")),
    (SCHEMA, r"maximum: 1000.* is not", lambda d: column(d, "total")["constraints"].update(maximum=10**400)),
    (SCHEMA, r"minimum: '2022-02-30' is not", lambda d: column(d, "report_date")["constraints"].update(minimum="2022-02-30")),
    (SCHEMA, r"report_date is integer, but report_date is date", lambda d: (column(d, "report_date").update(type="integer"), column(d, "report_date").pop("constraints"))),
    # Numbers of things.
    (PACKAGE, r"resources: 101 tables, more than 100", lambda d: d.update(resources=d["resources"][:1] * 101)),
    (SCHEMA, r"fields: the package has more than 500 columns", lambda d: d.update(fields=d["fields"][:1] * 501)),
    (SCHEMA, r"foreignKeys: 21 keys", lambda d: d.update(foreignKeys=d["foreignKeys"][:1] * 21)),
    (SCHEMA, r"enum: 1,001 values", lambda d: column(d, "qualifier")["constraints"].update(enum=[str(n) for n in range(1_001)])),
]  # fmt: skip


@pytest.mark.parametrize(("file", "says", "change"), SPOILT, ids=[s[1] for s in SPOILT])
def test_what_is_not_understood_is_refused_with_its_location(
    file: str, says: str, change: Callable[[Document], object], folder: Path
) -> None:
    load_package(folder)
    spoil(folder / file, change)
    with pytest.raises(DescriptorError, match=f"(?s){says}"):
        load_package(folder)


BYTES = {
    "cut short": (b'{"name": ', "not JSON"),
    "not UTF-8": (b'{"name": "\xff"}', "UTF-8"),
    "a list": (b"[]", "object"),
    "a keyword twice": (b'{"name": "a", "name": "b"}', "twice"),
    "too deep": (b"[" * 200_000, "not JSON"),
    "too large": (b" " * 1_000_001, "larger"),
    "not a number": (b'{"name": NaN}', "NaN"),
    "half a character": (b'{"name": "\\ud800"}', "surrogate"),
    "many digits": (b"1" * 100_000, "not JSON"),
}


def test_the_schemas_together_are_bounded(folder: Path) -> None:
    for path in (folder / "schemas").glob("*.json"):
        path.write_text(path.read_text("utf-8") + " " * 900_000, "utf-8")
    with pytest.raises(DescriptorError, match=r"schemas/.*more than 4,000,000 bytes"):
        load_package(folder)


@pytest.mark.parametrize(("data", "says"), BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("file", [PACKAGE, SCHEMA])
def test_spoilt_bytes_are_refused_by_file(file: str, data: bytes, says: str, folder: Path) -> None:
    (folder / file).write_bytes(data)
    with pytest.raises(DescriptorError, match=f"{file}.*{says}"):
        load_package(folder)


def test_an_unknown_history_is_refused(folder: Path) -> None:
    spoil(
        folder / "schemas/series.json",
        lambda document: column(document, "note").update(history="loose"),
    )
    with pytest.raises(DescriptorError, match=r"history.*loose.*fixed"):
        load_package(folder)


def test_every_column_states_its_history(folder: Path) -> None:
    for table in load_package(folder).tables.values():
        fields = json.loads((folder / f"schemas/{table.name}.json").read_text("utf-8"))["fields"]
        assert all("history" in field for field in fields), table.name
        assert all(table.field(name).history == "fixed" for name in table.primary_key)


def inline(folder: Path) -> Document:
    """Put the schemas into the descriptor, and return it."""
    document: Document = json.loads((folder / PACKAGE).read_text("utf-8"))
    for resource in document["resources"]:
        resource["schema"] = json.loads((folder / resource["schema"]).read_text("utf-8"))
    (folder / PACKAGE).write_text(json.dumps(document), "utf-8")
    shutil.rmtree(folder / "schemas")
    return document


def test_inlined_schemas_say_the_same_as_files(folder: Path) -> None:
    files = load_package(folder)
    inline(folder)
    inlined = load_package(folder)
    assert inlined.tables == files.tables
    assert {files.schema_path(name) for name in files.tables} == {
        f"schemas/{name}.json" for name in files.tables
    }
    assert {inlined.schema_path(name) for name in inlined.tables} == {PACKAGE}


OF_SCHEMAS = [case for case in SPOILT if case[0] == SCHEMA]


@pytest.mark.parametrize(("_", "says", "change"), OF_SCHEMAS, ids=[s[1] for s in OF_SCHEMAS])
def test_what_an_inlined_schema_may_not_say_is_refused_likewise(
    _: str, says: str, change: Callable[[Document], object], folder: Path
) -> None:
    document = inline(folder)
    change(document["resources"][0]["schema"])
    (folder / PACKAGE).write_text(json.dumps(document), "utf-8")
    location = re.escape(f"{PACKAGE}: resources[0].schema")
    with pytest.raises(DescriptorError, match=f"(?s)({location}|table ).*{says}|{says}"):
        load_package(folder)


def test_inlined_schemas_are_bounded(folder: Path) -> None:
    document = inline(folder)
    document["resources"][0]["schema"]["description"] = "a" * 1_000_000
    (folder / PACKAGE).write_text(json.dumps(document), "utf-8")
    with pytest.raises(DescriptorError, match=f"{PACKAGE}.*larger"):
        load_package(folder)
