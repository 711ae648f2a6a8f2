"""`plot()`: a chart of one reporter's count of one category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Unpack, overload

from reported_losses.errors import MissingExtraError
from reported_losses.loading.arguments import choice
from reported_losses.loading.asked import Options

if TYPE_CHECKING:
    import datetime as dt

    from altair import LayerChart
    from matplotlib.figure import Figure

ENGINES = ("altair", "matplotlib")


class PlotOptions(Options, total=False):
    """The arguments of `plot` besides category and engine, for type checkers."""

    kind: Literal["change", "total", "mean"]
    width: int


@overload
def plot(
    category: str, *, engine: Literal["altair"] = "altair", **options: Unpack[PlotOptions]
) -> LayerChart: ...
@overload
def plot(
    category: str, *, engine: Literal["matplotlib"], **options: Unpack[PlotOptions]
) -> Figure: ...
def plot(  # noqa: PLR0913 - one call, all of them by name
    category: str,
    *,
    kind: str = "change",
    reporter: str = "ua-general-staff",
    subject: str | None = None,
    start: str | dt.date | None = None,
    end: str | dt.date | None = None,
    as_of: str | dt.date | None = None,
    with_narrower: bool = False,
    engine: str = "altair",
    width: int = 720,
) -> LayerChart | Figure:
    """Draw one reporter's count of one category.

    The line is cut where the count does not go on: at a day without a figure, and where the
    reporter re-based or restated its count. (The total of a reporter that publishes irregularly,
    such as Oryx, holds until its next report, except in declared gaps.) Corrections are marked
    above the plot, each kind with its own shape, and disputed figures with a circle. What one
    record alone has is lighter. Marks differ in shape as well as in colour, and nothing is
    told by hue alone.

    Args:
        category: The category, such as "tanks".
        kind: "change": the change on each day, without corrections, and its mean of seven days.
            "total": the running total. "mean": only the mean of seven days.
        reporter: The organisation whose count it is.
        subject: Whose losses; may be left out if the reporter counts one side only.
        start: First day to draw, as a date or as text YYYY-MM-DD.
        end: Last day to draw, likewise.
        as_of: A day: draws the dataset as it was at the end of that day.
        with_narrower: Whether to add up narrower categories on days on which the reporter did
            not count this one, as `daily` does.
        engine: "altair": a chart that shows itself in notebooks and answers the pointer.
            "matplotlib": a figure for `savefig`; its one `Axes` is yours to change.
        width: Width of the whole picture in pixels, from 240; 360 fits a phone. altair's charts
            are a little narrower, if their numbers are short.

    Returns:
        An `altair.LayerChart`, or a `matplotlib.figure.Figure`. The chart's `to_dict()` is a
        Vega-Lite specification with all data in it. Charts can be put together with `|`, `&`
        and `+`; `interactive()` lets the pointer move and zoom, without the marks above the
        plot. The figure belongs to no `pyplot`, and no setting of matplotlib is changed;
        notebooks show it with `display(figure)`, and `figure.suptitle(text)` replaces its title.

    Raises:
        UnknownNameError: There is no such category, kind, reporter, subject or engine.
        BadArgumentError: An argument has a value that has no meaning, or there is nothing to
            draw: no figure on these days, or no change because no two reports are a day apart.
        MissingExtraError: The library is not installed: `pip install 'reported-losses[plot]'`.

    >>> import reported_losses as rl
    >>> chart = rl.plot("tanks", start="2023-02-01", end="2023-02-28")
    >>> " ".join(chart.to_dict()["title"]["text"])
    'Tanks: losses of Russia reported by the General Staff of the Armed Forces of Ukraine'
    >>> figure = rl.plot("tanks", kind="total", engine="matplotlib")
    >>> figure.axes[0].get_ylabel()
    'Items, running total'
    """
    library = choice("engine", engine, ENGINES)
    require(library)
    from reported_losses.loading.picture import picture

    made = picture(
        category,
        kind=kind,
        reporter=reporter,
        subject=subject,
        start=start,
        end=end,
        as_of=as_of,
        with_narrower=with_narrower,
        width=width,
    )
    if library == "matplotlib":
        from reported_losses.loading.figure import figure

        return figure(made)
    import altair as alt

    from reported_losses.loading.chart import part, vega_lite

    spec = part(vega_lite(made))
    # altair looks into thousands of rows to validate them, but not if they come afterwards.
    layers = [alt.Chart.from_dict({**layer, "data": {"name": ""}}) for layer in spec["layer"]]
    for layer, raw in zip(layers, spec["layer"], strict=True):
        layer.data = alt.InlineData(values=raw["data"]["values"])
    return alt.LayerChart(layer=layers, **{name: spec[name] for name in spec if name != "layer"})


def require(library: str) -> None:
    """Refuse if a library of the extra is missing.

    Raises:
        MissingExtraError: It is.
    """
    import importlib.util

    if importlib.util.find_spec(library) is None:
        raise MissingExtraError(
            "charts need the extra plot: pip install 'reported-losses[plot]' "
            f"({library} is not installed)"
        )
