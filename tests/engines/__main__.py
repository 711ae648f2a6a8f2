"""`python -m engines`: say what the tests of the engines need and what of it is missing."""

from __future__ import annotations

import sys

from engines.needs import missing, missing_for_pages

if __name__ == "__main__":
    sys.exit("\n".join([*missing(), *missing_for_pages()]) or None)
