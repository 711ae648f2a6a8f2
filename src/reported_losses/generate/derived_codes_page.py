"""`docs/derived-codes.md`: the codes that follow from the schemas, by what they ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reported_losses.definition.schema import Package
from reported_losses.generate.rule_pages import anchor, entry
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.constraint_kinds import KINDS
from reported_losses.validation.constraints import constraints

_HEAD = """\
# Codes of fields and keys

Generated from the schemas by `make generated`: do not edit.

What a schema asks of a column or a key has a code too: the table's name, the column's, and the
kind. The codes of one kind have one explanation. [Rules](rules.md) lists all other codes, and the
[data dictionary](data-dictionary.md) says what each column may hold.
"""


def derived_codes_page(package: Package) -> str:
    """Return the page."""
    return "\n".join([_HEAD, *_kinds(package)])


def _kinds(package: Package) -> Iterator[str]:
    texts = code_texts(package)
    codes = _codes_by_kind(package)
    for kind in filter(codes.__contains__, KINDS):
        # All codes of a kind have the same text.
        (first, *_), *_ = codes[kind].values()
        yield entry(texts[first], kind).replace("###", "##", 1)
        for table, own in sorted(codes[kind].items()):
            yield f"Of [`{table}`](data-dictionary.md#{table}):\n"
            yield from (f"- {anchor(code)}`{code}`" for code in sorted(own))
            yield ""


def _codes_by_kind(package: Package) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the codes of each kind of constraint, by table."""
    codes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for table in package.tables.values():
        for field in table.fields:
            if field.type != "string":
                codes["type"][table.name].append(f"{table.name}.{field.name}.type")
        for constraint in constraints(table):
            codes[constraint.kind][table.name].append(constraint.code)
    return codes
