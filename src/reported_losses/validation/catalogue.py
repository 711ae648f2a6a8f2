"""What people are told of every code that a check can give: of files, schemas, rules, history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reported_losses.definition.schema import Package
from reported_losses.issue import CodeText
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.validation.constraint_kinds import text_of
from reported_losses.validation.constraints import constraints
from reported_losses.validation.history.codes import HISTORY_CODES
from reported_losses.validation.needed_shape import NOT_JUDGED
from reported_losses.validation.rules import CATALOGUE


def code_texts(package: Package) -> Mapping[str, CodeText]:
    """Return the text of every code that a check of a package can give, in order of code.

    Args:
        package: Descriptor; the codes of its schemas' constraints come from it.
    """
    rules = (rule.text for rule in CATALOGUE.values())
    texts = [*FILE_CODES.values(), *HISTORY_CODES.values(), NOT_JUDGED, *_schemas(package), *rules]
    return {text.code: text for text in sorted(texts, key=lambda text: text.code)}


def _schemas(package: Package) -> Iterator[CodeText]:
    for table in package.tables.values():
        yield from (constraint.text for constraint in constraints(table))
        for field in table.fields:
            if field.type != "string":
                yield text_of(f"{table.name}.{field.name}.type", "type")
