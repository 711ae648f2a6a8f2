"""`citation()`: how to cite the data."""

from __future__ import annotations

from typing import Any

from reported_losses.definition.arguments import choice
from reported_losses.definition.descriptor import installed
from reported_losses.definition.schema import Package

_FORMS = {
    "text": (
        "{author} ({year}): {title} (reported-losses), version {version} [data set], "
        "{licence}, {url}"
    ),
    "bibtex": (
        "@misc{{reported_losses_{version},\n"
        "  author = {{{{{author}}}}},\n"
        "  title = {{{{{title}}}}},\n"
        "  year = {{{year}}},\n"
        "  version = {{{version}}},\n"
        "  note = {{Data set, {licence}}},\n"
        "  url = {{{url}}}\n"
        "}}"
    ),
}


def citation(form: str = "text") -> str:
    """Return how to cite the installed version of the data.

    Args:
        form: "text" for one line, "bibtex" for a BibTeX entry.

    Returns:
        The citation, with authors, year, title, version, licence and address.

    Raises:
        UnknownNameError: There is no such form.
        BadArgumentError: `form` is no text.

    >>> import reported_losses as rl
    >>> rl.citation().startswith("The reported-losses contributors (2026)")
    True
    >>> rl.citation("bibtex").splitlines()[1]
    '  author = {{The reported-losses contributors}},'
    """
    return cited(installed(), choice("citation form", form, tuple(_FORMS)))


def cited(package: Package, form: str = "text") -> str:
    """Return how to cite a package.

    Args:
        package: Its descriptor.
        form: A form of `citation`.

    >>> cited(installed()) == citation()
    True
    """
    raw: Any = package.raw
    return _FORMS[form].format(
        author=raw["contributors"][0]["title"],
        year=raw["created"][:4],
        title=raw["title"],
        version=raw["version"],
        licence=raw["licenses"][0]["name"],
        url=raw["homepage"],
    )
