"""`datapackage.json` and `schemas/` as frozen Python values.

Every keyword is either understood or refused, with its name and location: a constraint that is
silently ignored is not enforced.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reported_losses.dataset.field_types import FIELD_TYPES
from reported_losses.dataset.location import DESCRIPTOR, is_built, package_dir
from reported_losses.dataset.schema import Built, Field, ForeignKey, Package, Table
from reported_losses.errors import DescriptorError, nearest_first
from reported_losses.files import (
    NotRegularError,
    OutsideError,
    TooLargeError,
    read_inside,
    without_duplicate_keys,
)

MAX_JSON_BYTES = 1_000_000

_PACKAGE = frozenset(
    "$schema name id title description version created homepage licenses contributors sources "
    "keywords temporal resources".split()
)
_RESOURCE = frozenset(
    "name type path title description format mediatype encoding schema licenses sources "
    "bytes hash rows".split()
)
_SCHEMA = frozenset(
    "$schema name title description fields missingValues primaryKey foreignKeys".split()
)
_FIELD = frozenset("name title description type format unit example constraints".split())
_CONSTRAINTS = frozenset("required unique enum pattern minimum maximum minLength maxLength".split())
_FOREIGN_KEY = frozenset(("fields", "reference"))
_REFERENCE = frozenset(("resource", "fields"))


def load_package(folder: Path) -> Package:
    """Read the descriptor of a package folder and every schema it points to.

    Args:
        folder: Folder that holds `datapackage.json`.

    Returns:
        The package with its tables.

    Raises:
        DescriptorError: A file is missing or not JSON, a keyword is unknown, or a key names a
            column that does not exist. The message gives the location.
    """
    raw = _object(_read_json(folder, DESCRIPTOR), DESCRIPTOR)
    _known(raw, _PACKAGE, DESCRIPTOR)
    for name in ("name", "version", "resources"):
        _require(raw, name, DESCRIPTOR)
    if not re.fullmatch(r"\d+\.\d+\.\d+", str(raw["version"])):
        raise _error(f"{DESCRIPTOR}: version", f"{raw['version']!r} is not MAJOR.MINOR.PATCH")
    tables: dict[str, Table] = {}
    for number, resource in enumerate(_list(raw["resources"], f"{DESCRIPTOR}: resources")):
        table = _table(folder, resource, f"{DESCRIPTOR}: resources[{number}]")
        if table.name in tables:
            raise _error(f"{DESCRIPTOR}: resources[{number}]", f"second table {table.name!r}")
        tables[table.name] = table
    _check_references(tables)
    return Package(
        name=str(raw["name"]),
        version=str(raw["version"]),
        title=str(raw.get("title", "")),
        description=str(raw.get("description", "")),
        tables=MappingProxyType(tables),
        raw=MappingProxyType(raw),
    )


@functools.cache
def installed() -> Package:
    """Return the descriptor of the dataset that is installed with this code, read once.

    Raises:
        DescriptorError: It cannot be read; or it is in a wheel, where nobody edits, and does not
            state of each table how its file was built.
    """
    folder = package_dir()
    package = load_package(folder)
    if is_built(folder):
        for table in package.tables.values():
            if table.built is None or None in dataclasses.astuple(table.built):
                raise _error(
                    f"{DESCRIPTOR}: {table.name}",
                    "bytes, hash or rows is missing; reinstall the package",
                )
    return package


def _built(resource: Mapping[str, Any], location: str) -> Built | None:
    """Read what a resource states of its file, see `hatch_build.py`."""
    for name in ("bytes", "rows"):
        value = resource.get(name, 0)
        if type(value) is not int or value < 0:
            raise _error(f"{location}.{name}", f"{value!r} is not a number of {name}")
    digest = resource.get("hash")
    if "hash" in resource and not re.fullmatch(r"sha256:[0-9a-f]{64}", str(digest)):
        raise _error(f"{location}.hash", f"{digest!r} is not sha256: and 64 hexadecimal digits")
    sha256 = None if digest is None else str(digest).removeprefix("sha256:")
    built = Built(resource.get("bytes"), sha256, resource.get("rows"))
    return None if built == Built() else built


def _table(folder: Path, resource: object, location: str) -> Table:
    resource = _object(resource, location)
    _known(resource, _RESOURCE, location)
    for name in ("name", "path", "schema"):
        _require(resource, name, location)
    schema_path = _inside(resource["schema"], f"{location}.schema")
    path = _inside(resource["path"], f"{location}.path")
    if resource.get("encoding", "utf-8") != "utf-8":
        raise _error(f"{location}.encoding", f"{resource['encoding']!r}: only utf-8 is read")
    schema = _object(_read_json(folder, schema_path), schema_path)
    _known(schema, _SCHEMA, schema_path)
    for name in ("fields", "primaryKey"):
        _require(schema, name, schema_path)
    if schema.get("missingValues", [""]) != [""]:
        raise _error(f"{schema_path}: missingValues", 'only [""] is supported: empty is missing')
    foreign_keys = tuple(
        _foreign_key(raw, str(resource["name"]), f"{schema_path}: foreignKeys[{number}]")
        for number, raw in enumerate(schema.get("foreignKeys", []))
    )
    referring = {name for key in foreign_keys for name in key.fields}
    fields = tuple(
        _field(raw, referring, f"{schema_path}: fields[{number}]")
        for number, raw in enumerate(_list(schema["fields"], f"{schema_path}: fields"))
    )
    table = Table(
        name=str(resource["name"]),
        title=str(schema.get("title", "")),
        description=str(schema.get("description", "")),
        path=path,
        fields=fields,
        primary_key=_names(schema["primaryKey"], f"{schema_path}: primaryKey"),
        foreign_keys=foreign_keys,
        built=_built(resource, location),
    )
    _check_names(table, schema_path)
    return table


def _field(raw: object, referring: set[str], location: str) -> Field:
    raw = _object(raw, location)
    _known(raw, _FIELD, location)
    for name in ("name", "type"):
        _require(raw, name, location)
    if raw["type"] not in FIELD_TYPES:
        raise _unknown(location, "type", str(raw["type"]), FIELD_TYPES)
    if raw.get("format", "default") != "default":
        raise _error(f"{location}.format", f"{raw['format']!r}: only the default format is read")
    constraints = _object(raw.get("constraints", {}), f"{location}.constraints")
    _known(constraints, _CONSTRAINTS, f"{location}.constraints")
    enum = constraints.get("enum")
    if enum is not None and raw["type"] != "string":
        raise _error(f"{location}.constraints.enum", "only texts may be enumerated")
    return Field(
        name=str(raw["name"]),
        title=str(raw.get("title", "")),
        description=str(raw.get("description", "")),
        type=str(raw["type"]),
        unit=raw.get("unit"),
        example=raw.get("example"),
        required=bool(constraints.get("required", False)),
        unique=bool(constraints.get("unique", False)),
        enum=None if enum is None else _names(enum, f"{location}.constraints.enum"),
        pattern=_pattern(constraints.get("pattern"), f"{location}.constraints.pattern"),
        minimum=_bound(constraints.get("minimum"), raw["type"], f"{location}.constraints.minimum"),
        maximum=_bound(constraints.get("maximum"), raw["type"], f"{location}.constraints.maximum"),
        min_length=constraints.get("minLength"),
        max_length=constraints.get("maxLength"),
        categorical=raw["type"] == "string" and (enum is not None or raw["name"] in referring),
    )


def _bound(value: object, kind: str, location: str) -> Any:  # noqa: ANN401 - of the field's type
    if value is None:
        return None
    if kind not in {"integer", "number", "date"}:
        raise _error(location, f"a field of type {kind} has no order")
    try:
        return FIELD_TYPES[kind].parse(str(value))
    except ValueError:
        raise _error(location, f"{value!r} is not {FIELD_TYPES[kind].expected}") from None


def _pattern(value: object, location: str) -> str | None:
    if value is None:
        return None
    try:
        re.compile(str(value))
    except re.error as error:
        raise _error(location, f"not a regular expression: {error}") from None
    return str(value)


def _foreign_key(raw: object, owner: str, location: str) -> ForeignKey:
    raw = _object(raw, location)
    _known(raw, _FOREIGN_KEY, location)
    for name in ("fields", "reference"):
        _require(raw, name, location)
    reference = _object(raw["reference"], f"{location}.reference")
    _known(reference, _REFERENCE, f"{location}.reference")
    _require(reference, "fields", f"{location}.reference")
    return ForeignKey(
        fields=_names(raw["fields"], f"{location}.fields"),
        # The standard leaves `resource` out where a table refers to itself.
        table=str(reference.get("resource") or owner),
        references=_names(reference["fields"], f"{location}.reference.fields"),
    )


def _check_names(table: Table, location: str) -> None:
    if len(set(table.names)) != len(table.names):
        raise _error(f"{location}: fields", "two columns share a name")
    used = {*table.primary_key, *(name for key in table.foreign_keys for name in key.fields)}
    for name in sorted(used - set(table.names)):
        raise _unknown(location, "column", name, table.names)


def _check_references(tables: Mapping[str, Table]) -> None:
    for table in tables.values():
        for key in table.foreign_keys:
            location = f"table {table.name}: foreign key {', '.join(key.fields)}"
            if key.table not in tables:
                raise _unknown(location, "table", key.table, tables)
            if key.references != tables[key.table].primary_key:
                raise _error(location, f"does not refer to the primary key of {key.table}")
            if len(key.fields) != len(key.references):
                raise _error(location, "the two sides differ in length")


def _read_json(folder: Path, name: str) -> object:
    try:
        data = read_inside(folder, name, MAX_JSON_BYTES)
    except OutsideError as error:
        raise _error(name, str(error.strerror)) from None
    except NotRegularError as error:
        raise _error(name, f"is {error.strerror}, not a file") from None
    except TooLargeError:
        raise _error(name, f"is larger than {MAX_JSON_BYTES} bytes") from None
    except OSError as error:
        raise _error(name, f"cannot be read: {error.strerror}") from None
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=without_duplicate_keys)
    except UnicodeDecodeError as error:
        raise _error(name, f"is not UTF-8 at byte {error.start}") from None
    except (ValueError, RecursionError) as error:
        raise _error(name, f"is not JSON: {error}") from None


def _inside(value: object, location: str) -> str:
    text = str(value)
    if not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.[a-z]+", text):
        raise _error(location, f"{text!r} is not a plain path inside the package")
    return text


def _known(raw: Mapping[str, Any], known: frozenset[str], location: str) -> None:
    for name in raw:
        if name not in known:
            raise _unknown(location, "keyword", name, known)


def _require(raw: Mapping[str, Any], name: str, location: str) -> None:
    if name not in raw:
        raise _error(location, f"the keyword {name!r} is missing")


def _object(value: object, location: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _error(location, "an object was expected")
    return value


def _list(value: object, location: str) -> list[Any]:
    if not isinstance(value, list):
        raise _error(location, "a list was expected")
    return value


def _names(value: object, location: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or not names:
        raise _error(location, "a list of texts was expected")
    return tuple(names)


def _error(location: str, problem: str) -> DescriptorError:
    return DescriptorError(f"{location}: {problem}")


def _unknown(location: str, kind: str, name: str, known: Iterable[str]) -> DescriptorError:
    return _error(
        location, f"unknown {kind} {name!r}; known: {', '.join(nearest_first(name, known))}"
    )
