"""What the columns of computed tables mean, for `attrs`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reported_losses.definition.schema import Field

TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "daily": ("Figures day by day", "One figure of one report, with what follows from it."),
        "timeline": ("One category day by day", "One figure of one report, with its correction."),
        "periods": ("Sums by period", "One category's changes and increments in one period."),
    }
)
"""Title and description of each computed table."""

_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "delta": "This total minus that of the day before; missing if the day before has none.",
        "change": "Change of the total without corrections; missing where nothing can be compared.",
        "correction": "What the table corrections has for the day; 0 if it has no row.",
        "increment_mean_7": "Mean of the printed increments of the seven days that end on this "
        "one; missing if one of them is missing.",
        "change_mean_7": "Mean of the changes of the seven days that end on this one; missing if "
        "one of them is missing.",
        "period_start": "First day of the period.",
        "period_end": "Last day of the period.",
        "change_days": "How many days the change covers.",
        "increment_days": "How many days have a printed increment.",
        "days": "How many days of the period are due.",
        "partial": "Whether the change leaves out a day of the period.",
        "increment_partial": "Whether a day of the period has no printed increment.",
    }
)
_NOT_COUNTS = frozenset({"change_days", "increment_days", "days"})


def computed_field(name: str, kind: str, *, required: bool = False) -> Field:
    """Return the field of a computed column.

    Args:
        name: Name of the column; its meaning is listed above.
        kind: Table Schema type.
        required: Whether every cell has a value.

    >>> computed_field("delta", "integer").unit
    'count'
    """
    counted = kind in {"integer", "number"}
    unit = ("days" if name in _NOT_COUNTS else "count") if counted else None
    return Field(name, name, _MEANINGS[name], kind, unit, required=required)
