"""The papers of a release: `CITATION.cff` with its version and day, and the licences."""

from __future__ import annotations

import re

from reported_losses.errors import ReleaseError
from reported_losses.files import read_inside
from reported_losses.release.source import Files, Source

CITATION = "CITATION.cff"
LICENCES = ("LICENSE", "LICENSE-DATA")
_MOST_BYTES = 1_000_000
_VERSION = re.compile(r"^version:.*\n", re.MULTILINE)
_DAY = re.compile(r"^date-released:.*\n", re.MULTILINE)


def papers_files(source: Source) -> Files:
    """Return the citation file and the licences.

    Args:
        source: What the release is made from.

    Returns:
        `CITATION.cff` of the package folder with the version and the day of this release,
        `LICENSE` (of the code) and `LICENSE-DATA` as they are.

    Raises:
        ReleaseError: One of them cannot be read, or `CITATION.cff` has no version.
    """
    return {
        CITATION: _cited(source, paper(source, CITATION)).encode(),
        **{name: paper(source, name).encode() for name in LICENCES},
    }


def paper(source: Source, name: str) -> str:
    """Return the text of a file of the package folder.

    Raises:
        ReleaseError: It is missing or cannot be read, or is not UTF-8.
    """
    try:
        return read_inside(source.folder, name, _MOST_BYTES).decode("utf-8")
    except OSError as error:
        raise ReleaseError(f"{name} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{name} is not UTF-8 at byte {error.start}") from None


def _cited(source: Source, text: str) -> str:
    if len(_VERSION.findall(text)) != 1:
        raise ReleaseError(f"{CITATION} has no single line that begins with 'version:'; add it")
    # Quoted, because a reader of YAML 1.1 takes a bare day for a date, and the format wants texts.
    said = f'version: {source.package.version}\ndate-released: "{source.date}"\n'
    return _VERSION.sub(said, _DAY.sub("", text))
