"""`datapackage.json` and its schemas, in files or inlined, as frozen Python values.

Every keyword is either understood or refused, with its name and location: a constraint that is
silently ignored is not enforced. Every value has the type that its keyword asks for, and the
numbers of tables, columns and keys are bounded, so that reading a hostile package costs little.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reported_losses.definition import keywords, patterns
from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.history import FIXED, HISTORIES
from reported_losses.definition.json_files import MAX_JSON_BYTES, JsonFiles, plain_path
from reported_losses.definition.keywords import TEXT, Kind, error, read_object, shown, unknown
from reported_losses.definition.location import DESCRIPTOR, is_built, package_dir
from reported_losses.definition.schema import Built, Field, ForeignKey, Package, Table

__all__ = ["MAX_JSON_BYTES", "installed", "load_package", "read_package"]

MAX_RESOURCES = 100
MAX_FIELDS = 500
"""Columns of all tables together."""
MAX_FOREIGN_KEYS = 20
"""Of one table."""
MAX_ENUM = 1_000

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_PACKAGE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_VERSION = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}")


def _kinds(kind: Kind, names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), kind)


_PACKAGE = {
    **_kinds(TEXT, "$schema name id title description version created homepage"),
    **_kinds(keywords.OBJECTS, "licenses contributors sources"),
    **_kinds(keywords.TEXTS, "keywords"),
    **_kinds(keywords.OBJECT, "temporal"),
    **_kinds(keywords.LIST, "resources"),
}
_RESOURCE = {
    **_kinds(TEXT, "name type path title description format mediatype encoding"),
    **_kinds(keywords.TEXT_OR_OBJECT, "schema"),
    **_kinds(keywords.OBJECTS, "licenses sources"),
    **_kinds(keywords.COUNT, "bytes rows"),
    **_kinds(TEXT, "hash"),
}
_SCHEMA = {
    **_kinds(TEXT, "$schema name title description"),
    **_kinds(keywords.LIST, "fields foreignKeys"),
    **_kinds(keywords.TEXTS, "missingValues"),
    **_kinds(keywords.TEXT_OR_TEXTS, "primaryKey"),
}
_FIELD = {
    **_kinds(TEXT, "name title description type format unit history"),
    **_kinds(keywords.SCALAR, "example"),
    **_kinds(keywords.OBJECT, "constraints"),
}
_CONSTRAINTS = {
    **_kinds(keywords.TRUTH, "required unique"),
    **_kinds(keywords.TEXTS, "enum"),
    **_kinds(TEXT, "pattern"),
    **_kinds(keywords.SCALAR, "minimum maximum"),
    **_kinds(keywords.LENGTH, "minLength maxLength"),
}
_ONLY_TEXTS = ("enum", "pattern", "minLength", "maxLength")
_FOREIGN_KEY = {
    **_kinds(keywords.TEXT_OR_TEXTS, "fields"),
    **_kinds(keywords.OBJECT, "reference"),
}
_REFERENCE = {
    **_kinds(TEXT, "resource"),
    **_kinds(keywords.TEXT_OR_TEXTS, "fields"),
}

Refusal = Callable[[str], str | None]
"""From a pattern to the reason why it is not run, None if it is."""


def load_package(folder: Path) -> Package:
    """Read the descriptor of a package folder, and every schema that it points to or holds.

    Args:
        folder: Folder that holds `datapackage.json`.

    Returns:
        The package with its tables.

    Raises:
        DescriptorError: A file is missing or not JSON, a keyword is unknown or has a value of
            another type, a pattern is not one that RE2 runs, a key names a column that does not
            exist or has another type than the column it refers to, or there are too many tables
            or columns. The message gives the location.
    """
    return read_package(JsonFiles(folder))


def read_package(files: JsonFiles) -> Package:
    """Read a descriptor and its schemas from wherever they are; otherwise as `load_package`.

    Args:
        files: The files of the package.
    """
    return _Reader(files, patterns.refusal).package()


@functools.cache
def installed() -> Package:
    """Return the descriptor of the dataset that is installed with this code, read once.

    Its patterns are not tried: that needs Arrow, and what is installed has passed the check.

    Raises:
        DescriptorError: It cannot be read; or it is in a wheel, where nobody edits, and does not
            state of each table how its file was built.
    """
    folder = package_dir()
    package = _Reader(JsonFiles(folder), lambda _: None).package()
    if is_built(folder):
        for table in package.tables.values():
            if table.built is None or None in dataclasses.astuple(table.built):
                raise error(
                    f"{DESCRIPTOR}: {table.name}",
                    "bytes, hash or rows is missing; reinstall the package",
                )
    return package


def _built(resource: Mapping[str, Any], location: str) -> Built | None:
    """Read what a resource states of its file, see `hatch_build.py`."""
    digest = resource.get("hash")
    if digest is not None and not re.fullmatch(r"sha256:[0-9a-f]{64}", digest):
        problem = f"{shown(digest)} is not sha256: and 64 hexadecimal digits"
        raise error(f"{location}.hash", problem)
    sha256 = None if digest is None else digest.removeprefix("sha256:")
    built = Built(resource.get("bytes"), sha256, resource.get("rows"))
    return None if built == Built() else built


class _Reader:
    """Reads one package, and counts its columns."""

    def __init__(self, files: JsonFiles, refusal: Refusal) -> None:
        self._files = files
        self._refusal = refusal
        self._columns = 0

    def package(self) -> Package:
        raw = self._files.read(DESCRIPTOR)
        raw = read_object(raw, _PACKAGE, ("name", "version", "resources"), DESCRIPTOR)
        if not _PACKAGE_NAME.fullmatch(raw["name"]):
            raise error(f"{DESCRIPTOR}: name", f"{shown(raw['name'])} is not a plain name")
        if not _VERSION.fullmatch(raw["version"]):
            raise error(
                f"{DESCRIPTOR}: version", f"{shown(raw['version'])} is not MAJOR.MINOR.PATCH"
            )
        _at_most(MAX_RESOURCES, raw["resources"], f"{DESCRIPTOR}: resources", "tables")
        tables: dict[str, Table] = {}
        paths: dict[str, str] = {}
        for number, resource in enumerate(raw["resources"]):
            location = f"{DESCRIPTOR}: resources[{number}]"
            table = self._table(resource, location)
            if table.name in tables:
                raise error(location, f"second table {table.name!r}")
            if table.path in paths:
                raise error(location, f"{table.path} is the file of {paths[table.path]} already")
            tables[table.name] = table
            paths[table.path] = table.name
        _check_references(tables)
        tables = _with_referred(tables)
        return Package(
            name=raw["name"],
            version=raw["version"],
            title=raw.get("title", ""),
            description=raw.get("description", ""),
            tables=MappingProxyType(tables),
            raw=MappingProxyType(raw),
        )

    def _table(self, raw: object, location: str) -> Table:
        resource = read_object(raw, _RESOURCE, ("name", "path", "schema"), location)
        path = plain_path(resource["path"], f"{location}.path")
        if resource.get("encoding", "utf-8") != "utf-8":
            raise error(
                f"{location}.encoding", f"{shown(resource['encoding'])}: only utf-8 is read"
            )
        at, schema = self._schema(resource["schema"], f"{location}.schema")
        name = _name(resource["name"], f"{location}.name")
        foreign_keys = _foreign_keys(schema.get("foreignKeys", []), name, at)
        table = Table(
            name=name,
            title=schema.get("title", ""),
            description=schema.get("description", ""),
            path=path,
            fields=self._fields(schema["fields"], foreign_keys, at),
            primary_key=_names(schema["primaryKey"], f"{at}: primaryKey"),
            foreign_keys=foreign_keys,
            built=_built(resource, location),
        )
        _check_names(table, at)
        return table

    def _schema(self, value: str | dict[str, Any], location: str) -> tuple[str, dict[str, Any]]:
        """Return the schema of a resource, and where it is: in a file of its own, or inlined."""
        at = location if isinstance(value, dict) else plain_path(value, location)
        raw = value if isinstance(value, dict) else self._files.read(at)
        schema = read_object(raw, _SCHEMA, ("fields", "primaryKey"), at)
        if schema.get("missingValues", [""]) != [""]:
            raise error(f"{at}: missingValues", 'only [""] is supported: empty is missing')
        return at, schema

    def _fields(
        self, raw: list[object], foreign_keys: tuple[ForeignKey, ...], path: str
    ) -> tuple[Field, ...]:
        self._columns += len(raw)
        if self._columns > MAX_FIELDS:
            raise error(f"{path}: fields", f"the package has more than {MAX_FIELDS:,} columns")
        referring = {name for key in foreign_keys for name in key.fields}
        return tuple(
            self._field(one, referring, f"{path}: fields[{number}]")
            for number, one in enumerate(raw)
        )

    def _field(self, raw: object, referring: set[str], location: str) -> Field:
        field = read_object(raw, _FIELD, ("name", "type"), location)
        kind = field["type"]
        if kind not in FIELD_TYPES:
            raise unknown(location, "type", kind, FIELD_TYPES)
        if field.get("format", "default") != "default":
            raise error(
                f"{location}.format", f"{shown(field['format'])}: only the default format is read"
            )
        history = field.get("history", FIXED)
        if history not in HISTORIES:
            raise unknown(f"{location}.history", "history", history, HISTORIES)
        location = f"{location}.constraints"
        limits = read_object(field.get("constraints", {}), _CONSTRAINTS, (), location)
        for name in _ONLY_TEXTS:
            if name in limits and kind != "string":
                said = "only texts may be enumerated" if name == "enum" else "only for texts"
                raise error(f"{location}.{name}", f"{said}, and the type is {kind}")
        return Field(
            name=_name(field["name"], f"{location.removesuffix('.constraints')}.name"),
            title=field.get("title", ""),
            description=field.get("description", ""),
            type=kind,
            unit=field.get("unit"),
            example=field.get("example"),
            required=limits.get("required", False),
            unique=limits.get("unique", False),
            enum=_enum(limits.get("enum"), f"{location}.enum"),
            pattern=self._pattern(limits.get("pattern"), f"{location}.pattern"),
            minimum=_bound(limits.get("minimum"), kind, f"{location}.minimum"),
            maximum=_bound(limits.get("maximum"), kind, f"{location}.maximum"),
            min_length=limits.get("minLength"),
            max_length=limits.get("maxLength"),
            categorical=kind == "string" and ("enum" in limits or field["name"] in referring),
            history=history,
        )

    def _pattern(self, pattern: str | None, location: str) -> str | None:
        reason = None if pattern is None else self._refusal(pattern)
        if reason is not None:
            raise error(location, reason)
        return pattern


def _with_referred(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables with texts that others refer to as categorical as the references.

    polars joins a `Categorical` with nothing but another.
    """
    referred = {
        (key.table, name)
        for table in tables.values()
        for key in table.foreign_keys
        for name in key.references
    }

    def marked(table: Table) -> tuple[Field, ...]:
        return tuple(
            dataclasses.replace(field, categorical=True)
            if field.type == "string" and (table.name, field.name) in referred
            else field
            for field in table.fields
        )

    return {
        name: dataclasses.replace(table, fields=marked(table)) for name, table in tables.items()
    }


def _bound(value: Any, kind: str, location: str) -> Any:  # noqa: ANN401 - of the field's type
    if value is None:
        return None
    if kind not in {"integer", "number", "date"}:
        raise error(location, f"a field of type {kind} has no order")
    if kind == "number" and type(value) in {int, float} and math.isfinite(value):
        return float(value)
    if (kind == "date") == isinstance(value, str) and not isinstance(value, bool):
        text = str(value)
        if re.fullmatch(FIELD_TYPES[kind].spelling, text):
            try:
                return FIELD_TYPES[kind].parse(text)
            except ValueError:
                pass
    raise error(location, f"{shown(value)} is not {FIELD_TYPES[kind].expected}")


def _enum(values: list[str] | None, location: str) -> tuple[str, ...] | None:
    if values is None:
        return None
    _at_most(MAX_ENUM, values, location, "values")
    if not values or len(set(values)) != len(values):
        raise error(location, "values are listed once each, and there is at least one")
    return tuple(values)


def _foreign_keys(raw: list[object], owner: str, path: str) -> tuple[ForeignKey, ...]:
    _at_most(MAX_FOREIGN_KEYS, raw, f"{path}: foreignKeys", "keys")
    keys = tuple(
        _foreign_key(one, owner, f"{path}: foreignKeys[{number}]") for number, one in enumerate(raw)
    )
    if len({key.fields for key in keys}) != len(keys):
        raise error(f"{path}: foreignKeys", "two keys have the same columns")
    return keys


def _foreign_key(raw: object, owner: str, location: str) -> ForeignKey:
    key = read_object(raw, _FOREIGN_KEY, ("fields", "reference"), location)
    at = f"{location}.reference"
    reference = read_object(key["reference"], _REFERENCE, ("fields",), at)
    return ForeignKey(
        fields=_names(key["fields"], f"{location}.fields"),
        # The standard leaves `resource` out where a table refers to itself.
        table=reference.get("resource") or owner,
        references=_names(reference["fields"], f"{at}.fields"),
    )


def _check_names(table: Table, location: str) -> None:
    if len(set(table.names)) != len(table.names):
        raise error(f"{location}: fields", "two columns share a name")
    used = {*table.primary_key, *(name for key in table.foreign_keys for name in key.fields)}
    for name in sorted(used - set(table.names)):
        raise unknown(location, "column", name, table.names)


def _check_references(tables: Mapping[str, Table]) -> None:
    for table in tables.values():
        for key in table.foreign_keys:
            location = f"table {table.name}: foreign key {', '.join(key.fields)}"
            if key.table not in tables:
                raise unknown(location, "table", key.table, tables)
            other = tables[key.table]
            if key.references != other.primary_key:
                raise error(location, f"does not refer to the primary key of {key.table}")
            if len(key.fields) != len(key.references):
                raise error(location, "the two sides differ in length")
            for name, reference in zip(key.fields, key.references, strict=True):
                kind, referred = table.field(name).type, other.field(reference).type
                if kind != referred:
                    raise error(location, f"{name} is {kind}, but {reference} is {referred}")


def _name(value: str, location: str) -> str:
    if not _NAME.fullmatch(value):
        raise error(
            location, f"{shown(value)} is not a plain name of at most 64 letters, digits, _ and -"
        )
    return value


def _names(value: str | list[str], location: str) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else tuple(value)
    if not names or len(set(names)) != len(names):
        raise error(location, "a list of texts was expected, each once and at least one")
    return names


def _at_most(limit: int, values: list[Any], location: str, noun: str) -> None:
    if len(values) > limit:
        raise error(location, f"{len(values):,} {noun}, more than {limit:,}")
