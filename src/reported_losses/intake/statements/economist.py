"""The list of estimates that The Economist keeps.

Its dates are the days up to which figures count, seldom the days on which they were stated. The
day of the statement is taken from the web address of the page if it holds one. The cumulative
figures under "UK MoD" are sums that The Economist made of the ministry's monthly averages;
nobody ever stated them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.errors import UpstreamError
from reported_losses.intake import curated_files
from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.remark import Amount, Page, Remark, Speaker
from reported_losses.intake.text import date_in, slug, text_rows, web_address
from reported_losses.intake.upstream_files import Location
from reported_losses.intake.upstream_values import optional_date, optional_figure

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


def read(folder: Path, log: ImportLog, curated: Path) -> Iterator[tuple[Remark, str | None]]:
    """Yield each estimate as a remark, and the upstream row that holds it if we decided so.

    Args:
        folder: Folder of the upstream files.
        log: Takes what was left out.
        curated: Folder of the curated files.

    Raises:
        UpstreamError: The file does not have the known form; the message says where.
    """
    curated_rows = _Curated(curated)
    seen: set[str] = set()
    for location, row in text_rows(folder / FILE, HEADER):
        origin = _origin(location, row)
        if origin in seen:
            raise location.error(f"gives the estimate {origin!r} a second time")
        seen.add(origin)
        decided = curated_rows.decisions(row)
        if row["source"] == SUMMED[0] and SUMMED[1] in row["source_url"]:
            log.left_out.append(f"{origin}: {LEFT_OUT}")
        elif "left_out" in decided:
            log.left_out.append(f"{origin}: {decided['left_out']['reason']}")
        else:
            cells = {**row, **{name: one["new"] for name, one in decided.items()}}
            yield _Row(location, cells, curated_rows).remark(origin), cells.get("same")


class _Curated:
    """The curated files about this list."""

    def __init__(self, curated: Path) -> None:
        rows = curated_files.rows("estimate_speakers", curated)
        self.speakers = {(row["as_written"], row["country"]): row for row in rows}
        rows = curated_files.rows("estimate_publishers", curated)
        self.publishers = {row["host"]: row for row in rows}
        rows = curated_files.rows("estimate_decisions", curated)
        self._decisions = curated_files.grouped(rows, *KEY)

    def decisions(self, row: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Return our decisions about a row by column."""
        found = self._decisions.get(tuple(row[name] for name in KEY), ())
        return {one["column"]: one for one in found}


def british_date(location: Location, text: str) -> dt.date:
    """Read a date DD/MM/YYYY."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        day, month, year = (int(part) for part in match.groups()) if match else (0, 0, 0)
        return dt.date(year, month, day)
    except ValueError:
        problem = f"has the date {text!r} where a date DD/MM/YYYY that exists was expected"
        raise location.error(problem) from None


def _origin(location: Location, row: Mapping[str, str]) -> str:
    """Return what tells a row from others wherever it stands in the list."""
    day = british_date(location, row["date"])
    return f"estimate-{day}-{slug(row['source'])}-{row['country']}-{row['type']}"


class _Row:
    """One row of the list."""

    def __init__(self, location: Location, row: Mapping[str, str], curated: _Curated) -> None:
        self.location, self.row, self.curated = location, row, curated
        if row["type"] not in MEASURES or row["country"] not in PEOPLE:
            problem = f"has type {row['type']!r} and country {row['country']!r}; deaths or "
            raise self.error(problem + "casualties of russia or ukraine were expected")
        address, _, aside = row["source_url"].partition(" (")
        if address and not address.startswith(("http://", "https://")):
            address, aside = "", row["source_url"]
        self.address, self.aside = address, aside.strip(" ()")
        self.counted_to = british_date(location, row["date"])
        self.stated_on = (
            optional_date(location, "stated_on", row.get("stated_on", ""))
            or date_in(address)
            or self.counted_to
        )

    def error(self, problem: str) -> UpstreamError:
        return self.location.error(problem)

    def remark(self, origin: str) -> Remark:
        speaker = self.speaker()
        subject = self.row["country"]
        amount = self.amount()
        notes = [f"figure as of {self.counted_to} by The Economist's list", self.aside]
        notes.append(self.row.get("note", ""))
        if amount.low != amount.high and self.row["estimate"]:
            notes.append(f"central estimate {self.row['estimate']}")
        return Remark(
            origin=origin,
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
        known, name = self.curated.speakers, self.row["source"]
        speaker = known.get((name, self.row["country"])) or known.get((name, ""))
        if speaker is None:
            problem = f"has the source {name!r}; curated/estimate_speakers.csv does not say who"
            raise self.error(problem)
        role, via = speaker["role"] or None, speaker["via"] or None
        return Speaker(speaker["slug"], speaker["name"], speaker["organisation"], role, via)

    def amount(self) -> Amount:
        low, high, middle = (
            optional_figure(self.location, name, self.row[name])
            for name in ("estimate_low", "estimate_high", "estimate")
        )
        if not (low or high or middle):
            raise self.error("has no estimate; one figure was expected")
        qualifier = _qualifier(low, high)
        if qualifier == "about":
            low = high = middle
        basis = "reported" if self.row[PARTIES] else "estimated"
        end = optional_date(self.location, "period_end", self.row.get("period_end", ""))
        return Amount(
            measure=self.row.get("measure") or MEASURES[self.row["type"]],
            rate="total",
            basis=self.row.get("basis") or basis,
            qualifier=qualifier,
            low=low,
            high=high,
            period_start=WAR_BEGAN,
            period_end=end or self.counted_to,
            period_precision="inferred",
        )

    def page(self) -> Page:
        url = web_address(self.location, self.address) or ADDRESS
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        unknown = {"publisher": host, "language": "en"}
        known = self.curated.publishers.get(host, unknown)
        if url == ADDRESS:
            return Page(TITLE, "The Economist", url, language="en", name=NAME)
        day = date_in(self.address)
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
    """Write one sentence that gives an estimate."""
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
