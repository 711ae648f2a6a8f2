"""The only module that opens a connection: it fetches a file over https.

Only commands and `release` call it. What it fetches is data: nothing of it is run.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from reported_losses.errors import FetchError
from reported_losses.files import write_atomically

MAX_BYTES = 64_000_000
"""Most bytes of a file."""

_PIECE = 1 << 16
_LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))
_AGENT = "reported-losses (https://github.com/reported-losses/reported-losses)"
# A time-out at the server or before it, too many requests, or a fault that may be over soon.
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_OK = 200
_PAGE = (b"<!doctype html", b"<html")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a file, and how often to ask for it.

    Attributes:
        wait: Seconds to wait for a connection, and for each piece of an answer.
        longest: Seconds that a file may take, with all attempts and the pauses between them.
        attempts: How often to ask at most.
        pause: Seconds before the second attempt; before each further one twice as many.
        sleep: Waits for some seconds.
    """

    wait: float = 30.0
    longest: float = 300.0
    attempts: int = 4
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep


PATIENCE = Patience()
Told = Callable[[int], None]
"""Is told the number of bytes that have come, as they come."""


def fetch(url: str, path: Path, *, limit: int = MAX_BYTES, longest: float = 300.0) -> None:
    """Fetch a file and write it, whole or not at all; it is asked for once.

    Args:
        url: Its address: https, or http on this machine.
        path: File to write; its folder must exist.
        limit: Most bytes.
        longest: Most seconds.

    Raises:
        FetchError: As for `get`.
        OSError: The file cannot be written.
    """
    write_atomically(path, get(url, limit=limit, patience=Patience(longest=longest)))


def get(
    url: str,
    *,
    limit: int = MAX_BYTES,
    size: int | None = None,
    patience: Patience = PATIENCE,
    told: Told = lambda _: None,
) -> bytes:
    """Fetch a file; it is asked for once.

    A proxy that the environment names (`https_proxy`, `no_proxy`) is used, but never for this
    machine.

    Args:
        url: Its address: https, or http on this machine.
        limit: Most bytes.
        size: How many bytes it has, if that is known.
        patience: How long to wait.
        told: Is told the number of bytes that have come, as they come.

    Returns:
        The bytes.

    Raises:
        FetchError: The address is another, it leads to another host, the server does not answer
            with the file, the file is larger than the limit or not as large as it should be, or
            it takes too long.
    """
    address(url)
    most = limit if size is None else min(limit, size)
    until = time.monotonic() + patience.longest

    def exchange() -> bytes:
        return _exchange(url, most, until, patience, told)

    data = _within(url, until, exchange)
    if size is not None and len(data) != size:
        raise FetchError(
            f"{url} is cut short: {len(data):,} bytes of {size:,}{_perhaps_a_page(data)}",
            passing=True,
        )
    return data


def address(url: str) -> SplitResult:
    """Split an address that may be fetched.

    Raises:
        FetchError: It is neither https nor http on this machine, or has a name and password.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port  # which is looked at only when it is asked for
    except ValueError as error:
        raise FetchError(f"{url!r:.200} is no web address: {error}") from None
    own = parts.scheme == "http" and host in _LOOPBACK
    if not host or not (parts.scheme == "https" or own) or parts.username is not None:
        raise FetchError(f"{url!r:.200} is not fetched: only https addresses are")
    return parts


def patiently(action: Callable[[Patience], Any], patience: Patience) -> Any:  # noqa: ANN401 - what it returns
    """Try something again, after growing pauses, as long as its failure may be over soon.

    Args:
        action: Is given the patience that is left, and raises FetchError if it fails.
        patience: How long and how often.

    Returns:
        What the action returns.

    Raises:
        FetchError: The failure of the last attempt.

    >>> patiently(lambda patience: patience.attempts, Patience())
    4
    """
    until = time.monotonic() + patience.longest
    for attempt in range(1, patience.attempts + 1):
        left = max(until - time.monotonic(), 0.001)
        try:
            return action(_lasting(patience, left))
        except FetchError as error:
            pause = max(patience.pause * 2 ** (attempt - 1), error.after or 0.0)
            over = attempt == patience.attempts or time.monotonic() + pause >= until
            if not error.passing or over:
                raise _after(error, attempt) from None
        patience.sleep(pause)
    raise AssertionError  # the last attempt returns or raises


def _lasting(patience: Patience, longest: float) -> Patience:
    return Patience(patience.wait, longest, patience.attempts, patience.pause, patience.sleep)


def _after(error: FetchError, attempts: int) -> FetchError:
    """Say how often was tried, and how long the server asks to wait."""
    tried = f", tried {attempts} times" if attempts > 1 else ""
    asked = f"; the server asks to wait {error.after:,.0f} seconds" if error.after else ""
    return FetchError(f"{error}{tried}{asked}", passing=error.passing, after=error.after)


def _within(url: str, until: float, exchange: Callable[[], bytes]) -> bytes:
    """Give up what waits for a server after a time, whatever it waits for.

    A time-out of a socket starts anew with each byte, and there is none for names of hosts. So
    the exchange runs in a thread of its own, which is left alone when the time is over.
    """
    ended: list[bytes | BaseException] = []

    def run() -> None:
        try:
            ended.append(exchange())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            ended.append(error)

    thread = threading.Thread(target=run, name="reported-losses fetch", daemon=True)
    thread.start()
    thread.join(max(until - time.monotonic(), 0.0))
    if not ended:
        raise FetchError(f"{url} takes too long", passing=True)
    if isinstance(ended[0], BaseException):
        raise ended[0]
    return ended[0]


def _exchange(url: str, most: int, until: float, patience: Patience, told: Told) -> bytes:
    request = urllib.request.Request(  # noqa: S310 - the address was looked at
        url, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    )
    # A proxy is never asked for this machine.
    own = urlsplit(url).hostname in _LOOPBACK
    proxies = (urllib.request.ProxyHandler({}),) if own else ()
    opener = urllib.request.build_opener(_SameHost(), *proxies)
    try:
        with opener.open(request, timeout=min(patience.wait, patience.longest)) as answer:
            _refuse_answer(url, answer, most)
            return _read(url, answer, most, until, told)
    except urllib.error.HTTPError as error:
        error.close()
        raise FetchError(
            f"{url} cannot be fetched: the server answers {error.code}",
            passing=error.code in _PASSING,
            after=_asked(error.headers.get("Retry-After")),
        ) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise FetchError(
            f"{url} cannot be fetched: {str(reason) or type(reason).__name__}",
            passing=_is_passing(reason),
        ) from None


def _is_passing(reason: object) -> bool:
    """Return whether an error of a connection may be over soon; a wrong name or port is not."""
    lasting = (socket.gaierror, ssl.SSLCertVerificationError, ConnectionRefusedError)
    return isinstance(reason, (OSError, http.client.HTTPException)) and not isinstance(
        reason, lasting
    )


def _asked(value: str | None) -> float | None:
    """Return the seconds that `Retry-After` asks to wait, which may be given as a time."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        then = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return max(then - time.time(), 0.0)


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
        try:
            _refuse_target(req.full_url, newurl)
        except FetchError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_target(url: str, target: str) -> None:
    old, new = urlsplit(url), address(target)
    if new.hostname != old.hostname or (old.scheme, new.scheme) == ("https", "http"):
        raise FetchError(f"{url} is not fetched: it leads to another host, {target}")


def _refuse_answer(url: str, answer: Any, most: int) -> None:  # noqa: ANN401 - untyped
    """Refuse an answer by its head, before anything else of it is read."""
    if answer.status != _OK:
        raise FetchError(f"{url} cannot be fetched: the server answers {answer.status}")
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        raise FetchError(f"{url} cannot be fetched: it comes as {coding!r:.20}, not as it is")
    stated = _stated(answer)
    if stated is not None and stated > most:
        start = answer.read1(_PIECE)
        raise FetchError(
            f"{url} is larger than the {most:,} bytes that it may have: "
            f"{stated:,}{_perhaps_a_page(start)}"
        )


def _stated(answer: Any) -> int | None:  # noqa: ANN401 - untyped
    """Return the length that the server states."""
    text = answer.headers.get("Content-Length") or ""
    longest = 18
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= longest else None


def _read(url: str, answer: Any, most: int, until: float, told: Told) -> bytes:  # noqa: ANN401 - untyped
    stated = _stated(answer)
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise FetchError(
                f"{url} is larger than the {most:,} bytes that it may have"
                f"{_perhaps_a_page(pieces[0])}"
            )
        if time.monotonic() > until:
            raise FetchError(f"{url} takes too long: {size:,} bytes so far", passing=True)
        told(size)
    data = b"".join(pieces)
    if stated is not None and stated != size:
        raise FetchError(
            f"{url} is cut short: {size:,} bytes of {stated:,}{_perhaps_a_page(data)}",
            passing=True,
        )
    return data


def _perhaps_a_page(data: bytes) -> str:
    """Say so if what came instead of a file is a web page."""
    if not is_page(data):
        return ""
    return "; it is a web page, perhaps of a proxy or of a network that asks to sign in"


def is_page(data: bytes) -> bool:
    """Return whether bytes are the beginning of a web page.

    >>> is_page(b"  <!DOCTYPE html><title>Sign in</title>"), is_page(b"PAR1")
    (True, False)
    """
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE)
