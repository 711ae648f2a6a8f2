"""Packages made to cost as much as they can: `python -m hostile` prints time, memory and issue.

Each is checked by a process of its own. All of them must end within the budget, and those over a
limit with an issue that names it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import bad_cases

SECONDS = 30
MEGABYTES = 2_000
MILLION = 1_000_000

Document = dict[str, Any]


def edit(path: Path, change: Callable[[Document], object]) -> None:
    """Change a JSON file."""
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document), "utf-8")


def append(name: str, data: bytes) -> Callable[[Path], None]:
    """Return what appends bytes to a table."""

    def act(folder: Path) -> None:
        with (folder / "data" / f"{name}.csv").open("ab") as file:
            file.write(data)

    return act


def resources(folder: Path) -> None:
    """Describe 9,000 tables by one schema."""
    one = {"path": "data/x.csv", "schema": "schemas/readings.json"}
    edit(
        folder / "datapackage.json",
        lambda d: d.update(resources=[{**one, "name": f"t{n}"} for n in range(9_000)]),
    )


def add_table(folder: Path, name: str, fields: list[Document], data: bytes, **more: object) -> None:
    """Add a table to a package; its key is the first column."""
    schema = {"fields": fields, "primaryKey": [fields[0]["name"]], **more}
    (folder / "schemas" / f"{name}.json").write_text(json.dumps(schema), "utf-8")
    (folder / "data" / f"{name}.csv").write_bytes(data)
    edit(
        folder / "datapackage.json",
        lambda d: d["resources"].append({"name": name, "path": f"data/{name}.csv", "schema": f"schemas/{name}.json"}),
    )  # fmt: skip


def texts(*names: str, **constraints: object) -> list[Document]:
    """Return columns of texts."""
    return [{"name": name, "type": "string", "constraints": constraints} for name in names]


def nested(folder: Path) -> None:
    """Nest 5,000 groups in a pattern."""
    add_table(folder, "x", texts("a", pattern="(" * 5_000 + ")" * 5_000), b"a\n")


def backtracking(folder: Path) -> None:
    """Give a pattern that would go back for ever 100 texts of 60,000 characters."""
    rows = b"".join(b"%d" % n + b"a" * 60_000 + b"\n" for n in range(100))
    add_table(folder, "x", texts("a", pattern="^(a|aa|[a-z0-9]+)+!$"), b"a\n" + rows)


def slow_pattern(folder: Path, megabytes: float = 4.5) -> None:
    """Give the pattern that RE2 finds slowest nearly as much text as it may have."""
    rows = b"".join(
        b"%08d" % (n * 7_919 % 10**8) * 125 + b"\n" for n in range(int(megabytes * 1_000))
    )
    add_table(folder, "x", texts("a", pattern=r"[^<>]*(1|2| .{30}){3}!"), b"a\n" + rows)


def steps(folder: Path) -> None:
    """Give it ten times as much."""
    slow_pattern(folder, 50)


def distinct(folder: Path) -> None:
    """Fill nearly all cells that there may be, and nearly all texts, with different ones."""
    names = "abcdefghij"
    row = b"%07d,%07d" + b",1" * 8 + b"\n"
    rows = b"".join(row % (n, n) for n in range(450_000)) + b"".join(
        b"%d,,1,1,1,1,1,1,1,1\n" % n for n in range(1_000_000, 2_000_000)
    )
    fields = [*texts("a", "b"), *({"name": name, "type": "integer"} for name in names[2:])]
    add_table(folder, "x", fields, ",".join(names).encode() + b"\n" + rows)


def over_distinct(folder: Path) -> None:
    """Have five million texts that are all different."""
    rows = b"".join(b"%d,%d\n" % (n, n) for n in range(2_500_000))
    add_table(folder, "x", texts("a", "b"), b"a,b\n" + rows)


def wrong_types(folder: Path) -> None:
    """Get 1,000 rows of 350 columns wrong in every cell."""
    names = [f"c{n}" for n in range(350)]
    fields = [{"name": name, "type": "integer"} for name in names]
    good = b",".join([b"1"] * 350) + b"\n"
    bad = b",".join([b"x"] * 350) + b"\n"
    add_table(folder, "x", fields, ",".join(names).encode() + b"\n" + bad * 1_001 + good * 1_001)


def wrong_cells(folder: Path) -> None:
    """Get 1,000 rows of 350 columns of texts wrong in four ways."""
    names = [f"c{n}" for n in range(350)]
    fields = texts(*names, enum=["b"], pattern="b", minLength=3, unique=True)
    row = ",".join(["a"] * 350).encode() + b"\n"
    add_table(folder, "x", fields, ",".join(names).encode() + b"\n" + row * 2_000)


def header(folder: Path) -> None:
    """Name 999 unknown columns, where 350 are missing."""
    names = [f"casualties-reported-{n}" for n in range(350)]
    other = [names[0], *(f"casualties-reportet-{n}" for n in range(998))]
    add_table(folder, "x", texts(*names), ",".join(other).encode() + b"\n")


def many_tables(folder: Path) -> None:
    """Have 80 tables of 2,000 rows that fail a rule in every row."""
    for number in range(80):
        rows = b"".join(b"%d,\n" % (n // 2) for n in range(4_000))
        fields = [*texts("a"), *texts("b", required=True)]
        add_table(folder, f"x{number}", fields, b"a,b\n" + rows)


def keys(folder: Path) -> None:
    """Refer by 20 keys to a table of 300,000 rows, in vain."""
    names = [f"c{n}" for n in range(21)]
    rows = b"".join(b"%d" % n + b",%d" % (n + 1) * 20 + b"\n" for n in range(90_000))
    foreign = [{"fields": [n], "reference": {"fields": ["c0"]}} for n in names[1:]]
    add_table(
        folder, "x", texts(*names), ",".join(names).encode() + b"\n" + rows, foreignKeys=foreign
    )


class Hostile(NamedTuple):
    """A package, and the code and words that its check must give."""

    make: Callable[[Path], object]
    code: str
    says: str = ""


PACKAGES: dict[str, Hostile] = {
    "9,000 tables of one schema": Hostile(resources, "file/descriptor", "9,000 tables, more than 100"),
    "5,000 nested groups": Hostile(nested, "file/descriptor", "10,000 characters, more than 1,000"),
    "a million keywords": Hostile(lambda f: (f / "datapackage.json").write_text(json.dumps({f"k{n}": n for n in range(60_000)})), "file/descriptor"),
    "900,000 brackets": Hostile(lambda f: (f / "datapackage.json").write_bytes(b"[" * 900_000), "file/descriptor", "nested"),
    "9 million blank lines": Hostile(append("series", b"\n" * 9 * MILLION), "file/too-large", "9,000,0.. lines, more than 3,500,000"),
    "3.4 million blank lines": Hostile(append("series", b"\n" * (3_400 * 1_000)), "file/blank-line"),
    '60 million "",': Hostile(append("series", b'"",' * 60 * MILLION), "file/too-large", "cells, more than 36,000,000|quotes"),
    '0.24 million "",': Hostile(append("series", b'"",' * 240_000), "file/ragged-row"),
    "240,000 quoted rows": Hostile(append("series", b'"a",russia,b,2022-02-24,,cumulative,daily,exact,,\n' * 240_000), "file/quoting"),
    "267 MB in one cell": Hostile(append("series", b"x" * 267 * MILLION), "file/ragged-row"),
    "267 MB in long cells": Hostile(append("sources", (b"x" * 60_000 + b",a,b,https://a.example,,,2022-02-24,,en,,\n") * 4_400), "sources.source.unique|sources.primaryKey|file/too-large"),
    "300 MB": Hostile(append("series", b"x" * 300 * MILLION), "file/too-large", "300,"),
    "a pattern that goes back": Hostile(backtracking, "x.a.pattern"),
    "the slowest pattern, 5 MB": Hostile(slow_pattern, "x.a.pattern"),
    "the slowest pattern, 50 MB": Hostile(steps, "file/too-large", "patterns"),
    "1.9 million different texts": Hostile(distinct, ""),
    "5 million different texts": Hostile(over_distinct, "file/too-large", "different texts"),
    "350,000 wrong types": Hostile(wrong_types, "x.c349.type"),
    "1.4 million wrong cells": Hostile(wrong_cells, "x.c349.enum"),
    "999 unknown columns": Hostile(header, "file/extra-column"),
    "80 tables of wrong rows": Hostile(many_tables, "x79.b.required"),
    "20 keys in vain": Hostile(keys, "x.foreignKey.c20"),
}  # fmt: skip


class Cost(NamedTuple):
    """What a check took, and the codes and messages of its issues."""

    seconds: float
    megabytes: float
    issues: list[tuple[str, str]]


def cost(make: Callable[[Path], object]) -> Cost:
    """Check a package in a process of its own."""
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "import json, resource\n"
        "from reported_losses.validation.check import check\n"
        "issues = [(one.code, one.message) for one in check(sys.argv[1], today='2026-11-22')]\n"
        "use = resource.getrusage(resource.RUSAGE_SELF)\n"
        # `ru_maxrss` begins with the memory of the process that started this one.
        "lines = open('/proc/self/status').read().split('VmHWM:')\n"
        "print(json.dumps([use.ru_utime + use.ru_stime, int(lines[1].split()[0]) / 1024, issues]))"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bad_cases.build(folder)
        make(folder)
        done = subprocess.run(
            [sys.executable, "-c", code, name], capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    seconds, megabytes, issues = json.loads(done.stdout)
    return Cost(seconds, megabytes, [(code, message) for code, message in issues])


if __name__ == "__main__":
    for title, package in PACKAGES.items():
        if len(sys.argv) > 1 and sys.argv[1] not in title:
            continue
        try:
            took = cost(package.make)
        except RuntimeError as error:
            print(f"{title:28} FAILED {error}")
            continue
        about = [one for one in took.issues if one[0] == package.code] or took.issues[:1]
        print(
            f"{title:28} {took.seconds:5.1f} s {took.megabytes:6,.0f} MB {len(took.issues):7,} issues",
            *(f" {code}: {message[:90]}" for code, message in about[:1]),
        )
