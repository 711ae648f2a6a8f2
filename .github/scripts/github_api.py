"""GitHub's API, as far as the workflows need it, with the standard library alone.

The token goes to the API alone: it is not sent on if an answer leads elsewhere.
"""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

Json = Any

TRIES = 3

_SECONDS = 30
_PER_PAGE = 100
_MAX_PAGES = 30
_TOO_MANY = 429
_SERVER = 500


class ApiError(Exception):
    """The API refused a call, or could not be reached.

    Attributes:
        status: The status of its answer; 0 if there was none.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status

    @property
    def passing(self) -> bool:
        """Whether the same call may succeed a little later."""
        return self.status in {0, _TOO_MANY} or self.status >= _SERVER


@dataclass(frozen=True)
class Api:
    """The API of one repository.

    Attributes:
        root: Address of the API, such as `https://api.github.com`.
        repository: Owner and name of the repository.
        token: Token of the workflow.
        pause: Seconds to wait before a call is repeated.
    """

    root: str
    repository: str
    token: str
    pause: float = 2.0

    def call(self, method: str, path: str, body: object = None) -> Json:
        """Call the API, and again if it cannot be reached or has a fault of its own.

        Args:
            method: HTTP method.
            path: Path after the repository's own, such as `/pulls/1`.
            body: What to send, as JSON.

        Raises:
            ApiError: It refused, or could not be reached at all.
        """
        for number in range(1, TRIES + 1):
            try:
                return self._once(method, path, body)
            except ApiError as error:
                # What was written before the answer got lost would be written twice: whoever
                # writes looks first whether it is there.
                if not error.passing or method == "POST" or number == TRIES:
                    raise
                self.wait(number)
        raise AssertionError

    def wait(self, number: int) -> None:
        """Wait before a call is repeated, longer each time."""
        time.sleep(self.pause * number)

    def pages(self, path: str) -> Iterator[Json]:
        """Yield every item of a list, page by page."""
        for page in range(1, _MAX_PAGES + 1):
            items = self.call("GET", f"{path}?per_page={_PER_PAGE}&page={page}")
            yield from items
            if len(items) < _PER_PAGE:
                return

    def _once(self, method: str, path: str, body: object) -> Json:
        if not self.root.startswith(("https://", "http://127.0.0.1:")):
            raise ApiError(0, f"{self.root} is no address of an API")
        data = None if body is None else json.dumps(body).encode()
        address = f"{self.root}/repos/{self.repository}{path}"
        request = urllib.request.Request(address, data, method=method)  # noqa: S310 - see above
        request.add_header("Accept", "application/vnd.github+json")
        request.add_header("User-Agent", "reported-losses")
        request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise ApiError(error.code, f"{method} {path}: {error.code}") from None
        except (OSError, ValueError) as error:
            raise ApiError(0, f"{method} {path}: {error}") from None


def api() -> Api:
    """Return the API of the repository that the workflow runs in."""
    names = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_TOKEN")
    root, repository, token = (os.environ[name] for name in names)
    return Api(root, repository, token, float(os.environ.get("API_PAUSE", "2")))


def event() -> Json:
    """Return the event that started the workflow."""
    return json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())


def put_output(**outputs: str) -> None:
    """Give values of one line to the later steps."""
    lines = [f"{name}={' '.join(value.splitlines())}\n" for name, value in outputs.items()]
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(lines)


def find_pull(github: Api, told: Json) -> Json:
    """Return the open pull request that an event is about; None if there is none any more.

    The event of a finished workflow does not name the pull request of a fork, so it is looked up
    by the branch, and must still be at the commit that was checked. Nothing that the workflow
    of the pull request wrote has a say in it.

    Args:
        github: The API.
        told: The event: `workflow_run` or `pull_request`.
    """
    if "pull_request" in told:
        number, head = int(told["pull_request"]["number"]), told["pull_request"]["head"]["sha"]
        found = [github.call("GET", f"/pulls/{number}")]
    else:
        run = told["workflow_run"]
        owner, head = (run.get("head_repository") or {}).get("owner"), run["head_sha"]
        if owner is None:  # the fork was deleted
            return None
        branch = urlencode({"state": "open", "head": f"{owner['login']}:{run['head_branch']}"})
        found = github.call("GET", f"/pulls?{branch}")
    usual = told["repository"]["default_branch"]
    found = [one for one in found if one["state"] == "open" and one["head"]["sha"] == head]
    return min(found, key=lambda one: (one["base"]["ref"] != usual, one["number"]), default=None)
