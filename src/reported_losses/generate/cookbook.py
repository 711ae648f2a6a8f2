"""`docs/cookbook.md`: each block of code is run, and what it prints is written under it.

The page is edited by hand, but for the outputs. Its code looks at past days, so that a new report
changes none of them.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
from typing import Any

from reported_losses.definition.location import package_dir

_BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", re.MULTILINE | re.DOTALL)


def cookbook() -> str:
    """Return the page with what its code prints today."""
    page = (package_dir() / "docs/cookbook.md").read_text(encoding="utf-8")
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

    def run(block: re.Match[str]) -> str:
        code, printed = block[1], io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "cookbook.md", "exec", dont_inherit=True), names)  # noqa: S102 - it is our own
        lines = "".join(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())
        shown = f"\n```text\n{lines}```\n" if lines else ""
        return f"```python\n{code}```\n{shown}"

    return _BLOCK.sub(run, page)
