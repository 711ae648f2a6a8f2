"""`load(version=)`: a fetched release, with the types of the installed data."""

from __future__ import annotations

import base64
import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import reported_losses as rl
from reported_losses.definition.descriptor import installed
from reported_losses.errors import CacheError
from reported_losses.loading.load import arrow
from reported_losses.loading.metadata import described
from reported_losses.loading.parquet_cache import parquet_bytes
from reported_losses.loading.released import released
from served_releases import Release, descriptor, index, release

load: Any = rl.load  # tables and arguments are chosen at run time
TABLES = ("corrections", "series", "categories", "claims", "revisions")
VERSION = "0.2.0"


def parquet(name: str) -> bytes:
    table = installed().table(name)
    return parquet_bytes(described(table, arrow(table)))


def computed() -> bytes:
    data = rl.daily("tanks", engine="arrow")
    said = {"title": "Days", "primary_key": "report_date", "units": '{"total": "items"}'}
    missing = [{"name": name} for name in data.column_names if name not in {"total", "mean"}]
    said["pandas"] = json.dumps({"columns": missing})
    return apart(data.replace_schema_metadata(said))


def apart(data: pa.Table) -> bytes:
    """Return a Parquet file that tells pandas' types in its Arrow schema alone."""
    said = dict(data.schema.metadata)
    schema = data.replace_schema_metadata({b"pandas": said.pop(b"pandas")}).schema
    said[b"ARROW:schema"] = base64.b64encode(schema.serialize().to_pybytes())
    bare = data.replace_schema_metadata(None)
    out = io.BytesIO()
    with pq.ParquetWriter(out, bare.schema, store_schema=False) as file:
        file.write_table(bare)
        file.add_key_value_metadata(said)
    return out.getvalue()


def put(made: Release, cache: Path) -> Path:
    folder = cache / "releases" / made.version
    folder.mkdir(parents=True)
    for name, data in made.all_files().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def made() -> Release:
    raw = json.loads(descriptor())
    raw["version"] = VERSION
    files = {f"{name}.parquet": parquet(name) for name in TABLES}
    files["daily.parquet"] = computed()
    return release(VERSION, {**files, "datapackage.json": json.dumps(raw).encode()})


@pytest.fixture(autouse=True)
def folder(made: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTED_LOSSES_CACHE", os.fspath(tmp_path))
    return put(made, tmp_path)


def test_a_withdrawn_release_is_loaded_with_a_warning(made: Release, tmp_path: Path) -> None:
    bad = replace(made, status="withdrawn", reason="Days were swapped.")
    newer = release("0.2.1", {"datapackage.json": b"{}"}, bad)
    (tmp_path / "releases.json").write_bytes(index(newer, bad))
    with pytest.warns(rl.WithdrawnReleaseWarning, match=r"Days were swapped\. Use 0\.2\.1") as told:
        assert len(load("series", version=VERSION))
    assert [one.filename for one in told] == [__file__]
    (tmp_path / "releases.json").write_bytes(b"{}")
    assert len(load("series", version=VERSION))


@pytest.mark.parametrize("name", ["daily", "loss_counts_wide"])
def test_of_a_computed_table_it_is_said_where_it_is(name: str) -> None:
    with pytest.raises(rl.UnknownNameError, match=f"load\\('{name}', version="):
        load(name)
    with pytest.raises(rl.UnknownNameError, match=r"`daily\(\)`"):
        load("daily")


@pytest.mark.parametrize("name", TABLES)
def test_a_released_table_is_as_the_installed_one(name: str) -> None:
    now, then = load(name, engine="arrow"), load(name, engine="arrow", version=VERSION)
    assert then.equals(now)
    assert then.schema.equals(now.schema, check_metadata=True)
    pd.testing.assert_frame_equal(load(name), load(name, version=VERSION))
    assert load(name, engine="polars", version=VERSION).equals(load(name, engine="polars"))


def test_a_file_without_arrow_types_is_given_them(tmp_path: Path) -> None:
    table = installed().table("corrections")
    plain = pa.Table.from_arrays(
        [
            one.cast(pa.string()) if pa.types.is_dictionary(one.type) else one
            for one in arrow(table).columns
        ],
        names=list(table.names),
    )
    put(
        release(
            "0.3.0", {"corrections.parquet": parquet_bytes(plain), "datapackage.json": descriptor()}
        ),
        tmp_path,
    )
    found = load("corrections", engine="arrow", version="0.3.0")
    assert found.schema.equals(arrow(table).schema)
    assert found.to_pylist() == arrow(table).to_pylist()


def test_rows_and_columns_are_chosen_as_ever() -> None:
    asked = {
        "columns": ["category", "amount"],
        "where": {"reporter": "ua-general-staff", "category": ["Tanks", "mlrs"]},
        "start": "2022-06-01",
        "end": "2024-01-01",
    }
    now = load("corrections", engine="arrow", **asked)
    assert now.num_rows
    assert load("corrections", engine="arrow", version=VERSION, **asked).equals(now)
    with pytest.raises(rl.UnknownNameError, match="tanks"):
        load("corrections", version=VERSION, where={"category": "tnaks"})
    with pytest.raises(rl.UnknownNameError, match="amount"):
        load("corrections", version=VERSION, columns=["amuont"])
    with pytest.warns(rl.EmptySelectionWarning, match="version='0.2.0'"):
        load("corrections", version=VERSION, where={"amount": 0})


def test_names_are_looked_up_in_the_release(folder: Path) -> None:
    assert "tanks" in released(VERSION).names("categories", "category")
    (folder / "categories.parquet").unlink()
    assert "tanks" in released(VERSION).names("categories", "category")


@pytest.mark.parametrize("name", ["corrections", "claims"])
def test_a_release_has_its_earlier_states(folder: Path, name: str) -> None:
    data = load(name, columns=["recorded_on"])
    day = max(data["recorded_on"].unique())
    for as_of in (day, f"{day - pd.Timedelta(days=1):%Y-%m-%d}"):
        try:
            now = load(name, engine="arrow", as_of=as_of)
        except rl.BadArgumentError:
            with pytest.raises(rl.BadArgumentError):
                load(name, engine="arrow", as_of=as_of, version=VERSION)
            continue
        then = load(name, engine="arrow", as_of=as_of, version=VERSION)
        assert then.schema.equals(now.schema)
        assert then.to_pylist() == now.to_pylist()
    (folder / "revisions.parquet").unlink()
    with pytest.raises(CacheError, match="--tables revisions"):
        load(name, as_of=day, version=VERSION)


def test_frames_tell_of_their_release() -> None:
    said = load("corrections", version=VERSION).attrs
    assert said["version"] == VERSION
    assert f"version {VERSION}" in str(said["citation"])
    assert load("corrections").attrs["version"] == rl.__version__


def test_a_computed_table_is_described_by_its_file() -> None:
    assert "daily" not in installed().tables
    now = rl.daily("tanks", engine="arrow")
    found = load("daily", version=VERSION, engine="arrow")
    assert found.schema.equals(now.schema, check_metadata=False)
    assert found.equals(now)
    frame = load("daily", version=VERSION, start="2023-02-22", end="2023-02-22")
    assert frame["total"].tolist() == [3334]
    assert frame.attrs["units"] == {"total": "items"}
    assert (str(frame["total"].dtype), str(frame["increment"].dtype)) == ("int64", "Int64")
    assert isinstance(load("daily", version=VERSION, engine="polars"), pl.DataFrame)
    with pytest.raises(rl.UnknownNameError, match="daily"):
        load("daily")


def test_a_release_with_other_columns_is_read_by_its_own_descriptor(tmp_path: Path) -> None:
    raw = json.loads(descriptor())
    resource = next(one for one in raw["resources"] if one["name"] == "series")
    resource["schema"]["fields"] = [
        one for one in resource["schema"]["fields"] if one["name"] not in {"note", "gaps"}
    ]
    data = arrow(installed().table("series")).drop_columns(["note", "gaps"])
    files = {"series.parquet": parquet_bytes(data), "datapackage.json": json.dumps(raw).encode()}
    put(release("0.0.9", files), tmp_path)
    frame = load("series", version="0.0.9")
    assert "note" not in frame
    assert "note" not in frame.attrs["columns"]


def test_what_was_not_fetched_is_said_with_what_to_run(folder: Path) -> None:
    with pytest.raises(rl.UnknownNameError, match=r"reported-losses fetch 0\.9\.0.*0\.2\.0"):
        load("series", version="0.9.0")
    with pytest.raises(rl.UnknownNameError, match="corrections"):
        load("loss_counts", version=VERSION)
    (folder / "series.parquet").unlink()
    with pytest.raises(CacheError, match=r"reported-losses fetch 0\.2\.0 --tables series"):
        load("series", version=VERSION)


@pytest.mark.parametrize("name", ["series.parquet", "datapackage.json", "CONTENTS.json"])
@pytest.mark.parametrize("data", [b"", b"PAR1", b"{}"])
def test_what_is_damaged_is_not_read(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    with pytest.raises(CacheError, match=r"reported-losses fetch 0\.2\.0"):
        load("series", version=VERSION)


def test_the_contents_of_another_version_are_refused(folder: Path) -> None:
    folder.rename(folder.with_name("0.2.1"))
    with pytest.raises(CacheError, match=r"0\.2\.1"):
        load("series", version="0.2.1")


@pytest.mark.parametrize("version", ["latest", "0.2", "../0.2.0", "", 2])
def test_a_version_is_a_number(version: object) -> None:
    with pytest.raises(rl.BadArgumentError, match="version"):
        load("series", version=version)


def test_a_release_is_not_checked_again() -> None:
    with pytest.raises(rl.BadArgumentError, match="verify"):
        load("series", version=VERSION, validate=True)


def test_what_does_not_fit_its_descriptor_is_refused(tmp_path: Path) -> None:
    files = {"series.parquet": parquet("corrections"), "datapackage.json": descriptor()}
    put(release("0.3.0", files), tmp_path)
    with pytest.raises(rl.ReleaseError, match="columns"):
        load("series", version="0.3.0")
    put(release("0.4.0", files | {"series.parquet": b"PAR1 no"}), tmp_path)
    with pytest.raises(rl.ReleaseError, match="Parquet"):
        load("series", version="0.4.0")


def test_loading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket", None)
    assert len(load("series", version=VERSION, engine="arrow")) > 0
