"""The built documentation: whole, rendered as on GitHub, at home in a folder and under an address.

`make test-engines` builds it and runs these.
"""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest

import reported_losses as rl
from docs_site import built
from docs_site.browser import Page, browser, program
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.site import SITE, code_address
from reported_losses.generate.docs_site import UNSEARCHED, descriptions, llms_txt, pages
from reported_losses.validation.catalogue import code_texts

pytestmark = pytest.mark.engines

PAGES = sorted(pages())
HTML = {name: name.replace(".md", ".html") for name in PAGES}
ABOVE = re.compile(r"\.\./(index\.html(#[\w=&-]*)?|days/(\d{4}-\d{2}-\d{2})\.html)")
"""Links to the explorer and to pages of days, which stand one folder above."""
PHONE, DESK = (360, 800), (1280, 900)
AXE = package_dir() / "build/site/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    if not (built.FOLDER / "llms.txt").is_file():
        pytest.fail("There is no build/docs: run `make docs`.", pytrace=False)


def test_each_page_is_there_as_html_and_as_markdown() -> None:
    for name, text in pages().items():
        assert (built.FOLDER / name).read_text("utf-8") == text, f"{name}: run `make docs` again"
    found = {path.name for path in built.FOLDER.glob("*.html")}
    assert found == set(HTML.values())
    assert (built.FOLDER / "llms.txt").read_text("utf-8") == llms_txt()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_rendered_as_on_github(name: str) -> None:
    # Lists and tables that a renderer does not know become paragraphs without a word.
    ours, theirs = built.page(HTML[name]), built.on_github(pages()[name])
    assert ours.tags == theirs.tags
    assert theirs.tags["h1"] == 1


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_left_of_what_was_not_understood(name: str) -> None:
    text = built.page(HTML[name]).text
    # A report for GitHub may begin with ::error.
    for left in (":::", "[!", "```", "{#", "](", "\n!!! "):
        wanted = pages()[name].count(left) if left in {"[!", "](", "```"} else 0
        assert not text.count(left) or wanted, left
    assert "\n| --- |" not in text


def test_notes_are_rendered() -> None:
    with_notes = [name for name, text in pages().items() if "\n> [!" in text]
    assert with_notes
    for name in with_notes:
        assert built.page(HTML[name]).classes["admonition"] == pages()[name].count("\n> [!")


@pytest.mark.parametrize("name", ["loading.md", "api.md", "databases.md", "fetching.md"])
def test_code_is_highlighted(name: str) -> None:
    found = built.page(HTML[name]).classes
    assert found["highlight"] >= 1
    assert sum(found[kind] for kind in ("kn", "nn", "s1", "s2", "k", "n")) >= 1


def test_signatures_are_rendered() -> None:
    text = built.page("api.html").text
    assert "rl.path(name: str) -> Path" in text
    assert "engine: str = 'pandas'" in text


def test_every_code_has_its_anchor() -> None:
    for code in code_texts(installed()):
        name, _, place = code_address(code).removeprefix(f"{SITE}/docs/").partition("#")
        assert built.page(name).ids.count(place) == 1, code


def test_every_public_name_has_its_anchor() -> None:
    assert {f"rl.{name}" for name in rl.__all__} <= set(built.page("api.html").ids)


@functools.cache
def report_days() -> set[str]:
    days = rl.load("reports", columns=["report_date"])["report_date"]
    return set(days.dt.strftime("%Y-%m-%d"))


@pytest.mark.parametrize("name", HTML.values())
def test_links_lead_somewhere(name: str) -> None:
    html = built.page(name)
    assert not [one for one in html.ids if html.ids.count(one) > 1]
    for link in html.links:
        parts = urlsplit(link)
        if parts.scheme in {"http", "https"}:
            assert not link.startswith(f"{SITE}/days/"), link
            continue
        if above := ABOVE.fullmatch(link):
            assert not above[3] or above[3] in report_days(), link
            continue
        assert not parts.scheme, link
        assert not parts.netloc, link
        target = (built.FOLDER / (parts.path or name)).resolve()
        assert target.is_file(), link
        if parts.fragment and target.suffix == ".html":
            assert unquote(parts.fragment) in built.page(target.name).ids, link


@pytest.mark.parametrize("name", HTML.values())
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    assert built.page(name).loaded
    for address in built.page(name).loaded:
        assert not urlsplit(address).netloc, address
        assert (built.FOLDER / urlsplit(address).path).is_file(), address


def test_the_licences_of_scripts_are_there() -> None:
    assert (built.FOLDER / "assets/iframe-worker/LICENSE").is_file()
    assert (built.FOLDER / "assets/javascripts/LICENSE").is_file()


def test_search_knows_every_page() -> None:
    index = json.loads((built.FOLDER / "search.json").read_text("utf-8"))
    found = {urlsplit(item["location"]).path for item in index["items"]}
    assert found == {HTML[name] for name in set(PAGES) - UNSEARCHED}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is_about_and_where_its_markdown_is(name: str) -> None:
    head = (built.FOLDER / HTML[name]).read_text("utf-8").partition("</head>")[0]
    assert head.count(f'<meta name="description" content="{descriptions()[name]}">') == 1
    assert head.count(f'<link rel="alternate" type="text/markdown" href="./{name}">') == 1
    assert {name, "llms.txt"} <= {link.removeprefix("./") for link in built.page(HTML[name]).links}


def test_days_in_tables_are_whole() -> None:
    assert built.page("corrections.html").classes["day"] > 1


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if program() is None:
        pytest.fail("There is no Chromium: install it with your system's packages.", pytrace=False)
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module", params=["folder", "server"])
def home(request: pytest.FixtureRequest) -> Iterator[str]:
    """Return where the pages are: in a folder, or below an address."""
    if request.param == "folder":
        yield built.FOLDER.as_uri()
        return
    handler = functools.partial(_Quiet, directory=built.FOLDER.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{built.FOLDER.name}"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def opened(page: Page, address: str, size: tuple[int, int], *, dark: bool = False) -> None:
    page.asked.clear()
    page.complaints.clear()
    page.look(width=size[0], height=size[1], dark=dark)
    page.open(address)


def assert_at_home(page: Page, home: str) -> None:
    # The page before may still ask for something.
    allowed = (f"{home}/", f"{built.FOLDER.as_uri()}/", "data:", "blob:", "about:blank")
    assert not [one for one in page.asked if not one.startswith(allowed)]
    assert not page.complaints


@pytest.mark.parametrize("dark", [False, True])
def test_pages_ask_for_nothing_elsewhere(page: Page, home: str, *, dark: bool) -> None:
    for name in ("index.html", "corrections.html", "rules.html#loss_counts/never-decreases"):
        opened(page, f"{home}/{name}", DESK, dark=dark)
        scheme = page.value("document.body.dataset.mdColorScheme")
        assert scheme == ("slate" if dark else "default")
        assert_at_home(page, home)


def test_a_link_to_a_code_shows_it(page: Page, home: str) -> None:
    opened(page, f"{home}/rules.html#loss_counts/never-decreases", DESK)
    place = "document.getElementById('loss_counts/never-decreases').getBoundingClientRect().top"
    page.wait(f"{place} >= 0 && {place} < innerHeight / 2")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("never falls", "rules.html#loss_countsnever-decreases"),
        # A page for users comes before the rules about it, and names are not divided.
        ("increment", "loading.html#increment-change-or-delta"),
        ("as_of", "databases.html#as_of"),
        ("re-based", "corrections.html#re-based-totals-move-without-notice"),
    ],
)
def test_search_finds(page: Page, home: str, asked: str, first: str) -> None:
    opened(page, f"{home}/index.html", DESK)
    page.value("document.querySelector('.md-search__button').click()")
    shown = "[...document.querySelectorAll('*')].find(one => one.shadowRoot)?.shadowRoot"
    page.wait(f"!!{shown}?.querySelector('input')")
    page.value(f"{shown}.querySelector('input').focus()")
    page.call("Input.insertText", text=asked)
    name, _, place = first.partition("#")
    found = f"new URL([...{shown}.querySelectorAll('a')][0]?.href ?? 'about:blank')"
    page.wait(f"{found}.pathname.endsWith('/{name}') && {found}.hash === '#{place}'")
    assert_at_home(page, home)


@pytest.mark.parametrize("name", HTML.values())
def test_a_page_is_no_wider_than_a_phone(page: Page, name: str) -> None:
    opened(page, f"{built.FOLDER.as_uri()}/{name}", PHONE)
    wide = "document.documentElement.scrollWidth"
    page.wait(f"{wide} <= {PHONE[0]}")
    assert not page.complaints


def test_pictures_are_shown(page: Page) -> None:
    opened(page, f"{built.FOLDER.as_uri()}/index.html", DESK)
    page.wait("[...document.images].some(one => one.naturalWidth > 0)")


def test_an_example_is_copied_so_that_it_runs(page: Page) -> None:
    opened(page, f"{built.FOLDER.as_uri()}/api.html", DESK)
    # As the theme's button copies: what is seen while this attribute is there.
    code = "[...document.querySelectorAll('.language-pycon code')].find(one => one.querySelector('.go'))"
    page.value(f"window.code = {code}; code.setAttribute('data-md-copying', ''); true")
    copied = page.value("code.innerText")
    assert copied.startswith("import reported_losses as rl\n")
    assert ">>>" not in copied
    compile(copied, "api.md", "exec")


LOOKS = [(DESK, False), (DESK, True), (PHONE, False)]


@pytest.mark.parametrize("name", HTML.values())
@pytest.mark.parametrize(("size", "dark"), LOOKS, ids=["desk", "desk-dark", "phone"])
def test_axe_finds_nothing_serious(
    page: Page, name: str, size: tuple[int, int], *, dark: bool
) -> None:
    opened(page, f"{built.FOLDER.as_uri()}/{name}", size, dark=dark)
    page.value(AXE.read_text("utf-8"))
    # In the dark only colours differ.
    rules = ", runOnly: ['color-contrast']" if dark else ""
    found = page.value(
        f"axe.run(document, {{resultTypes: ['violations']{rules}}}).then(it => it.violations)"
    )
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    assert not [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in serious]
