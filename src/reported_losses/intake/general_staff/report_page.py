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

TEXT, POST, QUOTED = "gs-text", "gs-facebook", "gs-quoted"
MINISTRY, STAFF = "Ministry of Defence of Ukraine", "General Staff of the Armed Forces of Ukraine"
_HOSTS = ("mil.gov.ua", "mod.gov.ua")
# Where the General Staff posts its report itself: one text, so one publication.
_POSTS = (
    *("facebook.com/generalstaff.ua", "t.me/generalstaffzsu", "t.me/s/generalstaffzsu"),
    *("x.com/generalstaffua", "twitter.com/generalstaffua", "zsu.gov.ua"),
)
_LICENCE = "CC-BY-4.0"
_UNADDRESSED = "The text was given without its address."
# The record of the posts; `add` describes it with the first one. Copies of the post, such as
# russianwarship, have one vote with it, because all of them go back to gs-facebook.
_POST_RECORD = {
    "record": POST,
    "title": "Daily post of the General Staff on Facebook and its other channels",
    "reporter": REPORTER,
    "kind": "text",
    "maker": "The reported-losses contributors",
    "source": POST,
    "licence": "none-stated",
    "kept": "whole",
    "votes": "true",
}


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


def is_post(url: str) -> bool:
    """Return whether an address is of a post of the General Staff itself.

    >>> is_post("https://www.facebook.com/GeneralStaff.ua/posts/1/"), is_post("https://t.me/news/1")
    (True, False)
    """
    parts = urlsplit(url)
    place = f"{_host(url).removeprefix('m.')}{parts.path.rstrip('/')}/".lower()
    return any(place.startswith(f"{own}/") for own in _POSTS)


def record_of(shape: Shape | None, url: str, wanted: str | None, records: Sequence[Row]) -> Row:
    """Return the row of the record that a report belongs to.

    Args:
        shape: The shape in which it was read.
        url: Address of its page; empty if none is known.
        wanted: The record that the caller names. By default it is `gs-text` for the General
            Staff's list from the ministry's site or without an address, `gs-facebook` for the
            list from a post of the General Staff, and else `gs-quoted`.
        records: Rows of `records`.

    Returns:
        The row; a new one, without days, for the first post.

    Raises:
        BadArgumentError: Nothing can be added to the record wanted.
        DataError: The record is not described.
    """
    own = POST if is_post(url) else TEXT if not url or is_ministry(url) else QUOTED
    name = wanted or (own if shape == "text" else QUOTED)
    if name not in OWN:
        raise BadArgumentError(f"record {name!r}: reports are added to {', '.join(OWN)}")
    if shape == "sentence" and name != QUOTED:
        raise BadArgumentError(f"record {name!r}: an agency's sentences belong to {QUOTED}")
    for row in records:
        if row["record"] == name and row["reporter"] == REPORTER:
            return row
    if name == POST:
        return dict.fromkeys(next(iter(records), {}), "") | _POST_RECORD
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
        return _grown(known, "", archived_url)
    own = record != QUOTED
    publisher = (STAFF if record == POST else MINISTRY) if own else _publisher(url, sources)
    name = f"{record}-{day}" if own else f"{slug(publisher)}-{day}"
    if name in held and not (url and held[name]["url"]):
        return _grown(held[name], url, archived_url)
    said = "Daily report of the General Staff" + ("" if own else f" as {publisher} quotes it")
    return dict.fromkeys(next(iter(sources), {}), "") | {
        "source": free_name(name, held),
        "title": f"{said}, {day}",
        "publisher": publisher,
        "url": url,
        "archived_url": archived_url,
        "accessed_on": read_on.isoformat(),
        "licence": _LICENCE if is_ministry(url) else "",
        "note": "" if url else _UNADDRESSED,
    }


def _grown(page: Row, url: str, archived_url: str) -> Row:
    """Return the row of a page with what it lacked: an address that was forgotten, or a copy."""
    told = url and page["note"] == _UNADDRESSED
    return page | {
        "url": page["url"] or url,
        "archived_url": page["archived_url"] or archived_url,
        "licence": page["licence"] or (_LICENCE if is_ministry(url) else ""),
        "note": "" if told else page["note"],
    }


def _publisher(url: str, sources: Sequence[Row]) -> str:
    """Return who publishes a page: as the sources call the host, or else the host itself."""
    host = _host(url)
    known = [row["publisher"] for row in sources if row["url"] and _host(row["url"]) == host]
    return known[-1] if known else host or "unknown publisher"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
