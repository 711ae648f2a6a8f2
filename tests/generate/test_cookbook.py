"""The cookbook answers its questions; `test_generated` holds what it shows to what its code prints."""

from __future__ import annotations

import re

import reported_losses as rl
from reported_losses.definition.location import package_dir
from reported_losses.generate.cookbook import with_outputs

PAGE = (package_dir() / "docs/cookbook.md").read_text(encoding="utf-8")


def test_every_question_has_code() -> None:
    _, *questions = PAGE.split("\n## ")
    assert len(questions) >= 12
    for question in questions:
        assert question.partition("\n")[0].endswith("?")
        assert "```python\n" in question


def test_states_are_not_of_the_future() -> None:
    latest = str(rl.load("loss_counts")["recorded_on"].max())[:10]
    days = re.findall(r'as_of="([^"]+)"', PAGE)
    assert days
    assert max(days) <= latest


def test_an_output_that_is_out_of_date_is_replaced() -> None:
    fresh = "```python\nn = 6\nprint(n)\n```\n\n```text\n6\n```\n\n```python\nn += 1\n```\n\nEnd.\n"
    assert with_outputs(fresh) == fresh
    assert with_outputs(fresh.replace("text\n6", "text\n7")) == fresh
    assert with_outputs(fresh.replace("```text\n6\n```\n\n", "")) == fresh
    assert with_outputs(fresh.replace("n += 1\n```\n", "n += 1\n```\n\n```text\n8\n```\n")) == fresh
