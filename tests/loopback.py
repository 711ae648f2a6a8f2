"""A server on this machine, for what is fetched."""

from __future__ import annotations

import contextlib
import http.server
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
