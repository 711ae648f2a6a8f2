"""`docs/rules.md`: every code a check can give, and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reported_losses.definition.schema import Package
from reported_losses.generate.markdown import sentence, wrapped
from reported_losses.issue import CodeText
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.constraint_kinds import KINDS
from reported_losses.validation.constraints import constraints
from reported_losses.validation.rules import CATALOGUE

_HEAD = """\
# Codes

Generated from the rules, the schemas and the reader by `make generated`: do not edit.

Every issue of `reported-losses check` has one of these codes, and so has every check of the
pandera schemas. Codes are stable: none is used again for something else, and renaming one is a
breaking change. `reported-losses explain CODE` prints one entry.

An error stops a change; a warning asks you to look. A rule has three outcomes: it holds, it fails,
or it cannot be judged. An empty cell is a missing value, and each rule says what that means. A cell
that does not hold its type is reported once, by its `.type` code; later checks treat it as unknown
and judge nothing that depends on it. If a table cannot be read, the rules that need it are not
judged. Not judged is not passed: a report says which rules were run, and a rule that nobody could
judge is an error of its own, `check/not-judged`, unless another issue explains it.
"""


def rule_pages(package: Package) -> str:
    """Return the page."""
    texts = code_texts(package)
    parts = [_HEAD, "## Rules\n", *_index(texts.values())]
    for code, rule in sorted(CATALOGUE.items()):
        judges = f"Judges `{rule.table}`, points at `{rule.column}`."
        needs = ", ".join(f"`{name}`" for name in rule.needs)
        item = f"{judges} Reads {needs}." if needs else judges
        parts.append(_entry(texts[code], code, item))
    parts.append("## The check itself\n")
    parts += [_entry(text, code) for code, text in texts.items() if code.startswith("check/")]
    parts.append("## Against a base\n")
    parts += [_entry(text, code) for code, text in texts.items() if code.startswith("history/")]
    parts.append("## Files\n")
    parts += [_entry(text, code) for code, text in texts.items() if code.startswith("file/")]
    parts += _schemas(package, texts)
    return "\n".join(parts)


def _index(texts: Iterable[CodeText]) -> Iterator[str]:
    yield "| code | severity | holds |\n| --- | --- | --- |"
    for text in texts:
        if text.code in CATALOGUE:
            anchor = text.code.replace("/", "")
            yield f"| [`{text.code}`](#{anchor}) | {text.severity} | {text.title} |"
    yield ""


def _entry(text: CodeText, heading: str, *items: str) -> str:
    lines = [
        f"### `{heading}`\n",
        f"{wrapped(f'**{sentence(text.title)}** ({text.severity})')}\n",
        f"{wrapped(text.rationale)}\n",
        *(
            wrapped(item, "- ", "  ")
            for item in (f"For example: {text.example}.", f"To do: {sentence(text.fix)}", *items)
        ),
    ]
    return "\n".join([*lines, ""])


def _schemas(package: Package, texts: Mapping[str, CodeText]) -> Iterator[str]:
    yield "## Fields and keys\n"
    yield "Their codes are the table's name, the column's, and what the schema asks for.\n"
    codes = _codes_by_kind(package)
    for kind in KINDS:
        if kind in codes:
            # All codes of a kind have the same text.
            (first, *_), *_ = codes[kind].values()
            yield _entry(texts[first], kind)
            yield "Codes:\n"
            for table, own in sorted(codes[kind].items()):
                listed = ", ".join(f"`{code}`" for code in sorted(own))
                yield wrapped(f"`{table}`: {listed}", "- ", "  ")
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
