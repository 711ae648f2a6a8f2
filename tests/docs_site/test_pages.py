"""The pages of the documentation: all in the navigation, complete, with links that lead somewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

import reported_losses as rl
from docs_site.site_pages import all_pages, links, places
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.site import SITE, code_address
from reported_losses.generate.api_page import groups
from reported_losses.generate.corrections_page import UNTIL
from reported_losses.generate.docs_site import descriptions, llms_txt, navigation, relinked
from reported_losses.validation.catalogue import code_texts

ABOVE = re.compile(r"\.\./(index|days/\d{4}-\d{2}-\d{2})\.html")
REPOSITORY = f"{installed().raw['homepage']}/blob/main/"


def test_the_navigation_lists_every_page_once() -> None:
    listed = [file for _, _, file in navigation()]
    assert sorted(listed) == sorted(all_pages())


@pytest.mark.parametrize("name", all_pages())
def test_links_lead_somewhere(name: str) -> None:
    for link in links(all_pages()[name]):
        target, _, place = link.partition("#")
        if target.startswith(REPOSITORY):
            assert (package_dir() / target.removeprefix(REPOSITORY)).exists(), link
        elif target.startswith("images/"):
            assert (package_dir() / "docs" / target).exists(), link
        elif target.startswith("../"):
            assert ABOVE.fullmatch(target), link
        elif "://" not in target:
            page = all_pages()[target or name]
            assert not place or place in places(page), link


def test_there_are_links_of_each_kind() -> None:
    found = [link for text in all_pages().values() for link in links(text)]
    for start in ("#", "images/", REPOSITORY, "rules.md#", "contributing.md"):
        assert any(link.startswith(start) for link in found), start


def test_every_code_has_its_place() -> None:
    codes = list(code_texts(installed()))
    assert len({code.partition("/")[0] for code in codes if "/" in code}) > 1
    for code in codes:
        page, _, place = code_address(code).removeprefix(f"{SITE}/docs/").partition("#")
        assert place in places(all_pages()[page.replace(".html", ".md")]), code


def test_no_other_code_has_a_place() -> None:
    codes = set(code_texts(installed()))
    for page in ("rules.md", "derived-codes.md"):
        found = re.findall(r'<a id="([^"]+)"></a>', all_pages()[page])
        assert len(found) == len(set(found))
        assert set(found) <= codes


def test_every_public_name_has_its_place() -> None:
    listed = [name for names in groups().values() for name in names]
    assert sorted(listed) == sorted(rl.__all__)
    assert {f"rl.{name}" for name in rl.__all__} <= places(all_pages()["api.md"])


def test_every_table_has_its_place() -> None:
    assert set(rl.tables()) <= places(all_pages()["data-dictionary.md"])


def test_the_list_for_programs_has_every_page() -> None:
    assert set(links(llms_txt())) == {*all_pages(), "../index.html"}


def test_every_page_has_a_description_of_its_own() -> None:
    assert set(descriptions()) == set(all_pages())
    assert len(set(descriptions().values())) == len(all_pages())
    for name, said in descriptions().items():
        assert 30 < len(said) < 130, name
        assert said.endswith("."), name
        assert f"({name}): {said}\n" in llms_txt()


def test_a_page_has_one_name() -> None:
    for _, title, file in navigation():
        if file != "index.md":
            assert all_pages()[file].startswith(f"# {title}\n"), file


def test_the_home_page_says_what_is_newest() -> None:
    newest = rl.load("reports", columns=["report_date"])["report_date"].max()
    home = all_pages()["index.md"]
    assert f"Data to {newest:%Y-%m-%d}, version {rl.__version__}" in home
    rows = re.findall(
        r"^\| \[(.+?)\]\(\.\./index\.html#.*&category=(.+?)&.*\) \| ([\d,]+) ", home, re.MULTILINE
    )
    assert rows
    last = rl.daily().groupby("category", observed=True)["total"].last()
    for _, category, total in rows:
        assert int(total.replace(",", "")) == last[category]


def test_the_home_page_leads_to_the_four_ways() -> None:
    found = links(all_pages()["index.md"])
    assert {"../index.html", "start.md", "meaning.md", "using-the-data.md"} <= set(found)


def test_code_keeps_its_links() -> None:
    text = "[a](docs/cli.md)\n\n```text\n[a](docs/cli.md)\n```\n"
    assert relinked("CONTRIBUTING.md", text) == text.replace("docs/cli", "cli", 1)


@pytest.mark.parametrize(
    ("file", "link", "due"),
    [
        ("CONTRIBUTING.md", "docs/rules.md#files", "rules.md#files"),
        ("CONTRIBUTING.md", f"{REPOSITORY}docs/rules.md", "rules.md"),
        ("docs/cli.md", "../CONTRIBUTING.md", "contributing.md"),
        ("docs/cli.md", "rules.md", "rules.md"),
        ("docs/cli.md", "../schemas/report/report.json", f"{REPOSITORY}schemas/report/report.json"),
        ("docs/cli.md", "https://semver.org", "https://semver.org"),
        ("docs/cli.md", "#here", "#here"),
        ("docs/cli.md", f"{SITE}/", "../index.html"),
        ("docs/cli.md", f"{SITE}/#category=tanks", "../index.html#category=tanks"),
        ("docs/cli.md", f"{SITE}/days/2023-02-22.html", "../days/2023-02-22.html"),
        ("docs/cli.md", f"{SITE}/releases.json", f"{SITE}/releases.json"),
    ],
)
def test_a_link_leads_to_the_page_of_the_site(file: str, link: str, due: str) -> None:
    assert relinked(file, f"[x]({link})") == f"[x]({due})"
    assert relinked(file, f"[x]: {link}") == f"[x]: {due}"


def test_the_page_on_corrections_ends_before_the_data() -> None:
    latest = rl.load("loss_counts", where={"reporter": "ua-general-staff"})["report_date"].max()
    assert latest.date() > UNTIL


def test_a_page_that_is_missing_leads_to_those_that_are_there() -> None:
    # GitHub Pages shows it under any address of the site, so its links begin at the root.
    text = (package_dir() / "docs/site/404.html").read_text("utf-8")
    root = urlsplit(SITE).path
    found = re.findall(r'href="([^"]+)"', text)
    assert found == [f"{root}/{path}" for path in ("", "days/", "docs/", "releases.json")]
    assert "docs/site/404.html" in (package_dir() / ".github/workflows/pages.yml").read_text(
        "utf-8"
    )
