"""Where the project is on the web; no connection is opened here."""

from __future__ import annotations

from urllib.parse import quote

SITE = "https://reported-losses.github.io/reported-losses"
"""The site with the documentation and all releases."""

_PAGES = f"{SITE}/docs"
RULES = f"{_PAGES}/rules.html"
"""The page that explains the rules."""


def code_address(code: str) -> str:
    """Return the address of the page that explains a code, at the place of the code.

    Args:
        code: A code that `check` gives, or a kind of constraint, such as "minimum".

    >>> code_address("loss_counts/never-decreases").removeprefix(SITE)
    '/docs/rules.html#loss_counts/never-decreases'
    >>> code_address("claims.basis.enum").removeprefix(SITE)
    '/docs/derived-codes.html#claims.basis.enum'
    >>> code_address("primaryKey").removeprefix(SITE)
    '/docs/derived-codes.html#primarykey'
    """
    if not {"/", "."} & set(code):
        code = code.lower()  # the place of a heading
        return f"{_PAGES}/derived-codes.html#{quote(code)}"
    page = RULES if "/" in code else f"{_PAGES}/derived-codes.html"
    return f"{page}#{quote(code)}"
