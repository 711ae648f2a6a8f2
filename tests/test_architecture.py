"""A room imports only rooms below it, and some libraries are imported in one room alone.

A room is a module of the package, or a folder with everything in it. Imports inside functions and
those for type checkers count as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reported_losses

ROOT = Path(reported_losses.__file__ or "").parent

# From the ground up; docs/design.md says what each room is for.
ROOMS = (
    "issue",
    "errors",
    "files",
    "definition",
    "writing",
    "parsing",
    "validation",
    "report",
    "loading",
    "intake",
    "net",
    "release",
    "site",
    "commands",
    "generate",
)
# The public names and `python -m reported_losses`, above all rooms.
ENTRIES = ("__init__", "__main__")
HEIGHT = {name: height for height, name in enumerate((*ROOMS, *ENTRIES))}

# Which parts of the package may import what is slow or dangerous.
RESERVED = {
    "pandera": ("validation",),
    "frictionless": ("loading",),
    "requests": ("net",),
    "urllib.request": ("net",),
    "urllib3": ("net",),
    "http": ("net",),
    "socket": ("net",),
    "subprocess": ("validation/history",),
    # pooch is given our own downloader, or it would open connections.
    "pooch": ("release/downloads",),
    "pickle": (),
}

FILES = sorted(ROOT.rglob("*.py"))
EVERY_FILE = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


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


def wrong_imports(path: Path, room: str) -> list[str]:
    return [
        f"{path.name}:{line}: {room} imports {other}"
        for line, other in rooms(path)
        if other != room and HEIGHT.get(other, len(HEIGHT)) >= HEIGHT[room]
    ]


def may_import(path: str, library: str) -> bool:
    return any(
        path.removesuffix(".py") == part or path.startswith(f"{part}/")
        for part in RESERVED[library]
    )


@EVERY_FILE
def test_a_room_imports_only_rooms_below(path: Path) -> None:
    assert room_of(path) in HEIGHT, f"add the room {room_of(path)} to ROOMS"
    assert not wrong_imports(path, room_of(path))


@EVERY_FILE
def test_reserved_libraries_stay_where_they_belong(path: Path) -> None:
    wrong = [
        f"{path.name}:{line}: {name}"
        for line, name in imports(path)
        for library in RESERVED
        if f"{name}.".startswith(f"{library}.")
        and not may_import(path.relative_to(ROOT).as_posix(), library)
    ]
    assert not wrong


def test_no_room_has_the_name_of_a_public_name() -> None:
    # Importing such a room would put the module in the place of the function.
    assert not {room_of(path) for path in FILES} & set(reported_losses.__all__)


def test_a_wrong_import_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "room.py"
    path.write_text(
        "import reported_losses\n"
        "def f():\n    from reported_losses.commands.cli import main\n"
        "from reported_losses import check\nimport reported_losses.definition.names as x\n",
        encoding="utf-8",
    )
    assert set(rooms(path)) == {(1, "__init__"), (3, "commands"), (4, "check"), (5, "definition")}
    assert wrong_imports(path, "loading") == [
        "room.py:1: loading imports __init__",
        "room.py:4: loading imports check",
        "room.py:3: loading imports commands",
    ]
    assert "room.py:5: errors imports definition" in wrong_imports(path, "errors")


def test_a_reserved_library_is_seen() -> None:
    assert may_import("validation/pandera_schemas.py", "pandera")
    assert may_import("validation/history.py", "subprocess")
    assert may_import("validation/history/git.py", "subprocess")
    assert not may_import("validation/check.py", "subprocess")
    assert not may_import("loading/load.py", "pickle")
