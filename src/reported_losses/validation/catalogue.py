"""What people are told of every code: of files, of schemas, and of rules alike."""

from __future__ import annotations

from collections.abc import Mapping

from reported_losses.dataset.descriptor import Package
from reported_losses.issue import CodeText, Severity
from reported_losses.parsing import FILE_CODES
from reported_losses.validation.constraint_texts import KINDS
from reported_losses.validation.constraints import constraints
from reported_losses.validation.rules import CATALOGUE


def code_texts(package: Package) -> Mapping[str, CodeText]:
    """Return the text of every code a check of a package can give, in order of code.

    Args:
        package: Descriptor; the codes of its schemas' constraints come from it.
    """
    texts = [*FILE_CODES.values(), *_schemas(package), *_rules()]
    return {text.code: text for text in sorted(texts, key=lambda text: text.code)}


def _schemas(package: Package) -> list[CodeText]:
    codes = [
        (constraint.code, constraint.kind)
        for table in package.tables.values()
        for constraint in constraints(table)
    ]
    codes += [
        (f"{table.name}.{field.name}.type", "type")
        for table in package.tables.values()
        for field in table.fields
        if field.type != "string"
    ]
    kinds = ((code, KINDS[kind]) for code, kind in codes)
    return [
        CodeText(code, Severity.ERROR, kind.title, kind.rationale, kind.example, kind.fix)
        for code, kind in kinds
    ]


def _rules() -> list[CodeText]:
    return [
        CodeText(r.code, r.severity, r.title, r.rationale, r.example, r.fix)
        for r in CATALOGUE.values()
    ]
