"""Laws of every form, for issues whose texts are anything at all."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reported_losses.issue import Issue, Key, Severity
from reported_losses.report import Summary, render
from reported_losses.report.as_markdown import MAX_CHARACTERS

ROOT = Path(__file__).parents[2]

# Text as hostile as it comes: halves of surrogate pairs and markup included.
ANY = st.text(st.characters(), max_size=30) | st.lists(
    st.sampled_from(
        [
            "|", "`", "``", "<b>", "<!--", "-->", "]]>", "&amp;", "&#64;", "@user", "#1", "GH-1",
            "[a](http://b.c)", "![](x)", "https://a.b/", "www.a.b", "a@b.c", "$x$", ":smile:",
            "*a*", "_b_", "~~c~~", "\\", "\n", "\r", "\r\n", "\u2028", "\x85", "\x1b[31m", "\u202e",
            "\u200b", "\u0301", "数", "%0A", "::error::", "##[error]", "#", "[", "%", ",", ":", "\0", "\ud800", "\uffff",
        ]
    ),
    max_size=8,
).map("".join)  # fmt: skip
MAYBE = st.none() | ANY
ISSUES = st.lists(
    st.builds(
        Issue,
        code=ANY,
        severity=st.sampled_from(Severity),
        message=ANY,
        table=MAYBE,
        path=MAYBE,
        line=st.none() | st.integers(1, 4),
        column=MAYBE,
        position=st.none() | st.integers(1, 60),
        key=st.dictionaries(ANY, ANY, max_size=2).map(Key),
        found=MAYBE,
        expected=MAYBE,
        hint=MAYBE,
    ),
    max_size=4,
)
LINES = st.lists(ANY, max_size=3)
ROWS = st.dictionaries(ANY, st.integers(0, 9), max_size=2)
SUMMARIES = st.builds(Summary, ANY, ANY, ROWS, ANY, st.lists(ANY, max_size=2).map(tuple))


def for_any_issues(test: Callable[..., None]) -> Callable[..., None]:
    law = given(issues=ISSUES, rows=LINES, summary=SUMMARIES)
    return law(settings(max_examples=100, deadline=None)(test))


def schema(path: str) -> Any:  # noqa: ANN401 - a validator; its stubs name it differently by version
    text = json.loads((ROOT / path).read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(text)
    return kind(text, format_checker=kind.FORMAT_CHECKER)


REPORT = schema("schemas/report/report.json")
SARIF = schema("tests/report/sarif-2.1.0.json")
CODE_SCANNING = schema("tests/report/sarif-code-scanning.json")


@for_any_issues
def test_text_has_no_unseen_characters(
    issues: list[Issue], rows: list[str], summary: Summary
) -> None:
    text = render(issues, "text", summary=summary, lines=lambda _: rows)
    kinds = {unicodedata.category(char) for char in text if char not in "\n "}
    assert not kinds & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"}
    assert "##[" not in text
    heads = re.findall(r"^  .* (?:error|warning)", text, re.MULTILINE)
    assert len(heads) >= len(issues)
    text.encode("utf-8")


@for_any_issues
def test_coloured_text_says_the_same(
    issues: list[Issue], rows: list[str], summary: Summary
) -> None:
    plain = render(issues, "text", summary=summary, lines=lambda _: rows)
    colour = render(issues, "text", summary=summary, lines=lambda _: rows, colour=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", colour)
    assert [line.rstrip() for line in bare.split("\n")] == plain.split("\n")


@for_any_issues
def test_json_is_of_its_schema(issues: list[Issue], rows: list[str], summary: Summary) -> None:
    text = render(issues, "json", summary=summary, lines=lambda _: rows)
    report = json.loads(text)
    REPORT.validate(report)
    assert text.isascii()
    assert [one["severity"] for one in report["issues"]] == [one.severity for one in sorted(issues)]
    for one, issue in zip(report["issues"], sorted(issues), strict=True):
        if issue.found is not None and not re.search("[\ud800-\udfff]", issue.found):
            assert one["found"] == issue.found
        assert (one["line"], one["position"]) == (issue.line, issue.position)


@for_any_issues
def test_github_has_one_command_on_each_line(
    issues: list[Issue], rows: list[str], summary: Summary
) -> None:
    text = render(issues, "github", summary=summary, lines=lambda _: rows)
    commands = text.removesuffix("\n").split("\n")
    assert len(commands) == len(issues) + 1
    shape = r"::(error|warning|notice) ((?:\w+=[^,:]*)(?:,\w+=[^,:]*)*)::(.*)"
    matches = [re.fullmatch(shape, command) for command in commands]
    assert all(matches)
    assert "##[" not in text
    assert not {unicodedata.category(char) for char in text if char != "\n"} & {"Cc", "Cs", "Zl"}


@for_any_issues
def test_sarif_is_of_its_schema(issues: list[Issue], rows: list[str], summary: Summary) -> None:
    log = json.loads(render(issues, "sarif", summary=summary, lines=lambda _: rows))
    SARIF.validate(log)
    CODE_SCANNING.validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(prints)) == len(issues)


@for_any_issues
def test_junit_is_xml(issues: list[Issue], rows: list[str], summary: Summary) -> None:
    text = render(issues, "junit", summary=summary, lines=lambda _: rows)
    root = ET.fromstring(text.encode())  # noqa: S314 - our own text
    cases = {(issue.table, issue.code) for issue in issues if issue.severity is Severity.ERROR}
    assert len(root.findall(".//failure")) == len(cases)
    assert root.get("failures") == str(len(cases))


@for_any_issues
def test_markdown_is_one_table_of_plain_cells(
    issues: list[Issue], rows: list[str], summary: Summary
) -> None:
    text = render(issues, "markdown", summary=summary, lines=lambda _: rows)
    assert len(text) <= MAX_CHARACTERS
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tokens = parser.parse(text)
    assert sum(token.type == "tr_open" for token in tokens) == (len(issues) + 1 if issues else 0)
    assert sum(token.type == "td_open" for token in tokens) == 7 * len(issues)
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inside} <= {"text", "text_special", "html_inline"}
    tags = {child.content for child in inside if child.type == "html_inline"}
    assert tags <= {"<!-- -->", "<code>", "</code>"}
    for child in inside:
        assert not re.search(r"@\w|#\w|://|www\.|:\w+:|GH-|\$\S", child.content)


@pytest.mark.parametrize("form", ["github", "markdown", "text"])
def test_an_endless_text_is_cut(form: str) -> None:
    issue = Issue("a/b", Severity.ERROR, "x" * 10**6, path="a.csv", line=1, found="数" * 10**6)
    text = render([issue], form, summary=Summary("p", "1.0.0", {}), lines=lambda _: ["y" * 10**7])
    assert len(text) < 5_000


@for_any_issues
def test_suggestions_mend_one_line_and_break_out_of_nothing(
    issues: list[Issue], rows: list[str], summary: Summary
) -> None:
    mendable = [replace(issue, value="12") for issue in issues]
    text = render(mendable, "suggestions", summary=summary, lines=lambda _: rows)
    assert text.isascii()
    for one in json.loads(text):
        blocks = [token for token in MarkdownIt().parse(one["body"]) if token.type == "fence"]
        assert [block.info for block in blocks] == ["suggestion"]
        assert one["body"].startswith("Probably a slip (")
        assert one["body"].endswith(f"{blocks[0].markup}\n")
        mended = blocks[0].content.removesuffix("\n")
        assert "\n" not in mended
        assert "12" in mended
        assert mended != rows[one["line"] - 1]


def test_without_a_certain_value_nothing_is_suggested() -> None:
    issue = Issue("a/b", Severity.ERROR, "wrong", "a", "data/a.csv", 1, "x", 1, found="1")
    summary = Summary("a", "1.0.0", {})
    for value in (None, "1,2", '"', "`", "a b", ""):
        found = [replace(issue, value=value)]
        assert render(found, "suggestions", summary=summary, lines=lambda _: ["1,2"]) == "[]\n"


def test_two_slips_on_one_line_are_one_suggestion() -> None:
    first = Issue("a/b", Severity.ERROR, "wrong", "a", "data/a.csv", 1, "x", 1, value="123")
    second = replace(first, position=4, value="7")
    summary = Summary("a", "1.0.0", {}, "sub")
    text = render([first, second], "suggestions", summary=summary, lines=lambda _: ["12,70,x"])
    (one,) = json.loads(text)
    assert (one["path"], one["line"]) == ("sub/data/a.csv", 1)
    assert "\n123,7,x\n" in one["body"]


def test_two_values_for_one_cell_are_no_suggestion() -> None:
    first = Issue("a/b", Severity.ERROR, "wrong", "a", "data/a.csv", 1, "x", 1, value="123")
    summary = Summary("a", "1.0.0", {})
    issues = [first, replace(first, value="124")]
    assert render(issues, "suggestions", summary=summary, lines=lambda _: ["12,70"]) == "[]\n"
