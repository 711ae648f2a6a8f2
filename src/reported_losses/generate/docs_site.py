"""`python -m reported_losses.generate.docs_site FOLDER`: the pages of the documentation site.

The folder gets `source`, from which Zensical builds the HTML, and `beside`, what lies beside the
HTML: each page as Markdown, and `llms.txt`. `make docs` puts them together in build/docs. The home
page says what is newest in the data at that time.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.site import SITE
from reported_losses.files import write_atomically
from reported_losses.generate.home_page import filled, newest_day
from reported_losses.generate.python_markdown import for_python_markdown
from reported_losses.loading.status import status

CONFIGURATION = "zensical.toml"
OUTSIDE: Mapping[str, str] = MappingProxyType(
    {
        "CONTRIBUTING.md": "contributing.md",
        "CHANGELOG.md": "changelog.md",
    }
)
"""Pages of the site that are not in docs/, by their files."""

UNSEARCHED = frozenset({"modules.md", "reliability.md"})
"""Pages that search leaves out: what they say of a word is of use to contributors alone."""

_IMAGES = "images"
_FENCED = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"(\]\(|^\[[^\]]+\]: )([^)#\s]+)", re.MULTILINE)
_ROW = re.compile(r"^\|.*$", re.MULTILINE)
_DAY = re.compile(r"(?<![\w/-])(\d{4}-\d{2}-\d{2})(?![\w-])")
_UNTOUCHED = re.compile(r"(`[^`]*`|\]\([^)]*\))")
_EXPLORER = "../index.html"
_RAW = "https://raw.githubusercontent.com/reported-losses/reported-losses/main/"
# On the project's site the explorer and the pages of days stand one folder above; files of releases
# are there only once they are released.
_ABOVE = re.compile(rf"{re.escape(SITE)}/(|days/[\w-]+\.html)")


def pages() -> dict[str, str]:
    """Return the Markdown of each page of the site, with links to the pages of the site.

    >>> sorted(pages())[:2]
    ['adding-a-report.md', 'api.md']
    """
    root = package_dir()
    files = [*OUTSIDE, *(f"docs/{path.name}" for path in sorted((root / "docs").glob("*.md")))]
    return {_page(file): relinked(file, filled((root / file).read_text("utf-8"))) for file in files}


def _page(file: str) -> str:
    return OUTSIDE.get(file, PurePosixPath(file).name)


def relinked(file: str, text: str) -> str:
    """Return a page whose links lead to pages of the site, or else to the repository on the web.

    Args:
        file: The page's path in the repository, to which its links are relative.
        text: The page.

    >>> relinked("CONTRIBUTING.md", "[how](docs/loading.md#joins), [who](CITATION.cff)")
    '[how](loading.md#joins), [who](https://github.com/reported-losses/reported-losses/blob/main/CITATION.cff)'
    """
    parts = _FENCED.split(text)
    parts[::2] = (
        _TARGET.sub(lambda link: link[1] + _target(file, link[2]), part) for part in parts[::2]
    )
    return "".join(parts)


def _target(file: str, target: str) -> str:
    on_the_web = f"{installed().raw['homepage']}/blob/main/"
    for known in (on_the_web, _RAW):
        if target.startswith(known):
            return _address(target.removeprefix(known), on_the_web)
    if above := _ABOVE.fullmatch(target):
        return f"../{above[1]}" if above[1] else _EXPLORER
    if ":" in target:
        return target
    return _address(os.path.normpath(PurePosixPath(file).parent / target), on_the_web)


def _address(path: str, on_the_web: str) -> str:
    if path in OUTSIDE or re.fullmatch(r"docs/[a-z-]+\.md", path):
        return _page(path)
    if path.startswith(f"docs/{_IMAGES}/"):
        return path.removeprefix("docs/")
    return on_the_web + path


def navigation() -> Iterator[tuple[str, str, str]]:
    """Give the section, the title and the file of each page of the documentation.

    >>> next(navigation())
    ('', 'Home', 'index.md')
    """
    for entry in _project()["nav"]:
        for title, value in entry.items():
            if not isinstance(value, str):
                yield from _section(title, value)
            elif _is_page(value):
                yield "", title, value


def descriptions() -> Mapping[str, str]:
    """Return what each page is about, in one sentence, by its file."""
    found: Mapping[str, str] = _project()["extra"]["descriptions"]
    return found


@functools.cache
def _project() -> dict[str, Any]:
    text = (package_dir() / CONFIGURATION).read_text("utf-8")
    project: dict[str, Any] = tomllib.loads(text)["project"]
    return project


def _section(section: str, entries: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        yield from ((section, title, file) for title, file in entry.items() if _is_page(file))


def _is_page(file: str) -> bool:
    return file.endswith(".md")


def llms_txt() -> str:
    """Return the list of pages for programs that read Markdown, in the form of llmstxt.org."""
    package = installed()
    lines = [
        *(f"# {package.raw['name']}", "", f"> {package.raw['description']}", ""),
        f"Version {package.version}, data to {newest_day(status())}. The [explorer]({_EXPLORER})",
        "draws every count; beside it stand a page for each day with a report, and for each view",
        "its data as CSV and JSON.",
    ]
    last = None
    for section, title, file in navigation():
        if section != last:
            lines += ["", f"## {section or 'Begin'}", ""]
            last = section
        lines.append(f"- [{title}]({file}): {descriptions()[file]}")
    return "\n".join([*lines, ""])


def with_whole_days(text: str) -> str:
    r"""Return a page whose tables do not break a day over two lines.

    >>> print(with_whole_days("On 2022-10-12\n| day | `2022-10-12` |\n| --- | 2022-10-12 |"))
    On 2022-10-12
    | day | `2022-10-12` |
    | --- | <span class="day">2022-10-12</span> |
    """
    parts = _FENCED.split(text)
    parts[::2] = (_ROW.sub(_with_whole_days, part) for part in parts[::2])
    return "".join(parts)


def _with_whole_days(row: re.Match[str]) -> str:
    parts = _UNTOUCHED.split(row[0])
    parts[::2] = (_DAY.sub(r'<span class="day">\1</span>', part) for part in parts[::2])
    return "".join(parts)


def with_front_matter(name: str, text: str) -> str:
    """Return a page with what its HTML needs to know, for Zensical.

    Args:
        name: The page's file.
        text: The page.
    """
    matter = {
        "description": descriptions()[name],
        "version": installed().version,
        "data_to": newest_day(status()),
        **({"search": {"exclude": True}} if name in UNSEARCHED else {}),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items()]
    return "\n".join(["---", *lines, "---", "", text])


def _for_zensical(text: str) -> str:
    return with_whole_days(for_python_markdown(text))


def write(folder: Path) -> None:
    """Write `source` and `beside` anew."""
    shutil.rmtree(folder, ignore_errors=True)
    source, beside = folder / "source", folder / "beside"
    docs = package_dir() / "docs"
    shutil.copytree(docs / _IMAGES, source / _IMAGES)
    for name in ("site.css", "site.js"):
        shutil.copyfile(docs / "site" / name, source / name)
    beside.mkdir()
    for name, text in pages().items():
        write_atomically(source / name, with_front_matter(name, _for_zensical(text)))
        write_atomically(beside / name, text)
    write_atomically(beside / "llms.txt", llms_txt())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
