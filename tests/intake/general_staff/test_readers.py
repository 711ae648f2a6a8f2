"""Each reader of a record: the readings it returns, and what it refuses."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.general_staff.upstream_records import UpstreamRecords
from reported_losses.errors import UpstreamError
from reported_losses.intake import upstream_files
from reported_losses.intake.general_staff import gs_infographic, gs_text, minfin, orc_losses, petro
from reported_losses.intake.general_staff.readings import Cell, Reading

READERS = (gs_text, gs_infographic, petro, orc_losses, minfin)
FIRST = dt.date(2023, 5, 25)


@pytest.fixture
def upstream() -> UpstreamRecords:
    return UpstreamRecords(3)


def reading(readings: list[Reading], category: str, date: dt.date = FIRST) -> Reading:
    return next(r for r in readings if r.cell == Cell(category, date))


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_reads_the_same_totals(
    reader: ModuleType, upstream: UpstreamRecords, tmp_path: Path
) -> None:
    readings = reader.read(upstream.write(tmp_path))
    assert reading(readings, "personnel").total == 200_000
    assert reading(readings, "armoured-vehicles", dt.date(2023, 5, 27)).total == 7_318
    assert len(readings) == 3 * 13


def test_text_and_image_have_increments(upstream: UpstreamRecords, tmp_path: Path) -> None:
    folder = upstream.write(tmp_path)
    assert reading(gs_text.read(folder), "uavs").increment == 25
    assert reading(gs_infographic.read(folder), "uavs").increment == 25
    assert reading(petro.read(folder), "uavs").increment is None


def test_petro_has_qualifiers_prisoners_and_stated_corrections(
    upstream: UpstreamRecords, tmp_path: Path
) -> None:
    upstream.personnel[0] |= {"personnel*": "more", "POW": 7}
    upstream.corrections = [
        {"date": "2023-05-25", "day": 456, "tank": -5, "APC": 0, "personnel": 0}
    ]
    readings = petro.read(upstream.write(tmp_path))
    assert reading(readings, "personnel").qualifier == "more-than"
    assert reading(readings, "prisoners").total == 7
    assert reading(readings, "tanks").correction == -5
    assert reading(readings, "armoured-vehicles").correction is None


def test_orc_vehicles_before_the_merger_are_military_vehicles(tmp_path: Path) -> None:
    upstream = UpstreamRecords(1)
    upstream.orc[0]["date"] = "2022-04-30"
    readings = orc_losses.read(upstream.write(tmp_path))
    assert reading(readings, "military-vehicles", dt.date(2022, 4, 30)).total == 6_100


def test_orc_names_the_page_of_the_day_in_ascii(upstream: UpstreamRecords, tmp_path: Path) -> None:
    upstream.orc[-1]["sourceUri"] = "https://www.mil.gov.ua/news/втрати\u2013(1)/"
    pages = orc_losses.addresses(upstream.write(tmp_path))
    assert pages[FIRST].isascii()
    assert pages[FIRST].endswith("(1)/")


def test_a_correction_notice_is_a_separate_record(
    upstream: UpstreamRecords, tmp_path: Path
) -> None:
    notice = {"report_date": "2023-05-27", "corrected_issue": "1", "category": "tanks"}
    flag = "delta read by eye (printed in red, КОРИГУВАННЯ)"
    upstream.images.append(notice | {"total": 3_703, "increment": -5, "flag": flag})
    readings = gs_infographic.read(upstream.write(tmp_path))
    found = [r for r in readings if r.record == "gs-infographic-correction"]
    assert [(r.total, r.increment, r.correction) for r in found] == [(3_703, None, -5)]


def test_an_illegible_total_leaves_its_increment(upstream: UpstreamRecords, tmp_path: Path) -> None:
    upstream.images[1] |= {"total": "", "flag": "total_not_read"}
    found = reading(gs_infographic.read(upstream.write(tmp_path)), "tanks")
    assert (found.total, found.increment) == (None, 4)
    assert found.note


Damage = Callable[[UpstreamRecords], object]
EQUIPMENT, PERSONNEL = "russia_losses_equipment.json", "russia_losses_personnel.json"
ADDRESS = "russian-losses.json"
DAMAGED: list[tuple[str, ModuleType, str, str, Damage]] = [
    ("renamed key", petro, EQUIPMENT, "'tanks'", lambda u: u.equipment[1].update(tanks=1)),
    ("missing key", petro, EQUIPMENT, "'tank'", lambda u: u.equipment[1].pop("tank")),
    ("text for a number", petro, EQUIPMENT, "'3704'", lambda u: u.equipment[1].update(tank="3704")),
    ("negative", petro, EQUIPMENT, "-1", lambda u: u.equipment[1].update(tank=-1)),
    ("absurd", petro, EQUIPMENT, "9999999999", lambda u: u.equipment[1].update(tank=9999999999)),
    ("fraction", petro, EQUIPMENT, "3.5", lambda u: u.equipment[1].update(tank=3.5)),
    ("null", petro, EQUIPMENT, "None", lambda u: u.equipment[1].update(tank=None)),
    ("truth value", petro, EQUIPMENT, "True", lambda u: u.equipment[1].update(tank=True)),
    ("not a number", petro, EQUIPMENT, "nan", lambda u: u.equipment[1].update(tank=float("nan"))),
    ("no such date", petro, EQUIPMENT, "02-30", lambda u: u.equipment[1].update(date="2023-02-30")),
    ("other date form", petro, EQUIPMENT, "26.05", lambda u: u.equipment[1].update(date="26.05.23")),
    ("before the war", petro, EQUIPMENT, "2021", lambda u: u.equipment[1].update(date="2021-05-26")),
    ("far future", petro, EQUIPMENT, "3023", lambda u: u.equipment[1].update(date="3023-05-26")),
    ("wrong day number", petro, EQUIPMENT, "day 9", lambda u: u.equipment[1].update(day=9)),
    ("duplicate", petro, EQUIPMENT, "twice", lambda u: u.equipment.append(u.equipment[0])),
    ("empty", petro, EQUIPMENT, "no figures", lambda u: u.equipment.clear()),
    ("qualifier", petro, PERSONNEL, "less", lambda u: u.personnel[0].update({"personnel*": "less"})),
    ("orc key", orc_losses, "russian-losses", "'apvs'", lambda u: u.orc[0].update(apvs=1)),
    ("orc address", orc_losses, ADDRESS, "file:", lambda u: u.orc[0].update(sourceUri="file:/x")),
    ("orc broken", orc_losses, ADDRESS, "http://[", lambda u: u.orc[0].update(sourceUri="http://[")),
    ("orc lone surrogate", orc_losses, ADDRESS, "ud800", lambda u: u.orc[0].update(sourceUri="https://a/\ud800")),
    ("orc duplicate", orc_losses, "russian-losses", "twice", lambda u: u.orc.append(u.orc[0])),
    ("minfin text", minfin, "russia_losses.csv", "many", lambda u: u.minfin[0].update(tanks="many")),
    ("minfin separator", minfin, "russia_losses.csv", "3 700", lambda u: u.minfin[0].update(tanks="3 700")),
    ("minfin other digits", minfin, "russia_losses.csv", "\u0661", lambda u: u.minfin[0].update(tanks="\u0661")),
    ("minfin duplicate", minfin, "russia_losses.csv", "twice", lambda u: u.minfin.append(u.minfin[0])),
    ("text category", gs_text, "text_readings", "lorries", lambda u: u.texts[0].update(category="lorries")),
    ("text empty total", gs_text, "text_readings", "''", lambda u: u.texts[0].update(total="")),
    ("image flag", gs_infographic, "infographic", "guessed", lambda u: u.images[0].update(flag="guessed")),
    ("image issue", gs_infographic, "infographic", "'2'", lambda u: u.images[0].update(corrected_issue="2")),
    ("image nothing", gs_infographic, "infographic", "no figure", lambda u: u.images[0].update(total="", increment="")),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "file", "problem", "damage"), [s[1:] for s in DAMAGED], ids=[s[0] for s in DAMAGED])  # fmt: skip
def test_a_damaged_record_is_refused_with_file_and_problem(
    reader: ModuleType,
    file: str,
    problem: str,
    damage: Damage,
    upstream: UpstreamRecords,
    tmp_path: Path,
) -> None:
    reader.read(upstream.write(tmp_path))  # it can be read before it is damaged
    damage(upstream)
    read = orc_losses.addresses if file == ADDRESS else reader.read
    with pytest.raises(UpstreamError) as caught:
        read(upstream.write(tmp_path))
    assert file in str(caught.value)
    assert problem in str(caught.value)


def damage_bytes(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[: len(data) // 2 - 1],
    "nothing": lambda _: b"",
    "not UTF-8": lambda data: data[:40] + b"\xff" + data[40:],
    "NUL": lambda data: data[:-2] + b"\0" + data[-2:],
    "another table": lambda _: b"a,b\n1,2\n",
}
FILES = [
    (petro, Path("petro") / petro.EQUIPMENT),
    (petro, Path("petro") / petro.PERSONNEL),
    (petro, Path("petro") / petro.CORRECTION),
    (orc_losses, orc_losses.FILE),
    (minfin, minfin.FILE),
    (gs_text, gs_text.FILE),
    (gs_infographic, gs_infographic.FILE),
]


@pytest.mark.parametrize("change", BYTES.values(), ids=BYTES)
@pytest.mark.parametrize(("reader", "file"), FILES, ids=[f.name for _, f in FILES])
def test_damaged_bytes_are_refused_with_the_file(
    reader: ModuleType,
    file: Path,
    change: Callable[[bytes], bytes],
    upstream: UpstreamRecords,
    tmp_path: Path,
) -> None:
    upstream.corrections = [
        {"date": "2023-05-25", "day": 456, "tank": -5, "personnel": 0, "APC": 12}
    ]
    folder = upstream.write(tmp_path)
    damage_bytes(folder / file, change)
    with pytest.raises(UpstreamError, match=file.stem):
        reader.read(folder)


def test_a_file_over_the_limit_is_refused(
    upstream: UpstreamRecords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = upstream.write(tmp_path)
    monkeypatch.setattr(upstream_files, "MAX_BYTES", 100)
    with pytest.raises(UpstreamError, match="larger"):
        minfin.read(folder)


@pytest.mark.posix
def test_a_pipe_or_a_missing_file_is_refused(upstream: UpstreamRecords, tmp_path: Path) -> None:
    folder = upstream.write(tmp_path)
    (folder / minfin.FILE).unlink()
    os.mkfifo(folder / minfin.FILE)
    with pytest.raises(UpstreamError, match="regular"):
        minfin.read(folder)
    (folder / orc_losses.FILE).unlink()
    with pytest.raises(UpstreamError, match="cannot be read"):
        orc_losses.read(folder)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(value=json_values, key=st.sampled_from(["date", "day", "sourceUri", "tanks", "uavs"]))
def test_any_json_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: object, key: str
) -> None:
    upstream = UpstreamRecords(1)
    upstream.orc[0][key] = value
    folder = tmp_path_factory.mktemp("any")
    path = folder / orc_losses.FILE
    path.parent.mkdir()
    path.write_text(json.dumps(upstream.orc), encoding="utf-8")
    for read in (orc_losses.read, orc_losses.addresses):
        try:
            read(folder)
        except UpstreamError as error:
            assert "russian-losses.json" in str(error)  # noqa: PT017 - both outcomes are correct


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    path = folder / gs_text.FILE
    path.parent.mkdir()
    path.write_bytes(b"report_date,category,total,increment\n" + data)
    with pytest.raises(UpstreamError, match="text_readings"):
        gs_text.read(folder)
