"""Every form of one small report, as files to look at.

`PYTHONPATH=src python tests/report/test_golden.py` writes them anew.
"""

import re
from pathlib import Path

import pytest

from reported_losses.issue import CodeText, Issue, Key, Severity
from reported_losses.report import FORMS, Summary, render

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[2] / "docs" / "report-formats.md"
ENDINGS = {"json": "json", "sarif": "sarif", "junit": "xml", "markdown": "md"}


RULES = {
    "loss_counts/never-decreases": CodeText(
        "loss_counts/never-decreases",
        Severity.ERROR,
        "A cumulative total never falls unless a correction explains the whole fall",
        "The totals count from 2022-02-24; less than yesterday is a slip or a correction.",
        "personnel 521830 on 2024-06-12 and 222810 on 2024-06-13",
        "Fix the total, or add a row to corrections with a source.",
    ),
    "series/known-policy": CodeText(
        "series/known-policy", Severity.ERROR, "A policy", "It is used.", "none", "Name it."
    ),
}
CSV = """\
reporter,subject,category,report_date,total,increment,qualifier,evidence,recorded_on
ua-general-staff,russia,personnel,2024-06-12,521830,980,about,primary,2026-11-22
ua-general-staff,russia,personnel,2024-06-13,222810,980,about,primary,2026-11-22
ua-general-staff,russia,tanks,2024-06-13,7\N{NO-BREAK SPACE}912,14,exact,primary,2026-11-22
ua-general-staff,russia,uavs,2024-06-13,14110,2301,exact,agreed,2026-11-22
""".split("\n")
COUNTS = "data/loss_counts.csv"


def key(category: str) -> Key:
    return Key(
        reporter="ua-general-staff", subject="russia", category=category, report_date="2024-06-13"
    )


ISSUES = [
    Issue(
        code="loss_counts/never-decreases",
        severity=Severity.ERROR,
        message="2024-06-13 personnel: 222810 is below the 521830 of the day before by 299020",
        table="loss_counts",
        path=COUNTS,
        line=3,
        column="total",
        position=46,
        key=key("personnel"),
        found="222810",
        expected="at least 521830; the printed increment +980 gives 522810",
        hint="One digit differs from 522810: fix the total, or add a row to corrections with a source",
    ),
    Issue(
        code="loss_counts.total.type",
        severity=Severity.ERROR,
        message="2024-06-13 tanks: total is not a whole number",
        table="loss_counts",
        path=COUNTS,
        line=4,
        column="total",
        position=42,
        key=key("tanks"),
        found="7\N{NO-BREAK SPACE}912",
        expected="a whole number in plain digits, without separators",
        hint="Write 7912",
    ),
    Issue(
        code="loss_counts/plausible-step",
        severity=Severity.WARNING,
        message="2024-06-13 uavs: the step of 2301 is far from the usual 26 to 61",
        table="loss_counts",
        path=COUNTS,
        line=5,
        column="total",
        position=41,
        key=key("uavs"),
        found="14110",
        expected=None,
        hint="Compare with the report; if it says so, leave it",
    ),
    Issue(
        code="file/missing",
        severity=Severity.ERROR,
        message="data/reports.csv is missing",
        table="reports",
        path="data/reports.csv",
        hint="Restore the file: git checkout data/reports.csv",
    ),
]


def rendered(form: str) -> str:
    return render(
        ISSUES,
        form,
        summary=Summary("reported-losses", "1.2.0", {"loss_counts": 4, "series": 19}),
        lines={COUNTS: CSV}.get,
        rules=RULES,
    )


def golden(form: str) -> Path:
    return GOLDEN / f"{form}.{ENDINGS.get(form, 'txt')}"


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_as_it_was(form: str) -> None:
    assert rendered(form) == golden(form).read_text(encoding="utf-8")


def test_every_example_in_the_docs_is_a_piece_of_a_golden_file() -> None:
    goldens = {form: golden(form).read_text(encoding="utf-8") for form in FORMS}
    shown = set()
    for block in re.findall(
        r"^```\w*\n(.*?)^```$", DOCS.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        if not block.startswith("$ "):
            forms = [form for form, text in goldens.items() if block in text]
            assert forms, block
            shown.update(forms)
    assert shown == set(FORMS)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in FORMS:
        golden(name).write_text(rendered(name), encoding="utf-8", newline="\n")
