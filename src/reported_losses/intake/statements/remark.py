"""A remark: one figure or assertion of a speaker, as read from one page.

Remarks of one speaker, day and page make up one row of `statements`; each figure among them is
a row of `claims`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Page:
    """Where a remark can be read.

    Attributes:
        title: What the page is, in our own words.
        publisher: Who published it.
        url: Its web address; None if only a copy on another host is known.
        published_on: Day of publication, if known.
        published_on_precision: `day` or `inferred`; None without a day.
        language: ISO 639-1 code.
        note: What else a reader should know.
        name: Slug of the source, if it is not made from publisher and day.
        seen: Whether we read the page itself; False if a list only names it.
    """

    title: str
    publisher: str
    url: str | None = None
    published_on: dt.date | None = None
    published_on_precision: str | None = None
    language: str | None = None
    note: str | None = None
    name: str | None = None
    seen: bool = True

    @property
    def key(self) -> str:
        """What tells pages apart: the web address, or else publisher and title."""
        return page_key(self.url or "", self.publisher, self.title)


def page_key(url: str, publisher: str, title: str) -> str:
    """Return what tells pages apart: the web address, or else publisher and title."""
    return url or f"{publisher}: {title}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke.

    Attributes:
        slug: Stable name, used in the names of statements.
        name: The person, or the organisation that published.
        organisation: Slug of the organisation spoken for.
        role: Office at the time.
        via: The outlet that relayed it.
    """

    slug: str
    name: str
    organisation: str
    role: str | None = None
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure or range; the attributes are columns of `claims`."""

    measure: str
    rate: str
    basis: str
    qualifier: str
    low: str | None = None
    high: str | None = None
    subset: str | None = None
    place: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    period_precision: str | None = None
    category: str | None = None
    reporter: str | None = None
    derived_from: str | None = None

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day counted."""
        return (self.period_start, self.period_end)

    @property
    def ends(self) -> frozenset[str]:
        """The ends of the range that are given, in no order."""
        return frozenset(end for end in (self.low, self.high) if end)


class StatementKey(NamedTuple):
    """What the remarks of one statement share.

    Attributes:
        speaker: Slug of the speaker.
        stated_on: Day of the statement.
        page: Key of the page.
    """

    speaker: str
    stated_on: dt.date
    page: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One figure or assertion.

    Attributes:
        origin: Identifier of the upstream row.
        speaker: Who spoke.
        stated_on: Day of the remark.
        precision: Precision of that day: `day`, `inferred` or `month`.
        subject: Whose losses or affairs.
        topic: What it is about.
        summary: One sentence that can be understood alone.
        page: Where it can be read.
        confidence: `high`, `medium` or `low`.
        amount: The figure; None for an assertion without one.
        notes: What else a reader should know, one fact each.
        act: The statement that the remark belongs to, if that is told on another page; None if
            its own speaker, day and page say it.
        added: Whether the figure is one of `added.csv`.
    """

    origin: str
    speaker: Speaker
    stated_on: dt.date
    precision: str
    subject: str
    topic: str
    summary: str
    page: Page
    confidence: str
    amount: Amount | None = None
    notes: tuple[str, ...] = ()
    act: StatementKey | None = None
    added: bool = False

    @property
    def statement(self) -> StatementKey:
        """The statement that the remark belongs to."""
        return self.act or StatementKey(self.speaker.slug, self.stated_on, self.page.key)
