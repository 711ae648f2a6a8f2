"""What the generated pandera models of the tables have in common."""

from __future__ import annotations

# First, because it says what to install if pandera is missing.
from reported_losses.validation.pandera_schemas import TableSchema, schema  # isort: skip

import pandera.pandas as pandera
from pandera import typing

__all__ = ["TableModel", "typing"]


class TableModel(pandera.DataFrameModel):
    """A table as a pandera model: its schema is the one that `rl.schema` gives.

    Use a subclass in annotations, such as `DataFrame[LossCounts]`, which `@pandera.check_types`
    validates; or `LossCounts.validate(frame)`.
    """

    @classmethod
    def to_schema(cls) -> TableSchema:
        """Return the schema of the table, with every rule."""
        return schema(str(cls.Config.name))
