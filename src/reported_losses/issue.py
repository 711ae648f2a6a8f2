"""What a check finds. Standard library only, so that every room may import this one."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


class Severity(enum.StrEnum):
    """How much an issue matters: an error stops a change, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class Key(Mapping[str, str]):
    """A primary key: column names to cell texts, ordered as the key is, hashable.

    >>> import reported_losses as rl
    >>> rl.Key(category="tanks", report_date="2023-02-22")["category"]
    'tanks'
    """

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, str] | None = None, /, **more: str) -> None:
        self._cells = tuple({**(cells or {}), **more}.items())

    def __getitem__(self, name: str) -> str:
        for key, value in self._cells:
            if key == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __hash__(self) -> int:
        return hash(self._cells)

    def __eq__(self, other: object) -> bool:
        return self._cells == other._cells if isinstance(other, Key) else dict(self) == other

    def __repr__(self) -> str:
        return f"Key({dict(self._cells)!r})"

    def __str__(self) -> str:
        return "/".join(value for _, value in self._cells)


NO_KEY = Key()


@dataclass(frozen=True, slots=True)
class CodeText:
    """What people are told of one code, whatever gives it: a file, a schema or a rule.

    Attributes:
        code: Stable code.
        severity: How much its issues matter.
        title: What holds, in one line.
        rationale: Why it must hold.
        example: What breaks it.
        fix: What to do about it.
        expected: What is expected instead of what was found, if that is always the same.
    """

    code: str
    severity: Severity
    title: str
    rationale: str
    example: str
    fix: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem found in the data.

    Attributes:
        code: Stable code of the rule, such as `loss_counts/never-decreases`.
        severity: Error or warning.
        message: One sentence in terms of the report: what is wrong.
        table: Table the problem is in, if it is in one.
        path: File, relative to the package folder, with forward slashes.
        line: Physical line in the file, from 1; None for a problem of the whole file.
        column: Name of the column; None for a problem of the whole row or file.
        position: Character at which the cell begins in its line, from 1.
        key: Primary key of the row; empty where there is none.
        found: The text found.
        expected: What was expected instead.
        hint: What to do next.
        value: What the cell should hold, if one slip explains what was found and nothing speaks
            for another value; a form may offer it as a correction.
    """

    code: str
    severity: Severity
    message: str
    table: str | None = None
    path: str | None = None
    line: int | None = None
    column: str | None = None
    position: int | None = None
    key: Key = field(default=NO_KEY)
    found: str | None = None
    expected: str | None = None
    hint: str | None = None
    value: str | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Sort key: file, line, position in the line, code, then the rest."""
        return (
            self.path or "",
            self.line or 0,
            self.position or 0,
            self.code,
            self.column or "",
            str(self.key),
            self.message,
            self.found or "",
            self.expected or "",
            self.hint or "",
            self.value or "",
        )

    def __lt__(self, other: Issue) -> bool:
        return self.order < other.order
