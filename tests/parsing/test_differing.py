"""Long texts are cut around what differs between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reported_losses.parsing.differing import differing

MOST = 40
TEXTS = st.text("ab ", max_size=120)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_is_shown_fits_and_differs_where_the_texts_do(
    head: str, old: str, new: str, tail: str
) -> None:
    one, other = head + old + tail, head + new + tail
    shown = differing(one, other, MOST)
    assert max(map(len, shown)) <= MOST
    assert (shown[0] == shown[1]) == (one == other)
    if max(len(one), len(other)) <= MOST:
        assert shown == (one, other)


@given(TEXTS, st.text("ab ", min_size=1, max_size=30), TEXTS)
def test_a_short_addition_is_shown_whole(head: str, more: str, tail: str) -> None:
    old, new = differing(head + tail, f"{head}X{more}X{tail}", MOST)
    assert f"X{more}X" in new
    assert "X" not in old
