"""A server on this machine, for what is fetched."""

from __future__ import annotations

import contextlib
import http.server
import itertools
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping

Request = http.server.BaseHTTPRequestHandler
Answer = Callable[[Request], None]


def file(data: bytes, *, stated: int | None = None) -> Answer:
    """Answer with a file; state another length if one is given."""
    return answer(data, {"Content-Length": str(len(data) if stated is None else stated)})


def answer(data: bytes, headers: Mapping[str, str], code: int = 200) -> Answer:
    """Answer with these headers and bytes."""

    def send(request: Request) -> None:
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        with contextlib.suppress(OSError):  # who has seen enough hangs up
            request.wfile.write(data)

    return send


def ranges(data: bytes, asked: list[str]) -> Answer:
    """Answer with the part of a file that is asked for, as static hosts do; note what is asked for."""

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range", "")
        if request.command == "GET":
            asked.append(wanted)
        begin, end = _bounds(wanted, len(data))
        request.send_response(206 if wanted else 200)
        if wanted:
            request.send_header("Content-Range", f"bytes {begin}-{end - 1}/{len(data)}")
        request.send_header("Accept-Ranges", "bytes")
        request.send_header("Content-Length", str(end - begin))
        request.end_headers()
        if request.command == "GET":
            request.wfile.write(data[begin:end])

    return answer


def _bounds(wanted: str, size: int) -> tuple[int, int]:
    """Return the first byte of a header `Range`, and the byte after the last."""
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted)
    if not found:
        return 0, size
    first, last = found.groups()
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1) if last else size


def redirect(target: str) -> Answer:
    """Answer with a redirect."""
    return answer(b"", {"Location": target}, 302)


def loop(request: Request) -> None:
    """Answer with a redirect to the same address."""
    redirect(request.path)(request)


def failing(code: int, *, after: str | None = None) -> Answer:
    """Answer with an error, and ask to wait."""
    return answer(b"no", {} if after is None else {"Retry-After": after}, code)


def in_turn(*answers: Answer) -> Answer:
    """Answer each request in another way; from the last one on all in the same way."""
    left = itertools.chain(answers, itertools.repeat(answers[-1]))

    def send(request: Request) -> None:
        next(left)(request)

    return send


def endless(request: Request) -> None:
    """Answer with a file that has no end."""
    request.send_response(200)
    request.end_headers()
    with contextlib.suppress(OSError):
        while True:
            request.wfile.write(b"x" * 4096)


def drip(data: bytes, pause: float = 0.05) -> Answer:
    """Answer with a file, byte after byte."""

    def send(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        _drip(request, data, pause)

    return send


def dripping_head(request: Request) -> None:
    """Answer with headers that have no end, byte after byte."""
    _drip(request, b"HTTP/1.0 200 OK\r\nX-Long: " + b"x" * 600, 0.05)


def _drip(request: Request, data: bytes, pause: float) -> None:
    with contextlib.suppress(OSError):
        for byte in data:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            time.sleep(pause)


def stalled(request: Request) -> None:
    """Begin to answer and say no more, until the other side hangs up."""
    request.send_response(200)
    request.end_headers()
    with contextlib.suppress(OSError):
        request.wfile.write(b"PAR1")
        request.wfile.flush()
        request.connection.settimeout(10)
        request.connection.recv(1)


def reset(request: Request) -> None:
    """Break the connection off in the middle."""
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"PAR1")
    request.wfile.flush()
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


def broken_chunks(request: Request) -> None:
    """Answer in pieces of which one has no length."""
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    request.wfile.write(b"4\r\nPAR1\r\nnot hex\r\nPAR1")


def no_http(request: Request) -> None:
    """Answer in another protocol."""
    request.wfile.write(b"220 mail.example.org ready\r\n")


@contextlib.contextmanager
def server(answers: Mapping[str, Answer], asked: list[str] | None = None) -> Iterator[str]:
    """Serve answers by path; yield the address of the server.

    Args:
        answers: What to answer for each path; it may be changed while the server runs.
        asked: Gets the path of every request.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            if asked is not None:
                asked.append(self.path)
            found = answers.get(self.path)
            if found is None:
                self.send_error(404)
            else:
                found(self)

        def do_CONNECT(self) -> None:
            self.close_connection = True
            if asked is not None:
                asked.append(self.path)
            self.send_error(403)

        do_HEAD = do_GET  # noqa: N815 - the name that the library looks for

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            pass  # who has seen enough hangs up

    with Server(("127.0.0.1", 0), Handler) as served:
        thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{served.server_address[1]}"
        finally:
            served.shutdown()
            thread.join()
