"""Explain a code that `check` gave: what holds, why, a breach, and what to do."""

from __future__ import annotations

import argparse

NAME = "explain"
HELP = "explain a code that check gave"
_NEAR = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        help="such as loss_counts/never-decreases (default: list the rules)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the explanation of a code, or the list of rules."""
    from dataclasses import asdict

    from reported_losses.commands import _screen
    from reported_losses.dataset.descriptor import load_package
    from reported_losses.dataset.location import package_dir
    from reported_losses.errors import UnknownNameError, nearest_first
    from reported_losses.validation.catalogue import code_texts

    texts = code_texts(load_package(package_dir()))
    if args.code is None:
        chosen = [text for text in texts.values() if "/" in text.code]
        if args.json:
            _screen.write_json([asdict(text) for text in chosen])
        else:
            _screen.say("\n".join(f"{text.code:34} {text.title}" for text in chosen))
        return 0
    if args.code not in texts:
        near = ", ".join(nearest_first(args.code, texts)[:_NEAR])
        msg = f"no code {args.code!r}; near it: {near}; `reported-losses explain` lists the rules"
        raise UnknownNameError(msg)
    text = texts[args.code]
    if args.json:
        _screen.write_json(asdict(text))
        return 0
    _screen.say(
        f"{text.code} ({text.severity})\n{text.title}\n\n{_wrapped(text.rationale)}\n\n"
        f"For example: {text.example}\nTo do: {text.fix}"
    )
    return 0


def _wrapped(text: str) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, 88, break_long_words=False, break_on_hyphens=False))
