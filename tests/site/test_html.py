"""Texts and links of pages, for texts of any kind."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from made_days import Page
from reported_losses.report.safe import visible
from reported_losses.site.html import About, link, page, style, text


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


ABOUT = About('<Title> "', 'It says "so" & so.', "https://x.example/a.html")


def test_a_page_in_a_folder_leads_up_and_stays_on_the_site() -> None:
    for depth in range(3):
        found = Page(page(ABOUT, "<h1>x</h1>", depth=depth, style=style())).values("href")
        for name in ("index.html", "days/index.html", "docs/methodology.html"):
            assert f"{'../' * depth}{name}" in found


def test_a_page_says_to_others_what_it_is() -> None:
    one = Page(page(ABOUT, "<h1>x</h1>", depth=1, style=style()))
    said = {held.get("name") or held.get("property"): held["content"]
            for tag, held in one.elements if tag == "meta" and "content" in held}  # fmt: skip
    assert said["description"] == said["og:description"] == ABOUT.description
    assert (said["og:title"], said["og:url"]) == (ABOUT.title, ABOUT.address)
    assert said["twitter:card"]
    links = {held["rel"]: held["href"] for tag, held in one.elements if tag == "link"}
    assert links["canonical"] == ABOUT.address
    assert (links["icon"] or "").startswith("data:image/svg+xml,")


def test_the_style_is_one_line_and_ends_no_element() -> None:
    assert "\n" not in style()
    assert "<" not in style()
    assert "/*" not in style()
