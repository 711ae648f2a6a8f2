"""CITATION.cff is valid; it and the project's addresses agree with the descriptor."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir

# The keys that version 1.2.0 of the format requires, and the optional keys in use. There is no
# `date-released`, because nothing has been released.
REQUIRED = {"cff-version", "message", "title", "authors"}
USED = {
    "type",
    "abstract",
    "version",
    "license",
    "repository-code",
    "url",
    "keywords",
}


@pytest.fixture(scope="module")
def citation() -> dict[str, Any]:
    text = (package_dir() / "CITATION.cff").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_the_form_is_valid(citation: dict[str, Any]) -> None:
    assert set(citation) == REQUIRED | USED
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] == "dataset"
    for author in citation["authors"]:
        assert set(author) <= {"name", "website"}
        assert author["name"]
    assert isinstance(citation["version"], str)
    assert len(set(citation["keywords"])) == len(citation["keywords"])
    for key in ("url", "repository-code"):
        assert re.fullmatch(r"https://\S+", citation[key])


def test_it_agrees_with_the_descriptor(citation: dict[str, Any]) -> None:
    raw = installed().raw
    assert citation["version"] == raw["version"]
    assert citation["title"] == raw["title"]
    assert citation["url"] == raw["homepage"]
    assert citation["license"] == raw["licenses"][0]["name"]
    assert citation["authors"][0]["name"] == raw["contributors"][0]["title"]


def test_the_project_s_addresses_are_below_its_home_page() -> None:
    facts = tomllib.loads((package_dir() / "pyproject.toml").read_text(encoding="utf-8"))
    urls = facts["project"]["urls"]
    home = installed().raw["homepage"]
    assert set(urls) == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}
    assert urls["Homepage"] == urls["Source"] == home
    assert all(f"{url}/".startswith(f"{home}/") for url in urls.values())
    for kind, path in re.findall(r"/(tree|blob)/main/(\S+)", " ".join(urls.values())):
        found = package_dir() / path
        assert found.is_dir() if kind == "tree" else found.is_file()
