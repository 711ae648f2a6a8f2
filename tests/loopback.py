"""A server on this machine, for what is fetched."""

from __future__ import annotations

import contextlib
import http.server
import re
import threading
from collections.abc import Callable, Iterator, Mapping

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


def file(data: bytes, *, stated: int | None = None) -> Answer:
    """Answer with a file; state another length if one is given."""

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(data) if stated is None else stated))
        request.end_headers()
        request.wfile.write(data)

    return answer


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

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", target)
        request.end_headers()

    return answer


def endless(request: http.server.BaseHTTPRequestHandler) -> None:
    """Answer with a file that has no end."""
    request.send_response(200)
    request.end_headers()
    with contextlib.suppress(OSError):
        while True:
            request.wfile.write(b"x" * 4096)


@contextlib.contextmanager
def server(answers: Mapping[str, Answer]) -> Iterator[str]:
    """Serve answers by path; yield the address of the server."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        do_HEAD = do_GET  # noqa: N815 - the name that the library looks for

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        thread = threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{served.server_address[1]}"
        finally:
            served.shutdown()
            thread.join()
