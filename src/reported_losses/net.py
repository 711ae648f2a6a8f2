"""The only module that opens a connection: it fetches a file over https.

Only commands call it. What it fetches is data: nothing of it is run.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from reported_losses.errors import FetchError
from reported_losses.files import write_atomically

MAX_BYTES = 64_000_000
"""Most bytes of a file."""

WAIT = 30.0
"""Seconds to wait for a connection, and for each piece of an answer."""

LONGEST = 300.0
"""Seconds that a file may take."""

_PIECE = 1 << 16
_LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))
_AGENT = "reported-losses (https://github.com/reported-losses/reported-losses)"


def fetch(url: str, path: Path, *, limit: int = MAX_BYTES, longest: float = LONGEST) -> None:
    """Fetch a file and write it, whole or not at all.

    Args:
        url: Its address: https, or http on this machine.
        path: File to write; its folder must exist.
        limit: Most bytes.
        longest: Most seconds.

    Raises:
        FetchError: The address is another, the server does not answer with the file, the file is
            larger than the limit or cut short, or it takes too long.
        OSError: The file cannot be written.
    """
    parts = _address(url)
    request = urllib.request.Request(  # noqa: S310 - the address was looked at
        url, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    )
    # A proxy is never asked for this machine.
    proxies = (urllib.request.ProxyHandler({}),) if parts.hostname in _LOOPBACK else ()
    opener = urllib.request.build_opener(_SameHost(), *proxies)
    until = time.monotonic() + longest
    try:
        with opener.open(request, timeout=min(WAIT, longest)) as answer:
            data = _read(url, answer, limit, until)
    except urllib.error.HTTPError as error:
        error.close()
        raise FetchError(f"{url} cannot be fetched: the server answers {error.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise FetchError(f"{url} cannot be fetched: {reason}") from None
    write_atomically(path, data)


def _address(url: str) -> SplitResult:
    """Split an address that may be fetched."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise FetchError(f"{url!r:.200} is no web address: {error}") from None
    own = parts.scheme == "http" and host in _LOOPBACK
    if not host or not (parts.scheme == "https" or own) or parts.username is not None:
        raise FetchError(f"{url!r:.200} is not fetched: only https addresses are")
    return parts


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to the same host, and never from https to http."""

    max_redirections = 5

    def redirect_request(  # noqa: PLR0913, PLR0917 - as its base
        self,
        req: urllib.request.Request,
        fp: Any,  # noqa: ANN401 - as its base
        code: int,
        msg: str,
        headers: Any,  # noqa: ANN401 - as its base
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request that follows a redirect."""
        old, new = urlsplit(req.full_url), _address(newurl)
        if new.hostname != old.hostname or (old.scheme, new.scheme) == ("https", "http"):
            raise FetchError(f"{req.full_url} is not fetched: it leads to another host, {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _read(url: str, answer: Any, limit: int, until: float) -> bytes:  # noqa: ANN401 - untyped
    stated = answer.headers.get("Content-Length")
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise FetchError(f"{url} is larger than the {limit:,} bytes that a file may have")
        if time.monotonic() > until:
            raise FetchError(f"{url} takes too long: {size:,} bytes so far")
    if stated is not None and stated.isdecimal() and int(stated) != size:
        raise FetchError(f"{url} is cut short: {size:,} bytes of {int(stated):,}")
    return b"".join(pieces)
