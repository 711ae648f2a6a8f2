"""The generated pandera models stand for the schemas."""

from __future__ import annotations

import pandas as pd
import pytest
from pandera.errors import SchemaError
from pandera.pandas import check_types
from pandera.typing import DataFrame

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.generate.pandera_models import class_name
from reported_losses.validation import models
from reported_losses.validation.models import Categories


@check_types
def labels(categories: DataFrame[Categories]) -> list[str]:
    return categories["label_en"].tolist()


def test_an_annotation_validates_the_frame() -> None:
    frame = rl.load("categories")
    assert labels(frame) == frame["label_en"].tolist()  # type: ignore[arg-type]
    wrong = frame.assign(unit="pound")
    with pytest.raises(SchemaError, match=r"categories\.unit\.enum"):
        labels(wrong)  # type: ignore[arg-type]


def test_a_frame_can_be_made_of_a_model() -> None:
    frame = rl.load("categories")
    made = DataFrame[Categories](frame)
    assert isinstance(made, pd.DataFrame)
    with pytest.raises(SchemaError):
        DataFrame[Categories](frame.drop(columns="unit"))


def test_every_table_has_a_model_with_its_columns() -> None:
    for name, table in installed().tables.items():
        model = getattr(models, class_name(table))
        assert model.to_schema().name == name
        assert tuple(model.to_schema().columns) == table.names
        assert [getattr(model, column) for column in table.names] == list(table.names)
