"""Texts and addresses from upstream, before they may enter a table."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reported_losses.intake import upstream

MAX_CELL = 2_000
MAX_ADDRESS = 600

_MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:#\d+|[a-z]+);")
_FORMULA = ("=", "+", "-", "@", "\t")
# They say how somebody came to the page, not which page it is.
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|ref|share|swcfpc|ocid|i")


_POST = re.compile(r"/status/(\d{15,20})")
_DAY = re.compile(r"(?<!\d)(20\d{2})[/-]?(\d{2})[/-]?(\d{2})(?!\d)")
# X counts milliseconds since this moment in the upper bits of a post's number.
_POSTS_BEGAN = dt.datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=dt.UTC)


def rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each row of a CSV file of texts with its place, such as `line 4`.

    Args:
        path: The file; a missing last line end is no fault, some hands leave it out.
        header: Column names, in order.

    Raises:
        UpstreamError: The file is not such a table, or a cell holds what no cell may.
    """
    text = upstream.read_text(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found = tuple(next(reader, ()))
        if found != header:
            problem = f"the header is {','.join(found)[:200]!r}; expected {','.join(header)}"
            raise upstream.fault(path, "line 1", problem)
        line = 2
        for cells in reader:
            place, line = f"line {line}", reader.line_num + 1
            if len(cells) != len(header):
                problem = f"has {len(cells)} cells where the header has {len(header)}"
                raise upstream.fault(path, place, problem)
            row = dict(zip(header, cells, strict=True))
            yield place, {name: clean(path, place, name, cell) for name, cell in row.items()}
    except csv.Error as error:
        raise upstream.fault(path, f"line {reader.line_num}", f"is not CSV: {error}") from None


def clean(path: Path, place: str, column: str, text: str) -> str:
    """Return the text without outer blanks.

    Raises:
        UpstreamError: It holds markup, a formula, or characters that do not print.
    """
    text = text.strip()
    kinds = {unicodedata.category(character) for character in text}
    if kinds & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
        problem = f"has a character in {column} that does not print"
    elif _MARKUP.search(text):
        problem = f"has markup in {column}: {text[:40]!r}; plain text was expected"
    elif text.startswith(_FORMULA):
        problem = f"has {text[:40]!r} in {column}, which a spreadsheet would take for a formula"
    elif len(text) > MAX_CELL:
        problem = f"has {len(text)} characters in {column}; at most {MAX_CELL} were expected"
    else:
        return text
    raise upstream.fault(path, place, problem)


def address(path: Path, place: str, text: str) -> str | None:
    """Return a web address without what only says how somebody came to it.

    Raises:
        UpstreamError: It is not an http or https address.
    """
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        problem = f"has {text[:60]!r} where an address http:// or https:// was expected"
        raise upstream.fault(path, place, problem)
    if len(text) > MAX_ADDRESS or re.search(r'[\s<>"]', text):
        raise upstream.fault(path, place, f"has an address that is none: {text[:60]!r}")
    query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    host = parts.netloc.lower().removesuffix(".")
    return urlunsplit((parts.scheme, host, parts.path, urlencode(query), ""))


def day_in(url: str) -> dt.date | None:
    """Return the day an address holds: in its path, or in the number of a post on X.

    >>> day_in("https://example.org/2024/02/29/losses")
    datetime.date(2024, 2, 29)
    >>> day_in("https://x.com/DefenceHQ/status/1796467954907037817")
    datetime.date(2024, 5, 31)
    """
    post = _POST.search(url)
    if post:
        return (_POSTS_BEGAN + dt.timedelta(milliseconds=int(post[1]) >> 22)).date()
    for found in _DAY.findall(url):
        with contextlib.suppress(ValueError):
            return dt.date(*(int(part) for part in found))
    return None


def slug(text: str) -> str:
    """Turn a name into lower-case words joined by hyphens.

    >>> slug("Stéphane Séjourné (France)")
    'stephane-sejourne'
    """
    text = re.sub(r"\([^)]*\)", "", text.replace("'", ""))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
