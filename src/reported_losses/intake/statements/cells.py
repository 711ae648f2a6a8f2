"""The cells of a remark: as texts, and the values that a text stands for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from reported_losses.intake.statements.remark import Amount, Remark
from reported_losses.intake.upstream_files import Location
from reported_losses.intake.upstream_values import optional_date, optional_figure

OF_SPEAKER = {
    "speaker": "name",
    "speaker_role": "role",
    "via": "via",
    "organisation": "organisation",
}
OF_REMARK = {
    "stated_on": "stated_on",
    "stated_on_precision": "precision",
    "subject": "subject",
    "topic": "topic",
    "confidence": "confidence",
}
OF_AMOUNT = tuple(field.name for field in dataclasses.fields(Amount))
_DATES = ("stated_on", "period_start", "period_end")
_FIGURES = ("low", "high")


def cell_value(location: Location, column: str, text: str) -> str | dt.date | None:
    """Return the value of a curated cell.

    Raises:
        UpstreamError: It is no date, or no figure, where one is due.
    """
    if column in _DATES:
        day = optional_date(location, column, text)
        if day is None and column == "stated_on":
            raise location.error("gives no stated_on; a date was expected")
        return day
    if column in _FIGURES:
        return optional_figure(location, column, text)
    return text or None


def cell_of(remark: Remark, column: str) -> str:
    """Return a cell of a remark as text; an empty one is ""."""
    if column == "notes":
        return "; ".join(remark.notes)
    if column in OF_SPEAKER:
        value = getattr(remark.speaker, OF_SPEAKER[column])
    elif column in OF_REMARK:
        value = getattr(remark, OF_REMARK[column])
    else:
        value = getattr(remark.amount, column)
    return "" if value is None else str(value)


def notes_of(text: str) -> tuple[str, ...]:
    """Return the notes that a cell holds, one fact each."""
    return tuple(note.strip() for note in text.split(";") if note.strip())


def with_cell(remark: Remark, column: str, value: Any) -> Remark:  # noqa: ANN401 - of any type
    """Return a remark with another value in a cell; a cell of the amount needs an amount."""
    if column in OF_SPEAKER:
        speaker = dataclasses.replace(remark.speaker, **{OF_SPEAKER[column]: value})
        return dataclasses.replace(remark, speaker=speaker)
    if column in OF_REMARK:
        return dataclasses.replace(remark, **{OF_REMARK[column]: value})
    assert remark.amount is not None, "a decision about its figure is refused before"
    amount = dataclasses.replace(remark.amount, **{column: value})
    return dataclasses.replace(remark, amount=amount)


def with_speaker(remark: Remark, name: str, slug: str) -> Remark:
    """Return a remark of another speaker; unnamed officials of one body keep one slug."""
    old = remark.speaker
    unnamed = "(unnamed)" in name and old.slug.endswith("-unnamed")
    speaker = dataclasses.replace(old, name=name, slug=old.slug if unnamed else slug)
    return dataclasses.replace(remark, speaker=speaker)
