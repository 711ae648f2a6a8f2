"""Which record a report belongs to, and the source that its readings name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from reported_losses.errors import BadArgumentError, DataError
from reported_losses.intake.general_staff.own_readings import OWN
from reported_losses.intake.general_staff.readings import REPORTER
from reported_losses.intake.pages import pages_of
from reported_losses.intake.report_text.report import Shape
from reported_losses.intake.statements.naming import free_name
from reported_losses.intake.tables import Row
from reported_losses.intake.text import slug, web_address
from reported_losses.intake.upstream_files import Location

TEXT, QUOTED = "gs-text", "gs-quoted"
MINISTRY = "Ministry of Defence of Ukraine"
_HOSTS = ("mil.gov.ua", "mod.gov.ua")
_LICENCE = "CC-BY-4.0"


def address(option: str, text: str | None) -> str:
    """Return the address given to an option, without tracking parameters; empty if none is.

    Raises:
        UpstreamError: It is no web address.
    """
    return web_address(Location(Path(option)), text or "") or ""


def is_ministry(url: str) -> bool:
    """Return whether an address is on the site of the ministry.

    >>> is_ministry("https://www.mil.gov.ua/en/news/1/"), is_ministry("https://mil.gov.ua.example/")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    return any(host == own or host.endswith(f".{own}") for own in _HOSTS)


def record_of(shape: Shape | None, url: str, wanted: str | None, records: Sequence[Row]) -> Row:
    """Return the row of the record that a report belongs to.

    Args:
        shape: The shape in which it was read.
        url: Address of its page; empty if none is known.
        wanted: The record that the caller names. By default it is `gs-text` for the General
            Staff's list from the ministry's site or without an address, and else `gs-quoted`.
        records: Rows of `records`.

    Raises:
        BadArgumentError: Nothing can be added to the record wanted.
        DataError: The record is not described.
    """
    own = shape == "text" and (not url or is_ministry(url))
    name = wanted or (TEXT if own else QUOTED)
    if name not in OWN:
        raise BadArgumentError(f"record {name!r}: reports are added to {', '.join(OWN)}")
    if shape == "sentence" and name != QUOTED:
        raise BadArgumentError(f"record {name!r}: an agency's sentences belong to {QUOTED}")
    for row in records:
        if row["record"] == name and row["reporter"] == REPORTER:
            return row
    raise DataError(f"data/records.csv: describe the record {name!r} there first")


def page_of(  # noqa: PLR0913, PLR0917 - what is known of a page
    sources: Sequence[Row],
    record: str,
    url: str,
    archived_url: str,
    day: dt.date,
    read_on: dt.date,
) -> Row:
    """Return the row of `sources` of a report's page: the one that has its address, or a new one.

    Args:
        sources: Rows of `sources`.
        record: The record that the report belongs to.
        url: Address of the page; empty if none is known.
        archived_url: Address of a copy; empty if none is known.
        day: Day of the report.
        read_on: Day on which it was read.
    """
    held = {row["source"]: row for row in sources}
    known = held.get(pages_of(sources).get(url, ""))
    if known is not None:
        return known | {"archived_url": known["archived_url"] or archived_url}
    own = record != QUOTED
    publisher = MINISTRY if own else _publisher(url, sources)
    name = f"{record}-{day}" if own else f"{slug(publisher)}-{day}"
    if not url and name in held:
        return held[name]
    said = "Daily report of the General Staff" + ("" if own else f" as {publisher} quotes it")
    return dict.fromkeys(next(iter(sources), {}), "") | {
        "source": free_name(name, held),
        "title": f"{said}, {day}",
        "publisher": publisher,
        "url": url,
        "archived_url": archived_url,
        "accessed_on": read_on.isoformat(),
        "licence": _LICENCE if is_ministry(url) else "",
        "note": "" if url else "The text was given without its address.",
    }


def _publisher(url: str, sources: Sequence[Row]) -> str:
    """Return who publishes a page: as the sources call the host, or else the host itself."""
    host = _host(url)
    known = [row["publisher"] for row in sources if row["url"] and _host(row["url"]) == host]
    return known[-1] if known else host or "unknown publisher"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
