"""From upstream's statements to statements, claims, sources and organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.statements.upstream_statements import ESTIMATE, MONTH, ORGANISATIONS, row, write_files
from reported_losses.commands.cli import main
from reported_losses.errors import UpstreamError
from reported_losses.intake.statements.import_statements import (
    StatementsOutcome,
    import_statements,
)
from written import write

DAY = dt.date(2026, 11, 22)


def imported(folders: tuple[Path, Path, Path]) -> StatementsOutcome:
    source, package, ours = folders
    return import_statements(package, source, DAY, ours)


def one(result: StatementsOutcome, table: str) -> Mapping[str, str]:
    (only,) = result.tables[table]
    return only


def test_rows_of_one_speaker_day_and_page_are_one_statement(tmp_path: Path) -> None:
    rows = [
        row("b", measure="wounded", value_low="5", value_high="5", summary="Ames said five."),
        row("a"),
        row("c", url="https://paper.example/other"),
    ]
    result = imported(write_files(tmp_path, rows))
    statements = {line["statement"]: line for line in result.tables["statements"]}
    assert len(statements) == 2
    two = [name for name, line in statements.items() if line["summary"].count(".") == 2]
    claims = [line for line in result.tables["claims"] if line["statement"] in two]
    assert [(line["claim"], line["measure"]) for line in claims] == [
        ("1", "killed"),
        ("2", "wounded"),
    ]
    assert statements[two[0]]["summary"] == "Ames put Russian dead at about 20,000. Ames said five."


def test_a_remark_without_a_figure_is_a_statement_without_claims(tmp_path: Path) -> None:
    cells = dict.fromkeys(("measure", "basis", "qualifier", "value_low", "value_high"), "")
    result = imported(write_files(tmp_path, [row("a", topic="assessment", **cells)]))
    assert one(result, "statements")["topic"] == "assessment"
    assert result.tables["claims"] == []


def test_a_figure_of_a_third_party_is_an_estimate(tmp_path: Path) -> None:
    assert one(imported(write_files(tmp_path)), "claims")["basis"] == "estimated"


def test_an_organisation_speaks_for_itself_and_its_count_is_linked(tmp_path: Path) -> None:
    cells = {
        "speaker": ORGANISATIONS[4][0],
        "organisation": ORGANISATIONS[1][0],
        "measure": "tanks",
    }
    result = imported(write_files(tmp_path, [row("a", **cells)]))
    claim = one(result, "claims")
    assert one(result, "statements")["organisation"] == "ua-general-staff"
    assert (claim["category"], claim["reporter"]) == ("tanks", "ua-general-staff")


def test_a_row_may_be_left_out_and_the_import_says_why(tmp_path: Path) -> None:
    changes = [("a", "left_out", "", "told with other figures elsewhere", "one act of speech")]
    rows = [row("a"), row("b", measure="wounded")]
    result = imported(write_files(tmp_path, rows, curated={"changes": changes}))
    assert one(result, "claims")["measure"] == "wounded"
    assert result.log.left_out == ["a: told with other figures elsewhere"]


def test_a_change_names_the_outlet_and_the_month(tmp_path: Path) -> None:
    changes = [
        ("a", "via", "", "The Weekly", "an unnamed speaker"),
        ("a", "date_precision", "day", "month", "the page gives the month"),
    ]
    statement = one(imported(write_files(tmp_path, curated={"changes": changes})), "statements")
    assert (statement["via"], statement["stated_on_precision"]) == ("The Weekly", "month")


@pytest.mark.parametrize("speaker", ["Ministry A", "Ministry D"])
def test_any_organisation_may_speak_in_its_own_name(tmp_path: Path, speaker: str) -> None:
    ours = [("ministry-d", "Ministry D", "government-ministry", "third-party", "", "", "")]
    rows = [row("a", speaker=speaker, organisation=speaker)]
    result = imported(write_files(tmp_path, rows, curated={"organisations": ours}))
    statement = one(result, "statements")
    slug = speaker.lower().replace(" ", "-")
    assert (statement["speaker"], statement["organisation"]) == (speaker, slug)


def test_the_increment_of_the_day_is_linked_too(tmp_path: Path) -> None:
    cells = {
        "speaker": ORGANISATIONS[4][0],
        "organisation": ORGANISATIONS[1][0],
        "period_start": "2023-05-01",
    }
    assert one(imported(write_files(tmp_path, [row("a", **cells)])), "claims")["reporter"] != ""


@pytest.mark.parametrize(
    "change",
    [{"period_end": "2023-04-30"}, {"rate": "per-day"}, {"period_start": "2023-01-01"}],
)
def test_a_figure_up_to_another_day_is_no_report_of_the_day(
    tmp_path: Path, change: dict[str, str]
) -> None:
    cells = {"speaker": ORGANISATIONS[4][0], "organisation": ORGANISATIONS[1][0], **change}
    assert one(imported(write_files(tmp_path, [row("a", **cells)])), "claims")["reporter"] == ""


@pytest.mark.parametrize(
    "cells",
    [{"date_precision": "inferred"}, {"notes": "stated_on is the day before publication"}],
)
def test_a_day_that_the_page_does_not_give_is_marked(tmp_path: Path, cells: dict[str, str]) -> None:
    result = imported(write_files(tmp_path, [row("a", **cells)]))
    assert one(result, "statements")["stated_on_precision"] == "inferred"
    assert one(result, "claims")["period_precision"] == "inferred"
    assert "stated_on" not in one(result, "statements")["note"]


def test_a_curated_change_decides_and_lapses_when_upstream_changes(tmp_path: Path) -> None:
    change = ("a", "qualifier", "up-to", "nearly", "the summary says almost")
    rows = [row("a", qualifier="up-to", value_low="")]
    result = imported(write_files(tmp_path / "now", rows, curated={"changes": [change]}))
    assert one(result, "claims")["qualifier"] == "nearly"
    assert result.log.lapsed == []
    result = imported(write_files(tmp_path / "later", curated={"changes": [change]}))
    assert one(result, "claims")["qualifier"] == "about"
    assert len(result.log.lapsed) == 1


def test_a_row_that_sums_two_figures_is_split(tmp_path: Path) -> None:
    parts = [("a", part, "value_low", low, "a sum") for part, low in (("x", "1"), ("y", "2"))]
    parts += [("a", part, "value_high", low, "a sum") for part, low in (("x", "1"), ("y", "2"))]
    result = imported(write_files(tmp_path, curated={"splits": parts}))
    assert [line["low"] for line in result.tables["claims"]] == ["1", "2"]
    assert len(result.log.split) == 1


def test_addresses_lose_tracking_parameters(tmp_path: Path) -> None:
    url = "https://Paper.example./a?id=3&utm_source=rss#:~:text=dead"
    result = imported(write_files(tmp_path, [row("a", url=url)]))
    assert one(result, "sources")["url"] == "https://paper.example/a?id=3"


def test_a_mirror_is_replaced_or_left_empty(tmp_path: Path) -> None:
    pages = [("https://mirror.example/a", "url", "https://paper.example/a", "a mirror")]
    rows = [row("a", url="https://mirror.example/a")]
    result = imported(write_files(tmp_path, rows, curated={"pages": pages}))
    assert one(result, "sources")["url"] == "https://paper.example/a"


def test_the_page_of_a_known_estimate_becomes_another_source(tmp_path: Path) -> None:
    estimates = [ESTIMATE, {**ESTIMATE, "date": "29/04/2023", "source_url": "https://b.example/"}]
    result = imported(write_files(tmp_path, estimates=estimates))
    statement = one(result, "statements")
    assert len(result.tables["claims"]) == 1
    pages = {line["source"]: line["url"] for line in result.tables["sources"]}
    others = result.tables["statement_sources"]
    assert {line["statement"] for line in others} == {statement["statement"]}
    assert {pages[line["source"]] for line in others} == {line["source_url"] for line in estimates}
    assert statement["source"] not in {line["source"] for line in others}


@pytest.mark.parametrize(
    "cells",
    [{"estimate": "21000"}, {"date": "30/03/2023", "source_url": ""}, {"country": "ukraine"}],
)
def test_another_figure_date_or_subject_is_another_statement(
    tmp_path: Path, cells: dict[str, str]
) -> None:
    result = imported(write_files(tmp_path, estimates=[{**ESTIMATE, **cells}]))
    assert len(result.tables["statements"]) == 2
    assert {line["confidence"] for line in result.tables["statements"]} == {"high", "medium"}


@pytest.mark.parametrize(
    ("cells", "qualifier", "ends"),
    [
        ({"estimate": "", "estimate_low": "1,000,000"}, "more-than", ("1000000", "")),
        ({"estimate": "", "estimate_high": "9"}, "up-to", ("", "9")),
        ({"estimate_low": "3", "estimate_high": "9"}, "between", ("3", "9")),
    ],
)
def test_the_ends_given_make_the_qualifier(
    tmp_path: Path, cells: dict[str, str], qualifier: str, ends: tuple[str, str]
) -> None:
    result = imported(write_files(tmp_path, estimates=[{**ESTIMATE, **cells}]))
    (claim,) = (line for line in result.tables["claims"] if line["qualifier"] != "about")
    assert (claim["qualifier"], claim["low"], claim["high"]) == (qualifier, *ends)


def test_a_monthly_average_is_dated_by_its_post_even_where_a_spreadsheet_miscounted(
    tmp_path: Path,
) -> None:
    result = imported(write_files(tmp_path, months=[MONTH]))
    claim = next(line for line in result.tables["claims"] if line["rate"] == "per-day")
    assert (claim["period_start"], claim["period_end"]) == ("2025-04-01", "2025-04-30")
    (statement,) = (
        line for line in result.tables["statements"] if line["organisation"] == "uk-mod"
    )
    assert statement["stated_on"] == "2025-05-03"
    assert "independent" in statement["note"]
    assert "1,209" in statement["summary"]
    assert claim["derived_from"] == "ua-general-staff"


def test_rows_of_low_confidence_are_kept_and_marked(tmp_path: Path) -> None:
    rows = [row("a", confidence="low"), row("b", measure="wounded")]
    result = imported(write_files(tmp_path, rows))
    assert one(result, "statements")["confidence"] == "low"
    assert [line["confidence"] for line in result.tables["claims"]] == ["low", "high"]


@pytest.mark.parametrize(
    "cells",
    [
        {"stated_on": "2023-02-30"},
        {"stated_on": ""},
        {"period_end": "2 May 2023"},
        {"speaker": "Nobody Known"},
        {"organisation": "Nobody Known"},
        {"summary": "Ames <b>said</b> so."},
        {"summary": "=HYPERLINK(1)"},
        {"summary": "Ames said\x07 so."},
        {"summary": "Ames \u202esaid\u202c so."},
        {"summary": ""},
        {"url": "javascript:alert(1)"},
        {"url": "ftp://paper.example/a"},
        {"value_low": "about 5"},
        {"value_low": "-5"},
        {"value_low": "9" * 400},
        {"notes": "x" * 2001},
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(
    tmp_path: Path, cells: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row("a"), row("b", **cells)]
    source, package, ours = folders = write_files(tmp_path, rows)
    with pytest.raises(UpstreamError, match=r"statements\.csv, line 3: "):
        imported(folders)
    before = sorted((package / "data").iterdir())
    # The shipped curated files do not know these rows, so the command fails in any case.
    command = ["import-statements", "--upstream", str(source), "--package", str(package)]
    assert main([*command, "--write"]) == 2
    assert capsys.readouterr().err.startswith("reported-losses: ")
    assert sorted((package / "data").iterdir()) == before
    assert ours.is_dir()


def test_a_changed_header_and_a_duplicate_row_are_refused(tmp_path: Path) -> None:
    source, _, _ = folders = write_files(tmp_path, [row("a"), row("a")])
    with pytest.raises(UpstreamError, match="twice"):
        imported(folders)
    (source / "statements.csv").write_text('"statement_id', "utf-8")
    with pytest.raises(UpstreamError, match="line 1"):
        imported(folders)
    source, _, _ = folders = write_files(tmp_path / "again")
    path = source / "statements.csv"
    path.write_text(path.read_text("utf-8").replace("stated_on", "stated", 1), "utf-8")
    with pytest.raises(UpstreamError, match="line 1: "):
        imported(folders)


@pytest.mark.parametrize(
    ("estimate", "month"),
    [
        ({"date": "31/02/2023"}, {}),
        ({"type": "injuries"}, {}),
        ({"source": "Nobody Known"}, {}),
        ({"estimate": ""}, {}),
        ({"estimate": "9" * 400}, {}),
        ({}, {"month": "brumaire"}),
        ({}, {"source_url": "https://paper.example/undated"}),
    ],
)
def test_a_bad_estimate_is_named(
    tmp_path: Path, estimate: dict[str, str], month: dict[str, str]
) -> None:
    folders = write_files(
        tmp_path, estimates=[{**ESTIMATE, **estimate}], months=[{**MONTH, **month}]
    )
    with pytest.raises(UpstreamError, match=r"\.csv, line 2: "):
        imported(folders)


ROWS = [
    row(f"{speaker[:1]}{day}{measure}{page}", speaker=speaker, organisation=body,
        stated_on=f"2023-05-0{day}", measure=measure, url=f"https://paper.example/{page}",
        summary=f"{measure} {day} {page}.", value_low=str(day * 10), value_high=str(day * 10))
    for speaker, body in (("Ann Ames", "Ministry A"), ("List C", "List C"))
    for day in (1, 2)
    for measure in ("killed", "tanks")
    for page in (1, 2)
]  # fmt: skip
ESTIMATES = [
    ESTIMATE,
    {**ESTIMATE, "estimate": "10", "date": "29/04/2023"},
    {**ESTIMATE, "estimate": "77", "date": "28/04/2023"},
]


def test_an_estimate_or_a_month_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    for name, estimates, months in (("e", [ESTIMATE] * 2, []), ("m", [], [MONTH] * 2)):
        folders = write_files(tmp_path / name, estimates=estimates, months=months)
        with pytest.raises(UpstreamError, match=r"\.csv, line 3: .*second time"):
            imported(folders)


@settings(max_examples=20, deadline=None)
@given(st.permutations(ROWS), st.permutations(ESTIMATES))
def test_the_order_of_the_input_does_not_matter(
    rows: list[dict[str, str]], estimates: list[dict[str, str]]
) -> None:
    with TemporaryDirectory() as one_folder, TemporaryDirectory() as other_folder:
        shuffled = imported(write_files(Path(one_folder), rows, estimates=estimates))
        sorted_ = imported(write_files(Path(other_folder), ROWS, estimates=ESTIMATES))
    for name, table in sorted_.tables.items():
        assert shuffled.tables[name] == table


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(ROWS), min_size=1, unique_by=lambda r: r["statement_id"]))
def test_a_second_import_changes_nothing_and_a_later_one_keeps_names(
    rows: list[dict[str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        first = imported(folders := write_files(Path(folder), rows))
        write(folders[1], first)
        assert not imported(folders).changes
        later = imported(write_files(Path(folder), ROWS))
    for name in ("statements", "sources"):
        key = later.package.table(name).primary_key[0]
        named = {line[key] for line in first.tables[name]}
        assert named <= {line[key] for line in later.tables[name]}
    for line in first.tables["statements"]:
        again = next(r for r in later.tables["statements"] if r["statement"] == line["statement"])
        assert again["source"] == line["source"]
        assert again["speaker"] == line["speaker"]


def test_the_command_describes_the_import_and_writes_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, package, ours = write_files(tmp_path)
    monkeypatch.setattr(import_statements, "__defaults__", (ours,))
    command = ["import-statements", "--upstream", str(source), "--package", str(package)]
    command += ["--recorded-on", "2026-11-22"]
    assert main(command) == 1
    assert list((package / "data").iterdir()) == []
    assert main([*command, "--write"]) == 0
    assert main(command) == 0
    assert main([*command, "--recorded-on", "yesterday"]) == 2
    assert "statements: 1 rows: 1 unchanged" in capsys.readouterr().out
