"""`docs/api.md`: every public name of the package, in the words of its docstring."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import FunctionType
from typing import Any, get_args

from reported_losses.generate.docstrings import docstring_markdown
from reported_losses.generate.markdown import wrapped
from reported_losses.generate.rule_pages import anchor

# The public names stand above all rooms, so no room imports them; this page is about them.
rl: Any = importlib.import_module("reported_losses")

_HEAD = """\
# API

Generated from the docstrings by `make generated`: do not edit.

Everything that `import reported_losses as rl` gives. [Loading](loading.md) and the
[cookbook](cookbook.md) show how the parts go together.
"""
_WIDTH = 88
_CALLS = {
    "Load": "load timeline daily periods compare claims plot dataset",
    "Look around": "tables describe status citation __version__",
    "Check": "check diff schema models",
    "Download": "releases fetch url changes path parquet package",
}
_VALUES, _ERRORS = "Values", "Errors and warnings"
_PLAIN = {
    "__version__": "The version of the data, as text, such as `0.1.0`.",
    "models": "A pandera model per table, for annotations: `DataFrame[rl.models.LossCounts]`.\n",
    "TableName": "The names of the tables, as a type for annotations:",
}


def groups() -> dict[str, list[str]]:
    """Return the public names in the order of the page, by the title of their section."""
    found = {title: names.split() for title, names in _CALLS.items()}
    rest = [name for name in rl.__all__ if not any(name in names for names in found.values())]
    found[_VALUES] = [name for name in rest if not _is_error(name)]
    found[_ERRORS] = [name for name in rest if _is_error(name)]
    return found


def _is_error(name: str) -> bool:
    value = getattr(rl, name)
    return isinstance(value, type) and issubclass(value, Exception)


def api_page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for title, names in groups().items():
        links = ", ".join(f"[`{name}`](#rl.{name})" for name in names)
        parts += [f"## {title}\n", f"{wrapped(links)}.\n", *map(_entry, names)]
    return "\n".join(parts)


def _entry(name: str) -> str:
    value = getattr(rl, name)
    lines = [f"{anchor(f'rl.{name}')}\n", f"### `rl.{name}`\n"]
    if name in _PLAIN:
        listed = ", ".join(f"`{one}`" for one in _listed(name))
        lines += [_PLAIN[name], *(["", f"{listed}."] if listed else [])]
    elif isinstance(value, type):
        lines.append("\n\n".join(_of_class(name, value)))
    else:
        lines.append("\n\n".join(_of_function(f"rl.{name}", value)))
    return "\n".join([*lines, ""])


def _listed(name: str) -> list[str]:
    if name == "TableName":
        return list(get_args(rl.TableName))
    if name == "models":
        own = rl.models.__name__
        return [one for one, what in vars(rl.models).items() if _is_class_of(own, what)]
    return []


def _is_class_of(module: str, value: object) -> bool:
    return isinstance(value, type) and value.__module__ == module


def _of_function(name: str, function: FunctionType) -> Iterator[str]:
    yield f"```python\n{signature(name, function)}\n```"
    yield docstring_markdown(inspect.getdoc(function) or "")


def _of_class(name: str, value: type) -> Iterator[str]:
    yield docstring_markdown(inspect.getdoc(value) or "")
    for member, what in vars(value).items():
        if member.startswith("_"):
            continue
        if isinstance(what, FunctionType):
            yield f"#### `{name}.{member}`"
            yield from _of_function(f"{name}.{member}", what)
        elif isinstance(what, property):
            yield f"#### `{name}.{member}`"
            yield docstring_markdown(inspect.getdoc(what) or "")


def signature(name: str, function: FunctionType) -> str:
    """Return how a function is called, over several lines if one is too long.

    >>> def double(number: int, *, times: int = 1) -> int: ...
    >>> signature("double", double)
    'double(number: int, *, times: int = 1) -> int'
    """
    found = inspect.signature(function)
    parameters = [_parameter(one) for one in found.parameters.values() if one.name != "self"]
    kinds = [one.kind for one in found.parameters.values() if one.name != "self"]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        parameters.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    short = f"{name}({', '.join(parameters)}) -> {found.return_annotation}"
    if len(short) <= _WIDTH:
        return short
    inside = "".join(f"    {one},\n" for one in parameters)
    return f"{name}(\n{inside}) -> {found.return_annotation}"


def _parameter(one: inspect.Parameter) -> str:
    default = "" if one.default is one.empty else f" = {one.default!r}"
    return f"{one.name}: {one.annotation}{default}"
