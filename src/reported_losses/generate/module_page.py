"""`docs/modules.md`: what every module is for, in the words of its docstring."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[1]

_HEAD = """\
# Modules

Generated from the docstrings in `src/reported_losses/` by `make generated`: do not edit.
[Design](design.md) says what each room is for.
"""


def module_page() -> str:
    """Return the page: the single modules, then each folder with its modules."""
    folders = sorted(path.parent for path in _ROOT.glob("*/__init__.py"))
    parts = [_HEAD, *_table("Single modules", _ROOT, sorted(_ROOT.glob("*.py")))]
    for folder in folders:
        parts += _table(folder.name, folder, sorted(folder.rglob("*.py")))
    return "\n".join(parts)


def _table(title: str, folder: Path, paths: list[Path]) -> Iterator[str]:
    yield f"## {title}\n\n| module | what it is for |\n| --- | --- |"
    for path in paths:
        yield f"| `{path.relative_to(folder).as_posix()}` | {_summary(path)} |"
    yield ""


def _summary(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0].replace("|", r"\|")
