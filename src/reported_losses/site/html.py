"""Text in HTML pages."""

from __future__ import annotations

import html


def text(value: object) -> str:
    """Return a value as text that is safe between tags and in quoted attributes.

    Args:
        value: Any value; None is empty.

    >>> text('<b> & "c"'), text(None)
    ('&lt;b&gt; &amp; &quot;c&quot;', '')
    """
    return "" if value is None else html.escape(str(value), quote=True)
