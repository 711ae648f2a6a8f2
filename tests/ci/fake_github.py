"""GitHub's API on loopback: one repository with one pull request, comments and reviews."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "reported-losses/reported-losses"
BOT = "github-actions[bot]"
HEAD, BASE = "a" * 40, "b" * 40

Comment = dict[str, Any]


def new_pull(**facts: object) -> dict[str, Any]:
    pull = {
        "number": 7, "state": "open", "locked": False, "head": {"sha": HEAD},
        "base": {"sha": BASE, "ref": "main"},
    }  # fmt: skip
    return {**pull, **facts}


@dataclass
class Github:
    """What the repository holds, and what was asked of it.

    `fault` may answer a call in its place: with a status, or with None to drop the connection.
    """

    pulls: list[dict[str, Any]] = field(default_factory=lambda: [new_pull()])
    comments: list[Comment] = field(default_factory=list)
    reviews: list[Comment] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    sent: list[tuple[str, Any]] = field(default_factory=list)
    fault: Callable[[str, str], tuple[int | None, bool] | None] = lambda _method, _path: None
    root: str = ""

    def answer(self, method: str, target: str, body: Any) -> Any:  # noqa: ANN401, PLR0911 - JSON
        split = urlsplit(target)
        path = split.path.removeprefix(f"/repos/{REPOSITORY}")
        if path == split.path:
            return 404
        asked = parse_qs(split.query)
        if method in {"POST", "PATCH"}:
            self.sent.append((path, body))
        lists = {"/issues/7/comments": self.comments, "/pulls/7/reviews": self.reviews}
        if path == "/pulls":
            return [one for one in self.pulls if asked["state"] == ["open"]]
        if path == "/pulls/7":
            return self.pulls[0]
        if path in lists and method == "GET":
            size, page = int(asked["per_page"][0]), int(asked["page"][0])
            return lists[path][size * (page - 1) : size * page]
        if path in lists:
            lists[path].append({"id": 1000 + len(lists[path]), "user": {"login": BOT}, **body})
            return lists[path][-1]
        if found := re.fullmatch(r"/issues/comments/(\d+)", path):
            (one,) = [one for one in self.comments if one["id"] == int(found[1])]
            one.update(body)
            return one
        return 404


@contextmanager
def served(github: Github) -> Iterator[Github]:
    """Serve a repository, and put the address into its `root`."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "null")
            path = urlsplit(self.path).path.removeprefix(f"/repos/{REPOSITORY}")
            github.calls.append((self.command, path))
            fault = github.fault(self.command, path)
            answer = github.answer(self.command, self.path, body) if not fault or fault[1] else 500
            status = fault[0] if fault else answer if isinstance(answer, int) else 200
            if status is None:  # the connection is dropped, and the client told nothing
                self.close_connection = True
                return
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = _any  # noqa: N815 - the names that the library looks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    github.root = f"http://127.0.0.1:{server.server_port}"
    try:
        yield github
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
