"""What a chart says: title, subtitle, names of the axes, source."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.definition.descriptor import installed
from reported_losses.loading.load import load

_PER_LETTER = 0.52
"""Mean width of a letter, as a part of the size of the type."""

_SAYS = {
    "change": "{each}: change on each day, without corrections{mean}.",
    "total": f"Running total since {WAR_BEGAN}.",
    "mean": "Mean of the changes of seven days, up to each day.",
}
_AXES = {
    "change": "{unit} per day",
    "total": "{unit}, running total",
    "mean": "{unit} per day, mean of seven days",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a chart.

    Attributes:
        title: What is shown, and who reported it.
        subtitle: What the figures are not, and how to read the chart.
        y_axis: Name of the vertical axis, with the unit.
        source: The dataset with its version and licence.
    """

    title: str
    subtitle: str
    y_axis: str
    source: str


def words(  # noqa: PLR0913 - what the texts tell of
    category: str,
    *,
    reporter: str,
    subject: str,
    kind: str,
    each: str,
    mean: str,
    as_of: dt.date | None,
    notes: tuple[str, ...],
) -> Words:
    """Return the texts of a chart.

    Args:
        category: The category shown.
        reporter: The organisation that counts.
        subject: Whose losses.
        kind: One of `chart_rows.KINDS`.
        each: What shows a single day: "Bars" or "Dots".
        mean: What shows the mean of seven days: "line", "point", or "" if nothing does.
        as_of: The day of the earlier state shown, if it is one.
        notes: Further sentences for the subtitle.
    """
    label, unit = _cells("categories", category, "label_en", "unit")
    (name,) = _cells("organisations", reporter, "name")
    raw: Any = installed().raw
    state = f" as of {as_of}" if as_of else ""
    says = _SAYS[kind].format(each=each, mean=f"; {mean}: mean of seven days" if mean else "")
    return Words(
        title=f"{label}: losses of {subject.title()} reported by {with_article(name)}",
        subtitle=" ".join(["Reported, not confirmed.", says, *notes]),
        y_axis=_AXES[kind].format(unit=unit.capitalize()),
        source=f"Source: reported-losses {raw['version']}{state}, {raw['licenses'][0]['name']}",
    )


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return a text in lines of about the same length that fit into a width.

    Args:
        text: The text.
        width: The width in pixels.
        size: The size of the type in pixels.

    >>> wrapped("reported, not confirmed", 100, 11)
    ['reported, not', 'confirmed']
    """
    letters = max(int(width / (size * _PER_LETTER)), 10)
    lines = textwrap.wrap(text, letters)
    while (shorter := textwrap.wrap(text, letters - 1)) and len(shorter) == len(lines):
        lines, letters = shorter, letters - 1
    return lines


def _cells(table: str, key: str, *columns: str) -> tuple[str, ...]:
    """Return cells of the row that a key names."""
    (name,) = installed().table(table).primary_key
    frame = load(table, engine="arrow", columns=[name, *columns]).to_pylist()
    (row,) = (row for row in frame if row[name] == key)
    return tuple(row[column] for column in columns)


def with_article(name: str) -> str:
    """Return an organisation's name as it stands in a sentence.

    >>> with_article("Oryx"), with_article("General Staff of the Armed Forces of Ukraine")
    ('Oryx', 'the General Staff of the Armed Forces of Ukraine')
    """
    return f"the {name}" if " " in name else name
