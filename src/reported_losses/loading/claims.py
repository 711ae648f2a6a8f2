"""`claims()`: figures from statements, with speaker, day and source."""

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
    "derived_from",
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
    "other_urls",
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
    """Return the figures of statements, each with its speaker, range, dates and source.

    How to read the figures:

    - `measure` is what the speaker counted. *killed*, *killed-or-wounded* and the General
      Staff's *personnel* ("lost") are three different things; do not mix them.
    - `basis` is what a figure rests on. Lists of names (`confirmed-by-name`) and of pictures
      (`visually-confirmed`) are lower bounds. `estimated` is worked out; `forecast` and
      `target` do not count anything that happened.
    - Compare `side` with `subject`: a belligerent's figure of its opponent's losses is a claim
      about an enemy, a figure of its own losses an admission.
    - `rate` is `total`, or a figure per day, week, month or distance; do not mix them. A total
      counts from `period_start` to `period_end`, which is not always the whole war. `subset`
      and `place` say that it counts a part, or more than `measure` names.
    - `low` or `high` is missing if the speaker gave a bound: *more than* has no `high`, *up
      to* and *nearly* have no `low`.

    Args:
        subject: Whose losses, such as "russia".
        measure: What is counted, such as "killed".
        basis: What the figure rests on, such as "confirmed-by-name".
        organisation: The body spoken for, such as "mediazona-bbc".
        as_of: A day, as a date or as text YYYY-MM-DD: the claims as this dataset held them
            at its end.

    Returns:
        A pandas frame in order of `stated_on`, one row per figure, empty if none matches. Its
        30 columns (str is object on pandas 2):

        - `stated_on` (datetime64): day of the statement, or first day of its month.
        - `stated_on_precision` (category): day, inferred or month.
        - `speaker` (str): the person who spoke, or the body that published.
        - `speaker_role` (str): office of the speaker at the time, or missing.
        - `via` (str): the outlet that relayed an unnamed speaker, or missing.
        - `organisation` (str): the body spoken for.
        - `side` (category): the belligerent that the body belongs to, or third-party.
        - `subject` (category): whose losses the figure counts.
        - `measure` (category): what is counted.
        - `category` (category): the category of `loss_counts` with the same meaning, or missing.
        - `reporter` (category): the reporter whose count the claim repeats, or missing.
        - `derived_from` (category): the reporter whose count the claim was worked out from, or
          missing. Such a claim is no second opinion.
        - `rate` (category): total, or the unit of time or space that it is counted by.
        - `basis` (category): what the figure rests on, as the speaker puts it.
        - `subset` (category): the part of the subject counted, or what `measure` includes
          besides its name; or missing.
        - `place` (str): the battle, region or ship that the figure is limited to, or missing.
        - `low`, `high` (Float64): the ends of the range; missing if not given.
        - `qualifier` (category): how the figure was hedged, such as about or more-than.
        - `period_start`, `period_end` (datetime64): first and last day counted, or missing.
        - `period_precision` (category): day, month or inferred; missing without a period.
        - `confidence` (category): how sure the reading of the figure is.
        - `title`, `publisher` (str): the source's title in our words, and its publisher.
        - `url` (str): address of the source; missing if only a copy elsewhere is known.
        - `other_urls` (str): the other pages that tell the statement, separated by spaces, or
          missing.
        - `note` (str): what else a reader should know, or missing.
        - `statement` (str), `claim` (int64): key of the figure in the table `claims`.

    Raises:
        UnknownNameError: There is no such subject, measure, basis or organisation.
        BadArgumentError: `as_of` is not a day, or is before the first record.

    >>> killed = claims(subject="russia", measure="killed", organisation="us-cia")
    >>> killed["speaker"].iloc[0], killed["qualifier"].iloc[0], int(killed["low"].iloc[0])
    ('William Burns', 'about', 15000)
    """
    wanted = {"subject": subject, "measure": measure, "basis": basis, "organisation": organisation}
    _check_names(wanted)
    frame = _joined(as_of)
    for name, value in wanted.items():
        if value is not None:
            frame = frame[frame[name] == value]
    order = ["stated_on", "statement", "claim"]
    return frame.sort_values(order, ignore_index=True)[list(COLUMNS)]


def _check_names(wanted: dict[str, str | None]) -> None:
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
    figures = load("claims", as_of=as_of).drop(columns="recorded_on")
    statements = load("statements", as_of=as_of).drop(columns=["recorded_on", "confidence"])
    bodies = load("organisations", columns=["organisation", "side"])
    sources = load("sources", columns=["source", "title", "publisher", "url"])
    others = _other_urls(load("statement_sources", as_of=as_of), sources)
    # Keys are texts for the joins: categoricals of two tables differ in their categories.
    frame = _text(figures, "statement").merge(_text(statements, "statement"), on="statement")
    frame["note"] = _notes(frame["note_x"], frame["note_y"])
    for other, key in ((bodies, "organisation"), (sources, "source"), (others, "statement")):
        frame = _text(frame, key).merge(_text(other, key), how="left", on=key)
    return frame


def _other_urls(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the addresses of the further pages of each statement, in the order of the table."""
    pages = _text(rows[["statement", "source"]], "source").merge(
        _text(sources[["source", "url"]], "source"), on="source"
    )
    addresses = pages.dropna(subset=["url"]).astype({"statement": "str", "url": "str"})
    joined = addresses.groupby("statement", sort=False)["url"].agg(" ".join)
    return joined.rename("other_urls").reset_index()


def _text(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame.astype({key: "str"})


def _notes(own: pd.Series[str], common: pd.Series[str]) -> pd.Series[str]:
    """Put the claim's note before that of the whole statement."""
    both = own.fillna("") + "; " + common.fillna("")
    return both.str.strip("; ").replace("", None)
