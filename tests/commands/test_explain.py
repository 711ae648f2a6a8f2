from __future__ import annotations

import json

import pytest

from reported_losses.commands.cli import FAULT, OK, main
from reported_losses.definition.descriptor import installed
from reported_losses.definition.location import package_dir
from reported_losses.definition.site import code_address
from reported_losses.validation.catalogue import code_texts
from reported_losses.validation.constraint_kinds import KINDS
from reported_losses.validation.rules import CATALOGUE


@pytest.mark.parametrize("code", [*CATALOGUE, "loss_counts.total.minimum", "file/missing"])
def test_a_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == OK
    printed = capsys.readouterr().out
    assert printed.startswith(f"{code} (")
    assert code_address(code) in printed


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "loss_counts/plausible-step", "--json"]) == OK
    shown = json.loads(capsys.readouterr().out)
    assert shown["code"] == "loss_counts/plausible-step"
    assert shown["severity"] == "warning"
    assert list(shown) == ["code", "severity", "title", "rationale", "example", "fix"]
    assert all(shown.values())


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_without_a_code_every_rule_is_listed(
    form: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *form]) == OK
    shown = capsys.readouterr().out
    assert all(code in shown for code in CATALOGUE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("never-decreases", "loss_counts/never-decreases"),
        ("Never-Decreases", "loss_counts/never-decreases"),
        ("LOSS_COUNTS/NEVER-DECREASES", "loss_counts/never-decreases"),
        ("increases", None),
        ("decreases", "loss_counts/never-decreases"),
        ("sort-order", "file/sort-order"),
        ("total.minimum", None),
        ("loss_counts.total.minimum", "loss_counts.total.minimum"),
        ("increment.type", None),
        ("minimum", "minimum"),
        ("primarykey", "primaryKey"),
    ],
)
def test_the_end_of_one_code_is_enough(
    typed: str, meant: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", typed]) == (OK if meant else FAULT)
    captured = capsys.readouterr()
    assert captured.out.startswith(f"{meant} (" if meant else "")


def test_the_end_of_several_codes_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "total.minimum"]) == FAULT
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "loss_counts.total.minimum" in captured.err
    assert "readings.total.minimum" in captured.err
    assert "loss_counts.total.type" not in captured.err


def test_of_a_code_like_none_the_nearest_are_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "foo"]) == FAULT
    said = capsys.readouterr().err
    assert "Did you mean" not in said
    assert sum(f" {code}," in said for code in code_texts(installed())) == 10


def test_a_kind_of_constraint_has_its_place_on_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    page = (package_dir() / "docs" / "derived-codes.md").read_text("utf-8")
    for kind in KINDS:
        if f"## `{kind}`\n" in page:
            assert main(["explain", kind]) == OK
            assert f"derived-codes.html#{kind.lower()}\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("loss_counts/never-decrease", "loss_counts/never-decreases"),
        ("loss_counts.total.min", "loss_counts.total.minimum"),
        ("stale report", "loss_counts/stale-report"),
    ],
)
def test_an_unknown_code_shows_near_ones(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", typed]) == FAULT
    shown = capsys.readouterr()
    assert shown.out == ""
    assert meant in shown.err
