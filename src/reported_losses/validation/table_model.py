"""What the generated pandera models of the tables have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reported_losses.validation.without_pandera import has_pandera

__all__ = ["TableModel", "typing"]

if TYPE_CHECKING or has_pandera():
    import pandera.pandas as pandera
    from pandera import typing

    from reported_losses.validation.pandera_schemas import TableSchema
    from reported_losses.validation.schema import schema

    class TableModel(pandera.DataFrameModel):
        """A table as a pandera model: its schema is the one that `rl.schema` gives.

        Use a subclass in annotations, such as `DataFrame[LossCounts]`, which
        `@pandera.check_types` validates; or `LossCounts.validate(frame)`.
        """

        @classmethod
        def to_schema(cls) -> TableSchema:
            """Return the schema of the table, with every rule."""
            return schema(str(cls.Config.name))

else:
    from reported_losses.validation.without_pandera import TableModel

    typing = None
