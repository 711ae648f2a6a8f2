"""Pages whose blocks of code are run, and what they print is written under them.

They are edited by hand, but for the outputs. Their code looks at past days, so that a new report
changes none of them.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from collections.abc import Callable
from typing import Any

from reported_losses.definition.location import package_dir

_BLOCK = r"^```{}\n(.*?)^```\n(?:\n```text\n.*?^```\n)?"


def run_page(name: str) -> str:
    """Return a page with what its code prints today.

    Args:
        name: Its path in the checkout.
    """
    page = (package_dir() / name).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return with_outputs(page)


def with_outputs(page: str) -> str:
    r"""Return a page with the output of its Python blocks under each of them.

    Args:
        page: Markdown. Its blocks are run in order and share their names.

    >>> print(with_outputs("```python\nprint(6 * 7)\n```\n"), end="")
    ```python
    print(6 * 7)
    ```
    <BLANKLINE>
    ```text
    42
    ```
    """
    names: dict[str, Any] = {}

    def run(code: str) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "page.md", "exec", dont_inherit=True), names)  # noqa: S102 - it is our own
        return printed.getvalue()

    return filled(page, "python", run)


def filled(page: str, language: str, run: Callable[[str], str]) -> str:
    r"""Return a page with the output of the blocks of one language under each of them.

    Args:
        page: Markdown.
        language: The word after the opening fence.
        run: Runs the code of a block and returns what it prints.

    >>> print(filled("```sh\necho 1\n```\n", "sh", lambda code: code.split()[1]), end="")
    ```sh
    echo 1
    ```
    <BLANKLINE>
    ```text
    1
    ```
    """

    def replaced(block: re.Match[str]) -> str:
        lines = "".join(f"{line.rstrip()}\n" for line in run(block[1]).splitlines())
        shown = f"\n```text\n{lines}```\n" if lines else ""
        return f"```{language}\n{block[1]}```\n{shown}"

    pattern = _BLOCK.format(re.escape(language))
    return re.sub(pattern, replaced, page, flags=re.MULTILINE | re.DOTALL)
