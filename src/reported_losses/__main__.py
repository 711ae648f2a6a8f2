"""`python -m reported_losses`."""

import sys

from reported_losses.commands.cli import main

if __name__ == "__main__":
    sys.exit(main())
