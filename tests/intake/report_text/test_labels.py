"""The label table: known categories, no label with two meanings on a day, look-alikes."""

from __future__ import annotations

import csv
import itertools

import pytest

from intake.report_text.renderer import LABELS
from reported_losses.definition.location import package_dir
from reported_losses.intake import curated_files
from reported_losses.intake.report_text.labels import Labels, default_labels, skeleton
from reported_losses.intake.report_text.reader import read_report

WORDS = curated_files.rows("report_words")


def test_categories_are_those_that_the_general_staff_counts() -> None:
    with (package_dir() / "data/series.csv").open(encoding="utf-8", newline="") as file:
        series = list(csv.DictReader(file))
    counted = {row["category"] for row in series if row["reporter"] == "ua-general-staff"}
    assert {row["category"] for row in LABELS} <= counted


def test_no_label_has_two_meanings_on_a_day() -> None:
    labels = default_labels()
    for row in LABELS:
        meanings = labels.meanings(row["label"])
        days = [day for one in meanings for day in (one.first_day, one.last_day) if day]
        for day in days:
            assert sum(meaning.on(day) for meaning in meanings) <= 1, row["label"]
        assert len(meanings) == 1 or days, row["label"]


def test_no_label_looks_like_one_of_another_category() -> None:
    looks: dict[str, set[str]] = {}
    for row in LABELS:
        looks.setdefault(skeleton(row["label"].lower()), set()).add(row["label"].lower())
    assert all(len(labels) == 1 for labels in looks.values())


def test_qualifiers_are_those_of_the_table() -> None:
    values = {row["value"] for row in WORDS if row["kind"] == "qualifier"}
    assert values == {"about", "more-than", "up-to", "nearly"}


def test_a_new_row_is_enough_for_a_new_label() -> None:
    row = dict.fromkeys(LABELS[0], "") | {"category": "ground-robots", "label": "Robot-mules"}
    report = "robot mules \u2013 5 (+1)".encode()
    assert not read_report(report).figures
    assert read_report(report, labels=Labels([*LABELS, row], WORDS)).figures[0].total == 5


@pytest.mark.parametrize(("cyrillic", "latin"), list(zip("аеіокмтх", "aeiokmtx", strict=True)))
def test_a_letter_of_the_other_script_is_said(cyrillic: str, latin: str) -> None:
    texts = [
        "tanks",
        "aircraft",
        "helicopters",
        "missiles",
        "boats",
        "mlrs",
        "танків",
        "літаків",
        "крилаті ракети",
    ]
    for label, (here, there) in itertools.product(texts, [(latin, cyrillic), (cyrillic, latin)]):
        if here in label:
            report = read_report(
                f"submarines - 1 (+0)\n{label.replace(here, there)} - 5 (+1)".encode()
            )
            assert [figure.category for figure in report.figures] == ["submarines"]
            assert "script" in report.unread[0].reason
