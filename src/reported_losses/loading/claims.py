"""`claims()`: what was said about losses, with who said it, when, and where it can be read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reported_losses.dataset.descriptor import installed
from reported_losses.errors import unknown_name
from reported_losses.loading.load import load

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "stated_on",
    "stated_on_precision",
    "speaker",
    "speaker_role",
    "via",
    "organisation",
    "side",
    "subject",
    "measure",
    "category",
    "reporter",
    "rate",
    "basis",
    "subset",
    "place",
    "low",
    "high",
    "qualifier",
    "period_start",
    "period_end",
    "period_precision",
    "confidence",
    "title",
    "publisher",
    "url",
    "second_url",
    "note",
    "statement",
    "claim",
)


def claims(
    *,
    subject: str | None = None,
    measure: str | None = None,
    basis: str | None = None,
    organisation: str | None = None,
    as_of: str | dt.date | None = None,
) -> pd.DataFrame:
    """Give the figures of statements, each with its speaker, range, dates and source.

    What the numbers mean, and what they do not:

    - `measure` is what the speaker counted. *killed*, *killed-or-wounded* and the General
      Staff's *personnel* ("lost") are three things; none may stand for another.
    - `basis` is what a figure rests on. Lists of names (`confirmed-by-name`) and of pictures
      (`visually-confirmed`) are lower bounds. `estimated` is worked out, `forecast` and
      `target` are no counts of anything that happened.
    - `side` is that of the body spoken for. A belligerent's figure of its opponent's losses is
      a claim about an enemy, one of its own losses an admission: compare `side` with `subject`.
    - `rate` is `total`, or a figure per day, week, month or stretch of ground; never mix them.
      A total counts from `period_start` to `period_end`, which is not always the whole war;
      `subset` and `place` say where it counts a part, or more than `measure` names.
    - `low` or `high` is missing where the speaker gave a bound: *more than* has no `high`,
      *up to* and *nearly* have no `low`.

    Args:
        subject: Whose losses, such as "russia".
        measure: What is counted, such as "killed".
        basis: What the figure rests on, such as "confirmed-by-name".
        organisation: The body spoken for, such as "mediazona-bbc".
        as_of: A day: the claims as this dataset held them at its end.

    Returns:
        A pandas frame in order of `stated_on`; empty where nobody said such a thing.

    Raises:
        UnknownNameError: There is no such subject, measure, basis or organisation.
        BadArgumentError: `as_of` is not a day, or lies before the first record.

    >>> said = claims(subject="russia", measure="killed", organisation="us-cia")
    >>> said["speaker"].iloc[0], said["qualifier"].iloc[0], int(said["low"].iloc[0])
    ('William Burns', 'about', 15000)
    """
    wanted = {"subject": subject, "measure": measure, "basis": basis, "organisation": organisation}
    _check(wanted)
    frame = _joined(as_of)
    for name, value in wanted.items():
        if value is not None:
            frame = frame[frame[name] == value]
    order = ["stated_on", "statement", "claim"]
    return frame.sort_values(order, ignore_index=True)[list(COLUMNS)]


def _check(wanted: dict[str, str | None]) -> None:
    table = installed().table("claims")
    bodies = load("organisations", columns=["organisation"], engine="arrow")
    for name, value in wanted.items():
        known = (
            bodies.column("organisation").to_pylist()
            if name == "organisation"
            else table.field(name).enum or ()
        )
        if value is not None and value not in known:
            raise unknown_name(name, value, known)


def _joined(as_of: str | dt.date | None) -> pd.DataFrame:
    """Join claims to statements, organisations and sources."""
    said = load("claims", as_of=as_of).drop(columns="recorded_on")
    statements = load("statements", as_of=as_of).drop(columns=["recorded_on", "confidence"])
    bodies = load("organisations", columns=["organisation", "side"])
    pages = load("sources", columns=["source", "title", "publisher", "url"])
    second = pages[["source", "url"]].set_axis(["second_source", "second_url"], axis=1)
    # Keys are texts for the joins: categoricals of two tables differ in their categories.
    frame = _text(said, "statement").merge(_text(statements, "statement"), on="statement")
    frame["note"] = _notes(frame["note_x"], frame["note_y"])
    for other, key in ((bodies, "organisation"), (pages, "source"), (second, "second_source")):
        frame = _text(frame, key).merge(_text(other, key), how="left", on=key)
    return frame


def _text(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame.astype({key: "str"})


def _notes(own: pd.Series[str], common: pd.Series[str]) -> pd.Series[str]:
    """Put what holds for the claim before what holds for the whole statement."""
    both = own.fillna("") + "; " + common.fillna("")
    return both.str.strip("; ").replace("", None)
