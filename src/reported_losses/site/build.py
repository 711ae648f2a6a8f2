"""Building the site: one folder of static pages, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from reported_losses.definition.arguments import folder_path
from reported_losses.release.place import put, refuse_place
from reported_losses.release.source import Files
from reported_losses.site.days import day_files
from reported_losses.site.explorer import explorer_files
from reported_losses.site.views import view_files

Parts = Sequence[Callable[[], Files]]

PARTS: Parts = (explorer_files, view_files, day_files)
"""What makes the files of the site, each a part of them."""


def build_site(out: str | os.PathLike[str], parts: Parts | None = None) -> Files:
    """Build the site of the installed dataset; the same data gives the same bytes.

    Args:
        out: Folder to be made. It may exist if it is empty. There is nothing under its name until
            every file is in it.
        parts: What makes the files; `PARTS` by default.

    Returns:
        The files that were written, by their names in the folder.

    Raises:
        BadArgumentError: `out` exists or cannot be written.
    """
    place: Path = folder_path("out", out)
    refuse_place(place)
    files: dict[str, bytes] = {}
    for part in PARTS if parts is None else parts:
        made = part()
        assert not files.keys() & made.keys(), "two parts of the site make one file"
        files |= made
    put(place, files)
    return files
