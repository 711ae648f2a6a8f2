"""CITATION.cff and .zenodo.json are valid; they and the addresses agree with the descriptor."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
import yaml

from reported_losses.definition.changelog import read_changelog
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.site import SITE

# The keys that version 1.2.0 of the format requires, and the optional keys in use.
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
    assert set(citation) - {"date-released"} == REQUIRED | USED
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


def test_it_has_the_day_of_the_release_if_the_version_was_released(
    citation: dict[str, Any],
) -> None:
    entries = read_changelog((package_dir() / "CHANGELOG.md").read_text(encoding="utf-8"))
    released = {entry.version: entry.date for entry in entries if entry.version is not None}
    day = citation.get("date-released")
    assert (None if day is None else str(day)) == released.get(citation["version"])


def test_zenodo_is_told_the_same(citation: dict[str, Any]) -> None:
    record = json.loads((package_dir() / ".zenodo.json").read_text(encoding="utf-8"))
    assert record["title"] == citation["title"]
    assert [one["name"] for one in record["creators"]] == [
        one["name"] for one in citation["authors"]
    ]
    assert record["license"] == citation["license"].lower()
    assert set(citation["keywords"]) <= set(record["keywords"])
    assert record["upload_type"] == citation["type"]
    assert installed().raw["description"] in record["description"].replace("&amp;", "&")
    # Zenodo takes these from the release.
    assert not {"version", "publication_date", "doi"} & set(record)
    for one in record["related_identifiers"]:
        assert set(one) == {"identifier", "relation"}
        assert re.fullmatch(r"https://\S+", one["identifier"])


def test_the_project_s_addresses_are_below_its_home_page_or_its_site() -> None:
    facts = tomllib.loads((package_dir() / "pyproject.toml").read_text(encoding="utf-8"))
    urls = facts["project"]["urls"]
    home = installed().raw["homepage"]
    assert set(urls) == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}
    assert urls["Homepage"] == urls["Source"] == home
    assert urls.pop("Documentation") == f"{SITE}/docs/"
    assert all(f"{url}/".startswith(f"{home}/") for url in urls.values())
    for kind, path in re.findall(r"/(tree|blob)/main/(\S+)", " ".join(urls.values())):
        found = package_dir() / path
        assert found.is_dir() if kind == "tree" else found.is_file()
