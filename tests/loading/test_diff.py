"""`rl.diff`: typed frames of what changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import reported_losses as rl
from history_repository import Tree
from reported_losses.loading.diff import Differences, diff
from two_packages import figure, two_packages


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tree, Tree]:
    """A state, and one with a figure more, a category less and three cells changed."""
    old, new = two_packages(tmp_path_factory.mktemp("pair"))
    rows = new.rows("loss_counts")
    rows.append(next(row for row in rows if figure(row)) | {"report_date": "2022-03-04"})
    new.write("loss_counts", rows)
    new.change("loss_counts", figure, total="211", evidence="agreed", increment="")
    new.remove("categories", lambda row: row["category"] == "drones")
    return old, new


@pytest.fixture(scope="module")
def found(pair: tuple[Tree, Tree]) -> Differences:
    return diff(pair[0].folder, str(pair[1].folder))


def test_the_tables_that_differ_are_named(found: Differences) -> None:
    assert set(found.tables) == {"loss_counts", "categories"}
    assert found
    assert found.losses == 3


def test_added_rows_have_the_types_that_load_gives(found: Differences) -> None:
    added = found.added("loss_counts")
    assert added["report_date"].to_list() == [pd.Timestamp("2022-03-04")]
    pd.testing.assert_series_equal(
        added.dtypes.astype(str), rl.load("loss_counts").dtypes.astype(str)
    )
    assert len(found.removed("loss_counts")) == 0
    assert list(found.added("claims").columns) == list(rl.load("claims").columns)


def test_removed_rows_are_whole(found: Differences) -> None:
    removed = found.removed("categories")
    assert removed["label_en"].to_list() == ["Drones"]
    assert found.withdrawn("categories").empty


def test_changed_cells_have_their_key_and_both_texts(found: Differences) -> None:
    changed = found.changed("loss_counts")
    assert list(changed.columns) == [
        "reporter", "subject", "category", "report_date", "column", "old", "new", "kind", "reason",
    ]  # fmt: skip
    assert changed["column"].to_list() == ["total", "increment", "evidence"]
    assert changed["kind"].to_list() == ["changed", "changed", "derived"]
    assert changed["old"].to_list() == ["210", "10", "primary"]
    assert changed["new"].isna().to_list() == [False, True, False]
    assert str(changed["report_date"].dtype).startswith("datetime64")
    assert found.changed("claims").empty


def test_printed_it_says_what_was_lost(found: Differences, pair: tuple[Tree, Tree]) -> None:
    lines = repr(found).splitlines()
    assert lines[1].startswith("lost: 1 row removed")
    assert any(line.startswith("  loss_counts: ") for line in lines)
    assert "no differences" in repr(diff(*(tree.folder for tree in pair), tables="claims"))


def test_tables_are_chosen(pair: tuple[Tree, Tree]) -> None:
    old, new = pair
    chosen = diff(old.folder, new.folder, tables=["categories"])
    assert chosen.tables == ("categories",)
    assert chosen.losses == 1
    with pytest.raises(rl.UnknownNameError, match="categories"):
        chosen.added("loss_counts")
    assert not diff(old.folder, new.folder, tables="claims")


@pytest.mark.parametrize(
    ("tables", "error"),
    [
        ("loss_count", rl.UnknownNameError),
        ([], rl.BadArgumentError),
        (5, rl.BadArgumentError),
        (["claims", "claims"], rl.BadArgumentError),
        ([None], rl.BadArgumentError),
    ],
)
def test_wrong_tables_are_refused(
    pair: tuple[Tree, Tree], tables: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        diff(pair[0].folder, pair[1].folder, tables=tables)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [None, 5, "drones", ["claims"]])
@pytest.mark.parametrize("method", ["added", "removed", "withdrawn", "changed"])
def test_a_wrong_table_is_refused(found: Differences, method: str, name: object) -> None:
    with pytest.raises((rl.UnknownNameError, rl.BadArgumentError)):
        getattr(found, method)(name)


def test_what_cannot_be_typed_or_compared_is_an_error(tmp_path: Path) -> None:
    old, new = two_packages(tmp_path)
    new.write(
        "loss_counts",
        [*new.rows("loss_counts"), new.rows("loss_counts")[0] | {"report_date": "2022-13-01"}],
    )
    (new.folder / "data/reports.csv").write_bytes(b"\xff")
    found = diff(old.folder, new.folder)
    with pytest.raises(rl.DataError, match=r"loss_counts\.csv:\d+"):
        found.added("loss_counts")
    assert list(found.uncompared) == ["reports"]
    with pytest.raises(rl.DataError, match="reports"):
        found.changed("reports")


def test_public_names() -> None:
    assert rl.diff is diff
    assert "diff" in rl.__all__
