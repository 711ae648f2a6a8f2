"""Faults of a file's form, of the descriptor and of the schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from faults.fault import Candidate, Fault, Maker, add
from faults.sheets import Sheet, Texts, line_of

Form = Callable[[Texts, Sheet, Random], "bytes | tuple[bytes, int] | None"]
"""Gives a table's file in another form, with the line that is wrong if one is."""

SCHEMA = "A schema that asks for less, or for more that holds, is another decision: only the base differs."
MOST = 40_000
"""Rows of the largest table that a form is put on; larger ones show nothing more."""


def ready(fault: Fault) -> Candidate:
    """Return a candidate for a fault that is made."""
    return Candidate(fault.group, lambda: fault)


def form_of(form: Form) -> Maker:
    """Return what puts the file of one table after another into another form."""

    def make(texts: Texts, rng: Random) -> Iterator[Candidate]:
        names = sorted(texts.sheets)
        for name in rng.sample(names, len(names)):
            sheet = texts[name]
            if len(sheet.rows) > MOST:
                continue
            made = form(texts, sheet, rng)
            if made is None:
                continue
            data, line = made if isinstance(made, tuple) else (made, None)
            if data == sheet.data():
                continue
            path = sheet.table.path
            lines = {} if line is None else {path: (line,)}
            yield ready(Fault(path, {path: data}, lines, whole=True))

    return make


def _lines(sheet: Sheet) -> list[str]:
    return [line_of(sheet.table.names), *sheet.texts]


def _joined(lines: list[str], end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in lines).encode()


def _some(sheet: Sheet, rng: Random) -> int | None:
    return rng.randrange(1, len(sheet.rows) + 1) if sheet.rows else None


def on_line(change: Callable[[str], str | None]) -> Form:
    """Return what changes one line."""

    def form(_: Texts, sheet: Sheet, rng: Random) -> tuple[bytes, int] | None:
        place = _some(sheet, rng)
        if place is None:
            return None
        lines = _lines(sheet)
        new = change(lines[place])
        if new is None:
            return None
        lines[place] = new
        return _joined(lines), place + 1

    return form


def every_line(change: Callable[[str], str]) -> Form:
    """Return what changes every line."""
    return lambda _, sheet, rng: _joined([change(line) for line in _lines(sheet)])


def of_header(change: Callable[[list[str], Random], list[str]]) -> Form:
    """Return what changes the header."""

    def form(_: Texts, sheet: Sheet, rng: Random) -> tuple[bytes, int]:
        return _joined([",".join(change(list(sheet.table.names), rng)), *sheet.texts]), 1

    return form


def of_columns(change: Callable[[list[str], Random], list[str]]) -> Form:
    """Return what takes, moves or doubles whole columns, with their header."""

    def form(_: Texts, sheet: Sheet, rng: Random) -> bytes:
        places = {name: n for n, name in enumerate(sheet.table.names)}
        names = change(list(sheet.table.names), rng)
        rows = (tuple(row[places[name]] for name in names) for row in sheet.rows)
        return _joined([",".join(names), *map(line_of, rows)])

    return form


def _moved(sheet: Sheet, rng: Random, to: int | None) -> tuple[bytes, int] | None:
    if len(sheet.rows) < 3:
        return None
    lines = _lines(sheet)
    place = rng.randrange(1, len(lines) - 1)
    line = lines.pop(place)
    end = len(lines) if to is None else place + 1
    lines.insert(end, line)
    return _joined(lines), end + 1


def _quoted_cell(line: str) -> str | None:
    cell, comma, rest = line.partition(",")
    return None if cell.startswith('"') else f'"{cell}"{comma}{rest}'


def _shuffled(names: list[str], rng: Random) -> list[str]:
    place = rng.randrange(len(names) - 1)
    names[place], names[place + 1] = names[place + 1], names[place]
    return names


def _without(names: list[str], rng: Random) -> list[str]:
    names.remove(rng.choice(names))
    return names


def _renamed(names: list[str], rng: Random) -> list[str]:
    names[rng.randrange(len(names))] += "_2"
    return names


def _twice(names: list[str], rng: Random) -> list[str]:
    return [*names, rng.choice(names)]


def _half(share: float) -> Form:
    def form(_: Texts, sheet: Sheet, rng: Random) -> bytes | None:
        data = sheet.data()
        cut = data[: int(len(data) * share)]
        return cut if sheet.rows and not cut.endswith(b"\n") else None

    return form


def _half_lines(_: Texts, sheet: Sheet, __: Random) -> bytes | None:
    return _joined(_lines(sheet)[: 1 + len(sheet.rows) // 2]) if len(sheet.rows) > 1 else None


def _ordered_by(place: int) -> Form:
    return lambda _, sheet, rng: _joined(
        [line_of(sheet.table.names), *map(line_of, sorted(sheet.rows, key=lambda row: row[place]))]
    )


def _other_file(texts: Texts, sheet: Sheet, rng: Random) -> bytes:
    return texts[rng.choice(sorted(set(texts.sheets) - {sheet.name}))].data()


def _blank_at(last: bool) -> Form:  # noqa: FBT001 - one of two forms
    def form(_: Texts, sheet: Sheet, rng: Random) -> tuple[bytes, int] | None:
        lines = _lines(sheet)
        place = len(lines) if last else _some(sheet, rng)
        if place is None:
            return None
        lines.insert(place, "")
        return _joined(lines), place + 1

    return form


def _conflict(_: Texts, sheet: Sheet, rng: Random) -> tuple[bytes, int] | None:
    place = _some(sheet, rng)
    if place is None:
        return None
    lines = _lines(sheet)
    lines[place:place] = ["<<<<<<< ours", lines[place], "======="]
    return _joined(lines), place + 1


def _last_cell_open(line: str) -> str:
    return f'{line.rpartition(",")[0]},"open'


_FILE = ("file/*", "check/not-judged", "*.type", "*.required")
for _name, _form in {
    "file: byte-order mark": lambda _, sheet, rng: b"\xef\xbb\xbf" + sheet.data(),
    "file: lines end with CR LF": lambda _, sheet, rng: _joined(_lines(sheet), "\r\n"),
    "file: lines end with CR": lambda _, sheet, rng: _joined(_lines(sheet), "\r"),
    "file: one line ends with CR LF": on_line(lambda line: f"{line}\r"),
    "file: last line has no end": lambda _, sheet, rng: sheet.data()[:-1],
    "file: blank line at the end": _blank_at(last=True),
    "file: blank line inside": _blank_at(last=False),
    "file: UTF-16": lambda _, sheet, rng: sheet.data().decode().encode("utf-16"),
    "file: Windows-1251": lambda _, sheet, rng: sheet.data().decode().encode("cp1251", "replace"),
    "file: a byte that is not UTF-8": lambda _, sheet, rng: (
        sheet.data()[:-3] + b"\xff" + sheet.data()[-3:] if sheet.rows else None
    ),
    "file: semicolons for commas": every_line(lambda line: line.replace(",", ";")),
    "file: tabs for commas": every_line(lambda line: line.replace(",", "\t")),
    "file: a space after every comma": every_line(lambda line: line.replace(",", ", ")),
    "file: a comma at the end of every line": every_line(lambda line: f"{line},"),
    "file: all cells quoted": lambda _, sheet, rng: _joined(
        [",".join(f'"{cell}"' for cell in row) for row in (sheet.table.names, *sheet.rows)]
    ),
    "file: one cell quoted without need": on_line(_quoted_cell),
    "file: a quote that is not closed": on_line(_last_cell_open),
    "file: a quote inside a bare cell": on_line(lambda line: line.replace(",", '"x,', 1)),
    "file: a row with a cell too few": on_line(lambda line: line.rpartition(",")[0]),
    "file: a row with a cell too many": on_line(lambda line: f"{line},"),
    "file: a note beside the table": on_line(lambda line: f"{line} # checked"),
    "file: a line of comment": on_line(lambda line: f"# {line}"),
    "file: marks of a merge conflict": _conflict,
    "file: cut inside a line": _half(0.6),
    "file: cut inside its last line": _half(0.999),
    "file: cut at the end of a line": _half_lines,
    "file: empty": lambda _, sheet, rng: b"",
    "file: only the header": lambda _, sheet, rng: _joined([line_of(sheet.table.names)]),
    "file: no header": lambda _, sheet, rng: _joined(list(sheet.texts)) if sheet.rows else None,
    "file: header twice": lambda _, sheet, rng: _joined(
        [line_of(sheet.table.names), *_lines(sheet)]
    ),
    "file: header with a renamed column": of_header(_renamed),
    "file: header in capitals": of_header(lambda names, _: [name.upper() for name in names]),
    "file: header with two names exchanged": of_header(_shuffled),
    "file: two columns exchanged": of_columns(_shuffled),
    "file: a column missing": of_columns(_without),
    "file: a column twice": of_columns(_twice),
    "file: two rows exchanged": lambda _, sheet, rng: _moved(sheet, rng, 1),
    "file: a row at the end": lambda _, sheet, rng: _moved(sheet, rng, None),
    "file: sorted by its last column": _ordered_by(-1),
    "file: NUL at the end": lambda _, sheet, rng: sheet.data() + b"\x00",
    "file: a page of HTML": lambda _, sheet, rng: b"<!doctype html><title>Not found</title>\n",
    "file: that of another table": _other_file,
}.items():
    add(_name, "files", form_of(_form), _FILE)


def _gone(texts: Texts, rng: Random) -> Iterator[Candidate]:
    for name in rng.sample(sorted(texts.sheets), len(texts.sheets)):
        path = texts[name].table.path
        yield ready(Fault(path, {path: None}, whole=True))


def _stray(path: str, data: Callable[[Texts, str], bytes]) -> Maker:
    def make(texts: Texts, rng: Random) -> Iterator[Candidate]:
        for name in rng.sample(sorted(texts.sheets), len(texts.sheets)):
            where = path.format(name=name)
            yield ready(Fault(where, {where: data(texts, name)}, whole=True))

    return make


add("file: missing", "files", _gone, ("file/missing", "check/*"))
for _name, _path in {
    "file: a stray table in data": "data/{name}-old.csv",
    "file: a stray schema in schemas": "schemas/{name}-old.json",
    "file: a copy of an editor in data": "data/{name}.csv~",
    "file: a rejected patch in data": "data/{name}.csv.rej",
}.items():
    add(
        _name,
        "files",
        _stray(_path, lambda texts, name: texts[name].data()),
        ("file/*", "check/*", "package/*"),
    )


# Descriptor and schemas.
Json = dict[str, Any]


def described(
    change: Callable[[Texts, Json, str, Random], Json | list[Any] | bytes | None],
) -> Maker:
    """Return what changes the descriptor, once for one table after another."""

    def make(texts: Texts, rng: Random) -> Iterator[Candidate]:
        seen = set()
        for name in rng.sample(sorted(texts.sheets), len(texts.sheets)):
            made = change(texts, json.loads(texts.described["datapackage.json"]), name, rng)
            if made is None:
                continue
            data = made if isinstance(made, bytes) else _json(made)
            if data in seen:
                return
            seen.add(data)
            names = frozenset({name, texts[name].table.path, "schemas/nothing.json"})
            yield ready(
                Fault(
                    f"datapackage.json ({name})",
                    {"datapackage.json": data},
                    names=names,
                    whole=True,
                )
            )

    return make


def schema(change: Callable[[Texts, Json, str, Random], Json | bytes | None]) -> Maker:
    """Return what changes the schema of one table after another, each twice."""

    def make(texts: Texts, rng: Random) -> Iterator[Candidate]:
        seen = set()
        for name in [*rng.sample(sorted(texts.sheets), len(texts.sheets))] * 2:
            path = f"schemas/{name}.json"
            made = change(texts, json.loads(texts.described[path]), name, rng)
            if made is None:
                continue
            data = made if isinstance(made, bytes) else _json(made)
            if data in seen or data == _json(json.loads(texts.described[path])):
                continue
            seen.add(data)
            names = frozenset({name, texts[name].table.path, "datapackage.json"})
            yield ready(Fault(path, {path: data}, names=names, whole=True))

    return make


def _json(value: Any) -> bytes:  # noqa: ANN401 - JSON
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _resource(change: Callable[[Texts, Json, Random], Json | None]) -> Maker:
    """Return what changes one resource, or leaves it out (None)."""

    def whole(texts: Texts, package: Json, name: str, rng: Random) -> Json:
        made = []
        for resource in package["resources"]:
            new = change(texts, resource, rng) if resource["name"] == name else resource
            if new is not None:
                made.append(new)
        package["resources"] = made
        return package

    return described(whole)


def _put(**keys: Any) -> Callable[[Texts, Json, Random], Json]:  # noqa: ANN401 - JSON
    return lambda _, resource, rng: {**resource, **keys}


def _without_key(key: str) -> Callable[[Texts, Json, Random], Json]:
    return lambda _, resource, rng: {k: v for k, v in resource.items() if k != key}


def _of_other(key: str) -> Callable[[Texts, Json, Random], Json]:
    def change(texts: Texts, resource: Json, rng: Random) -> Json:
        others = json.loads(texts.described["datapackage.json"])["resources"]
        other = rng.choice([one for one in others if one["name"] != resource["name"]])
        return {**resource, key: other[key]}

    return change


def _twice_listed(texts: Texts, package: Json, name: str, rng: Random) -> Json:
    package["resources"] += [one for one in package["resources"] if one["name"] == name]
    return package


def _second_name(texts: Texts, package: Json, name: str, rng: Random) -> Json:
    package["resources"] += [
        {**one, "name": f"{name}_2"} for one in package["resources"] if one["name"] == name
    ]
    return package


def _top(**keys: Any) -> Maker:  # noqa: ANN401 - JSON
    return described(lambda _, package, name, rng: {**package, **keys})


def _top_without(key: str) -> Maker:
    return described(lambda _, package, name, rng: {k: v for k, v in package.items() if k != key})


_DESCRIBED = (
    "file/descriptor",
    "file/*",
    "check/*",
    "package/*",
    "*.foreignKey.*",
    "*.primaryKey",
    "*.type",
    "revisions/*",
)
for _name, _make in {
    "descriptor: a table left out": _resource(lambda texts, resource, rng: None),
    "descriptor: a table renamed": _resource(
        lambda _, one, rng: {**one, "name": f"{one['name']}_2"}
    ),
    "descriptor: a table with the file of another": _resource(_of_other("path")),
    "descriptor: a table with the schema of another": _resource(_of_other("schema")),
    "descriptor: a table listed twice": described(_twice_listed),
    "descriptor: a file under a second name": described(_second_name),
    "descriptor: no resources": _top(resources=[]),
    "descriptor: resources left out": _top_without("resources"),
    "descriptor: a path that leads out": _resource(_put(path="../elsewhere.csv")),
    "descriptor: an absolute path": _resource(_put(path="/etc/passwd")),
    "descriptor: no such file": _resource(_put(path="data/nothing.csv")),
    "descriptor: no such schema": _resource(_put(schema="schemas/nothing.json")),
    "descriptor: schema left out": _resource(_without_key("schema")),
    "descriptor: path left out": _resource(_without_key("path")),
    "descriptor: another encoding": _resource(_put(encoding="cp1251")),
    "descriptor: another dialect": _resource(_put(dialect={"delimiter": ";"})),
    "descriptor: a key it does not know": _resource(_put(ignored=True)),
    "descriptor: a name that is a list": _resource(_put(name=["loss_counts"])),
    "descriptor: version left out": _top_without("version"),
    "descriptor: a version with two parts": _top(version="0.1"),
    "descriptor: an empty object": described(lambda *_: {}),
    "descriptor: a list": described(lambda *_: []),
    "descriptor: cut in half": described(
        lambda texts, *_: texts.described["datapackage.json"][:4000]
    ),
    "descriptor: byte-order mark": described(
        lambda texts, *_: b"\xef\xbb\xbf" + texts.described["datapackage.json"]
    ),
    "descriptor: a key twice": described(
        lambda texts, *_: texts.described["datapackage.json"].replace(b"{", b'{"name": "x",', 1)
    ),
    "descriptor: 5,000 lists in each other": described(lambda *_: b"[" * 5000 + b"]" * 5000),
}.items():
    add(_name, "descriptor", _make, _DESCRIBED)
for _name, _make in {
    "descriptor: title changed": _top(title="Losses"),
    "descriptor: licence changed": _top(licenses=[{"name": "CC0-1.0"}]),
}.items():
    add(_name, "descriptor", _make, unseen="Words about the package: only the base differs.")


def _field(
    change: Callable[[Texts, Json, str, Random], Json | None], able: Callable[[Json], bool] = bool
) -> Maker:
    """Return what changes one column of a schema, or leaves it out (None)."""

    def whole(texts: Texts, made: Json, name: str, rng: Random) -> Json | None:
        places = [n for n, field in enumerate(made["fields"]) if able(field)]
        if not places:
            return None
        place = rng.choice(places)
        new = change(texts, made["fields"][place], name, rng)
        made["fields"][place : place + 1] = [] if new is None else [new]
        return made

    return schema(whole)


def _constraint(key: str, value: Any = None) -> Maker:  # noqa: ANN401 - JSON
    """Return what gives a constraint that a column has another value, or takes it away (None)."""

    def change(_: Texts, field: Json, name: str, rng: Random) -> Json:
        kept = {k: v for k, v in field["constraints"].items() if k != key}
        if value is not None:
            kept[key] = value(field["constraints"][key], rng) if callable(value) else value
        return {**field, "constraints": kept}

    return _field(change, lambda field: key in field.get("constraints", {}))


def _typed(old: str, new: str) -> Maker:
    return _field(
        lambda _, field, name, rng: {**field, "type": new}, lambda field: field["type"] == old
    )


def _schema_without(key: str) -> Maker:
    return schema(
        lambda _, made, name, rng: (
            {k: v for k, v in made.items() if k != key} if key in made else None
        )
    )


def _fewer(key: str) -> Maker:
    def change(_: Texts, made: Json, name: str, rng: Random) -> Json | None:
        if len(made.get(key, ())) < 2:
            return None
        made[key].pop(rng.randrange(len(made[key])))
        return made

    return schema(change)


def _key_elsewhere(key: str, value: str) -> Maker:
    def change(_: Texts, made: Json, name: str, rng: Random) -> Json | None:
        if not made.get("foreignKeys"):
            return None
        rng.choice(made["foreignKeys"])["reference"][key] = value
        return made

    return schema(change)


for _name, _make in {
    "schema: a column left out": _field(lambda *_: None),
    "schema: a column renamed": _field(
        lambda _, field, name, rng: {**field, "name": f"{field['name']}_2"}
    ),
    "schema: two columns exchanged": schema(
        lambda _, made, name, rng: {**made, "fields": [*made["fields"][1:], made["fields"][0]]}
    ),
    "schema: a number becomes text": _typed("integer", "string"),
    "schema: a date becomes text": _typed("date", "string"),
    "schema: text becomes a number": _typed("string", "integer"),
    "schema: no such type": _typed("string", "words"),
    "schema: required is the text false": _constraint("required", "false"),
    "schema: required is the number 0": _constraint("required", lambda *_: 0),
    "schema: a listed word left out": _constraint("enum", lambda words, rng: words[1:]),
    "schema: a pattern that is none": _constraint("pattern", "(["),
    "schema: another pattern": _constraint("pattern", "^nothing$"),
    "schema: minimum is a text": _constraint("minimum", "a little"),
    "schema: primary key left out": _schema_without("primaryKey"),
    "schema: primary key shorter": schema(
        lambda _, made, name, rng: (
            {**made, "primaryKey": made["primaryKey"][:-1]} if len(made["primaryKey"]) > 1 else None
        )
    ),
    "schema: foreign key to no such table": _key_elsewhere("resource", "nothing"),
    "schema: foreign key to no such column": _key_elsewhere("fields", "nothing"),
    "schema: foreign keys are a number": schema(
        lambda _, made, name, rng: {**made, "foreignKeys": 3}
    ),
    "schema: fields left out": _schema_without("fields"),
    "schema: other missing values": schema(
        lambda _, made, name, rng: {**made, "missingValues": ["", "NA", "0"]}
    ),
    "schema: a constraint it does not know": _field(
        lambda _, field, name, rng: {
            **field,
            "constraints": {**field.get("constraints", {}), "about": 1},
        }
    ),
    "schema: cut in half": schema(
        lambda texts, made, name, rng: texts.described[f"schemas/{name}.json"][:500]
    ),
    "schema: empty": schema(lambda *_: b""),
}.items():
    add(_name, "schemas", _make, (*_DESCRIBED, "*.enum", "*.pattern", "*.required", "*.minimum"))
for _name, _make in {
    "schema: required left out": _constraint("required"),
    "schema: a pattern left out": _constraint("pattern"),
    "schema: a minimum left out": _constraint("minimum"),
    "schema: unique left out": _constraint("unique"),
    "schema: listed words left out": _constraint("enum"),
    "schema: one more listed word": _constraint("enum", lambda words, rng: [*words, "other"]),
    "schema: foreign keys left out": _schema_without("foreignKeys"),
    "schema: one foreign key left out": _fewer("foreignKeys"),
    "schema: a column becomes optional text": _field(
        lambda _, field, name, rng: {**field, "constraints": {}},
        lambda field: bool(field.get("constraints")),
    ),
}.items():
    add(_name, "schemas", _make, unseen=SCHEMA)
