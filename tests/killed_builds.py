"""Build a release in a process of its own, which a test kills.

    python -m killed_builds CHECKOUT OUT

It prints a line when the first file is about to be synced, so that kills can be aimed at the time
in which files are written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from history_repository import Tree
from small_releases import release


def main() -> None:
    real, told = os.fsync, iter([True])

    def sync(handle: Any) -> None:  # noqa: ANN401 - as the function it stands for
        if next(told, False):
            os.write(1, b"writing\n")
        real(handle)

    vars(os)["fsync"] = sync
    release(Tree(Path(sys.argv[1])), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
