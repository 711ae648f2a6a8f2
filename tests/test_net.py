"""What is fetched is a file of bounded size from the address that was given, or an error."""

from __future__ import annotations

import http.server
import time
from pathlib import Path

import pytest

from loopback import endless, file, redirect, server
from reported_losses.errors import FetchError
from reported_losses.net import fetch


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


def test_a_server_that_is_not_there_is_said(path: Path) -> None:
    with server({}) as home:
        pass
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(f"{home}/a", path)
