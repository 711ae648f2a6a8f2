"""`docs/rules.md`: every code that a check can give of rules, files and history, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reported_losses.definition.schema import Package
from reported_losses.generate.markdown import sentence, wrapped
from reported_losses.issue import CodeText
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.rules import CATALOGUE

_HEAD = """\
# Rules

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

Rules and readers have the codes of this page. What the schemas ask of each column and key has
[a page of its own](derived-codes.md).
"""


def rule_pages(package: Package) -> str:
    """Return the page."""
    texts = code_texts(package)
    parts = [_HEAD, "## Every code\n", *_index(texts.values())]
    for code, rule in sorted(CATALOGUE.items()):
        judges = f"Judges `{rule.table}`, points at `{rule.column}`."
        needs = ", ".join(f"`{name}`" for name in rule.needs)
        item = f"{judges} Reads {needs}." if needs else judges
        parts.append(entry(texts[code], code, item))
    parts.append("## The check itself\n")
    parts += [entry(text, code) for code, text in texts.items() if code.startswith("check/")]
    parts.append("## Against a base\n")
    parts += [entry(text, code) for code, text in texts.items() if code.startswith("history/")]
    parts.append("## Files\n")
    parts += [entry(text, code) for code, text in texts.items() if code.startswith("file/")]
    return "\n".join(parts)


def _index(texts: Iterable[CodeText]) -> Iterator[str]:
    yield "| code | severity | holds |\n| --- | --- | --- |"
    for text in texts:
        if text.code in CATALOGUE:
            yield f"| [`{text.code}`](#{text.code}) | {text.severity} | {text.title} |"
    yield ""


def anchor(code: str) -> str:
    """Return a place in a page that can be linked to by a code.

    >>> anchor("loss_counts/never-decreases")
    '<a id="loss_counts/never-decreases"></a>'
    """
    return f'<a id="{code}"></a>'


def entry(text: CodeText, heading: str, *items: str) -> str:
    """Return what people are told of a code, or of a kind of codes.

    Args:
        text: The words.
        heading: The code or kind.
        items: More items of the list below the words.
    """
    lines = [
        *([f"{anchor(heading)}\n"] if heading == text.code else []),
        f"### `{heading}`\n",
        f"{wrapped(f'**{sentence(text.title)}** ({text.severity})')}\n",
        f"{wrapped(text.rationale)}\n",
        *(
            wrapped(item, "- ", "  ")
            for item in (f"For example: {text.example}.", f"To do: {sentence(text.fix)}", *items)
        ),
    ]
    return "\n".join([*lines, ""])
