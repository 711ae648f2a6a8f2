import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from reported_losses.definition.site import RULES, code_address
from reported_losses.errors import UnknownNameError
from reported_losses.issue import CodeText, Issue, Key, Severity
from reported_losses.report import FORMS, BaseSummary, Summary, render
from reported_losses.report.as_markdown import MAX_CHARACTERS
from reported_losses.report.as_text import MAX_PER_CODE
from reported_losses.report.content import checked
from reported_losses.report.safe import width

SUMMARY = Summary("reported-losses", "1.2.3", {"loss_counts": 22_578, "series": 19})
ISSUE = Issue("a/b", Severity.ERROR, "wrong", "a", "data/a.csv", 1, "x", 1, found="1")


def in_row(row: str, cell: str, form: str = "text") -> str:
    issue = replace(ISSUE, position=row.index(cell) + 1)
    return render([issue], form, summary=SUMMARY, lines=lambda _: [row])


def many(number: int, code: str = "a/b", severity: Severity = Severity.ERROR) -> list[Issue]:
    return [
        replace(ISSUE, code=code, line=line, severity=severity) for line in range(1, number + 1)
    ]


def test_a_base_that_is_far_away_is_called_so() -> None:
    near, far = (
        checked(replace(SUMMARY, base=BaseSummary("x", "1.0.0", None, 0, 0, ("series",), many)))
        for many in (10, 11)
    )
    assert "series not compared" in near
    assert ("diff" in near, "diff" in far) == (False, True)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_was_checked_when_nothing_is_wrong(form: str) -> None:
    text = render([], form, summary=SUMMARY)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    if form in {"json", "sarif"}:
        json.loads(text)
    elif form == "suggestions":
        assert json.loads(text) == []  # it goes to a program that shows the other forms as well
    elif form == "junit":
        assert ET.fromstring(text).get("failures") == "0"  # noqa: S314 - our own text
    else:
        assert "22,597 rows in 2 tables" in text


def test_an_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="json"):
        render([], "jsn", summary=SUMMARY)


@pytest.mark.parametrize("form", FORMS)
def test_the_order_given_does_not_matter(form: str) -> None:
    issues = [*many(3), *many(2, "a/c", Severity.WARNING)]
    backwards = render(issues[::-1], form, summary=SUMMARY)
    assert render(issues, form, summary=SUMMARY) == backwards


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("abc,123,x", "123"),
        ("数字,123,x", "123"),
        ("e\u0301e\u0301,123,x", "123"),
        ("\u202e\t,123,x", "123"),
        ("a,数字,x", "数字"),
        ('a,"b,""c""",x', '"b,""c"""'),
        ("x" * 10_000 + ",123," + "y" * 10_000, "123"),
        ("数" * 10_000 + ",123," + "字" * 10_000, "123"),
        ("\u0301" * 10_000 + ",123," + "\u0301" * 10_000, "123"),
        ("123", "123"),
    ],
)
def test_the_caret_is_under_the_cell(row: str, cell: str) -> None:
    shown, caret = in_row(row, cell).split("\n")[2:4]
    start = len(caret) - len(caret.lstrip(" |"))
    before = shown[: shown.rindex(cell)]
    assert width(before) == start
    assert len(caret.strip(" |")) == width(cell)
    assert width(shown) <= 120


def test_an_empty_cell_has_one_caret() -> None:
    assert in_row("a,,b", ",b").split("\n")[3].strip() == "|   ^"


@pytest.mark.parametrize(("line", "position"), [(2, 1), (1, 99), (1, None)])
def test_a_position_outside_the_file_is_no_failure(line: int, position: int | None) -> None:
    issue = replace(ISSUE, line=line, position=position)
    text = render([issue], "text", summary=SUMMARY, lines=lambda _: ["abc"])
    assert "^" not in text


def test_a_row_is_shown_where_the_cell_is_not_known() -> None:
    issue = replace(ISSUE, position=None)
    assert "1 | abc" in render([issue], "text", summary=SUMMARY, lines=lambda _: ["abc"])


def test_text_counts_what_it_leaves_out() -> None:
    text = render([*many(MAX_PER_CODE + 7), *many(1, "a/c")], "text", summary=SUMMARY)
    assert "7 more a/b not shown" in text
    assert "a/c error" in text
    assert "58 errors" in text


def test_only_text_has_colour_and_only_if_asked_for() -> None:
    for form in FORMS:
        plain = render([ISSUE], form, summary=SUMMARY)
        coloured = render([ISSUE], form, summary=SUMMARY, colour=True)
        assert "\x1b" not in plain
        assert ("\x1b[1;31merror\x1b[0m" in coloured) == (form == "text")


def test_colour_does_not_read_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render([ISSUE], "text", summary=SUMMARY, colour=True)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "20", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert render([ISSUE], "text", summary=SUMMARY, colour=True) == before


def test_every_style_is_ended_on_its_line() -> None:
    text = render([ISSUE, *many(60, "a/c")], "text", summary=SUMMARY, colour=True)
    for line in text.splitlines():
        codes = re.findall(r"\x1b\[([0-9;]*)m", line)
        assert codes[1::2] == ["0"] * (len(codes) // 2)
        assert "0" not in codes[::2]


@pytest.mark.parametrize("form", ["text", "github", "markdown"])
def test_what_was_not_read_is_named(form: str) -> None:
    summary = Summary("p", "1.0.0", {"a": 3}, unread=("reports",))
    assert "reports not read" in render([ISSUE], form, summary=summary)


@pytest.mark.parametrize("form", ["text", "github", "markdown"])
def test_an_empty_cell_is_called_empty(form: str) -> None:
    assert "(empty)" in render([replace(ISSUE, found="")], form, summary=SUMMARY).replace(
        "&#40;empty&#41;", "(empty)"
    )


def test_space_at_the_ends_of_a_cell_is_seen() -> None:
    text = render([replace(ISSUE, found="about ")], "text", summary=SUMMARY)
    assert "'about '" in text


def test_text_counts_each_code() -> None:
    issues = [*many(60), *many(1, "a/c", Severity.WARNING)]
    lines = render(issues, "text", summary=SUMMARY).splitlines()
    assert [line.split() for line in lines[-4:-2]] == [
        ["60", "error", "a/b"],
        ["1", "warning", "a/c"],
    ]
    assert "1 error   a/b" not in render(many(1), "text", summary=SUMMARY)


def test_github_shows_ten_of_each_and_the_first_of_each_code() -> None:
    issues = [*many(500), *many(30, "a/z", Severity.WARNING), replace(ISSUE, code="a/c", line=900)]
    lines = render(issues, "github", summary=SUMMARY).splitlines()
    kinds = [line.split()[0] for line in lines]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert "title=a/c::" in lines[9]
    assert "511 issues not annotated" in lines[-1]


def test_github_escapes_properties_and_data() -> None:
    issue = replace(ISSUE, path="a,b:c%.csv", code="x:y,z", message="50%\n::error::no")
    line = render([issue], "github", summary=SUMMARY).splitlines()[0]
    assert line.startswith("::error file=a%2Cb%3Ac%25.csv,line=1,col=1,title=x%3Ay%2Cz::50%25\\n::")
    assert line.endswith("%0AFound: 1")


def test_github_marks_the_cell() -> None:
    assert ",line=1,col=5,endColumn=7," in in_row("abc,123,x", "123", "github")


@pytest.mark.parametrize("form", ["text", "github", "sarif", "junit"])
def test_paths_are_relative_to_the_root_of_the_repository(form: str) -> None:
    summary = Summary("p", "1.0.0", {}, folder="sub/dir")
    assert "sub/dir/data/a.csv" in render([ISSUE], form, summary=summary)


def result(issue: Issue, row: str = "1,2") -> Any:  # noqa: ANN401 - JSON
    log = json.loads(render([issue], "sarif", summary=SUMMARY, lines=lambda _: [row] * 9))
    return log["runs"][0]["results"][0]


def test_a_fingerprint_outlives_a_move() -> None:
    issue = replace(ISSUE, key=Key(day="2024-06-13"))
    prints = [result(one)["partialFingerprints"] for one in (issue, replace(issue, line=7))]
    assert prints[0] == prints[1]


@pytest.mark.parametrize(
    "change", [{"code": "a/c"}, {"table": "b"}, {"column": "y"}, {"key": Key(day="2024-06-14")}]
)
def test_a_fingerprint_tells_issues_apart(change: dict[str, Any]) -> None:
    issue = replace(ISSUE, key=Key(day="2024-06-13"))
    other = replace(issue, **change)
    assert result(issue)["partialFingerprints"] != result(other)["partialFingerprints"]


def test_a_region_counts_code_points() -> None:
    row = "\U0001f600,\U0001f600\U0001f600,x"
    region = result(replace(ISSUE, position=3), row)["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "endColumn": 5}


def test_sarif_keeps_within_what_code_scanning_takes() -> None:
    issues = [*many(25_010), replace(ISSUE, code="a/c", line=99_999)]
    (run,) = json.loads(render(issues, "sarif", summary=SUMMARY))["runs"]
    assert len(run["results"]) == 25_000
    assert any(one["ruleId"] == "a/c" for one in run["results"])
    *_, note = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("11 issues")


def test_junit_fails_on_errors_alone() -> None:
    issues = [*many(3), *many(2, "a/c", Severity.WARNING)]
    root = ET.fromstring(render(issues, "junit", summary=SUMMARY))  # noqa: S314 - our own text
    suite = root.find("testsuite[@name='a']")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failure, output = suite.find("testcase/failure"), suite.find("testcase/system-out")
    assert failure is not None
    assert output is not None
    assert str(failure.text).count("\n") == 2
    assert str(output.text).count("\n") == 1


def test_markdown_keeps_within_a_comment() -> None:
    issues = [*many(9_000), *many(2, "a/c", Severity.WARNING), replace(ISSUE, code="a/d", line=1)]
    text = render([replace(one, message="|" * 600) for one in issues], "markdown", summary=SUMMARY)
    assert MAX_CHARACTERS * 0.9 < len(text) <= MAX_CHARACTERS
    assert "a/d" in text
    assert "more issues not shown" in text


def test_text_ends_with_the_way_to_an_explanation() -> None:
    assert "explain" not in render([], "text", summary=SUMMARY)
    one = render(many(2), "text", summary=SUMMARY).splitlines()[-1]
    assert "reported-losses explain a/b" in one
    assert one.endswith(code_address("a/b"))
    several = render([*many(1), *many(1, "a/c")], "text", summary=SUMMARY).splitlines()[-1]
    assert "reported-losses explain CODE" in several
    assert several.endswith(RULES)


def test_an_annotation_has_the_address_of_a_code_that_is_explained() -> None:
    text = CodeText("a/b", Severity.ERROR, "title", "rationale", "example", "fix")
    known, unknown = (
        render(many(1), "github", summary=SUMMARY, rules=rules) for rules in ({"a/b": text}, {})
    )
    assert code_address("a/b") in known
    assert code_address("a/b") not in unknown


@pytest.mark.parametrize("form", ["text", "markdown", "github"])
def test_what_could_not_be_read_was_not_checked(form: str) -> None:
    text = render(many(1), form, summary=Summary("p", None, {}))
    assert "nothing could be checked" in text
    assert "0 rows" not in text
    assert "None" not in text
