"""The files that are generated from schemas and code; a test fails if one is out of date.

`make generated` writes them. Each entry is a file and the function that returns its text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reported_losses.definition.schema import Package
from reported_losses.generate.api_page import api_page
from reported_losses.generate.command_pages import command_pages
from reported_losses.generate.cookbook import run_page
from reported_losses.generate.corrections_page import corrections_page
from reported_losses.generate.data_dictionary import data_dictionary
from reported_losses.generate.derived_codes_page import derived_codes_page
from reported_losses.generate.module_page import module_page
from reported_losses.generate.pandera_models import pandera_models
from reported_losses.generate.rule_pages import rule_pages
from reported_losses.generate.shape import shape
from reported_losses.generate.types import loading_types, table_names
from reported_losses.generate.zenodo import zenodo

GENERATED: Mapping[str, Callable[[Package], str]] = MappingProxyType(
    {
        ".zenodo.json": zenodo,
        "docs/api.md": lambda _: api_page(),
        "docs/cli.md": lambda _: command_pages(),
        "docs/cookbook.md": lambda _: run_page("docs/cookbook.md"),
        "docs/corrections.md": lambda _: corrections_page(),
        "docs/data-dictionary.md": data_dictionary,
        "docs/derived-codes.md": derived_codes_page,
        "docs/modules.md": lambda _: module_page(),
        "docs/rules.md": rule_pages,
        "docs/start.md": lambda _: run_page("docs/start.md"),
        "src/reported_losses/definition/names.py": table_names,
        "src/reported_losses/loading/types.py": loading_types,
        "src/reported_losses/validation/models.py": pandera_models,
        "src/reported_losses/validation/shape.py": shape,
    }
)
