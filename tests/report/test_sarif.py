"""Names and required properties, against classes generated from the standard's own schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sarif_om

GOLDEN = Path(__file__).parent / "golden" / "sarif.sarif"
# Property to the class of the object, or objects, it holds.
CLASSES = {
    "runs": "Run",
    "tool": "Tool",
    "driver": "ToolComponent",
    "rules": "ReportingDescriptor",
    "shortDescription": "MultiformatMessageString",
    "fullDescription": "MultiformatMessageString",
    "help": "MultiformatMessageString",
    "defaultConfiguration": "ReportingConfiguration",
    "automationDetails": "RunAutomationDetails",
    "invocations": "Invocation",
    "results": "Result",
    "message": "Message",
    "description": "Message",
    "locations": "Location",
    "physicalLocation": "PhysicalLocation",
    "artifactLocation": "ArtifactLocation",
    "region": "Region",
}
# Objects whose property names are ours to choose.
OPEN = {"originalUriBaseIds": "ArtifactLocation", "partialFingerprints": None}


def objects(value: Any, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    yield kind, value
    for name, inner in value.items():
        if name in OPEN:
            if OPEN[name]:
                yield from ((OPEN[name], one) for one in inner.values())  # type: ignore[misc]
        elif isinstance(inner, dict):
            yield from objects(inner, CLASSES[name])
        elif isinstance(inner, list):
            for one in inner:
                yield from objects(one, CLASSES[name])


def test_every_object_is_of_the_standard() -> None:
    log = json.loads(GOLDEN.read_text(encoding="utf-8"))
    seen = set()
    for kind, value in objects(log, "SarifLog"):
        fields = getattr(sarif_om, kind).__attrs_attrs__
        names = {field.metadata["schema_property_name"] for field in fields}
        needed = {
            field.metadata["schema_property_name"]
            for field in fields
            if str(field.default) == "NOTHING"
        }
        assert set(value) <= names, kind
        assert set(value) >= needed, kind
        seen.add(kind)
    assert seen == {"SarifLog", *CLASSES.values()}
