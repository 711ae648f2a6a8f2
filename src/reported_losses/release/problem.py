"""What is wrong with a release: a value, as the issues of a check are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a release.

    Attributes:
        file: The file concerned; of a chain or a list, with the version before it.
        code: What is wrong, one of a few words: see `docs/releases.md`.
        message: What was found and what was expected, in one sentence.
    """

    file: str
    code: str
    message: str
