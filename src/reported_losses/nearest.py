"""Which of the known texts a wrong one was probably meant to be, at bounded cost."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

_KNOWN = 1_000
_ASKED = 50
_LONGEST = 100
_LIKE = 0.5


class Nearest:
    """Known texts that may be asked about a few times.

    A file can hold a thousand wrong texts; likeness is dear, so that only the first few
    distinct ones are compared.

    >>> Nearest(("russia", "ukraine")).to("rusia")
    'russia'
    """

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known[:_KNOWN]
        self._said: dict[str, str | None] = {}

    def to(self, text: str) -> str | None:
        """Return the known text most like `text`; None where none is, or too many asked."""
        if text not in self._said and len(self._said) < _ASKED:
            self._said[text] = self._likest(text)
        return self._said.get(text)

    def _likest(self, text: str) -> str | None:
        if len(text) > _LONGEST or text in self._known:
            return None
        likest = difflib.get_close_matches(text.lower(), self._known, 1, _LIKE)
        return likest[0] if likest else None
