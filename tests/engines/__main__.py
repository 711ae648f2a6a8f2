"""`python -m engines`: say what the tests of the engines need and what of it is missing."""

from __future__ import annotations

import sys

from engines.needs import missing

if __name__ == "__main__":
    sys.exit("\n".join(missing()) or None)
