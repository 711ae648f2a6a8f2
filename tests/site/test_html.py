"""Texts and links of pages, for texts of any kind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from made_days import Page
from reported_losses.report.safe import visible
from reported_losses.site.html import link, page, style, text


@given(st.text(), st.text())
def test_a_text_is_read_as_it_is_and_nothing_else(shown: str, address: str) -> None:
    one = Page(f'<p title="{text(shown)}">{text(shown)}</p>'.encode())
    assert one.elements == [("p", {"title": visible(shown)})]
    assert "".join(one.texts) == visible(shown)
    made = Page(link(address, shown).encode())
    assert "".join(made.texts) == visible(shown)
    assert not made.elements or address.startswith(("http://", "https://"))


@given(st.from_regex(r"https?://[!#-&(-;=?-\[\]-~]+", fullmatch=True))
def test_an_address_of_the_web_is_linked_as_it_is(address: str) -> None:
    ((tag, held),) = Page(link(address, "words").encode()).elements
    assert (tag, held) == ("a", {"href": address, "rel": "noopener"})


def test_a_page_in_a_folder_leads_up() -> None:
    for depth in range(3):
        found = Page(page("<Title>", "<h1>x</h1>", depth=depth, style=style())).values("href")
        assert f"{'../' * depth}index.html" in found


def test_the_style_is_one_line_and_ends_no_element() -> None:
    assert "\n" not in style()
    assert "<" not in style()
    assert "/*" not in style()
