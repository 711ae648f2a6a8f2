"""The names that people use for a category, and the category that a name means.

The names of a category are its slug, its labels and its aliases. Letter case, spacing and
hyphens make no difference between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_SEPARATOR = ";"


def plain(name: str) -> str:
    """Return a name in the spelling in which names are compared.

    >>> plain(" Anti-aircraft  Warfare ")
    'anti aircraft warfare'
    """
    return " ".join(name.casefold().replace("-", " ").split())


def aliases(cell: str) -> tuple[str, ...]:
    """Return the names in a cell of `categories.aliases`, plain and each once.

    >>> aliases("AFV; armored vehicles")
    ('afv', 'armored vehicles')
    """
    names = (plain(name) for name in cell.split(_SEPARATOR))
    return tuple(dict.fromkeys(name for name in names if name))


def names_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return every name of a category, plain and each once.

    Args:
        row: Row of `categories`, its empty cells as empty texts.
    """
    labels = (plain(row[column]) for column in ("category", "label_en", "label_uk"))
    return tuple(dict.fromkeys((*filter(None, labels), *aliases(row["aliases"]))))


def category_named(name: str, rows: Iterable[Mapping[str, str]]) -> str | None:
    """Return the category that a name means; None if it means none of them.

    Args:
        name: The name that somebody used.
        rows: Rows of `categories`: those that one reporter counts. Among them a name means one
            category at most, which the rule `categories/aliases-unambiguous` holds.

    >>> tanks = {"category": "tanks", "label_en": "Tanks", "label_uk": "танків", "aliases": "MBT"}
    >>> category_named("mbt", [tanks]), category_named("ships", [tanks])
    ('tanks', None)
    """
    wanted = plain(name)
    return next((row["category"] for row in rows if wanted in names_of(row)), None)
