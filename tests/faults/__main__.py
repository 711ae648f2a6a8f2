"""`make faults`: put every kind of fault into packages and write docs/reliability.md."""

from __future__ import annotations

import sys

from faults.run import main

if __name__ == "__main__":
    sys.exit(main())
