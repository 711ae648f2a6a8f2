"""`docs/derived-codes.md`: the codes that follow from the schemas, by what they ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Package
from reported_losses.generate.markdown import wrapped
from reported_losses.generate.rule_pages import anchor, entry
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.constraint_kinds import KINDS
from reported_losses.validation.constraints import Constraint, constraints

_HEAD = """\
# Codes of fields and keys

Generated from the schemas by `make generated`: do not edit.

What a schema asks of a column or a key has a code too: the table's name, the column's, and the
kind. Each line says what is asked for; why, and what to do, is the same for all codes of a kind.
[Rules](rules.md) lists all other codes, and the [data dictionary](data-dictionary.md) says what
each column may hold.
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
            yield from (_line(code, own[code], kind) for code in sorted(own))
            yield ""


def _line(code: str, asked: str, kind: str) -> str:
    # Messages lead to this line, which may be screens below the explanation of its kind.
    said = wrapped(f"`{code}`: {asked}. [What to do](#{kind.lower()})", "", "  ")
    return f"- {anchor(code)}{said}"


def _codes_by_kind(package: Package) -> Mapping[str, Mapping[str, dict[str, str]]]:
    """Return what each code asks for, by kind of constraint and table."""
    codes: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for table in package.tables.values():
        for field in table.fields:
            if field.type != "string":
                asked = FIELD_TYPES[field.type].expected
                codes["type"][table.name][f"{table.name}.{field.name}.type"] = asked
        for constraint in constraints(table):
            codes[constraint.kind][table.name][constraint.code] = _asked(constraint)
    return codes


def _asked(constraint: Constraint) -> str:
    expected = constraint.text.expected
    if constraint.kind != "pattern":
        return expected
    form, *example = expected.removeprefix("the form ").split(", such as ", 1)
    return f"the form `{form}`" + "".join(f", such as `{one}`" for one in example)
