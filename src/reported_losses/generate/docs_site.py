"""`python -m reported_losses.generate.docs_site FOLDER`: the pages of the documentation site.

The folder gets `source`, from which Zensical builds the HTML, and `beside`, what lies beside the
HTML: each page as Markdown, and `llms.txt`. `make docs` puts them together in build/docs.
"""

from __future__ import annotations

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
from reported_losses.files import write_atomically
from reported_losses.generate.python_markdown import for_python_markdown

CONFIGURATION = "zensical.toml"
OUTSIDE: Mapping[str, str] = MappingProxyType(
    {
        "README.md": "index.md",
        "CONTRIBUTING.md": "contributing.md",
        "CHANGELOG.md": "changelog.md",
    }
)
"""Pages of the site that are not in docs/, by their files."""

_IMAGES = "images"
_FENCED = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"(\]\(|^\[[^\]]+\]: )([^)#\s]+)", re.MULTILINE)
_RAW = "https://raw.githubusercontent.com/reported-losses/reported-losses/main/"


def pages() -> dict[str, str]:
    """Return the Markdown of each page of the site, with links to the pages of the site.

    >>> sorted(pages())[:2]
    ['adding-a-report.md', 'api.md']
    """
    root = package_dir()
    files = [*OUTSIDE, *(f"docs/{path.name}" for path in sorted((root / "docs").glob("*.md")))]
    return {_page(file): relinked(file, (root / file).read_text("utf-8")) for file in files}


def _page(file: str) -> str:
    return OUTSIDE.get(file, PurePosixPath(file).name)


def relinked(file: str, text: str) -> str:
    """Return a page whose links lead to pages of the site, or else to the repository on the web.

    Args:
        file: The page's path in the repository, to which its links are relative.
        text: The page.

    >>> relinked("README.md", "[how](docs/loading.md#joins), [who](CITATION.cff)")
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
    text = (package_dir() / CONFIGURATION).read_text("utf-8")
    for entry in tomllib.loads(text)["project"]["nav"]:
        for title, value in entry.items():
            if not isinstance(value, str):
                yield from _section(title, value)
            elif value.endswith(".md"):
                yield "", title, value


def _section(section: str, entries: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for entry in entries:
        for title, file in entry.items():
            yield section, title, file


def llms_txt() -> str:
    """Return the list of pages for programs that read Markdown, in the form of llmstxt.org."""
    package = installed()
    lines = [f"# {package.raw['name']}", "", f"> {package.raw['description']}"]
    last = None
    for section, title, file in navigation():
        if section != last:
            lines += ["", f"## {section or 'Begin'}", ""]
            last = section
        lines.append(f"- [{title}]({file})")
    return "\n".join([*lines, ""])


def write(folder: Path) -> None:
    """Write `source` and `beside` anew."""
    shutil.rmtree(folder, ignore_errors=True)
    source, beside = folder / "source", folder / "beside"
    docs = package_dir() / "docs"
    shutil.copytree(docs / _IMAGES, source / _IMAGES)
    shutil.copyfile(docs / "site/site.css", source / "site.css")
    beside.mkdir()
    for name, text in pages().items():
        write_atomically(source / name, for_python_markdown(text))
        write_atomically(beside / name, text)
    write_atomically(beside / "llms.txt", llms_txt())


if __name__ == "__main__":
    write(Path(sys.argv[1]))
