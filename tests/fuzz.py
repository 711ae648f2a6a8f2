"""A seeded fuzzer of packages: `python -m fuzz 20000`, or a few hundred inputs in the suite.

Each input is the small valid package with one to three mutations of its descriptor, a schema or a
table. `check` must give issues, whatever they are; an exception is a failure, and so is an exit
code of 2 when the command renders the issues.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import bad_cases
from reported_losses.commands.cli import main as command
from reported_losses.report import FORMS
from reported_losses.validation.check import check

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 10**30, 1.5, 1e308, "", "a", "0", "false", "\ud800", "\0", "é" * 300),
    *([], ["a"], [[]], {}, {"a": 1}, ["reporter"], {"resource": "series", "fields": ["reporter"]}),
    *("string", "integer", "date", "boolean", "number", "any", "loss_counts", "series", "reporter"),
    *("2022-02-24", "2022-02-30", "(" * 5_000 + ")" * 5_000, "^(a|aa|[a-z]+)+!$", "(?=a)", "[", "a{999}"),
    *("data/series.csv", "../x.csv", "a" * 5_000, "datapackage.json", "schemas/series.json"),
)  # fmt: skip
TEXTS = (
    *("", ",", '"', "\n", "\r", "\0", "\ufeff", "\u202e", "=1", "-1", "0", "1e9", "9" * 30, "2022-02-30"),
    *("0001-01-01", "9999-12-31", "tanks", "russia", "x" * 70_000, "\t", " ", "1.5", "2023-02-22", "é", "\x80"),
)  # fmt: skip


class Result(NamedTuple):
    """What came of one input."""

    seconds: float
    failure: str | None


def nodes(value: object, depth: int = 0) -> Iterator[tuple[int, Any, Any]]:
    """Yield every place of a JSON value, as its depth, the container and the key in it."""
    if isinstance(value, (dict, list)):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield depth, value, key
            yield from nodes(value[key], depth + 1)


def mutate_json(document: object, rng: random.Random) -> None:
    """Change one place of a document."""
    places = list(nodes(document))
    if not places:
        return
    # Most places are deep; the few above them are as likely.
    depth = rng.choice(sorted({place[0] for place in places}))
    _, holder, key = rng.choice([place for place in places if place[0] == depth])
    act = rng.randrange(6)
    if act <= 1:
        holder[key] = copy.deepcopy(rng.choice(VALUES))
    elif act == 2:
        del holder[key]
    elif act == 3:
        _, other, name = rng.choice(places)
        with contextlib.suppress(KeyError, IndexError):
            holder[key] = copy.deepcopy(other[name])
    elif isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
    elif act == 4:
        holder[
            rng.choice(
                [str(key) + "x", "type", "name", "fields", "required", "unique", "minLength"]
            )
        ] = holder.pop(key)
    else:
        holder[rng.choice(["constraints", "enum", "pattern", "minimum", "format", "example"])] = (
            copy.deepcopy(rng.choice(VALUES))
        )


def mutate_bytes(data: bytes, rng: random.Random) -> bytes:
    """Change one place of a file."""
    at = rng.randrange(len(data) + 1)
    act = rng.randrange(6)
    text = rng.choice(TEXTS).encode("utf-8", "surrogatepass")
    if act == 0:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
    if act == 1:
        return data[:at] + text + data[at:]
    if act == 2:
        return data[: at // 2] + data[at:]
    lines = data.split(b"\n")
    row = rng.randrange(len(lines))
    if act == 3:
        lines.insert(rng.randrange(len(lines)), lines[row])
    elif act == 4:
        del lines[row]
    else:
        cells = lines[row].split(b",")
        cells[rng.randrange(len(cells))] = text
        lines[row] = b",".join(cells)
    return b"\n".join(lines)


def mutate(folder: Path, rng: random.Random) -> dict[Path, bytes]:
    """Change one to three places of a package, and return the files as they were."""
    before: dict[Path, bytes] = {}
    schemas = sorted((folder / "schemas").glob("*.json"))
    tables = sorted((folder / "data").glob("*.csv"))
    for _ in range(rng.randint(1, 3)):
        path = rng.choice(
            [
                folder / "datapackage.json",
                rng.choice(schemas),
                rng.choice(schemas),
                rng.choice(tables),
            ]
        )
        data = path.read_bytes()
        before.setdefault(path, data)
        if path.suffix == ".json" and rng.random() < 0.95:
            try:
                document = json.loads(data)
            except (ValueError, RecursionError):
                continue
            mutate_json(document, rng)
            path.write_bytes(json.dumps(document).encode())
        else:
            path.write_bytes(mutate_bytes(data, rng))
    return before


def examine(folder: Path, rng: random.Random) -> str | None:
    """Check a package, now and then by the command, and say what failed."""
    try:
        if rng.random() < 0.9:
            check(folder, today="2026-11-22")
            return None
        said = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = command(["check", str(folder), "--format", rng.choice(FORMS)])
    except Exception as error:  # noqa: BLE001 - that is what the fuzzer looks for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno} {frame.name}"
    return None if code in {0, 1} else f"exit code {code}: {said.getvalue()[:200]}"


def run(number: int, seed: int = 0, told: Callable[[int, str], None] | None = None) -> list[Result]:
    """Check a number of mutated packages.

    Args:
        number: How many.
        seed: The first input; input `n` is the same in every run.
        told: Called with every input that fails.
    """
    results = []
    with tempfile.TemporaryDirectory() as name, bad_cases.kept_at_once():
        folder = Path(name)
        bad_cases.build(folder)
        for one in range(seed, seed + number):
            rng = random.Random(one)  # noqa: S311 - to be repeated, not to be secret
            before = mutate(folder, rng)
            began = time.perf_counter()
            failure = examine(folder, rng)
            results.append(Result(time.perf_counter() - began, failure))
            if failure is not None and told is not None:
                told(one, failure)
            for path, data in before.items():
                path.write_bytes(data)
    return results


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    seen: Counter[str] = Counter()

    def tell(one: int, failure: str) -> None:
        """Print the first of each kind of failure."""
        seen[failure] += 1
        if seen[failure] == 1:
            print(f"input {one}: {failure}")

    found = run(count, first, tell)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    slowest = max(result.seconds for result in found)
    print(
        f"{len(found):,} inputs, {sum(seen.values()):,} failures, slowest {slowest:.2f} s, peak {peak:,.0f} MB"
    )
    for failure, times in seen.most_common():
        print(f"{times:6,} {failure}")
    sys.exit(bool(seen))
