"""`docs/rules.md`: every code a check can give, and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reported_losses.dataset.descriptor import Package
from reported_losses.issue import CodeText
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.constraint_kinds import KINDS
from reported_losses.validation.constraints import constraints
from reported_losses.validation.rules import CATALOGUE

_HEAD = """\
# Codes

Generated from the rules, the schemas and the reader by `make generated`: do not edit.

Every issue `reported-losses check` gives has one of these codes, and pandera's schemas name their
checks by them. Codes are stable: none is reused, and renaming one is a breaking change.
`reported-losses explain CODE` prints one entry.

An error stops a change; a warning asks for a look. A rule has three outcomes: it holds, it fails,
or it cannot be judged. An empty cell is known to be missing, and each rule says what that means to
it. A cell that does not hold its type is reported once, by its `.type` code; from then on it is
unknown, and what depends on it is not judged. Where a table cannot be read, the rules that need it
are left out.
"""


def rule_pages(package: Package) -> str:
    """Return the page."""
    texts = code_texts(package)
    parts = [_HEAD, "## Rules\n", *_index(texts.values())]
    for code, rule in sorted(CATALOGUE.items()):
        place = f"Judges `{rule.table}`, points at `{rule.column}`."
        needs = ", ".join(f"`{name}`" for name in rule.needs)
        parts.append(_entry(texts[code], f"{place} Looks into {needs}." if needs else place))
    parts.append("## Files\n")
    parts += [_entry(text) for code, text in texts.items() if code.startswith("file/")]
    parts += _schemas(package)
    return "\n".join(parts)


def _index(texts: Iterable[CodeText]) -> Iterator[str]:
    yield "| code | severity | holds |\n| --- | --- | --- |"
    for text in texts:
        if text.code in CATALOGUE:
            anchor = text.code.replace("/", "")
            yield f"| [`{text.code}`](#{anchor}) | {text.severity} | {text.title} |"
    yield ""


def _entry(text: CodeText, place: str = "") -> str:
    lines = [
        f"### `{text.code}`\n",
        f"**{_sentence(text.title)}** ({text.severity})\n",
        f"{text.rationale}\n",
        f"- For example: {text.example}.",
        f"- To do: {_sentence(text.fix)}",
    ]
    return "\n".join([*lines, *([f"- {place}"] if place else []), ""])


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."


def _schemas(package: Package) -> Iterator[str]:
    codes: dict[str, list[str]] = defaultdict(list)
    for table in package.tables.values():
        for field in table.fields:
            if field.type != "string":
                codes["type"].append(f"{table.name}.{field.name}.type")
        for constraint in constraints(table):
            codes[constraint.kind].append(constraint.code)
    yield "## Fields and keys\n"
    yield "Their codes are the table's name, the column's, and what the schema asks for.\n"
    for name, kind in KINDS.items():
        if not codes[name]:
            continue
        yield f"### `{name}`\n"
        yield f"**{_sentence(kind.title)}** (error)\n"
        yield f"{kind.rationale}\n"
        yield f"- For example: {kind.example}."
        yield f"- To do: {_sentence(kind.fix)}"
        yield f"- Codes: {', '.join(f'`{code}`' for code in sorted(codes[name]))}.\n"
