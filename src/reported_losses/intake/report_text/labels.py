"""What the labels and words of reports mean: `curated/report_labels.csv`, `report_words.csv`.

The tables are data: a new label is a new row. Letter case makes no difference; a blank in a label
stands for up to three blanks or a line break, a hyphen also for a blank.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.dates import parse_date
from reported_losses.intake import curated_files
from reported_losses.intake.report_text.plain import composed, plain

_GAP = r"(?:[ \t]{1,3}[-\n]?[ \t]{0,3}|[-\n][ \t]{0,3})"
Rows = Iterable[Mapping[str, str]]
SENTENCE = "sentence"
"""Use of a label that means the category only in running text: `1,240 people`."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means in the reports of some days.

    Attributes:
        category: Slug of the category.
        first_day: First report; None if no first one is known.
        last_day: Last report; None if there is no last one.
    """

    category: str
    first_day: dt.date | None
    last_day: dt.date | None

    def on(self, day: dt.date) -> bool:
        """Return whether the label has this meaning in the report of a day."""
        return (self.first_day or day) <= day <= (self.last_day or day)


class Labels:
    """The label table, and patterns of all its labels and words.

    Attributes:
        label: Pattern of a label in a list.
        noun: Pattern of a label in running text.
    """

    def __init__(self, labels: Rows, words: Rows) -> None:
        """Read the rows of the two tables; their columns are in `curated_files.HEADERS`."""
        self._meanings: dict[str, list[Meaning]] = {}
        nouns: set[str] = set()
        for row in labels:
            spelling = _spelling(row["label"])
            meaning = Meaning(row["category"], _day(row["first_day"]), _day(row["last_day"]))
            of_label = self._meanings.setdefault(spelling, [])
            if meaning not in of_label:
                of_label.append(meaning)
            if row["use"] == SENTENCE:
                nouns.add(spelling)
        self._words: dict[str, dict[str, str]] = {}
        for row in words:
            of_kind = self._words.setdefault(row["kind"], {})
            of_kind[_spelling(row["words"])] = row["value"]
        self._patterns = {kind: _pattern(of_kind) for kind, of_kind in self._words.items()}
        self.label = _pattern(self._meanings.keys() - nouns)
        self.noun = _pattern(self._meanings)
        self._look_alikes = {skeleton(spelling) for spelling in self._meanings}

    def words(self, kind: str) -> str:
        """Return the pattern of all words of a kind."""
        return self._patterns[kind]

    def value(self, kind: str, words: str) -> str:
        """Return what words of a kind, in the plain spelling, stand for."""
        return self._words[kind][_spelling(words)]

    def meanings(self, label: str) -> tuple[Meaning, ...]:
        """Return what a label, in the plain spelling, means; nothing for an unknown one."""
        return tuple(self._meanings.get(_spelling(label), ()))

    def knows(self, labels: str) -> bool:
        """Return whether a text is a label, or labels with slashes between them."""
        return all(self.meanings(label) for label in labels.split("/"))

    def is_look_alike(self, label: str) -> bool:
        """Return whether a label is none, but looks like one: a letter is of another script."""
        return not self.meanings(label) and skeleton(_spelling(label)) in self._look_alikes


# Letters of the two scripts, and digits, that look alike in small or capital form.
_LOOKS = str.maketrans("авекмнорстухіїјѕзбl0", "abekmhopctyxiijs36io")  # noqa: RUF001


def skeleton(text: str) -> str:
    """Return a plain text with one letter for all that look like it.

    >>> skeleton("тanк") == skeleton("tank")
    True
    """
    return text.translate(_LOOKS)


@functools.cache
def default_labels(folder: Path = curated_files.FOLDER) -> Labels:
    """Return the labels that the package knows.

    Raises:
        UpstreamError: A table does not have its columns.
    """
    rows = (curated_files.rows(name, folder) for name in ("report_labels", "report_words"))
    return Labels(*rows)


def _spelling(text: str) -> str:
    """Return a label or word in the spelling of the table's keys."""
    words = re.sub(r"[-\s]+", " ", plain(composed(text))).split()
    return " ".join(words) or text


def _day(text: str) -> dt.date | None:
    return parse_date(text) if text else None


def _pattern(spellings: Iterable[str]) -> str:
    """Return a pattern of any of the spellings, the longest that fits first.

    What begins alike is written once, which keeps the pattern quick to build and to match.
    """
    endings: dict[str, list[str]] = {}
    for spelling in spellings:
        endings.setdefault(spelling[:1], []).append(spelling[1:])
    may_end = endings.pop("", None) is not None
    parts = [_sign(first) + _pattern(rest) for first, rest in sorted(endings.items())]
    if not parts:
        return ""
    only = parts[0] if len(parts) == 1 and not may_end else f"(?:{'|'.join(parts)})"
    return f"{only}?" if may_end else only


def _sign(character: str) -> str:
    return _GAP if character == " " else re.escape(character)
