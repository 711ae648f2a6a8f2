"""`python -m reported_losses`."""

import sys

from reported_losses.cli import main

if __name__ == "__main__":
    sys.exit(main())
