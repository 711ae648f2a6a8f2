"""`SHA256SUMS`, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reported_losses.errors import ReleaseError
from reported_losses.release.contents import MAX_FILES, SUMS

MAX_SUMS = 100_000
"""Most bytes of a `SHA256SUMS`."""

_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._-]{1,100})")


def sums_bytes(digests: Mapping[str, str]) -> bytes:
    r"""Return the bytes of `SHA256SUMS`.

    Args:
        digests: For each file its SHA-256 digest, in hexadecimal digits.

    >>> sums_bytes({"b.csv": "2" * 64, "a.csv": "1" * 64}).count(b"  a.csv\n")
    1
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Read a `SHA256SUMS`, exactly as `sums_bytes` writes it.

    Args:
        data: Its bytes.

    Returns:
        For each file its digest.

    Raises:
        ReleaseError: It has another form, is not in order, or names too many files.
    """
    lines = [_LINE.fullmatch(line) for line in data.decode("utf-8", "replace").split("\n")[:-1]]
    if len(lines) > MAX_FILES + 1:
        raise ReleaseError(f"{SUMS} has {len(lines):,} lines; at most {MAX_FILES + 1} are read")
    for number, line in enumerate(lines, 1):
        if line is None:
            raise ReleaseError(f"{SUMS} has no digest, two blanks and a name in line {number}")
    digests = {line[2]: line[1] for line in lines if line is not None}
    if sums_bytes(digests) != data:
        raise ReleaseError(f"{SUMS} is cut off, is not in order, or names a file twice")
    return digests
