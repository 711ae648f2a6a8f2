"""The front page: where to look first."""

from __future__ import annotations

from reported_losses.release.source import Files
from reported_losses.site.html import page, style

_EXAMPLE = "2023-02-22"


def front_files() -> Files:
    """Return the front page of the site."""
    body = (
        "<h1>Reported losses</h1><p>What belligerents and observers have reported about losses in "
        "the war that began on 24 February 2022.</p>"
        f'<p><a href="days/index.html">All report days</a>, for example '
        f'<a href="days/{_EXAMPLE}.html">{_EXAMPLE}</a>.</p>'
    )
    return {"index.html": page("Reported losses", body, depth=0, style=style())}
