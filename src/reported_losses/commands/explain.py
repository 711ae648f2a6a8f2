"""Explain a code that `check` gives: what must hold, why, an example, and what to do.

The end of a code is enough: `explain never-decreases` finds loss_counts/never-decreases. What many
codes have in common is explained by its name: minimum, required, foreignKey and so on.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reported_losses.commands import _options

if TYPE_CHECKING:
    from reported_losses.issue import CodeText

NAME = "explain"
HELP = "explain a code that check gives"

_FACTS = ("code", "severity", "title", "rationale", "example", "fix")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        help="a code or its end, such as never-decreases (default: list the rules)",
    )
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the explanation of a code, or the list of rules."""
    from reported_losses.commands import _screen
    from reported_losses.definition.descriptor import load_package
    from reported_losses.definition.location import package_dir
    from reported_losses.validation.catalogue import code_texts

    texts = code_texts(load_package(package_dir()))
    if args.code is None:
        rules = [text for text in texts.values() if "/" in text.code]
        if args.json:
            _screen.write_json([_facts(text) for text in rules])
        else:
            _screen.say("\n".join(f"{text.code:34} {text.title}" for text in rules))
        return 0
    text = _find(args.code, texts)
    if args.json:
        _screen.write_json(_facts(text))
    else:
        _screen.say(_explanation(text))
    return 0


def _find(wanted: str, texts: Mapping[str, CodeText]) -> CodeText:
    """Return the text of the one code that is `wanted` or ends in it, or of a kind of constraint.

    Raises:
        UnknownNameError: No code does, or several do.
    """
    from reported_losses.errors import UnknownNameError, unknown_name
    from reported_losses.validation.constraint_kinds import KINDS

    found = _matches(wanted, texts)
    if len(found) == 1:
        return texts[found[0]]
    for kind in KINDS.values():
        if kind.code.casefold() == wanted.casefold():
            return kind
    if found:
        raise UnknownNameError(f"{wanted!r} is the end of several codes: {', '.join(found)}")
    raise unknown_name("code", wanted, texts)


def _matches(wanted: str, codes: Iterable[str]) -> list[str]:
    """Return the codes that match in the best way that gives any: whole, by part, by ending."""
    folded = wanted.casefold()
    by_code = {code: code.casefold() for code in codes}
    for endings in ((), (f"/{folded}", f".{folded}"), (folded,)):
        found = [code for code, text in by_code.items() if text == folded or text.endswith(endings)]
        if found:
            return found
    return []


def _facts(text: CodeText) -> dict[str, str]:
    return {name: getattr(text, name) for name in _FACTS}


def _explanation(text: CodeText) -> str:
    import textwrap

    from reported_losses.definition.site import code_address

    rationale = textwrap.wrap(text.rationale, 88, break_long_words=False, break_on_hyphens=False)
    return "\n".join(
        (
            f"{text.code} ({text.severity})",
            text.title,
            "",
            *rationale,
            "",
            f"Example: {text.example}",
            f"What to do: {text.fix}",
            f"On the web: {code_address(text.code)}",
        )
    )
