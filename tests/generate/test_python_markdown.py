"""Lists and tables mean for Python-Markdown what they mean on GitHub."""

from __future__ import annotations

import pytest

from reported_losses.generate.python_markdown import for_python_markdown

CASES = {
    "a list after a paragraph": ("One:\n- a\n- b\n", "One:\n\n- a\n- b\n"),
    "a list inside a list": ("- a\n  - b\n    - c\n- d\n", "- a\n    - b\n        - c\n- d\n"),
    "a line that goes on": ("- a\n  b\nc\n\nd\n", "- a\n    b\n    c\n\nd\n"),
    "a paragraph of an item": ("1. a\n\n   b\n\nc\n", "1. a\n\n    b\n\nc\n"),
    "code of an item": (
        "1. a\n\n   ```sh\n   - b\n   ```\n",
        "1. a\n\n    ```sh\n    - b\n    ```\n",
    ),
    "code with a list": ("```text\na\n- b\n  - c\n```\n", "```text\na\n- b\n  - c\n```\n"),
    "a bar in code": ("| `a\\|b` | c\\|d |\n", "| `a|b` | c\\|d |\n"),
    "a bar in other code": ("`a\\|b`\n", "`a\\|b`\n"),
    "another kind of item": ("10. a\n    b\n", "10. a\n    b\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_changed(case: str) -> None:
    text, due = CASES[case]
    assert for_python_markdown(text) == due
