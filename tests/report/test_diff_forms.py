"""Laws of every form of a difference, for cells that hold anything at all."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from report.test_any_text import ANY
from reported_losses.definition.location import package_dir
from reported_losses.definition.versions import Part
from reported_losses.errors import UnknownNameError
from reported_losses.issue import Key
from reported_losses.report.as_markdown import MAX_CHARACTERS
from reported_losses.report.diff import DIFF_FORMS, overview, render_diff
from reported_losses.report.diff.changelog import data_section
from reported_losses.validation.history.base import Base, folder_base
from reported_losses.validation.history.changes import Bump, Change, Changes, Kind
from reported_losses.validation.history.diff import Diff
from reported_losses.validation.history.schema_changes import SchemaChange
from reported_losses.validation.history.series_moves import SeriesMove, TotalMove

SCHEMA = jsonschema.Draft202012Validator(
    json.loads((package_dir() / "schemas/report/diff.json").read_text("utf-8"))
)
PACKAGE = replace(folder_base(package_dir()).package, tables={}, raw={})
HOSTILE = (
    "$(touch x)", "`id`", "| a | b |", "</details>", "<script>alert(1)</script>", "<!--", "```",
    "\x1b[31mred", "::error::no", "\n::error::no", "##[error]no", "@somebody", "#1", "GH-1",
    "https://example.org", "www.example.org", "[a](javascript:b)", "![](x)", "\u202e", "\ud800",
    "=1+1", "&lt;", '"onload="x', "</pre>", "</style>", "a@example.org", "\\", "~~~~",
)  # fmt: skip
TEXTS = ANY | st.sampled_from(HOSTILE)
KEYS = st.dictionaries(st.sampled_from(("reporter", "category", "report_date")) | TEXTS, TEXTS, max_size=3)  # fmt: skip
CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(Kind),
        st.sampled_from(("loss_counts", "series")) | TEXTS,
        KEYS.map(Key),
        st.integers(1, 9),
        TEXTS,
        TEXTS,
        TEXTS,
        KEYS.map(Key),
        TEXTS,
    ),
    max_size=5,
)
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)
MOVES = st.builds(
    SeriesMove, TEXTS, TEXTS, TEXTS, TEXTS, *[st.integers(0, 9)] * 5,
    st.lists(st.builds(TotalMove, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
)  # fmt: skip
SCHEMAS = st.builds(SchemaChange, TEXTS, st.none() | TEXTS, TEXTS, st.sampled_from(Part), st.booleans())  # fmt: skip


def state(name: str, commit: str | None = None) -> Base:
    return Base(name, commit, PACKAGE, lambda _name, _limit: b"")


def made(changes: list[Change], **parts: object) -> Changes:
    """Return changes as if two states had been compared."""
    ordered = tuple(sorted(changes, key=lambda one: list(Kind).index(one.kind)))
    bump = Bump(Part.PATCH, released=True, least="9.9.9", enough=False)
    plain = Changes(
        state("old"), state("new"), Diff(PACKAGE, PACKAGE, {}), ordered, (), (), (), (), bump
    )
    return replace(plain, **parts)  # type: ignore[arg-type]


@st.composite
def anything(draw: st.DrawFn) -> Changes:
    schemas = tuple(draw(st.lists(SCHEMAS, max_size=2)))
    return made(
        draw(CHANGES),
        old=state(draw(TEXTS), draw(st.none() | TEXTS)),
        uncompared=draw(PAIRS),
        coverage=draw(PAIRS),
        reformed=tuple(draw(st.lists(TEXTS, max_size=2))),
        series=tuple(draw(st.lists(MOVES, max_size=2))),
        diff=Diff(PACKAGE, PACKAGE, {}, schemas=schemas),
    )


law = settings(max_examples=60)


def removed(number: int, table: str = "loss_counts", kind: Kind = Kind.REMOVED) -> list[Change]:
    return [
        Change(kind, table, Key(category=f"row{n}"), n, cells=Key(category=f"row{n}", total="1"))
        for n in range(1, number + 1)
    ]


@law
@given(anything(), st.booleans())
def test_text_is_inert(changes: Changes, whole: object) -> None:
    for text in (render_diff(changes, "text", whole=bool(whole)), overview(changes)):
        kinds = {unicodedata.category(char) for char in text if char not in "\n "}
        assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
    for line in render_diff(changes, "text").split("\n")[1:]:
        assert not line.strip().startswith("::")
        assert "##[" not in line


@law
@given(anything())
def test_json_follows_its_schema(changes: Changes) -> None:
    text = render_diff(changes, "json")
    assert text.isascii()
    SCHEMA.validate(json.loads(text))
    assert len(json.loads(text)["changes"]) == len(changes.changes)


@law
@given(anything())
def test_markdown_has_only_its_own_markup(changes: Changes) -> None:
    text = render_diff(changes, "markdown")
    assert len(text) <= MAX_CHARACTERS
    own = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "strong"}
    details = 0
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        if token.type == "html_block":
            details += token.content.count("<details>") - token.content.count("</details>")
            assert re.fullmatch(
                r"(</details>|<details><summary>[\w ,]+</summary>)\n", token.content
            )
        elif token.type == "inline":
            for child in token.children or ():
                assert child.type in {"text", "text_special", "html_inline", "strong_open", "strong_close"}  # fmt: skip
                assert child.type != "html_inline" or child.content == "<!-- -->"
        elif token.type != "fence":
            assert token.type.rsplit("_", 1)[0] in own
    assert details == 0


@law
@given(anything())
def test_the_changelog_is_a_list_of_texts_and_code(changes: Changes) -> None:
    section = data_section(changes)
    own = {"heading", "bullet_list", "list_item", "paragraph"}
    for token in MarkdownIt("commonmark").parse(section):
        if token.type == "inline":
            types = {child.type for child in token.children or ()}
            assert types <= {"text", "text_special", "code_inline", "html_inline"}
        else:
            assert token.type.rsplit("_", 1)[0] in own
    assert section.count("\n###") == 0


class Page(HTMLParser):
    """The tags of a page, which must be balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@law
@given(anything())
def test_html_has_only_its_own_tags(changes: Changes) -> None:
    text = render_diff(changes, "html")
    page = Page(text)
    assert not page.open
    assert page.tags <= set(
        "html head meta title style body h1 h2 p br strong code div table tr th td details summary "
        "pre".split()
    )
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert "url(" not in text
    assert "@import" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("form", DIFF_FORMS)
def test_what_changed_in_a_long_cell_can_be_seen(form: str) -> None:
    old = " ".join(["2022-05-26/2022-05-26"] * 40)
    new = f"{old} 2024-03-24/2026-10-06"
    change = Change(Kind.FREE, "records", Key(record="gs-text"), 2, "gaps", old, new)
    assert "2024-03-24/2026-10-06" in render_diff(made([change]), form)


@pytest.mark.parametrize("form", DIFF_FORMS)
def test_losses_stand_before_everything_else(form: str) -> None:
    many = [*removed(50, "series", Kind.ADDED), *removed(2, "readings")]
    text = render_diff(made(many), form)
    lost = text.index("readings")
    assert "2" in text[:lost]
    assert lost < text.index("series", text.index("body") if form == "html" else lost - 1)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_three_rows_are_shown_at_once(form: str) -> None:
    text = render_diff(made(removed(9)), form)
    assert "6 more" in text
    shown = text[: text.index("6 more")]
    assert ("row3" in shown, "row4" in shown) == (True, False)
    assert ("row4" in text.partition("changelog")[0]) == (form != "text")


def test_all_rows_are_shown_on_request() -> None:
    text = render_diff(made(removed(9)), "text", whole=True).partition("changelog")[0]
    assert "row9" in text
    assert "more" not in text


def test_markdown_gives_losses_the_room() -> None:
    lost = removed(3_000, "readings")
    rest = [one for table in range(200) for one in removed(5, f"table{table}", Kind.ADDED)]
    text = render_diff(made([*rest, *lost, *removed(3, "series")]), "markdown")
    assert MAX_CHARACTERS * 0.9 < len(text) <= MAX_CHARACTERS
    assert "### series: 3 rows removed without a withdrawal" in text
    assert "rows not shown" in text
    assert "more tables not shown" in text


def test_html_counts_what_it_leaves_out() -> None:
    text = render_diff(made(removed(2_050)), "html")
    assert "50 rows not shown" in text


def test_corrected_cells_are_listed_one_by_one() -> None:
    key = Key(reporter="ua-general-staff", subject="russia", category="vehicles", report_date="2023-08-29")  # fmt: skip
    cell = Change(Kind.REVISED, "loss_counts", key, 2, "total", "7409", "7909")
    other = replace(cell, column="increment", old="", new="5")
    section = data_section(made([cell, other]))
    assert "  - 2023-08-29 vehicles 7409 → 7909\n" in section
    assert "  - 2023-08-29 vehicles `increment` empty → 5\n" in section


def test_only_text_has_colour_and_only_if_asked_for() -> None:
    for form in DIFF_FORMS:
        changes = made(removed(5))
        assert "\x1b" not in render_diff(changes, form)
        assert ("\x1b[1;31m" in render_diff(changes, form, colour=True)) == (form == "text")


@pytest.mark.parametrize("form", DIFF_FORMS)
def test_no_difference_is_said(form: str) -> None:
    changes = made([], bump=Bump(None, released=False, least="", enough=True))
    text = render_diff(changes, form)
    assert text.endswith("\n")
    if form == "json":
        assert json.loads(text)["changes"] == []
    else:
        assert "no differences" in text.lower()


def test_an_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="markdown"):
        render_diff(made([]), "sarif")


def test_the_schema_is_one() -> None:
    SCHEMA.check_schema(SCHEMA.schema)
