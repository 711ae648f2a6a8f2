"""What the generated pandera models of the tables have in common."""

from __future__ import annotations

import pandera.pandas as pandera

from reported_losses.validation.pandera_schemas import TableSchema, schema


class TableModel(pandera.DataFrameModel):
    """A table as a pandera model: its schema is the one that `rl.schema` gives.

    Use a subclass in annotations, such as `DataFrame[LossCounts]`, which `@pandera.check_types`
    validates; or `LossCounts.validate(frame)`.
    """

    @classmethod
    def to_schema(cls) -> TableSchema:
        """Return the schema of the table, with every rule."""
        return schema(str(cls.Config.name))
