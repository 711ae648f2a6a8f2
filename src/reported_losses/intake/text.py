"""Texts and addresses from upstream files, before they may enter a table."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reported_losses.intake.upstream_files import Location, csv_rows
from reported_losses.parsing.characters import formula_like
from reported_losses.parsing.invisible import unseen

MAX_CELL = 2_000
MAX_ADDRESS = 600

_MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:#\d+|[a-z]+);")
_NOT_IN_ADDRESS = re.compile(r'[\s<>"]')
# These parameters say how somebody came to the page, not which page it is.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|ref|share|swcfpc|ocid|i")

_POST = re.compile(r"/status/(\d{15,20})")
_DATE = re.compile(r"(?<!\d)(20\d{2})[/-]?(\d{2})[/-]?(\d{2})(?!\d)")
# The upper bits of a post's number on X count milliseconds since this moment.
_POSTS_BEGAN = dt.datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=dt.UTC)


def text_rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[Location, dict[str, str]]]:
    """Yield each row of a CSV file of texts, every cell as `clean` returns it.

    A missing final newline is accepted; some editors leave it out. Otherwise as `csv_rows`.
    """
    return csv_rows(path, header, final_newline=False, clean=clean)


def clean(location: Location, column: str, text: str) -> str:
    """Return a text without leading and trailing whitespace.

    Args:
        location: Row of the text, for messages.
        column: Column of the text, for messages.
        text: The text.

    Raises:
        UpstreamError: The text holds markup, begins like a formula, has several lines or
            invisible characters, or is longer than `MAX_CELL`.
    """
    text = text.strip()
    if unseen(text) or "\n" in text:
        problem = f"has an invisible character or a line break in {column}"
    elif _MARKUP.search(text):
        problem = f"has markup in {column}: {text[:40]!r}; plain text was expected"
    elif formula_like(text):
        problem = f"has {text[:40]!r} in {column}, which a spreadsheet would take for a formula"
    elif len(text) > MAX_CELL:
        problem = f"has {len(text)} characters in {column}; at most {MAX_CELL} were expected"
    else:
        return text
    raise location.error(problem)


def web_address(location: Location, text: str) -> str | None:
    """Return a web address without fragment and tracking parameters; None for an empty text.

    Raises:
        UpstreamError: It is not a web address.
    """
    if not text:
        return None
    require_web_address(location, text)
    parts = urlsplit(text)
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    host = parts.netloc.lower().removesuffix(".")
    return urlunsplit((parts.scheme, host, parts.path, urlencode(query), ""))


def require_web_address(location: Location, text: object) -> str:
    """Return a text that is an http or https address, unchanged.

    Raises:
        UpstreamError: It is not such an address.
    """
    if isinstance(text, str) and _is_web_address(text):
        return text
    raise location.error(f"has {text!r:.80} where a web address http:// or https:// was expected")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = text.isprintable() and not _NOT_IN_ADDRESS.search(text) and len(text) <= MAX_ADDRESS
    return plain and parts.scheme in {"http", "https"} and "." in host


def date_in(url: str) -> dt.date | None:
    """Return the date that an address holds: in its path, or in the number of a post on X.

    >>> date_in("https://example.org/2024/02/29/losses")
    datetime.date(2024, 2, 29)
    >>> date_in("https://x.com/DefenceHQ/status/1796467954907037817")
    datetime.date(2024, 5, 31)
    """
    post = _POST.search(url)
    if post:
        return (_POSTS_BEGAN + dt.timedelta(milliseconds=int(post[1]) >> 22)).date()
    for found in _DATE.findall(url):
        with contextlib.suppress(ValueError):
            return dt.date(*(int(part) for part in found))
    return None


def is_latin(text: str) -> bool:
    """Return whether all letters of a text are Latin, and it has some.

    >>> is_latin("Séjourné"), is_latin("Їжак"), is_latin("")
    (True, False, False)
    """
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(one, "").startswith("LATIN") for one in letters)


def slug(text: str) -> str:
    """Turn a name into lower-case words joined by hyphens.

    >>> slug("Stéphane Séjourné (France)")
    'stephane-sejourne'
    """
    text = re.sub(r"\([^)]*\)", "", text.replace("'", ""))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
