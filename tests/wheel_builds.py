"""Real builds of the project: the build tool of this environment, no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def build(kind: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", out],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (built,) = out.iterdir()
    return built
