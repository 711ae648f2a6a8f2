"""Decisions about remarks and statements: what they change, when they lapse, what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.statements.test_import_statements import imported, one
from intake.statements.upstream_statements import (
    ESTIMATE,
    MONTH,
    ORGANISATIONS,
    ROOT,
    Row,
    row,
    table,
    write_files,
)
from reported_losses.definition.descriptor import load_package
from reported_losses.errors import UpstreamError
from reported_losses.intake import curated_files
from reported_losses.intake.statements import uk_mod_monthly
from reported_losses.intake.statements.acts import ADDED
from reported_losses.intake.statements.decisions import COLUMNS
from reported_losses.intake.statements.import_statements import StatementsOutcome

STAFF = {"speaker": ORGANISATIONS[4][0], "organisation": ORGANISATIONS[1][0]}
OTHER = "https://paper.example/other"
ADDITION = (
    "a+more", "a", "russia", "wounded", "total", "estimated", "", "", "5", "", "more-than",
    "2022-02-24", "2023-05-02", "day", "medium", "on the page", "it is on the page",
)  # fmt: skip


def decided(
    folder: Path, rows: Sequence[Row] = (), /, **curated: Sequence[tuple[str, ...]]
) -> StatementsOutcome:
    return imported(write_files(folder, rows, curated=curated))


@pytest.mark.parametrize(
    ("column", "old", "new", "told"),
    [
        ("measure", "killed", "irrecoverable", "measure"),
        ("place", "", "bakhmut", "place"),
        ("qualifier", "about", "exact", "qualifier"),
        ("period_end", "2023-05-02", "2023-05-01", "period_end"),
        ("period_start", "2022-02-24", "", "period_start"),
        ("period_precision", "day", "month", "period_precision"),
        ("derived_from", "", "ua-general-staff", "derived_from"),
        ("category", "", "personnel", "category"),
        ("subject", "russia", "ukraine", "subject"),
        ("confidence", "high", "low", "confidence"),
    ],
)
def test_a_decision_changes_a_cell_of_a_claim(
    tmp_path: Path, column: str, old: str, new: str, told: str
) -> None:
    result = decided(tmp_path, remarks=[("a", column, old, new, "the page says so")])
    assert one(result, "claims")[told] == new
    assert result.log.lapsed == []


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("stated_on", "2023-05-02", "2023-05-01"),
        ("stated_on_precision", "day", "inferred"),
        ("speaker", "Ann Ames", "Ben Bull"),
        ("speaker_role", "minister", "deputy minister"),
        ("via", "", "The Other Paper"),
        ("topic", "losses", "assessment"),
    ],
)
def test_a_decision_changes_a_cell_of_a_statement(
    tmp_path: Path, column: str, old: str, new: str
) -> None:
    result = decided(tmp_path, remarks=[("a", column, old, new, "the page says so")])
    statement = one(result, "statements")
    assert statement[column] == new
    assert statement["statement"].startswith(statement["stated_on"])
    assert ("ben-bull" in statement["statement"]) == (column == "speaker")


def test_notes_of_all_remarks_are_those_of_the_statement(tmp_path: Path) -> None:
    rows = [row("a", notes="x; y"), row("b", notes="x; z", measure="wounded")]
    result = decided(tmp_path, rows, remarks=[("a", "notes", "x; y", "x; v; w", "better")])
    assert one(result, "statements")["note"] == "x"
    assert [line["note"] for line in result.tables["claims"]] == ["v; w", "z"]


def test_a_decision_lapses_when_upstream_changes_the_cell_or_drops_the_row(tmp_path: Path) -> None:
    remarks = [("a", "qualifier", "exact", "nearly", "so"), ("gone", "topic", "x", "y", "so")]
    result = decided(
        tmp_path,
        remarks=remarks,
        same=[("gone", "a", "repeated", "", "so")],
        added=[("more", "gone", *ADDITION[2:])],
        summaries=[("gone", "old", "new", "so")],
    )
    assert one(result, "claims")["qualifier"] == "about"
    assert len(result.log.lapsed) == 5


def test_a_decision_that_upstream_has_taken_over_is_kept_quietly(tmp_path: Path) -> None:
    result = decided(tmp_path, remarks=[("a", "qualifier", "exact", "about", "so")])
    assert result.log.lapsed == []


def test_a_row_that_is_left_out_is_listed_with_its_reason(tmp_path: Path) -> None:
    rows = [row("a"), row("b", measure="wounded")]
    result = decided(tmp_path, rows, remarks=[("b", "left_out", "", "yes", "civilians")])
    assert [line["measure"] for line in result.tables["claims"]] == ["killed"]
    assert result.log.left_out == ["b: civilians"]


def test_estimates_and_monthly_averages_keep_their_names_when_rows_are_added(
    tmp_path: Path,
) -> None:
    estimate = "estimate-2023-04-30-ministry-a-russia-deaths"
    remarks = [(estimate, "qualifier", "about", "exact", "so")]
    remarks += [("uk-mod-average-2025-04", "qualifier", "exact", "about", "so")]
    other = {**ESTIMATE, "date": "01/01/2023", "estimate": "7"}
    for count, estimates in enumerate(([ESTIMATE], [other, ESTIMATE])):
        folders = write_files(
            tmp_path / str(count),
            [row("z", measure="tanks")],
            estimates=estimates,
            months=[MONTH],
            curated={"remarks": remarks},
        )
        result = imported(folders)
        assert result.log.lapsed == []
        exact = [line for line in result.tables["claims"] if line["qualifier"] == "exact"]
        assert [line["low"] for line in exact] == ["20000"]


def test_a_figure_is_added_beside_another(tmp_path: Path) -> None:
    result = decided(tmp_path, added=[ADDITION])
    assert one(result, "statements")["summary"] == row("a")["summary"]
    first, second = result.tables["claims"]
    assert (first["measure"], second["measure"]) == ("killed", "wounded")
    assert (second["low"], second["high"], second["qualifier"]) == ("5", "", "more-than")
    assert (second["confidence"], second["note"]) == ("medium", "on the page")


def test_a_page_that_repeats_a_figure_is_another_source(tmp_path: Path) -> None:
    rows = [row("a"), row("b", url=OTHER, stated_on="2023-05-01")]
    result = decided(tmp_path, rows, same=[("b", "a", "repeated", "rounds it", "one speech")])
    statement, page = one(result, "statements"), one(result, "statement_sources")
    assert (page["statement"], page["note"]) == (statement["statement"], "rounds it")
    assert statement["stated_on"] == "2023-05-02"
    assert len(result.tables["claims"]) == 1


def test_a_page_that_tells_more_of_one_speech_adds_its_claims(tmp_path: Path) -> None:
    rows = [
        row("a"),
        row("b", url=OTHER, stated_on="2023-05-01", measure="wounded", summary="Ames said b."),
        row("c", url=OTHER + "/c", measure="wounded", summary="Ames said c."),
    ]
    same = [("b", "a", "further", "", "one speech"), ("c", "b", "repeated", "", "one speech")]
    result = decided(
        tmp_path, rows, same=same, summaries=[("a", joined(rows[:2]), "Both.", "one speech")]
    )
    statement = one(result, "statements")
    assert statement["stated_on"] == "2023-05-02"
    assert statement["summary"] == "Both."
    assert [line["measure"] for line in result.tables["claims"]] == ["killed", "wounded"]
    assert len(result.tables["statement_sources"]) == 2
    assert result.log.lapsed == []


def joined(rows: Sequence[Mapping[str, str]]) -> str:
    return " ".join(one["summary"] for one in rows)


def test_a_summary_lapses_when_what_it_sums_up_changes(tmp_path: Path) -> None:
    result = decided(tmp_path, summaries=[("a", "Ames said five.", "Ames gave five.", "so")])
    assert one(result, "statements")["summary"] == row("a")["summary"]
    assert len(result.log.lapsed) == 1


@pytest.mark.parametrize(
    "curated",
    [
        {"remarks": [("a", "colour", "", "red", "so")]},
        {"remarks": [("a", "qualifier", "about", "exact", "")]},
        {"remarks": [("a", "qualifier", "about", "exact", "so")] * 2},
        {"remarks": [("a", "period_end", "2023-05-02", "2023-02-30", "so")]},
        {"remarks": [("a", "stated_on", "2023-05-02", "", "so")]},
        {"remarks": [("a", "low", "20000", "many", "so")]},
        {"remarks": [("a", "low", "20000", "9" * 400, "so")]},
        {"remarks": [("a", "place", "", "=HYPERLINK(1)", "so")]},
        {"remarks": [("said", "low", "", "5", "so")]},
        {"added": [ADDITION, ADDITION]},
        {"added": [(*ADDITION[:8], "", *ADDITION[9:])]},
        {"added": [("said", *ADDITION[1:])]},
        {"added": [(*ADDITION[:11], "yesterday", *ADDITION[12:])]},
        {"same": [("said", "a", "perhaps", "", "so")]},
        {"same": [("said", "a", "further", "", "")]},
        {"same": [("said", "a", "further", "", "so"), ("a", "said", "further", "", "so")]},
        {"same": [("said", "a", "repeated", "", "so"), ("a", "said", "further", "", "so")]},
        {"summaries": [("a", "x", "y", "so"), ("a", "z", "y", "so")]},
        {"summaries": [("a", "x", "y <b>", "so")]},
    ],
)
def test_a_bad_decision_is_named_with_its_line(
    tmp_path: Path, curated: dict[str, Sequence[tuple[str, ...]]]
) -> None:
    empty = dict.fromkeys(("measure", "basis", "qualifier", "value_low", "value_high"), "")
    rows = [row("a"), row("said", topic="assessment", url=OTHER, **empty)]
    (name,) = curated
    with pytest.raises(UpstreamError, match=rf"{name}\.csv, line \d+: "):
        decided(tmp_path, rows, **curated)


def test_a_changed_header_and_a_file_cut_in_half_are_refused(tmp_path: Path) -> None:
    for name in ("remarks", "added", "same", "summaries"):
        _, _, ours = folders = write_files(tmp_path / name, curated={})
        path = ours / f"{name}.csv"
        text = path.read_text("utf-8")
        for broken in (text.replace("reason", "why"), text + 'a,"half'):
            path.write_text(broken, "utf-8")
            with pytest.raises(UpstreamError, match=rf"{name}\.csv"):
                imported(folders)


def test_the_decisions_know_the_columns_of_the_tables() -> None:
    package = load_package(ROOT)
    columns = {*package.table("statements").names, *package.table("claims").names}
    assert set(COLUMNS) - {"notes", "left_out"} <= columns
    assert set(ADDED) <= set(package.table("claims").names)
    assert set(ADDED) < set(curated_files.HEADERS["added"])


def test_an_unnamed_speaker_is_relayed_by_the_publisher(tmp_path: Path) -> None:
    result = decided(tmp_path, remarks=[("a", "speaker", "Ann Ames", "Aide (unnamed)", "so")])
    assert one(result, "statements")["via"] == "The Paper"


@pytest.mark.parametrize("measure", ["killed", "killed-or-wounded", "personnel-losses"])
def test_the_general_staff_has_one_count_of_people(tmp_path: Path, measure: str) -> None:
    claim = one(decided(tmp_path, [row("a", measure=measure, **STAFF)]), "claims")
    assert (claim["measure"], claim["category"]) == ("personnel", "personnel")
    assert (claim["reporter"], claim["derived_from"]) == ("ua-general-staff", "")


def test_its_figure_of_another_period_rests_on_its_count(tmp_path: Path) -> None:
    rows = [row("a", period_start="2023-01-01", **STAFF)]
    claim = one(decided(tmp_path, rows), "claims")
    assert (claim["reporter"], claim["derived_from"]) == ("", "ua-general-staff")


def test_a_ratio_is_about_both_sides(tmp_path: Path) -> None:
    rows = [row("a", measure="loss-ratio", value_low="7", value_high="7")]
    result = decided(tmp_path, rows)
    assert one(result, "claims")["subject"] == "russia"
    assert one(result, "statements")["about"] == "both"


def test_a_long_chart_is_summed_up_by_its_range(tmp_path: Path) -> None:
    names = ["may", "june", "july", "august", "september", "october", "november"]
    months = [
        {**MONTH, "month": name, "year": "2024", uk_mod_monthly.AVERAGE: str(1200 + count)}
        for count, name in enumerate(names)
    ]
    for few, told in ((2, "1,200 in May 2024 and 1,201 in June 2024"), (7, "7 months from May")):
        folders = write_files(tmp_path / str(few), months=months[:few])
        (summary,) = {
            line["summary"]
            for line in imported(folders).tables["statements"]
            if line["organisation"] == "uk-mod"
        }
        assert told in summary
    assert "1,200 in May 2024" in summary
    assert "1,206 in November 2024" in summary


PAGES = [
    row(name, url=f"https://paper.example/{name}", measure=measure, value_low=low, value_high=low,
        summary=f"Ames said {name}.")
    for name, measure, low in (("a", "killed", "1"), ("b", "wounded", "2"), ("c", "tanks", "3"),
                               ("d", "killed", "1"))
]  # fmt: skip
SAME = [
    ("b", "a", "further", "n", "one speech"),
    ("c", "a", "further", "", "one speech"),
    ("d", "b", "repeated", "m", "one speech"),
]


@settings(max_examples=15, deadline=None)
@given(st.permutations(PAGES), st.permutations(SAME))
def test_the_order_of_rows_and_decisions_does_not_matter(
    rows: list[Row], same: list[tuple[str, ...]]
) -> None:
    with TemporaryDirectory() as one_folder, TemporaryDirectory() as other_folder:
        shuffled = decided(Path(one_folder), rows, same=same)
        straight = decided(Path(other_folder), PAGES, same=SAME)
    assert shuffled.tables == straight.tables
    assert len(straight.tables["statements"]) == 1
    assert len(straight.tables["statement_sources"]) == 3


def test_a_curated_file_is_what_the_header_says(tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    table(path, curated_files.HEADERS["same"], [])
    assert list(curated_files.decisions("same", tmp_path, "remark")) == []
