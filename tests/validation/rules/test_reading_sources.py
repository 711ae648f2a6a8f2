"""Where readings were read."""

from __future__ import annotations

import pytest

from validation.rules.kit import UNKNOWN, broken, tables

DAYS = [f"2023-02-2{n}" for n in range(4)]


@pytest.mark.parametrize(
    ("told", "bad"), [("ssss", []), ("    ", []), ("sss ", [3]), (" s  ", [1]), ("ss  ", [])]
)
def test_all_readings_of_a_record_have_a_source_or_none(told: str, bad: list[int]) -> None:
    rows = [
        {"report_date": day, "source": one.strip()} for day, one in zip(DAYS, told, strict=True)
    ]
    rows.append({"record": "minfin", "report_date": DAYS[0], "source": "s"})
    assert broken("readings/source-as-usual", tables(readings=rows)) == bad


@pytest.mark.parametrize(
    ("published", "bad"), [("2023-02-20", []), ("2023-02-19", [0]), ("", []), (UNKNOWN, [])]
)
def test_a_page_is_not_older_than_the_report(published: str, bad: list[int]) -> None:
    rows = [{"report_date": DAYS[0], "source": "page"}, {"report_date": DAYS[1]}]
    rows.append({"report_date": DAYS[2], "source": "nowhere"})
    held = tables(readings=rows, sources=[{"published_on": published}])
    assert broken("readings/read-after-report", held) == bad


def test_a_reading_is_stale_or_not_marked() -> None:
    rows = [
        {"report_date": day, "stale": of}
        for day, of in zip(DAYS, ("true", "false", "", UNKNOWN), strict=True)
    ]
    assert broken("readings/stale-or-empty", tables(readings=rows)) == [1]
