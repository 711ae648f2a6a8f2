"""`dataset.jsonld`: what search engines ask of a dataset."""

from __future__ import annotations

import functools
import json
from typing import Any

from released import data_files, shipped_source
from reported_losses.release.jsonld import jsonld


@functools.cache
def said() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(jsonld(shipped_source(), data_files(shipped_source())))
    return read


def test_what_search_engines_need_is_there() -> None:
    assert (said()["@context"], said()["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(said()["description"]) <= 5_000
    assert said()["isAccessibleForFree"] is True
    assert said()["version"] == shipped_source().package.version
    assert said()["creator"]["@type"] == "Organization"
    assert said()["license"].startswith("https://")


def test_the_days_are_those_of_the_reports() -> None:
    first, last = said()["temporalCoverage"].split("/")
    days = shipped_source().tables["loss_counts"]["report_date"].to_pylist()
    assert first <= min(days).isoformat()
    assert last >= max(days).isoformat()


def test_what_is_measured_are_the_categories() -> None:
    measured = {one["propertyID"]: one for one in said()["variableMeasured"]}
    assert set(measured) == set(shipped_source().tables["categories"]["category"].to_pylist())
    assert all(one["name"] and one["description"] for one in measured.values())


def test_each_file_can_be_downloaded() -> None:
    downloads = {one["name"]: one for one in said()["distribution"]}
    assert set(downloads) == set(data_files(shipped_source()))
    for name, one in downloads.items():
        assert one["contentUrl"].startswith("https://")
        assert one["contentUrl"].endswith(f"/0.1.0/{name}")
        assert one["encodingFormat"] != "application/octet-stream"
