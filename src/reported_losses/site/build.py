"""Building the site: one folder of static pages, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from reported_losses.definition.arguments import folder_path
from reported_losses.definition.site import SITE
from reported_losses.errors import BadArgumentError
from reported_losses.release.place import put, refuse_place
from reported_losses.release.source import Files
from reported_losses.site.days import day_files
from reported_losses.site.explorer import explorer_files
from reported_losses.site.views import view_files

Parts = Sequence[Callable[[], Files]]

PARTS: Parts = (explorer_files, view_files, day_files)
"""What makes the files of the site, each a part of them."""
_DOCS = "docs/"
"""Where the documentation is in the site."""


def build_site(
    out: str | os.PathLike[str],
    parts: Parts | None = None,
    docs: str | os.PathLike[str] | None = None,
) -> Files:
    """Build the site of the installed dataset; the same data gives the same bytes.

    Args:
        out: Folder to be made. It may exist if it is empty. There is nothing under its name until
            every file is in it.
        parts: What makes the files; `PARTS` by default.
        docs: Folder with the documentation, as `make docs` builds it, to be part of the site as
            `docs/`. Without it, links to the documentation lead to the published one.

    Returns:
        The files that were written, by their names in the folder.

    Raises:
        BadArgumentError: `out` exists or cannot be written; `docs` is not a documentation.
    """
    place: Path = folder_path("out", out)
    refuse_place(place)
    files: dict[str, bytes] = {} if docs is None else _documentation(folder_path("docs", docs))
    for part in PARTS if parts is None else parts:
        made = part()
        assert not files.keys() & made.keys(), "two parts of the site make one file"
        files |= made
    if docs is None:
        files = {name: _elsewhere(name, content) for name, content in files.items()}
    put(place, files)
    return files


def _documentation(folder: Path) -> dict[str, bytes]:
    """Return the files of a built documentation by their names in the site."""
    if not (folder / "index.html").is_file():
        raise BadArgumentError(f"docs {folder} has no index.html; build it with `make docs`")
    try:
        return {
            f"{_DOCS}{path.relative_to(folder).as_posix()}": path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
    except OSError as error:
        raise BadArgumentError(f"docs {folder} cannot be read: {error.strerror}") from None


def _elsewhere(name: str, content: bytes) -> bytes:
    """Let the links of a page lead to the published documentation, as none is beside it."""
    if not name.endswith(".html"):
        return content
    for path in (_DOCS, f"../{_DOCS}"):
        content = content.replace(f'href="{path}'.encode(), f'href="{SITE}/{_DOCS}'.encode())
    return content
