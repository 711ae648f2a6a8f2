"""A table of four columns: plain and dictionary-encoded text, a date, an integer."""

from __future__ import annotations

from reported_losses.definition.schema import Field, Table

FIELDS = (
    Field("name", "", "", "string", required=True),
    Field("kind", "", "", "string", categorical=True),
    Field("day", "", "", "date"),
    Field("total", "", "", "integer"),
)
TABLE = Table("small", "", "", "data/small.csv", FIELDS, ("name",))
HEADER = "name,kind,day,total\n"
