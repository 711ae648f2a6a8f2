"""How the schemas of two states of a package differ: what changed, and whether it became weaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from reported_losses.definition.history import STRICTNESS
from reported_losses.definition.schema import Field, ForeignKey, Package, Table
from reported_losses.definition.versions import Part

_LOWER, _UPPER = ("minimum", "min_length"), ("maximum", "max_length")
_WORDS = {"min_length": "minLength", "max_length": "maxLength"}


class _Change(Protocol):
    """Builds a change of one column."""

    def __call__(self, words: str, *, weaker: bool, part: Part = Part.MINOR) -> SchemaChange:
        """Return the change."""


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One difference between the schemas of two states.

    Attributes:
        table: Table concerned.
        column: Column concerned; None for the table as a whole.
        words: What changed, in words.
        part: The part of the version that the change demands.
        weaker: Whether less is asked of the data than before.
    """

    table: str
    column: str | None
    words: str
    part: Part
    weaker: bool = False


def schema_changes(old: Package, new: Package) -> tuple[SchemaChange, ...]:
    """Compare the schemas of two states of a package.

    Args:
        old: Descriptor of the earlier state.
        new: Descriptor of the later state.

    Returns:
        The changes that matter to the data, table by table. A constraint that became
        stricter is one as well; texts for people are not.

    >>> from reported_losses.definition.descriptor import installed
    >>> schema_changes(installed(), installed())
    ()
    """
    return tuple(_changes(old, new))


def _changes(old: Package, new: Package) -> Iterator[SchemaChange]:
    for name, table in old.tables.items():
        if name in new.tables:
            yield from _of_table(table, new.tables[name])
        else:
            yield SchemaChange(name, None, f"the table {name} is gone", Part.MAJOR, weaker=True)
    for name in new.tables:
        if name not in old.tables:
            yield SchemaChange(name, None, f"the table {name} is new", Part.MINOR)


def _of_table(old: Table, new: Table) -> Iterator[SchemaChange]:
    name = old.name
    if old.primary_key != new.primary_key:
        keys = f"{', '.join(old.primary_key)} became {', '.join(new.primary_key)}"
        yield SchemaChange(name, None, f"the primary key {keys}", Part.MAJOR, weaker=True)
    held = {field.name: field for field in new.fields}
    for field in old.fields:
        if field.name in held:
            yield from _of_field(name, field, held[field.name])
        else:
            words = f"the column {field.name} is gone"
            yield SchemaChange(name, field.name, words, Part.MAJOR, weaker=True)
    for column in held.keys() - set(old.names):
        part = Part.MAJOR if held[column].required else Part.MINOR
        yield SchemaChange(name, column, f"the column {column} is new", part)
    yield from _references(name, old.foreign_keys, new.foreign_keys)


def _references(
    name: str, old: tuple[ForeignKey, ...], new: tuple[ForeignKey, ...]
) -> Iterator[SchemaChange]:
    for key in old:
        if key not in new:
            words = f"{', '.join(key.fields)} no longer refers to {key.table}"
            yield SchemaChange(name, key.fields[0], words, Part.MAJOR, weaker=True)
    for key in new:
        if key not in old:
            words = f"{', '.join(key.fields)} refers to {key.table}"
            yield SchemaChange(name, key.fields[0], words, Part.MINOR)


def _of_field(table: str, old: Field, new: Field) -> Iterator[SchemaChange]:
    def change(words: str, *, weaker: bool, part: Part = Part.MINOR) -> SchemaChange:
        part = Part.MAJOR if weaker else part
        return SchemaChange(table, old.name, f"{old.name}: {words}", part, weaker)

    if old.type != new.type:
        yield change(f"the type {old.type} became {new.type}", weaker=True)
    for keyword in ("required", "unique"):
        before, after = getattr(old, keyword), getattr(new, keyword)
        if before != after:
            yield change(f"{keyword} became {str(after).lower()}", weaker=before)
    if old.pattern != new.pattern:
        words = f"the pattern {old.pattern or 'none'} became {new.pattern or 'none'}"
        yield change(words, weaker=old.pattern is not None)
    yield from _of_words(old, new, change)
    for keyword in (*_LOWER, *_UPPER):
        before, after = getattr(old, keyword), getattr(new, keyword)
        if before != after and old.type == new.type:
            words = f"{_WORDS.get(keyword, keyword)} {_shown(before)} became {_shown(after)}"
            yield change(words, weaker=_wider(before, after, lower=keyword in _LOWER))
    if old.history != new.history:
        words = f"the history {old.history} became {new.history}"
        looser = STRICTNESS[new.history] < STRICTNESS[old.history]
        yield change(words, weaker=looser and old.history_stated)


def _of_words(old: Field, new: Field, change: _Change) -> Iterator[SchemaChange]:
    """Compare the listed words: one more is no weaker rule, but one in the place of another is."""
    before, after = set(old.enum or ()), set(new.enum or ())
    if old.enum is not None and new.enum is None:
        yield change("any word is allowed, no longer only those listed", weaker=True)
    elif old.enum is None and new.enum is not None:
        yield change("only listed words are allowed", weaker=False)
    elif before - after:
        gone, more = ", ".join(sorted(before - after)), ", ".join(sorted(after - before))
        words = f"{gone} became {more}" if more else f"{gone} is no longer listed"
        yield change(words, weaker=bool(more), part=Part.MAJOR)
    elif after - before:
        yield change(f"{', '.join(sorted(after - before))} is listed as well", weaker=False)


def _wider(before: Any, after: Any, *, lower: bool) -> bool:  # noqa: ANN401 - of the field's type
    if before is None or after is None:
        return after is None
    return bool(after < before if lower else after > before)


def _shown(bound: object) -> str:
    return "none" if bound is None else str(bound)
