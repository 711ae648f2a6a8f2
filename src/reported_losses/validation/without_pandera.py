"""What stands for the classes that need pandera where it is not installed.

They can be imported, listed and read about, so that completion and `help` work without the extra.
Whoever uses one is told what to install.
"""

from __future__ import annotations

from typing import NoReturn

from reported_losses.errors import MissingExtraError


def missing(name: str) -> MissingExtraError:
    """Build the error for the use of something that needs pandera."""
    return MissingExtraError(f"{name} needs pandera: pip install 'reported-losses[validate]'")


def has_pandera() -> bool:
    """Return whether pandera can be imported; this imports it."""
    try:
        import pandera.pandas  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return True


class NeedsPandera(type):
    """The type of a class that cannot be used without pandera."""

    def __call__(cls, *_: object, **__: object) -> NoReturn:
        """Refuse to make an instance."""
        raise missing(cls.__name__)


class TableSchema(metaclass=NeedsPandera):
    """The pandera schema of one table. It needs pandera (extra `validate`)."""


class TableModel(metaclass=NeedsPandera):
    """A table as a pandera model. It needs pandera (extra `validate`)."""

    @classmethod
    def validate(cls, *_: object, **__: object) -> NoReturn:
        """Validate a frame, with pandera."""
        raise missing(f"{cls.__name__}.validate()")

    @classmethod
    def to_schema(cls) -> NoReturn:
        """Return the schema of the table, with pandera."""
        raise missing(f"{cls.__name__}.to_schema()")
