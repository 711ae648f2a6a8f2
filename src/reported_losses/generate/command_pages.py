"""`docs/cli.md`: the help of every command.

It is made from the parsers, not from their printed help, whose layout differs between Pythons.
"""

from __future__ import annotations

import argparse
import textwrap

from reported_losses.commands.cli import parser

_HEAD = """\
# Command line

Generated from the commands by `make generated`; do not edit.

`python -m reported_losses` is the same program. Exit codes: 0 success, 1 issues were found in the
data or something would change, 2 the command was used wrongly or the program failed.
"""


def command_pages() -> str:
    """Return the page."""
    top = parser()
    pages = [_options(top)]
    for action in top._actions:  # noqa: SLF001 - argparse has no public way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            pages += [_page(command) for command in action.choices.values()]
    return "\n".join([_HEAD, *pages])


def _page(command: argparse.ArgumentParser) -> str:
    text, _, examples = (command.description or "").strip().partition("\n\nExamples:\n")
    if examples:
        text = f"{text}\n\n```sh\n{textwrap.dedent(examples)}\n```"
    return f"## {command.prog}\n\n{text}\n\n{_options(command)}"


def _options(command: argparse.ArgumentParser) -> str:
    actions = [
        action
        for action in command._actions  # noqa: SLF001
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)  # noqa: SLF001
    ]
    rows = [f"| `{_spelling(action)}` | {_help(command, action)} |" for action in actions]
    return "\n".join(["| argument | meaning |", "| --- | --- |", *rows, ""]) if rows else ""


def _spelling(action: argparse.Action) -> str:
    values = _values(action)
    if not action.option_strings:
        return values
    return " ".join(filter(None, [", ".join(action.option_strings), values]))


def _values(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    choices = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else None
    name = action.metavar or choices or action.dest.upper()
    name = name if isinstance(name, str) else " ".join(name)
    return {"?": f"[{name}]", "*": f"[{name} ...]", "+": f"{name} ..."}.get(
        str(action.nargs), name
    ).replace("|", "\\|")


def _help(command: argparse.ArgumentParser, action: argparse.Action) -> str:
    facts = {**vars(action), "prog": command.prog}
    return " ".join(((action.help or "") % facts).split()).replace("|", "\\|")
