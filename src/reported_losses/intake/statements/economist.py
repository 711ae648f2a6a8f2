"""The list of estimates that The Economist keeps.

Its dates say what day a figure is of, seldom when it was said; the day it was said is taken
from the address of the page where that holds one. Its cumulative figures under "UK MoD" are
sums The Economist made of the ministry's monthly averages, so nobody ever stated them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from reported_losses.intake import curated_files, upstream
from reported_losses.intake import text as prose
from reported_losses.intake.readings import WAR_BEGAN
from reported_losses.intake.statements.categories import linked
from reported_losses.intake.statements.import_log import Log
from reported_losses.intake.statements.statement import Amount, Page, Said, Speaker
from reported_losses.intake.statements.upstream_statements import date, number

FILE = Path("estimates", "economist_estimates.csv")
ADDRESS = "https://github.com/TheEconomist/the-economist-ukraine-war-dead-and-wounded-estimates"
NAME = "the-economist-estimates"
TITLE = "List of estimates of the dead and wounded"
PARTIES = "ignore for chart, data from warring parties"
HEADER = (
    *"date estimate_low estimate_high estimate type source source_url country".split(),
    PARTIES,
)
KEY = ("date", "source", "country", "type")

MEASURES = {"deaths": "killed", "casualties": "killed-or-wounded"}
PEOPLE = {"russia": "Russian", "ukraine": "Ukrainian"}
SUMMED = ("UK MoD", "1876584633103507960")
LEFT_OUT = "computed by The Economist from the ministry's monthly averages; nobody stated it"


def read(folder: Path, log: Log, curated: Path) -> Iterator[tuple[Said, str | None]]:
    """Yield each estimate, with the statement we decided it is, if we did.

    Args:
        folder: Folder of the upstream files.
        log: Takes what was left out.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: The file is not in the form known; the message gives the place.
    """
    path, context = folder / FILE, _Context(curated)
    for place, row in prose.rows(path, HEADER):
        origin = f"{path.name}, {place}"
        decided = context.decided(row)
        if row["source"] == SUMMED[0] and SUMMED[1] in row["source_url"]:
            log.left_out.append(f"{origin}: {LEFT_OUT}")
        elif "left_out" in decided:
            log.left_out.append(f"{origin}: {decided['left_out']['reason']}")
        else:
            cells = {**row, **{name: one["new"] for name, one in decided.items()}}
            yield _Row(path, place, cells, context).said(), cells.get("same")


class _Context:
    """The curated files this list needs."""

    def __init__(self, curated: Path) -> None:
        rows = curated_files.rows("estimate_speakers", curated)
        self.speakers = {(row["as_written"], row["country"]): row for row in rows}
        rows = curated_files.rows("estimate_publishers", curated)
        self.publishers = {row["host"]: row for row in rows}
        self._decisions = curated_files.by(KEY, curated_files.rows("estimate_decisions", curated))

    def decided(self, row: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Return our decisions about a row by column."""
        found = self._decisions.get(tuple(row[name] for name in KEY), ())
        return {one["column"]: one for one in found}


class _Row:
    """One row of the list, with its place for messages."""

    def __init__(self, path: Path, place: str, row: Mapping[str, str], context: _Context) -> None:
        self.path, self.place, self.row, self.context = path, place, row, context
        if row["type"] not in MEASURES or row["country"] not in PEOPLE:
            problem = f"has type {row['type']!r} and country {row['country']!r}; deaths or "
            raise self.fault(problem + "casualties of russia or ukraine were expected")
        address, _, aside = row["source_url"].partition(" (")
        if address and not address.startswith(("http://", "https://")):
            address, aside = "", row["source_url"]
        self.address, self.aside = address, aside.strip(" ()")
        self.of = self.british_date()
        self.stated_on = (
            date(path, place, "stated_on", row.get("stated_on", ""))
            or prose.day_in(address)
            or self.of
        )

    def fault(self, problem: str) -> Exception:
        return upstream.fault(self.path, self.place, problem)

    def british_date(self) -> dt.date:
        text = self.row["date"]
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
        try:
            day, month, year = (int(part) for part in match.groups()) if match else (0, 0, 0)
            return dt.date(year, month, day)
        except ValueError:
            problem = f"has the date {text!r} where a date DD/MM/YYYY that exists was expected"
            raise self.fault(problem) from None

    def said(self) -> Said:
        speaker = self.speaker()
        subject = self.row["country"]
        amount = linked(self.amount(), subject, speaker.organisation, self.stated_on)
        notes = [f"figure as of {self.of} by The Economist's list", self.aside]
        notes.append(self.row.get("note", ""))
        if amount.low != amount.high and self.row["estimate"]:
            notes.append(f"central estimate {self.row['estimate']}")
        return Said(
            origin=f"{self.path.name}, {self.place}",
            speaker=speaker,
            stated_on=self.stated_on,
            precision="inferred",
            subject=subject,
            topic="losses",
            summary=summary(speaker, subject, amount),
            page=self.page(),
            confidence="medium",
            amount=amount,
            notes=tuple(note for note in notes if note),
        )

    def speaker(self) -> Speaker:
        known, name = self.context.speakers, self.row["source"]
        who = known.get((name, self.row["country"])) or known.get((name, ""))
        if who is None:
            problem = f"has the source {name!r}; curated/estimate_speakers.csv does not say who"
            raise self.fault(problem)
        role, via = who["role"] or None, who["via"] or None
        return Speaker(who["slug"], who["name"], who["organisation"], role, via)

    def amount(self) -> Amount:
        low, high, middle = (
            number(self.path, self.place, name, self.row[name])
            for name in ("estimate_low", "estimate_high", "estimate")
        )
        if not (low or high or middle):
            raise self.fault("has no estimate; one figure was expected")
        qualifier = _qualifier(low, high)
        if qualifier == "about":
            low = high = middle
        basis = "reported" if self.row[PARTIES] else "estimated"
        end = date(self.path, self.place, "period_end", self.row.get("period_end", ""))
        return Amount(
            measure=self.row.get("measure") or MEASURES[self.row["type"]],
            rate="total",
            basis=self.row.get("basis") or basis,
            qualifier=qualifier,
            low=low,
            high=high,
            period_start=WAR_BEGAN,
            period_end=end or self.of,
            period_precision="inferred",
        )

    def page(self) -> Page:
        url = prose.address(self.path, self.place, self.address) or ADDRESS
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        unknown = {"publisher": host, "language": "en"}
        known = self.context.publishers.get(host, unknown)
        if url == ADDRESS:
            return Page(TITLE, "The Economist", url, language="en", name=NAME)
        day = prose.day_in(self.address)
        return Page(
            title=f"Figures of losses published by {known['publisher']}",
            publisher=known["publisher"],
            url=url,
            published_on=day,
            published_on_precision="inferred" if day else None,
            language=known["language"] or None,
            note="named in The Economist's list of estimates; the page itself was not read",
            seen=False,
        )


def _qualifier(low: str | None, high: str | None) -> str:
    if low and high:
        return "between"
    if low:
        return "more-than"
    return "up-to" if high else "about"


def summary(speaker: Speaker, subject: str, amount: Amount) -> str:
    """Say in one sentence what an estimate says."""
    low, high = (f"{float(end):,.0f}" if end else "" for end in (amount.low, amount.high))
    figure = {
        "between": f"{low} to {high}",
        "more-than": f"more than {low}",
        "up-to": f"up to {high}",
    }.get(amount.qualifier, f"about {low}")
    via = f", as relayed by {speaker.via}," if speaker.via else ""
    lost = "lost" if amount.measure == "personnel" else amount.measure.replace("-", " ")
    people = f"{PEOPLE[subject]} soldiers"
    return f"{speaker.name}{via} put the number of {people} {lost} at {figure}."
