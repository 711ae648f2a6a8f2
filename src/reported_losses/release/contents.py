"""What a release holds: `definition.contents`, which `loading` reads as well."""

from __future__ import annotations

from reported_losses.definition.contents import (
    CONTENTS,
    MAX_CONTENTS,
    MAX_FILE,
    MAX_FILES,
    SUMS,
    Contents,
    FileEntry,
    Link,
    TableEntry,
    read_contents,
)

__all__ = [
    "CONTENTS",
    "MAX_CONTENTS",
    "MAX_FILE",
    "MAX_FILES",
    "SUMS",
    "Contents",
    "FileEntry",
    "Link",
    "TableEntry",
    "read_contents",
]
