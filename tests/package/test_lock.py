"""The development lock: whole, verifiable, and of no registry in particular."""

from __future__ import annotations

import re
import tomllib

from reported_losses.dataset.location import package_dir


def test_every_requirement_is_pinned_with_digests() -> None:
    text = (package_dir() / "requirements-dev.lock").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2])
    assert all("==" in pin.partition("\n")[0] and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text
    assert "index-url" not in text


def test_every_dependency_is_in_the_lock() -> None:
    text = (package_dir() / "requirements-dev.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
    project = tomllib.loads((package_dir() / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[\[<>=~; ]", name)[0].lower() for name in wanted} - {"reported-losses"}
    assert names <= locked
