"""Imports run one way: a room knows the rooms below it and none beside or above.

A room is a module, or a package with all that is in it. Imports for checkers alone and those
inside functions count like any other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reported_losses

ROOT = Path(reported_losses.__file__ or "").parent

LAYERS = [
    # From the ground up; `docs/design.md` says what each room is for.
    "files issue",
    "errors",
    "dataset",
    "parsing",
    "validation",
    "report",
    "loading",
    "intake",
    "net release",
    "commands",
    "generate",
    "__init__ __main__",
]
HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms.split()}

# Who alone may import what: the price or the danger of it stays in one place.
RESERVED = {
    "pandera": {"validation"},
    "frictionless": {"loading", "dataset"},
    "requests": {"net"},
    "urllib.request": {"net"},
    "http": {"net"},
    "socket": {"net"},
    "subprocess": set[str](),
    "pickle": set[str](),
}

FILES = sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Give the line and the full dotted name of everything a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def rooms(path: Path) -> Iterator[tuple[int, str]]:
    """Give the line and the name of every room a file imports."""
    for line, name in imports(path):
        package, *rest = name.split(".")
        if package == "reported_losses":
            yield line, rest[0] if rest else "__init__"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_room_imports_only_rooms_below(path: Path) -> None:
    room = room_of(path)
    assert room in HEIGHT, f"{room} has no place in LAYERS"
    wrong = [
        f"{path.name}:{line}: {room} imports {other}"
        for line, other in rooms(path)
        if other != room and HEIGHT.get(other, len(LAYERS)) >= HEIGHT[room]
    ]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_reserved_libraries_stay_in_their_rooms(path: Path) -> None:
    wrong = [
        f"{path.name}:{line}: {name}"
        for line, name in imports(path)
        for library, allowed in RESERVED.items()
        if f"{name}.".startswith(f"{library}.") and room_of(path) not in allowed
    ]
    assert not wrong


def test_rules_do_no_input_and_output() -> None:
    files = [path for path in FILES if "rules" in path.parts]
    assert files
    used = {name.partition(".")[0] for path in files for _, name in imports(path)}
    assert not used & {"os", "io", "pathlib", "pandas", "polars", "pyarrow", "sys", "time"}


def test_a_wrong_arrow_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "room.py"
    path.write_text(
        "import reported_losses\n"
        "def f():\n    from reported_losses.commands.cli import main\n"
        "from reported_losses import check\nimport reported_losses.loading.load as x\n",
        encoding="utf-8",
    )
    assert set(rooms(path)) == {(1, "__init__"), (3, "commands"), (4, "check"), (5, "loading")}
