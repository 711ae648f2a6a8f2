"""Files that are written by the code itself; a test fails where one of them is stale.

`make generated` writes them anew. Each entry is the file and the function that gives its text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reported_losses.dataset.descriptor import Package
from reported_losses.generate.command_pages import command_pages
from reported_losses.generate.data_dictionary import data_dictionary
from reported_losses.generate.pandera_models import pandera_models
from reported_losses.generate.rule_pages import rule_pages
from reported_losses.generate.types import loading_types, table_names

GENERATED: Mapping[str, Callable[[Package], str]] = MappingProxyType(
    {
        "docs/cli.md": lambda _: command_pages(),
        "docs/data-dictionary.md": data_dictionary,
        "docs/rules.md": rule_pages,
        "src/reported_losses/dataset/names.py": table_names,
        "src/reported_losses/loading/types.py": loading_types,
        "src/reported_losses/validation/models.py": pandera_models,
    }
)
