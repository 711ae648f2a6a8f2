"""What a category is: its names, what it means, what it is part of, and who counts it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reported_losses.definition.category_names import written
from reported_losses.loading.coverage import Coverage, coverages
from reported_losses.loading.load import load

WIDTH = 96


@dataclass(frozen=True, slots=True, repr=False)
class CategoryDescription:
    """What a category is, and who counts it. Prints as text for people.

    Attributes:
        category: Its slug, as loaders take it.
        label: Its English name.
        label_uk: Its name as the General Staff prints it in Ukrainian, or None.
        aliases: Other names that are understood.
        definition: What is counted.
        unit: What a figure counts, such as "items".
        broader: The category that contains it, or None.
        narrower: The categories that it contains.
        merged_into: The category in which it was later counted, or None.
        counted_by: What there is of each series that counts it.
    """

    category: str
    label: str
    label_uk: str | None
    aliases: tuple[str, ...]
    definition: str
    unit: str
    broader: str | None
    narrower: tuple[str, ...]
    merged_into: str | None
    counted_by: tuple[Coverage, ...]

    def __repr__(self) -> str:
        return "\n".join(_lines(self))


def describe_category(category: str) -> CategoryDescription:
    """Describe a category that exists.

    >>> describe_category("fuel-tanks").merged_into
    'vehicles'
    """
    rows: list[dict[str, Any]] = load("categories", engine="arrow").to_pylist()
    row = next(row for row in rows if row["category"] == category)
    return CategoryDescription(
        category=category,
        label=row["label_en"],
        label_uk=row["label_uk"],
        aliases=written(row["aliases"] or ""),
        definition=row["definition"],
        unit=row["unit"],
        broader=row["broader"],
        narrower=tuple(one["category"] for one in rows if one["broader"] == category),
        merged_into=row["merged_into"],
        counted_by=tuple(one for one in coverages() if one.category == category),
    )


def wrapped(text: str | None, indent: str = "  ") -> list[str]:
    """Return a paragraph as indented lines; none if there is no text."""
    return textwrap.wrap(
        text or "",
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def aligned(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Give rows of texts as lines with aligned columns.

    >>> list(aligned([("tanks", "3"), ("uavs", "12")]))
    ['  tanks  3', '  uavs   12']
    """
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def life(one: Coverage) -> str:
    """Say since when a category is counted, and until when it was."""
    return f"since {one.since}" if one.until is None else f"{one.since} to {one.until}"


def last_total(one: Coverage) -> str:
    """Say which total a series has last, of which day, and on which evidence."""
    if one.last_total is None:
        return "no figure"
    return f"last {one.last_total:,} on {one.last_figure} ({one.last_evidence})"


def numbers(counts: Mapping[str, int]) -> str:
    """Return numbers by name in words.

    >>> numbers({"agreed": 1_234, "single": 5})
    'agreed 1,234, single 5'
    """
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())


def _lines(about: CategoryDescription) -> Iterator[str]:
    printed = f" ({about.label_uk})" if about.label_uk else ""
    yield f"{about.category}: {about.label}{printed}"
    yield from wrapped(about.definition)
    facts = (
        ("unit", about.unit),
        ("part of", about.broader),
        ("contains", ", ".join(about.narrower)),
        ("later counted in", about.merged_into),
        ("also called", ", ".join(about.aliases)),
    )
    for name, value in facts:
        yield from wrapped(f"{name}: {value}") if value else ()
    yield from ("", "counted by:" if about.counted_by else "counted by nobody")
    yield from aligned(
        (f"{one.reporter} for {one.subject}", life(one), last_total(one))
        for one in about.counted_by
    )
    for one in about.counted_by:
        yield from wrapped(f"{one.reporter} for {one.subject}: {one.note}") if one.note else ()
