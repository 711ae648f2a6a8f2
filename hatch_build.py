"""The build hook: a wheel's descriptor says of every table how it was built.

The tree's `datapackage.json` is edited by hand and does not state what every edit of a table would
change. In a wheel nobody edits, and a table cut short at a line end is still a readable table. So
each resource there has its `bytes`, its `hash` (both of Data Package 2) and its `rows`.
"""

from __future__ import annotations

import json
import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DESCRIPTOR = "datapackage.json"
# The package cannot be imported here: what it needs is not installed where a wheel is built.
FACTS = "src/reported_losses/definition/file_facts.py"


class DescribeTables(BuildHookInterface[Any]):
    """Puts the descriptor with the facts of its tables into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the descriptor beside the tree; an editable install reads the tree itself."""
        if version == "editable":
            return
        self._made = tempfile.TemporaryDirectory()
        path = Path(self._made.name, DESCRIPTOR)
        path.write_text(as_built(Path(self.root)), encoding="utf-8", newline="\n")
        build_data["force_include"][str(path)] = f"reported_losses/_package/{DESCRIPTOR}"

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Remove what `initialize` wrote."""
        if version != "editable":
            self._made.cleanup()


def as_built(folder: Path) -> str:
    """Return the descriptor of a package folder, with the facts of every table's file."""
    package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    facts = runpy.run_path(str(folder / FACTS))["file_facts"]
    for resource in package["resources"]:
        resource.update(facts((folder / resource["path"]).read_bytes()))
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
