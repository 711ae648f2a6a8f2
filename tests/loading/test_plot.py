"""`plot`: one picture, drawn by two libraries; and its specification."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reported_losses as rl
from reported_losses.loading.chart import specification
from reported_losses.loading.chart_files import chart_bytes
from reported_losses.loading.chart_look import COLOURS
from reported_losses.loading.chart_range import height_range
from reported_losses.loading.chart_rows import KINDS, VALUES
from reported_losses.loading.chart_words import words, wrapped
from reported_losses.loading.picture import Picture, picture

_plot: Callable[..., Any] = rl.plot

# The days around the corrections of 2025-10-03 and 2025-12-31.
AUTUMN: Any = {"start": "2025-09-15", "end": "2026-01-10"}


@pytest.fixture(scope="module")
def autumn() -> Picture:
    return picture("artillery", kind="total", **AUTUMN)


@pytest.mark.parametrize("kind", KINDS)
def test_the_data_are_the_timeline(kind: str) -> None:
    spec = specification("artillery", kind=kind, **AUTUMN)
    frame = rl.timeline("artillery", **AUTUMN)
    days = spec["datasets"]["days"]
    column = "value" if kind == "change" else "line"
    assert [row["day"] for row in days] == [str(day)[:10] for day in frame.index]
    assert [row[column] for row in days] == pytest.approx(frame[VALUES[kind]].to_list(), abs=0.006)
    marked = {row["day"]: row["amount"] for row in spec["datasets"]["marks"]}
    assert marked == {"2025-10-03": 64, "2025-12-31": 20}


def test_the_line_is_cut_at_the_re_basings(autumn: Picture) -> None:
    first = autumn.days.groupby("segment")["day"].min()
    assert [str(day)[:10] for day in first] == ["2025-09-15", "2025-10-03", "2025-12-31"]


def test_the_specification_is_plain_json_and_the_same_each_time() -> None:
    spec = specification("tanks", **AUTUMN)
    text = json.dumps(spec, allow_nan=False)
    assert json.loads(text) == spec
    assert text == json.dumps(specification("tanks", **AUTUMN))
    assert re.findall(r"https?://\S*?\"", text) == [
        'https://vega.github.io/schema/vega-lite/v5.json"'
    ]


def test_a_name_that_people_use_is_understood() -> None:
    assert specification("tank", **AUTUMN) == specification("tanks", **AUTUMN)


def axes_of(spec: dict[str, Any], channel: str) -> list[dict[str, Any]]:
    return [layer["encoding"][channel] for layer in spec["layer"] if channel in layer["encoding"]]


@pytest.mark.parametrize("kind", ["change", "mean"])
@pytest.mark.parametrize("end", ["2023-03-01", "2025-03-01"])
def test_the_axis_of_changes_begins_at_0(kind: str, end: str) -> None:
    spec = specification("personnel", kind=kind, start="2023-02-01", end=end)
    scales = [axis["scale"] for axis in axes_of(spec, "y") if "scale" in axis]
    assert scales
    assert all(scale == scales[0] for scale in scales)
    assert scales[0]["domain"][0] == 0


def test_an_axis_of_totals_that_begins_elsewhere_is_said_so(autumn: Picture) -> None:
    whole = picture("artillery", kind="total")
    assert (whole.from_zero, autumn.from_zero) == (True, False)
    assert "begin at 0" in autumn.words.subtitle
    assert "begin at 0" not in whole.words.subtitle


def test_the_texts_say_who_reported_what() -> None:
    made = picture("tanks", kind="total", reporter="oryx", subject="ukraine", end="2023-01-01")
    assert made.words.title == "Tanks: losses of Ukraine reported by Oryx"
    assert made.words.subtitle.startswith("Reported, not confirmed.")
    assert "may fall" in made.words.subtitle
    assert made.words.y_axis == "Items, running total"
    assert made.steps
    assert rl.__version__ in made.words.source
    people = picture("personnel", as_of="2026-11-22", **AUTUMN)
    assert people.words.y_axis == "People per day"
    assert "2026-11-22" in people.words.source


def test_every_reporter_and_category_has_a_title() -> None:
    for reporter, category in {("ru-mod", "uavs"), ("oryx", "radars")}:
        said = words(
            category,
            reporter=reporter,
            subject="ukraine",
            kind="change",
            each="Dots",
            mean="",
            as_of=None,
            notes=("Note.",),
        )
        assert said.subtitle.endswith("Note.")
        assert "Dots" in said.subtitle


def test_many_days_are_dots_and_few_are_bars() -> None:
    assert picture("tanks", **AUTUMN).bars
    assert not picture("tanks").bars
    assert not picture("tanks", width=300, **AUTUMN).bars


@pytest.mark.parametrize("width", [100, 360, 700])
def test_lines_of_text_fit(width: int) -> None:
    text = "Reported, not confirmed. Dots: change on each day, without corrections; line: mean of seven days."
    lines = wrapped(text, width, 12)
    assert " ".join(lines) == text
    assert max(map(len, lines)) * 12 * 0.52 <= width


def test_colours_differ_in_grey() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for kind in ("day", "line"):
        assert lightness(COLOURS[f"{kind}, light"]) - lightness(COLOURS[kind]) > 40
    assert lightness(COLOURS["day"]) - lightness(COLOURS["line"]) > 80


def test_altair_takes_the_specification() -> None:
    made = _plot("artillery", **AUTUMN).to_dict()  # validates against the schema of Vega-Lite
    spec = specification("artillery", **AUTUMN)
    names = {"title", "height", "view", "description"}
    assert {name: made[name] for name in names} == {name: spec[name] for name in names}
    layers = zip(made["layer"], spec["layer"], strict=True)
    for drawn, layer in layers:
        assert drawn["encoding"] == layer["encoding"]
        source = layer.get("data", spec["data"])["name"]
        assert made["datasets"][drawn["data"]["name"]] == spec["datasets"][source]


def test_charts_are_put_together() -> None:
    one, other = _plot("tanks", **AUTUMN), _plot("artillery", **AUTUMN)
    assert len((one | other).to_dict()["hconcat"]) == 2
    assert len((one & other).to_dict()["vconcat"]) == 2
    layers = len(one.to_dict()["layer"])
    assert len((one + other).to_dict()["layer"]) == layers + 1
    (param,) = one.interactive().to_dict()["params"]
    assert param["bind"] == "scales"
    first = one.to_dict()["layer"][0]["encoding"]
    assert all("field" in first[axis] for axis in "xy")


def test_a_disputed_day_without_a_figure_has_no_mark() -> None:
    days: Any = {"start": "2022-02-26", "end": "2022-03-20"}
    for kind in KINDS:
        marks = specification("personnel", kind=kind, **days)["datasets"]["marks"]
        figures = rl.timeline("personnel", **days)[VALUES[kind]].dropna()
        held = {str(day)[:10]: figure for day, figure in figures.items()}
        assert all(mark["at"] == pytest.approx(held[mark["day"]]) for mark in marks)


def test_figures_on_both_sides_of_0() -> None:
    counts: Any = {"category": "tanks", "reporter": "oryx", "subject": "ukraine"}
    spec = specification(**counts, end="2024-01-01")
    values = [row["value"] for row in spec["datasets"]["days"]]
    (axes,) = _plot(**counts, end="2024-01-01", engine="matplotlib").axes
    ranges = [axis["scale"]["domain"] for axis in axes_of(spec, "y") if "scale" in axis]
    assert ranges[0] == list(axes.get_ylim())
    assert ranges[0][0] < min(values) < 0 < max(values) < ranges[0][1]
    assert [axis["datum"] for axis in axes_of(spec, "y") if "datum" in axis] == [0]
    # Means of a few days out of many would be single strokes.
    assert {row["line"] for row in spec["datasets"]["days"]} == {None}
    assert "mean" not in picture(**counts, end="2024-01-01").words.subtitle


def test_an_irregular_count_with_few_days_is_points() -> None:
    spec = specification("uavs", reporter="ru-mod", kind="total", end="2024-01-01")
    alone = [row for row in spec["datasets"]["days"] if row["alone"]]
    assert len(alone) > 5
    assert any(layer.get("transform") == [{"filter": "datum.alone"}] for layer in spec["layer"])


def test_days_on_the_axis_are_written_once() -> None:
    spec = specification("tanks", start="2023-02-22", end="2023-02-24")
    for axis in axes_of(spec, "x"):
        assert [day["date"] for day in axis["axis"]["values"]] == [22, 23, 24]
    day = _plot("tanks", start="2023-02-22", end="2023-02-22", engine="matplotlib")
    day.canvas.draw()
    labels = [label.get_text() for label in day.axes[0].get_xticklabels()]
    assert labels == ["22 Feb 2023"]
    wide = picture("tanks", start="2023-01-01", end="2023-06-30", width=2_000)
    assert wide.day_format == "%d %b %Y"


def test_the_last_day_of_the_axis_is_inside_the_figure() -> None:
    days: Any = {"start": "2024-10-01", "end": "2025-01-31"}
    figure = _plot("special-equipment", kind="total", engine="matplotlib", **days)
    figure.canvas.draw()
    last = figure.axes[0].get_xticklabels()[-1]
    assert last.get_window_extent().x1 <= figure.bbox.x1


def test_the_title_of_a_figure_can_be_replaced() -> None:
    figure = _plot("tanks", engine="matplotlib", **AUTUMN)
    before = len(figure.texts)
    figure.suptitle("Mine")
    assert figure.get_suptitle() == "Mine"
    assert len(figure.texts) == before


@given(st.integers(-10_000, 10_000), st.integers(0, 10_000), st.booleans())
def test_all_figures_lie_inside_the_range(low: int, span: int, from_zero: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    begin, end = height_range(low, low + span, from_zero=from_zero)
    assert begin <= low <= low + span <= end
    assert begin < end
    assert low == 0 or begin < low or (from_zero and begin == 0)
    assert not from_zero or begin <= 0 <= end


@pytest.mark.parametrize("kind", KINDS)
def test_the_remedy_is_one(kind: str) -> None:
    with pytest.raises(rl.BadArgumentError) as refused:
        _plot("tanks", kind=kind, start="2090-01-01")
    assert "kind" not in str(refused.value)
    with pytest.raises(rl.BadArgumentError, match="kind='total'"):
        _plot("tanks", kind="mean", end="2022-02-27")


@pytest.mark.parametrize("kind", KINDS)
def test_matplotlib_draws_the_same_pieces(kind: str) -> None:
    figure = _plot("ground-robots", kind=kind, engine="matplotlib")
    made = picture("ground-robots", kind=kind)
    (axes,) = figure.axes
    drawn = [len(line.get_xdata()) for line in axes.lines]
    expected = [len(part) for _, part in made.days.groupby("segment")]
    assert drawn == expected + [len(part) for _, part in made.days.groupby("firm")]
    assert axes.get_ylabel() == made.words.y_axis
    assert axes.get_xlabel() == made.words.source
    assert axes.get_ylim()[0] == 0 or kind == "total"
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend == ["disputed"]


def test_matplotlib_marks_corrections(autumn: Picture) -> None:
    figure = _plot("artillery", kind="total", engine="matplotlib", width=360, **AUTUMN)
    labels = [one.get_label() for one in figure.axes[0].collections]
    assert labels.count("re-based") == 1
    title = figure.get_suptitle().splitlines()
    assert len(title) > len(wrapped(autumn.words.title, 700, 15))


def test_matplotlib_keeps_its_settings() -> None:
    before = dict(mpl.rcParams)
    _plot("tanks", engine="matplotlib", **AUTUMN).canvas.draw()
    assert dict(mpl.rcParams) == before
    code = (
        "import reported_losses as rl, sys; rl.plot('tanks', engine='matplotlib', end='2022-06-01');"
        "assert not {'matplotlib.pyplot', 'altair', 'vl_convert'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("engine", ["altair", "matplotlib"])
def test_a_missing_library_is_named_with_its_extra(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(
        rl.MissingExtraError, match=rf"extra plot.*reported-losses\[plot\].*{engine}"
    ):
        _plot("tanks", engine=engine)
    with pytest.raises(rl.MissingExtraError, match=r"extra plot.*reported-losses\[plot\]"):
        chart_bytes({}, "svg")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"category": "tonks"}, rl.UnknownNameError),
        ({"category": 3}, rl.BadArgumentError),
        ({"category": ["tanks", "mlrs"]}, rl.BadArgumentError),
        ({"category": None}, rl.BadArgumentError),
        ({"kind": "totals"}, rl.UnknownNameError),
        ({"kind": None}, rl.BadArgumentError),
        ({"engine": "plotly"}, rl.UnknownNameError),
        ({"engine": 1}, rl.BadArgumentError),
        ({"reporter": "orix"}, rl.UnknownNameError),
        ({"reporter": None}, rl.BadArgumentError),
        ({"subject": "belarus"}, rl.UnknownNameError),
        ({"subject": 1}, rl.BadArgumentError),
        ({"reporter": "oryx"}, rl.BadArgumentError),
        ({"start": "2023-02-30"}, rl.BadArgumentError),
        ({"start": "2023-03-01", "end": "2023-02-01"}, rl.BadArgumentError),
        ({"start": "2090-01-01"}, rl.BadArgumentError),
        ({"kind": "mean", "end": "2022-02-27"}, rl.BadArgumentError),
        ({"as_of": "2020-01-01"}, rl.BadArgumentError),
        ({"with_narrower": 1}, rl.BadArgumentError),
        ({"width": 100}, rl.BadArgumentError),
        ({"width": "720"}, rl.BadArgumentError),
        ({"width": True}, rl.BadArgumentError),
    ],
)
def test_a_wrong_argument_is_our_own_error(wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        _plot(**{"category": "tanks", **wrong})


def test_one_day_is_drawn() -> None:
    day = {"start": "2023-02-22", "end": "2023-02-22"}
    assert specification("tanks", **day)["datasets"]["days"][0]["value"] == 8
    for kind in KINDS:
        _plot("tanks", kind=kind, engine="matplotlib", **day).canvas.draw()
