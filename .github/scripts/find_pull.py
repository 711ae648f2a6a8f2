"""Say which pull request a finished check was about: its number, base and head.

Outputs: `number`, `base` and `head`; `number` is empty if there is nothing to judge any more.
"""

from __future__ import annotations

import sys

from github_api import api, event, find_pull, put_output


def main() -> int:
    """Find it."""
    pull = find_pull(api(), event())
    if pull is None:
        print("The pull request is closed, or has moved on: nothing to do.")
        put_output(number="", base="", head="")
        return 0
    put_output(number=str(pull["number"]), base=pull["base"]["sha"], head=pull["head"]["sha"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
