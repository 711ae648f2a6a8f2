"""The names of pages and statements: they follow days and people, and stay once they are held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TypeVar

from reported_losses.intake.statements.remark import Page, Remark, StatementKey, page_key
from reported_losses.intake.text import slug

K = TypeVar("K")


def main_remark(key: StatementKey, remarks: Sequence[Remark]) -> Remark:
    """Return the first remark that the statement's own page tells."""
    return next((one for one in remarks if one.page.key == key.page), remarks[0])


def name_pages(
    pages: Mapping[str, tuple[Page, dt.date]], held: Iterable[Mapping[str, str]]
) -> dict[str, str]:
    """Name each page after its publisher and day; pages that are held keep their names."""
    known = {page_key(row["url"], row["publisher"], row["title"]): row["source"] for row in held}
    wanted = {
        key: page.name or f"{slug(page.publisher)}-{page.published_on or stated_on}"
        for key, (page, stated_on) in pages.items()
    }
    return _unique_names(wanted, known)


def name_statements(
    grouped: Mapping[StatementKey, Sequence[Remark]],
    sources: Mapping[str, str],
    held: Iterable[Mapping[str, str]],
) -> dict[StatementKey, str]:
    """Name each statement after day, speaker and publisher; those that are held keep theirs."""
    wanted = {
        key: f"{key.stated_on}-{key.speaker}-{slug(main_remark(key, remarks).page.publisher)}"
        for key, remarks in grouped.items()
    }
    held_names = {
        (row["stated_on"], row["speaker"], row["source"]): row["statement"] for row in held
    }
    known = {}
    for key, remarks in grouped.items():
        held_key = (str(key.stated_on), main_remark(key, remarks).speaker.name, sources[key.page])
        if held_key in held_names:
            known[key] = held_names[held_key]
    return _unique_names(wanted, known)


def free_name(wanted: str, taken: Container[str]) -> str:
    """Return a name, with a number if it is taken.

    >>> free_name("bbc-2024-05-01", {"bbc-2024-05-01"})
    'bbc-2024-05-01-2'
    """
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _unique_names(wanted: Mapping[K, str], known: Mapping[K, str]) -> dict[K, str]:
    """Give every key the name it has or wants, with a number if that name is taken."""
    names = {key: known[key] for key in wanted if key in known}
    taken = set(known.values())
    for key in sorted(wanted.keys() - names.keys(), key=str):
        names[key] = free_name(wanted[key], taken)
        taken.add(names[key])
    return names
