"""Docstrings become Markdown: sections, items, texts, examples."""

from __future__ import annotations

import inspect

import reported_losses as rl
from reported_losses.generate.docstrings import docstring_markdown


def test_every_part_of_a_docstring_is_kept() -> None:
    """Not only the parts that this one has."""
    text = inspect.cleandoc(
        """
        Do it.

        Args:
            one: What it is,
                in two lines.
            *more: Others.

        Returns:
            A frame.

            - `a` (str): a column
              with words.

        Raises:
            DataError: It is
                broken.

        >>> print("a")
        a
        >>> 1
        1
        """
    )
    assert docstring_markdown(text) == inspect.cleandoc(
        """
        Do it.

        **Arguments**

        - `one`: What it is,
          in two lines.
        - `*more`: Others.

        **Returns**

        A frame.

        - `a` (str): a column
          with words.

        **Raises**

        - `DataError`: It is
          broken.

        ```pycon
        >>> print("a")
        a
        >>> 1
        1
        ```
        """
    )


def test_no_section_is_left_over() -> None:
    for name in rl.__all__:
        text = docstring_markdown(inspect.getdoc(getattr(rl, name)) or "")
        assert not any(f"\n{title}:\n    " in text for title in ("Args", "Returns", "Raises"))
