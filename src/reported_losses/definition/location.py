"""Where the data and schemas are: inside the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

DESCRIPTOR = "datapackage.json"
CONTENTS = "CONTENTS.json"
"""What lists the files of a release; a folder that has it is one."""
SUMS = "SHA256SUMS"
"""The digests of a release's files, as `sha256sum` reads them."""


def package_dir() -> Path:
    """Return the folder that holds `datapackage.json`, `data/` and `schemas/`.

    Returns:
        The folder inside the installed package, or the checkout if the code runs from one.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    # importlib.resources is slow to import, and the packages inside archives that it supports
    # are no use here: other tools need the files' paths.
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "_package", here.parent.parent):
        if (folder / DESCRIPTOR).is_file():
            return folder
    msg = f"no {DESCRIPTOR} beside {here}: the installation is incomplete; reinstall the package"
    raise FileNotFoundError(msg)


def is_built(folder: Path) -> bool:
    """Return whether a package folder is the one inside a wheel, where nobody edits."""
    return folder.name == "_package"


def is_release(folder: Path) -> bool:
    """Return whether a package folder is a release: flat, and without `data/` and `schemas/`."""
    return (folder / CONTENTS).is_file()


def containing_package(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that holds a `datapackage.json`."""
    for folder in (start, *start.parents):
        if (folder / DESCRIPTOR).is_file():
            return folder
    return None
