"""Chromium without a window, driven over pipes in its own protocol.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 30.0


def program() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Page:
    """One page of a browser: what it asked for, what it complained of."""

    def __init__(self, to: BinaryIO, answers: BinaryIO) -> None:
        self._to, self._answers = to, answers
        self._number = 0
        self._session: str | None = None
        self.asked: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401 - JSON
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _next(self) -> dict[str, Any]:
        text = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser has ended"
            text += byte
        answer: dict[str, Any] = json.loads(text)
        match answer.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(answer["params"]["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(answer["params"]["exceptionDetails"]))
            case "Log.entryAdded" if answer["params"]["entry"]["level"] == "error":
                self.complaints.append(str(answer["params"]["entry"]))
        return answer

    def open(self, address: str) -> None:
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.protocol !== 'about:'")

    def value(self, script: str) -> Any:  # noqa: ANN401 - JSON
        """Return what a script gives, or what its promise is kept with."""
        done = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait(self, script: str) -> None:
        until = time.monotonic() + _PATIENCE
        while not self.value(script):
            assert time.monotonic() < until, f"never: {script}"
            time.sleep(0.05)

    def look(self, *, width: int, height: int, dark: bool) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Start Chromium with a profile of its own and give a page of it."""
    found = program()
    assert found, "there is no Chromium"
    their_input, to = os.pipe()
    answers, their_output = os.pipe()

    # Chromium reads from 3 and writes to 4.
    script = f'exec "$@" 3<&{their_input} 4>&{their_output}'
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--remote-debugging-pipe", f"--user-data-dir={profile}",
    ]  # fmt: skip
    process = subprocess.Popen(
        ["bash", "-c", script, "bash", found, *options],
        pass_fds=(their_input, their_output),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(their_input)
    os.close(their_output)
    try:
        with os.fdopen(to, "wb") as sending, os.fdopen(answers, "rb") as receiving:
            yield Page(sending, receiving)
            sending.write(b'{"id": 0, "method": "Browser.close"}\0')
    finally:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
