"""What is fetched is a file of bounded size from the address that was given, or an error."""

from __future__ import annotations

import gc
import http.server
import time
import warnings
from pathlib import Path

import pytest

from loopback import (
    Answer,
    answer,
    dripping_head,
    endless,
    failing,
    file,
    in_turn,
    redirect,
    server,
)
from reported_losses.errors import FetchError
from reported_losses.net import Patience, fetch, get, patiently

SHORT = Patience(wait=0.2, longest=0.4, attempts=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    return path


def drip(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def test_a_file_is_fetched(path: Path) -> None:
    with server({"/a": file(b"data"), "/b": redirect("/a")}) as home:
        fetch(f"{home}/a", path)
        assert path.read_bytes() == b"data"
        path.unlink()
        fetch(f"{home}/b", path)
        assert path.read_bytes() == b"data"


@pytest.mark.parametrize(
    "target", ["http://localhost/x", "https://example.org/x", "file:///etc/hosts", "//127.0.0.2/x"]
)
def test_a_redirect_leads_nowhere_else(target: str, path: Path) -> None:
    with server({"/a": redirect(target)}) as home, pytest.raises(FetchError):
        fetch(f"{home}/a", path)
    assert path.read_bytes() == b"before"


def test_a_redirect_to_itself_ends(path: Path) -> None:
    with server({"/a": redirect("/a")}) as home, pytest.raises(FetchError):
        fetch(f"{home}/a", path)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/hosts",
        "https://",
        "https://user:word@example.org/",
        "https://[/",
        "http://127.0.0.1.example.org/",
        "",
    ],
)
def test_other_addresses_are_not_fetched(url: str, path: Path) -> None:
    with pytest.raises(FetchError):
        fetch(url, path)
    assert path.read_bytes() == b"before"


def test_what_is_missing_too_large_endless_cut_short_or_slow_is_refused(path: Path) -> None:
    answers = {
        "/large": file(b"x" * 101),
        "/endless": endless,
        "/short": file(b"x" * 9, stated=10),
        "/slow": drip,
    }
    with server(answers) as home:
        for name, said in (
            ("missing", "404"),
            ("large", "larger"),
            ("endless", "larger"),
            ("short", "cut short|cannot be fetched"),
        ):
            with pytest.raises(FetchError, match=said):
                fetch(f"{home}/{name}", path, limit=100)
        with pytest.raises(FetchError, match="too long"):
            fetch(f"{home}/slow", path, longest=0.2)
    assert path.read_bytes() == b"before"


def test_the_size_that_is_known_is_the_limit() -> None:
    answers = {"/a": file(b"data"), "/page": file(b"<!DOCTYPE html>" + b" " * 99)}
    with server(answers) as home:
        assert get(f"{home}/a", size=4) == b"data"
        for size in (3, 5):
            with pytest.raises(FetchError) as raised:
                get(f"{home}/a", size=size)
            assert raised.value.passing is (size == 5)
        for size in (10, 1000):
            with pytest.raises(FetchError, match="web page"):
                get(f"{home}/page", size=size)


def test_nothing_takes_longer_than_it_may() -> None:
    with server({"/head": dripping_head}) as home:
        began = time.monotonic()
        with pytest.raises(FetchError) as raised:
            get(f"{home}/head", patience=SHORT)
    assert raised.value.passing
    assert time.monotonic() - began < 10  # it would drip for half a minute


@pytest.mark.parametrize("code", [204, 206])
def test_half_an_answer_is_none(code: int) -> None:
    found = answer(b"", {"Content-Length": "0"}, code)
    with server({"/a": found}) as home, pytest.raises(FetchError, match=str(code)):
        get(f"{home}/a")


def asked_to_wait(value: str) -> float | None:
    with server({"/a": failing(503, after=value)}) as home, pytest.raises(FetchError) as raised:
        get(f"{home}/a")
    assert raised.value.passing
    return raised.value.after


def test_how_long_a_server_asks_to_wait() -> None:
    assert asked_to_wait("120") == 120
    assert asked_to_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    later = asked_to_wait("Fri, 31 Dec 2100 23:59:59 GMT")
    assert later is not None
    assert later > 1e6
    assert asked_to_wait("soon") is None


def test_attempts_have_growing_pauses_between_them() -> None:
    pauses: list[float] = []
    answers = {"/a": in_turn(failing(500), failing(503, after="9"), failing(502), file(b"data"))}
    patience = Patience(pause=1.5, sleep=pauses.append)
    with server(answers) as home:
        assert patiently(lambda left: get(f"{home}/a", patience=left), patience) == b"data"
    assert pauses == [1.5, 9.0, 6.0]


@pytest.mark.parametrize(
    ("found", "longest", "attempts"),
    [(failing(404), 300, 1), (failing(500), 300, 3), (failing(500), 0.5, 1)],
    ids=["never", "three times", "no time left"],
)
def test_attempts_end(found: Answer, longest: float, attempts: int) -> None:
    asked: list[str] = []
    patience = Patience(longest=longest, attempts=3, sleep=lambda _: None)
    with server({"/a": found}, asked) as home, pytest.raises(FetchError):
        patiently(lambda left: get(f"{home}/a", patience=left), patience)
    assert len(asked) == attempts


def test_a_proxy_of_the_environment_is_asked_for_other_machines_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    for name in ("no_proxy", "NO_PROXY", "HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with server({"/a": file(b"data")}, asked) as home:
        monkeypatch.setenv("https_proxy", home)
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        assert get(f"{home}/a") == b"data"
        with pytest.raises(FetchError):
            get("https://data.example/a", patience=SHORT)
    # Python before 3.11.4 does not close the answer of a proxy that refuses; collect it here, where
    # the warning is expected, and not in a later test.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
    assert asked == ["/a", "data.example:443"]


def test_a_server_that_is_not_there_is_said(path: Path) -> None:
    with server({}) as home:
        pass
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(f"{home}/a", path)
