"""Options of the commands that look at releases on the web."""

from __future__ import annotations

import argparse


def add_site(parser: argparse.ArgumentParser) -> None:
    """Declare --offline and --base-url."""
    parser.add_argument(
        "--offline", action="store_true", help="open no connection; use what was fetched"
    )
    parser.add_argument(
        "--base-url", metavar="URL", help="another site with releases (default: the project's)"
    )
