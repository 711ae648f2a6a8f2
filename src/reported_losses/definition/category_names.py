"""The names that people use for a category, and the category that a name means.

The names of a category are its slug, its labels and its aliases. Letter case, spacing, hyphens
and underscores make no difference between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from reported_losses.errors import likely

_SEPARATOR = ";"
_GAPS = re.compile(r"[\s_\u2010-\u2015\u2212-]+")  # white space, underscores, hyphens and dashes
_MOST_LIKELY = 3

Row = Mapping[str, str]
"""Row of `categories`, its empty cells as empty texts."""


def plain(name: str) -> str:
    """Return a name in the spelling in which names are compared.

    >>> plain(" Anti-aircraft  Warfare ")
    'anti aircraft warfare'
    """
    # Some systems write й as two characters.
    folded = unicodedata.normalize("NFD", name).casefold()
    return _GAPS.sub(" ", unicodedata.normalize("NFC", folded)).strip()


def aliases(cell: str) -> tuple[str, ...]:
    """Return the names in a cell of `categories.aliases`, plain and each once.

    >>> aliases("AFV; armored vehicles")
    ('afv', 'armored vehicles')
    """
    return tuple(dict.fromkeys(filter(None, map(plain, written(cell)))))


def written(cell: str) -> tuple[str, ...]:
    """Return the names in a cell of `categories.aliases` as they are written there.

    >>> written("AFV; armored vehicles")
    ('AFV', 'armored vehicles')
    """
    return tuple(filter(None, map(str.strip, cell.split(_SEPARATOR))))


def names_of(row: Row) -> tuple[str, ...]:
    """Return every name of a category, plain and each once.

    Args:
        row: Row of `categories`.
    """
    return tuple(dict.fromkeys((*_own_names(row), *aliases(row["aliases"]))))


def _own_names(row: Row) -> tuple[str, ...]:
    labels = (plain(row[column]) for column in ("category", "label_en", "label_uk"))
    return tuple(filter(None, labels))


def categories_named(name: str, rows: Iterable[Row]) -> list[str]:
    """Return the categories that a name means.

    Args:
        name: The name that somebody used.
        rows: Rows of `categories`, such as those that one reporter counts. Among the latter a
            name means one category at most, which `categories/aliases-unambiguous` holds.

    Returns:
        The categories whose slug or label it is; if there is none, those that have the alias.

    >>> tanks = {"category": "tanks", "label_en": "Tanks", "label_uk": "танків", "aliases": "MBT"}
    >>> categories_named("mbt", [tanks]), categories_named("ships", [tanks])
    (['tanks'], [])
    """
    wanted, rows = plain(name), list(rows)
    own = [row["category"] for row in rows if wanted in _own_names(row)]
    return own or [row["category"] for row in rows if wanted in aliases(row["aliases"])]


def categories_like(name: str, rows: Iterable[Row]) -> list[str]:
    """Return the categories with a name that is spelt nearly the same, the likeliest first.

    Args:
        name: A name that no category has.
        rows: Rows of `categories`.

    >>> uavs = {"category": "uavs", "label_en": "Drones", "label_uk": "", "aliases": "UAV"}
    >>> categories_like("drnes", [uavs])
    ['uavs']
    """
    owners: dict[str, str] = {}
    for row in rows:
        for one in names_of(row):
            owners.setdefault(one, row["category"])
    near = (owners[one] for one in likely(plain(name), owners))
    return list(dict.fromkeys(near))[:_MOST_LIKELY]
