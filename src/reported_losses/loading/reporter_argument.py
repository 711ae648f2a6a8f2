"""The reporter and the subject that a caller names: letter case and spacing make no difference."""

from __future__ import annotations

from collections.abc import Collection

from reported_losses.definition.arguments import text
from reported_losses.definition.category_names import plain
from reported_losses.definition.descriptor import installed
from reported_losses.errors import unknown_name
from reported_losses.loading.load import arrow


def slug(argument: str, value: object, known: Collection[str], remark: str = "") -> str:
    """Return the slug that a caller names.

    Args:
        argument: What is named, for the message.
        value: What the caller passed.
        known: The slugs that exist.
        remark: A sentence for the message about a name that does not exist.

    Raises:
        BadArgumentError: It is no text.
        UnknownNameError: It is none of the slugs.

    >>> slug("subject", "Russia", ["russia", "ukraine"])
    'russia'
    """
    named = text(argument.split(maxsplit=1)[0], value)
    if named in known:
        return named
    meant = [one for one in known if plain(one) == plain(named)]
    if len(meant) == 1:
        return meant[0]
    raise unknown_name(argument, named, known, remark=remark)


def reporter(value: object, known: Collection[str]) -> str:
    """Return the reporter that a caller names; otherwise as `slug`.

    >>> reporter("Oryx", ["oryx", "ru-mod"])
    'oryx'
    """
    if value in known:
        return str(value)
    return slug("reporter", value, known, _remark(text("reporter", value)))


def _remark(name: str) -> str:
    bodies = arrow(installed().table("organisations"), ["organisation"]).column(0).to_pylist()
    return no_reporter(name) if name in bodies else ""


def no_reporter(organisation: str) -> str:
    """Say that an organisation is no reporter."""
    return f"{organisation} is an organisation that counts no series; claims has its statements."
