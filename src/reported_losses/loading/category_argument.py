"""The category that a caller names: by its slug, a label or another name that people use."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from reported_losses.definition.arguments import text, texts
from reported_losses.definition.category_names import categories_like, categories_named, plain
from reported_losses.definition.descriptor import installed
from reported_losses.errors import (
    BadArgumentError,
    UnknownNameError,
    either,
    likely,
    unknown_name,
)
from reported_losses.loading.load import load

Rows = list[dict[str, str]]
_MOST_NARROWER = 3
_REST = "other-"
"""How the slug of a category begins that has what is in no narrower one."""
NAMES = ("category", "label_en", "label_uk", "aliases", "broader")


def category(name: object, counted: Collection[str], kind: str = "category") -> str:
    """Return the category that a caller names.

    A slug is itself. Another name is understood if it means exactly one of the categories that
    are counted, whatever its letter case, spacing and hyphens: a label, in English or Ukrainian,
    or an alias (`categories.aliases`). What is only spelt nearly like one is suggested.

    Args:
        name: What the caller passed.
        counted: Slugs of the categories that may be named, such as those that a reporter counts.
        kind: What was named, for the message, such as "category of oryx for russia".

    Raises:
        BadArgumentError: The name is no text.
        UnknownNameError: It means none of these categories, or several. The message has the
            nearest with what each of them means.

    >>> category("Танків", ["tanks", "uavs"]), category("main battle tanks", ["tanks", "uavs"])
    ('tanks', 'tanks')
    """
    named = text("category", name)
    if named in counted:
        return named
    rows = category_rows()
    if not any(row["category"] == named for row in rows):
        found = categories_named(named, _only(rows, counted))
        found += _wholes(named, found, rows)
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownNameError(f"{named!r} may mean {either(found, _labels(rows))}; name one")
    raise unknown_category(named, counted, kind)


def _wholes(name: str, found: list[str], rows: Rows) -> list[str]:
    """Return the categories that a name means as well, if it is found to mean what is left of one.

    Who asks for AFVs wants all of them, not those that have no category of their own.
    """
    if len(found) != 1 or not found[0].startswith(_REST):
        return []
    broader = {row["category"]: row["broader"] for row in rows}
    above = list(_chain(found[0], broader))
    return categories_named(name, _only(rows, above))


def categories(names: object, counted: Collection[str], kind: str = "category") -> list[str]:
    """Return the categories that a caller names, one or several, each understood as by `category`.

    Args:
        names: One name, or several in a list or the like.
        counted: As for `category`.
        kind: As for `category`.

    Raises:
        BadArgumentError: It is neither, is empty, or two of the names mean one category.
        UnknownNameError: As for `category`.

    >>> categories(["tanks", "drones"], ["tanks", "uavs"])
    ['tanks', 'uavs']
    """
    named: dict[str, str] = {}
    for name in texts("category", names):
        found = category(name, counted, kind)
        if found in named:
            raise BadArgumentError(f"category names {found} twice: {named[found]!r} and {name!r}")
        named[found] = name
    return list(named)


def category_rows() -> Rows:
    """Return the names of every category and the one that contains it, as texts."""
    rows: list[dict[str, Any]] = load("categories", engine="arrow", columns=NAMES).to_pylist()
    return [{column: cell or "" for column, cell in row.items()} for row in rows]


def unknown_category(
    name: str, counted: Collection[str], kind: str = "category"
) -> UnknownNameError:
    """Build the error for a name that means no category; it says what may have been meant.

    Args:
        name: The name given.
        counted: As for `category`.
        kind: As for `category`.

    Returns:
        The exception, for the caller to raise.

    >>> print(unknown_category("IFV", ["armoured-vehicles"]))
    No category 'IFV'. Did you mean armoured-vehicles (Armoured fighting vehicles)? \
infantry-fighting-vehicles is part of armoured-vehicles. `reported-losses show categories` \
lists them.
    """
    rows = category_rows()
    own = _only(rows, counted)
    if exact := categories_named(name, own):
        return unknown_name(kind, name, counted, exact, meanings=_labels(rows))
    near = categories_like(name, own)
    remark = "" if near else _remark_on_measures(name, counted)
    slugs = [row["category"] for row in rows]
    for other in [name] if name in slugs else categories_named(name, rows):
        if related := _related(other, rows, counted):
            near, remark = related
            break
    return unknown_name(kind, name, counted, near, meanings=_labels(rows), remark=remark)


def _related(category: str, rows: Rows, counted: Collection[str]) -> tuple[list[str], str] | None:
    """Return the counted categories that contain a category, or that it contains, and say so."""
    broader = {row["category"]: row["broader"] for row in rows}
    above = [one for one in _chain(category, broader) if one in counted]
    if above:
        return above, f"{category} is part of {above[0]}."
    below = [one for one in counted if category in _chain(one, broader)]
    return (below[:_MOST_NARROWER], f"{category} contains {', '.join(below)}.") if below else None


def _chain(category: str, broader: Mapping[str, str]) -> Iterator[str]:
    """Give the categories that contain a category, the narrowest first."""
    seen = {category}
    while (category := broader.get(category, "")) and category not in seen:
        seen.add(category)
        yield category


def _remark_on_measures(name: str, counted: Collection[str]) -> str:
    """Say of a measure of claims that it is no category; personnel are not the killed alone."""
    measures = installed().table("claims").field("measure").enum or ()
    near = [one for one in measures if plain(one) == plain(name)]
    near = near or [one for one in likely(name, measures) if _begins_alike(one, name)]
    if not near:
        return ""
    apart = ", and not the same as personnel, the count of people" if "personnel" in counted else ""
    return f"{near[0]} is a measure of the table claims{apart}."


def _begins_alike(measure: str, name: str) -> bool:
    """Return whether a measure begins with a name, unless they only have other words in common.

    "total" and "all" are words of measures that mean something else.
    """
    words, own = plain(measure).split(), plain(name).split()
    return words[: len(own)] == own or not set(own) <= set(words)


def _labels(rows: Rows) -> dict[str, str]:
    """Return the label of each category of which the slug does not say the same."""
    labels = {row["category"]: row["label_en"] for row in rows}
    return {slug: label for slug, label in labels.items() if plain(slug) != plain(label)}


def _only(rows: Rows, counted: Collection[str]) -> Rows:
    return [row for row in rows if row["category"] in counted]
