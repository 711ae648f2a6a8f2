"""What a descriptor states of a table's file: its size, digest and number of rows.

The build hook of the wheel runs this file by itself, so it imports the standard library alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any


def file_facts(data: bytes) -> dict[str, Any]:
    r"""Return what a resource says of its CSV file.

    Args:
        data: The file.

    Returns:
        `bytes` and `hash`, both of Data Package 2, and `rows`, the number of rows under the
        header.

    >>> file_facts(b"day,total\n1,2\n")["rows"]
    1
    """
    lines = io.StringIO(data.decode("utf-8"), newline="")
    return {
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "rows": sum(1 for _ in csv.reader(lines, strict=True)) - 1,
    }
