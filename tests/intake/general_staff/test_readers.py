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

from intake.general_staff.upstream_records import PAGE, SECOND_PAGE, UpstreamRecords
from reported_losses.errors import DataError, UpstreamError
from reported_losses.intake import upstream_files
from reported_losses.intake.general_staff import (
    gs_address,
    gs_infographic,
    gs_quoted,
    gs_text,
    minfin,
    orc_losses,
    petro,
    russianwarship,
    ukrainska_pravda,
)
from reported_losses.intake.general_staff.readings import Cell, Reading

READERS = (gs_text, gs_infographic, petro, orc_losses, minfin, russianwarship)
PAGES = {PAGE: "page", SECOND_PAGE: "second-page"}


def quoted(folder: Path) -> list[Reading]:
    return gs_quoted.read(folder, PAGES)


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


def test_the_front_page_has_eleven_categories(upstream: UpstreamRecords, tmp_path: Path) -> None:
    readings = ukrainska_pravda.read(upstream.write(tmp_path))
    assert reading(readings, "personnel").total == 200_000
    assert len(readings) == 3 * 11


def test_rows_stamped_midnight_are_the_other_record_s(
    upstream: UpstreamRecords, tmp_path: Path
) -> None:
    filled = {"created_at": "2023-05-29T00:00:00.000Z", "id": 9, "tank": 3_716, "ship": 0}
    upstream.pravda.append(upstream.pravda[0] | filled)
    folder = upstream.write(tmp_path)
    assert len(ukrainska_pravda.read(folder)) == 3 * 11
    left_out: list[str] = []
    readings = russianwarship.read(folder, left_out)
    assert reading(readings, "tanks", dt.date(2023, 5, 29)).total == 3_716
    assert not [r for r in readings if r.cell == Cell("ships", dt.date(2023, 5, 29))]
    assert left_out == ["russianwarship: 4 cells left out: 0 is the API's default"]


def test_the_sum_of_vehicles_before_the_reporter_gave_one_is_left_out(
    upstream: UpstreamRecords, tmp_path: Path
) -> None:
    upstream.pravda.append(upstream.pravda[0] | {"created_at": "2022-03-27T00:00:00.000Z"})
    readings = russianwarship.read(upstream.write(tmp_path))
    cells = {r.cell.category for r in readings if r.cell.date == dt.date(2022, 3, 27)}
    assert "vehicles" not in cells
    assert len(cells) == 10


def test_two_keepers_of_one_record_must_agree(upstream: UpstreamRecords, tmp_path: Path) -> None:
    filled = upstream.pravda[0] | {"created_at": "2023-05-25T00:00:00.000Z"}
    upstream.pravda.append(filled)
    assert len(russianwarship.read(upstream.write(tmp_path))) == 3 * 13
    upstream.pravda[-1] = filled | {"tank": 3_701}
    with pytest.raises(UpstreamError, match="3701"):
        russianwarship.read(upstream.write(tmp_path))


def test_figures_of_another_day_are_marked_stale(upstream: UpstreamRecords, tmp_path: Path) -> None:
    upstream.pravda = [
        upstream.pravda[0] | {"id": (day - dt.date(2022, 2, 23)).days}
        for day in (dt.date(2026, 2, 13), dt.date(2026, 2, 14), dt.date(2026, 6, 23))
    ]
    readings = ukrainska_pravda.read(upstream.write(tmp_path))
    stale = {(r.cell.date, r.cell.category) for r in readings if r.stale}
    assert {category for day, category in stale if day == dt.date(2026, 2, 14)} == {"ships"}
    assert len([day for day, _ in stale if day == dt.date(2026, 6, 23)]) == 11
    assert len(stale) == 12
    assert all(r.note for r in readings if r.stale)


def test_two_pages_that_agree_are_one_reading(upstream: UpstreamRecords, tmp_path: Path) -> None:
    first = upstream.quotes[0]
    upstream.quotes.append(first | {"url": SECOND_PAGE, "increment": "", "checked": "twice"})
    (found,) = quoted(upstream.write(tmp_path))
    assert (found.total, found.increment, found.source) == (3_700, 4, "second-page")
    for other in ({"total": 3_701}, {"increment": 5}):
        upstream.quotes[1] = first | {"url": SECOND_PAGE} | other
        with pytest.raises(UpstreamError, match="another page"):
            quoted(upstream.write(tmp_path))


def test_a_page_must_be_described_first(upstream: UpstreamRecords, tmp_path: Path) -> None:
    upstream.quotes[0]["url"] = "https://unknown.example/1"
    with pytest.raises(DataError, match=r"unknown\.example"):
        quoted(upstream.write(tmp_path))


def test_a_text_without_an_address_has_a_source_of_its_own(
    upstream: UpstreamRecords, tmp_path: Path
) -> None:
    upstream.quotes[0]["url"] = ""
    assert quoted(upstream.write(tmp_path))[0].source == gs_quoted.UNLINKED


@pytest.mark.parametrize(
    ("address", "increments"),
    [
        ("za-dobu-1-200-okupantiv-390-bpla-ta-29-artsistem", (1_200, 390, 29)),
        ("na-18-sichnya-2026-roku-845-bpla-830-okupantiv-ta-33-artsistemi-1", (830, 845, 33)),
        ("za-dobu-940-osib-147-bpla-ta-41-artsistema", (940, 147, 41)),
        ("bojovi-vtrati-voroga-na-20-sichnya-2026-roku", (None, None, None)),
        ("za-dobu-1-00-okupantiv", (100, None, None)),
        ("za-dobu-940-okupantivka", (None, None, None)),
        (f"za-dobu-{'9' * 400}-okupantiv", (None, None, None)),
    ],
)
def test_an_address_spells_increments(
    address: str, increments: tuple[int | None, ...], tmp_path: Path
) -> None:
    upstream = UpstreamRecords(1)
    upstream.orc[0] |= {"date": "2026-01-18", "sourceUri": f"https://mod.gov.ua/news/{address}"}
    found = {r.cell.category: r for r in gs_address.read(upstream.write(tmp_path))}
    names = ("personnel", "uavs", "artillery")
    assert tuple(found[n].increment if n in found else None for n in names) == increments
    assert all(reading.total is None for reading in found.values())


def test_earlier_addresses_are_not_read(upstream: UpstreamRecords, tmp_path: Path) -> None:
    upstream.orc[0]["sourceUri"] = "https://mod.gov.ua/news/za-dobu-940-okupantiv-147-bpla"
    assert gs_address.read(upstream.write(tmp_path)) == []


def test_petro_names_the_direction_of_the_greatest_losses(
    upstream: UpstreamRecords, tmp_path: Path
) -> None:
    upstream.equipment[0][petro.DIRECTION] = "Bakhmut and Lyman"
    assert petro.directions(upstream.write(tmp_path)) == {FIRST: "Bakhmut and Lyman"}
    for bad in ("<b>Bakhmut</b>", "=Bakhmut", ["Bakhmut"]):
        upstream.equipment[0][petro.DIRECTION] = bad
        with pytest.raises(UpstreamError, match="equipment"):
            petro.directions(upstream.write(tmp_path))


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
    ("page key", ukrainska_pravda, "db.json", "'tanks'", lambda u: u.pravda[1].update(tanks=1)),
    ("page missing key", ukrainska_pravda, "db.json", "'tank'", lambda u: u.pravda[1].pop("tank")),
    ("page text", ukrainska_pravda, "db.json", "'3704'", lambda u: u.pravda[1].update(tank="3704")),
    ("page day zero", ukrainska_pravda, "db.json", "id = 0", lambda u: u.pravda[1].update(id=0)),
    ("page far day", ukrainska_pravda, "db.json", "slips", lambda u: u.pravda[1].update(id=50_000)),
    ("page day text", ukrainska_pravda, "db.json", "'9'", lambda u: u.pravda[1].update(id="9")),
    ("page stamp", ukrainska_pravda, "db.json", "created_at", lambda u: u.pravda[1].update(created_at=5)),
    ("page impossible day", ukrainska_pravda, "db.json", "02-30", lambda u: u.pravda[1].update(created_at="2023-02-30T08:00")),
    ("page duplicate", ukrainska_pravda, "db.json", "twice", lambda u: u.pravda.append(u.pravda[0])),
    ("page digits", ukrainska_pravda, "db.json", "slip", lambda u: u.pravda[1].update(tank=10**400)),
    ("page empty", ukrainska_pravda, "db.json", "no figures", lambda u: u.pravda.clear()),
    ("warship text", russianwarship, "totals.csv", "many", lambda u: u.warship[0].update(tanks="many")),
    ("warship digits", russianwarship, "totals.csv", "slip", lambda u: u.warship[0].update(tanks="9" * 400)),
    ("warship day", russianwarship, "totals.csv", "02-30", lambda u: u.warship[0].update(report_date="2023-02-30")),
    ("warship duplicate", russianwarship, "totals.csv", "twice", lambda u: u.warship.append(u.warship[0])),
    ("warship empty", russianwarship, "totals.csv", "no figures", lambda u: u.warship.clear()),
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


QUOTES: dict[str, tuple[str, Callable[[UpstreamRecords], object]]] = {
    "category": ("lorries", lambda u: u.quotes[0].update(category="lorries")),
    "text": ("many", lambda u: u.quotes[0].update(total="many")),
    "digits": ("slip", lambda u: u.quotes[0].update(total="9" * 400)),
    "day": ("02-30", lambda u: u.quotes[0].update(report_date="2023-02-30")),
    "address": ("file:", lambda u: u.quotes[0].update(url="file:///etc/passwd")),
    "checked": ("thrice", lambda u: u.quotes[0].update(checked="thrice")),
    "nothing": ("neither", lambda u: u.quotes[0].update(total="", increment="")),
    "markup": ("markup", lambda u: u.quotes[0].update(note="<script>")),
    "twice": ("twice", lambda u: u.quotes.append(u.quotes[0])),
    "empty": ("no figures", lambda u: u.quotes.clear()),
}


@pytest.mark.parametrize(("problem", "damage"), QUOTES.values(), ids=QUOTES)
def test_a_damaged_quotation_is_refused(
    problem: str, damage: Damage, upstream: UpstreamRecords, tmp_path: Path
) -> None:
    damage(upstream)
    with pytest.raises(UpstreamError) as caught:
        quoted(upstream.write(tmp_path))
    assert "general_staff.csv" in str(caught.value)
    assert problem in str(caught.value)


def test_an_object_of_another_form_is_refused(upstream: UpstreamRecords, tmp_path: Path) -> None:
    path = upstream.write(tmp_path) / ukrainska_pravda.FILE
    for text in (
        "[]",
        '{"days": []}',
        '{"days": {}, "i18n": []}',
        '{"days": [], "i18n": [], "x": 1}',
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UpstreamError, match=r"db\.json"):
            ukrainska_pravda.read(tmp_path)


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
    (ukrainska_pravda, ukrainska_pravda.FILE),
    (russianwarship, russianwarship.FILE),
    (russianwarship, ukrainska_pravda.FILE),
    (gs_text, gs_text.FILE),
    (gs_infographic, gs_infographic.FILE),
]


@pytest.mark.parametrize("change", BYTES.values(), ids=BYTES)
@pytest.mark.parametrize(
    ("reader", "file"), FILES, ids=[f"{r.__name__.rpartition('.')[2]}-{f.name}" for r, f in FILES]
)
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
