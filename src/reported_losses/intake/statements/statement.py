"""What somebody said: one figure or remark, as read from one page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Where a statement can be read.

    Attributes:
        title: What the page is, in our own words.
        publisher: Who published it.
        url: Its address; None where only a copy on another host is known.
        published_on: Day of publication, if known.
        published_on_precision: `day` or `inferred`; None without a day.
        language: ISO 639-1 code.
        note: What else a reader should know.
        name: Name of the source, where it is not made from publisher and day.
        seen: Whether the page itself was read, or only named in a list.
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
        """What tells pages apart: the address, or publisher and title where there is none."""
        return self.url or f"{self.publisher}: {self.title}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke.

    Attributes:
        slug: Stable name, used in the names of statements.
        name: The person, or the body that published.
        organisation: Slug of the body spoken for.
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
    """One figure or range; the fields are those of the table `claims`."""

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

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day counted."""
        return (self.period_start, self.period_end)

    @property
    def ends(self) -> frozenset[str]:
        """The figures given, whichever end of the range they are."""
        return frozenset(end for end in (self.low, self.high) if end)


@dataclass(frozen=True, slots=True)
class Said:
    """One figure or remark.

    Attributes:
        origin: Identifier of the upstream row.
        speaker: Who spoke.
        stated_on: Day of the statement.
        precision: `day`, `inferred` or `month`.
        subject: Whose losses or affairs.
        topic: What it is about.
        summary: One sentence that stands alone.
        page: Where it can be read.
        confidence: `high`, `medium` or `low`.
        amount: The figure; None for a remark without one.
        notes: What else a reader should know, one thing each.
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

    @property
    def act(self) -> tuple[str, dt.date, str]:
        """The act of speech it belongs to: speaker, day and page."""
        return (self.speaker.slug, self.stated_on, self.page.key)
