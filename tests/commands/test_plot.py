"""`reported-losses plot`: files that need no network and replace nothing by accident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reported_losses.commands.cli import main
from reported_losses.loading.chart import HOVER, specification
from reported_losses.loading.chart_files import FORMATS, chart_bytes

MONTH = ["--start", "2025-09-20", "--end", "2025-10-20"]
BEGINS = {"svg": b"<svg", "png": b"\x89PNG", "html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize("form", BEGINS)
def test_each_form_is_written(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"chart.{form.upper() if form == 'png' else form}"
    assert main(["plot", "artillery", "--out", str(path), *MONTH]) == 0
    assert path.read_bytes().lstrip().startswith(BEGINS[form])
    assert set(FORMATS) == set(BEGINS)


def test_the_same_chart_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.svg", tmp_path / "2.svg"
    for path in (first, second):
        assert main(["plot", "artillery", "--kind", "total", "--out", str(path), *MONTH]) == 0
    assert first.read_bytes() == second.read_bytes()
    svg = first.read_text(encoding="utf-8")
    for text in ("Artillery systems: losses of Russia", "re-based", "not confirmed"):
        assert text in svg
    assert re.search(r">33,\d00<", svg)


def test_the_page_loads_nothing() -> None:
    page = chart_bytes(specification("tanks", start="2025-12-01"), "html").decode()
    assert not re.search(r"//[a-z.]*(jsdelivr|unpkg|cdnjs|cdn)\.", page)
    assert not re.search(r"(fetch|import)\(['\"`]https?:", page)
    assert not re.search(r"<(script|link)[^>]* (src|href)=", page)


def test_only_the_page_answers_the_pointer() -> None:
    spec = specification("tanks", kind="total", start="2025-12-01", end="2025-12-31")
    assert [layer.get("name") for layer in spec["layer"]].count(HOVER) == 1
    assert chart_bytes(spec, "svg").count(b"<path") < 50


def test_a_file_is_replaced_only_with_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chart.svg"
    path.write_text("mine", encoding="utf-8")
    command = ["plot", "tanks", "--out", str(path), *MONTH]
    assert main(command) == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"
    assert main([*command, "--force"]) == 0
    assert path.read_text(encoding="utf-8") != "mine"


@pytest.mark.posix
def test_a_link_is_never_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.svg", tmp_path / "link.svg"
    target.write_text("mine", encoding="utf-8")
    link.symlink_to(target)
    assert main(["plot", "tanks", "--out", str(link), "--force", *MONTH]) == 2
    assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "wrong",
    [
        ["tanks", "--out", "chart.pdf"],
        ["tanks", "--out", "chart"],
        ["tonks", "--out", "chart.svg"],
        ["tanks", "--kind", "sum", "--out", "chart.svg"],
        ["tanks", "--from", "2030-01-01", "--out", "chart.svg"],
        ["tanks", "--reporter", "oryx", "--out", "chart.svg"],
        ["tanks", "--width", "1", "--out", "chart.svg"],
        ["tanks", "--out", "no/such/folder/chart.svg", "--end", "2022-04-01"],
    ],
)
def test_bad_usage_writes_nothing(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["plot", *wrong]) == 2
    assert not list(tmp_path.iterdir())


def test_advice_is_in_the_syntax_of_the_command_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = ["--out", str(tmp_path / "a.svg")]
    assert main(["plot", "tanks", "--from", "2023-02-02", "--to", "2023-02-01", *out]) == 2
    assert "--to" in capsys.readouterr().err
    assert main(["plot", "tanks", "--kind", "mean", "--to", "2022-02-25", *out]) == 2
    assert "--kind total" in capsys.readouterr().err
    assert main(["plot", "tanks", "--from", "2099-01-01", *out]) == 2
    assert "--kind" not in capsys.readouterr().err
