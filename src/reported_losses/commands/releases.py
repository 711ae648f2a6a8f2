"""List the releases: version, day, state, rows, last reports, and which were fetched."""

from __future__ import annotations

import argparse

from reported_losses.commands import _options, _releases

NAME = "releases"
HELP = "list the releases"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    _releases.add_site(parser)
    _options.add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Print the list, the newest first."""
    from reported_losses.commands import _screen
    from reported_losses.release.releases import index_of, is_fetched, reporters

    index = index_of(args.base_url, offline=args.offline)
    if args.json:
        facts = [{**_screen.plain(one), "fetched": is_fetched(one)} for one in index.releases]
        _screen.write_json({"latest": index.latest, "stable": index.stable, "releases": facts})
        return 0
    names = reporters(index)
    rows = [
        (
            one.version,
            one.date,
            one.status,
            f"{one.rows:,}",
            "yes" if is_fetched(one) else "",
            *(one.last_reports.get(name, "") for name in names),
            one.reason or "",
        )
        for one in index.releases
    ]
    header = ("version", "date", "status", "rows", "fetched", *names, "reason")
    _screen.write_table(header, rows, [name == "rows" for name in header])
    return 0
