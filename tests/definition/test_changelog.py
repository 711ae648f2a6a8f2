"""Sections of the changelog: versions, dates, withdrawals; no text makes the reader fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_losses.definition.changelog import CHANGELOG, Entry, read_changelog
from reported_losses.definition.location import package_dir


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("## [0.1.0] - 2026-12-01", ("0.1.0", "2026-12-01")),
        ("## 0.1.0 - 2026-12-01", ("0.1.0", "2026-12-01")),
        ("## [0.1.0]", ("0.1.0", None)),
        ("## [0.1.0] - 2026-13-01", ("0.1.0", None)),
        ("## [0.1.0] - soon", ("0.1.0", None)),
        ("## [0.1.0] - 2026-12-011", ("0.1.0", None)),
        ("## [Unreleased]", (None, None)),
        ("## Unreleased", (None, None)),
        ("### [0.1.0] - 2026-12-01", None),
        ("##[0.1.0]", None),
        ("## [0.1.0-rc1] - 2026-12-01", None),
        ("## [0.1.0.1] - 2026-12-01", None),
        ("## [Unreleasedly]", None),
        ("## [0.1] - 2026-12-01", None),
    ],
)
def test_headings(heading: str, expected: tuple[str | None, str | None] | None) -> None:
    for end in ("\n", "\r\n"):
        found = read_changelog(f"# Changelog{end}{end}{heading}{end}{end}- A line.{end}")
        wanted = () if expected is None else (Entry(*expected, None, "- A line."),)
        assert found == wanted


def test_a_section_ends_at_the_next_heading_of_any_form() -> None:
    text = "## [0.2.0]\nnew\n## Notes\nneither\n## [0.1.0]\nold\n"
    assert [(one.version, one.body) for one in read_changelog(text)] == [
        ("0.2.0", "new"),
        ("0.1.0", "old"),
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Withdrawn: days swapped.\n", "days swapped."),
        ("\nWithdrawn: days\nswapped.\n\n- Rest.\n", "days swapped."),
        ("Withdrawn: days swapped.\n- Rest.\n", "days swapped."),
        ("- A line.\n\nWithdrawn:   days swapped.  \n### Data\n", "days swapped."),
        ("- A line.\n", ""),
        ("Withdrawn:\n\n- A line.\n", ""),
        ("", ""),
    ],
)
def test_a_withdrawal_has_its_reason(body: str, reason: str) -> None:
    (entry,) = read_changelog(f"## [0.1.0] - 2026-12-01 [YANKED]\n{body}")
    assert (entry.version, entry.date, entry.withdrawn) == ("0.1.0", "2026-12-01", reason)
    (entry,) = read_changelog(f"## [0.1.0] - 2026-12-01\n{body}")
    assert entry.withdrawn is None


_LINES = st.sampled_from(
    ["## [0.1.0]", "## [0.1.0] - 2026-12-01 [YANKED]", "Withdrawn: ", "## ", "\r", "## [", "- x"]
)


@given(st.lists(_LINES | st.text(max_size=20)).map("\n".join))
def test_any_text_is_read(text: str) -> None:
    for entry in read_changelog(text):
        assert entry.body == entry.body.strip()
        assert entry.body in text.replace("\r\n", "\n")


def test_our_own_is_newest_first() -> None:
    entries = read_changelog((package_dir() / CHANGELOG).read_text(encoding="utf-8"))
    versions = [
        tuple(map(int, entry.version.split("."))) for entry in entries if entry.version is not None
    ]
    assert versions == sorted(versions, reverse=True)
    assert [entry.version for entry in entries].count(None) <= 1
