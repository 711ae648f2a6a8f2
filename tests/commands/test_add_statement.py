"""`reported-losses add-statement`: a statement, its claims and its page, or none of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import february
from history_repository import Tree
from reported_losses.commands.cli import main
from reported_losses.validation.check import check

URL = "https://news.example/2026/11/said"
DAY = ("--recorded-on", "2026-11-25")
SAID = {
    "--date": "2023-02-20",
    "--speaker": "Ben Wallace",
    "--organisation": "uk-mod",
    "--summary": "Wallace said on 20 February 2023 that more than 450 Russian soldiers had been killed.",
    "--url": URL,
    "--title": "Wallace on Russian deaths",
    "--publisher": "News Example",
}
CLAIM = ("--claim", "subject=russia", "measure=killed", "figure=450", "qualifier=more-than")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = february.package(tmp_path_factory.mktemp("statement") / "package")
    described = Tree(Path(__file__).parents[2])
    held = {row["organisation"] for row in tree.rows("organisations")}
    (body,) = (row for row in described.rows("organisations") if row["organisation"] == "uk-mod")
    if "uk-mod" not in held:
        tree.write("organisations", [*tree.rows("organisations"), body | {"parent": ""}])
    return tree.folder


@pytest.fixture
def tree(clean: Path, tmp_path: Path) -> Tree:
    return february.copy(clean, tmp_path / "package")


def add(tree: Tree, *more: str, **other: str) -> int:
    options = SAID | {f"--{name}": text for name, text in other.items()}
    words = [word for option, text in options.items() if text for word in (option, text)]
    return main(["add-statement", *words, "--package", str(tree.folder), *DAY, *more])


def test_a_statement_comes_with_its_claim_and_its_page(tree: Tree, clean: Path) -> None:
    before = tree.rows("statements")
    assert add(tree, *CLAIM) == 0
    (row,) = (row for row in tree.rows("statements") if row not in before)
    assert row["statement"] == "2023-02-20-ben-wallace-news-example"
    assert (row["about"], row["topic"], row["confidence"]) == ("russia", "losses", "high")
    (page,) = (page for page in tree.rows("sources") if page["source"] == row["source"])
    assert (page["url"], page["accessed_on"]) == (URL, "2026-11-25")
    (claim,) = (one for one in tree.rows("claims") if one["statement"] == row["statement"])
    assert (claim["low"], claim["high"], claim["rate"]) == ("450", "", "total")
    assert [one for one in check(tree.folder, base=clean) if one.severity == "error"] == []
    assert add(tree, *CLAIM) == 2


def test_a_page_that_is_held_is_found_by_its_address(tree: Tree) -> None:
    assert add(tree, *CLAIM) == 0
    sources = tree.rows("sources")
    again = {"speaker": "Somebody Else", "title": "", "publisher": ""}
    assert add(tree, *CLAIM, **again) == 0
    assert tree.rows("sources") == sources


def test_a_dry_run_writes_nothing(tree: Tree) -> None:
    before = february.contents(tree.folder)
    assert add(tree, *CLAIM, "--dry-run") == 0
    assert february.contents(tree.folder) == before


def test_what_the_gate_refuses_is_not_written(
    tree: Tree, capsys: pytest.CaptureFixture[str]
) -> None:
    before = february.contents(tree.folder)
    assert add(tree, "--claim", "subject=russia", "measure=killed", "low=x") == 1
    assert "claims.low.type" in capsys.readouterr().out
    assert february.contents(tree.folder) == before


@pytest.mark.parametrize(
    ("claim", "other", "said"),
    [
        (CLAIM, {"organisation": "uk-mode"}, "uk-mod"),
        (("--claim", "subject=russia", "measure=kiled"), {}, "killed"),
        (("--claim", "subject=russia", "mesure=killed"), {}, "measure"),
        (("--claim", "measure=killed"), {}, "subject"),
        (("--claim", "subject"), {}, "KEY=VALUE"),
        (("--claim", "subject=russia", "subject=russia"), {}, "once"),
        (("--claim", "subject=russia", "measure=killed", "statement=x"), {}, "statement"),
        (CLAIM, {"url": "javascript:x"}, "web address"),
        (CLAIM, {"title": ""}, "--title"),
        (CLAIM, {"summary": "<b>more than 450</b>"}, "markup"),
        (CLAIM, {"summary": ""}, "--summary"),
        (CLAIM, {"date": "2023"}, "--date"),
        (CLAIM, {"topic": "weather"}, "losses"),
        (CLAIM, {"organisation": "mod-of-atlantis"}, "organisations.csv"),
        (CLAIM, {"speaker": "\N{CYRILLIC CAPITAL LETTER YI}"}, "Latin"),
        (CLAIM, {"publisher": "\N{CYRILLIC CAPITAL LETTER YI}"}, "Latin"),
        (CLAIM, {"date": "2027-01-05"}, "2027-01-05"),
    ],
)
def test_what_is_missing_or_unknown_is_said(
    claim: tuple[str, ...],
    other: dict[str, str],
    said: str,
    tree: Tree,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    before = february.contents(tree.folder)
    assert add(tree, *claim, **other) == 2
    assert said in capsys.readouterr().err
    assert february.contents(tree.folder) == before


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_asked(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = f"{SAID['--summary']}\n{' '.join(CLAIM[1:])}\n\n"
    monkeypatch.setattr("sys.stdin", Terminal(answers))
    assert add(tree, summary="") == 0
    assert any(row["statement"].startswith("2023-02-20-ben-wallace") for row in tree.rows("claims"))
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert add(tree, summary="", speaker="Somebody") == 2
