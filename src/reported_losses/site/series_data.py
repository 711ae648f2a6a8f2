"""The counts of every reporter, as the explorer draws them: figures, pieces of lines, corrections.

What a change, a mean, a correction and a piece of a line are is decided by `loading`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reported_losses.definition.dates import day_number
from reported_losses.definition.descriptor import installed
from reported_losses.loading.asked import Asked, ask
from reported_losses.loading.chart_rows import day_rows
from reported_losses.loading.computed import convert
from reported_losses.loading.day_table import WINDOW, computed, descriptor, reported
from reported_losses.loading.load import arrow
from reported_losses.loading.reporter import Life
from reported_losses.site import packed

if TYPE_CHECKING:
    import pandas as pd

EVIDENCE = ("primary", "agreed", "majority", "single", "disputed")
READ_IN = ("primary", "quoted", "address")
"""Where an increment was read: values of `loss_counts.increment_evidence`."""
Key = tuple[str, str, str]
"""Reporter, subject and category."""


def reporters() -> list[tuple[str, str]]:
    """Return every reporter with each subject it counts, the General Staff first.

    >>> reporters()[0]
    ('ua-general-staff', 'russia')
    """
    data = arrow(installed().table("series"), ["reporter", "subject"]).to_pylist()
    found = {(row["reporter"], row["subject"]) for row in data}
    return sorted(found, key=lambda one: (one[0][:3] != "ua-", one))


def asked_of(reporter: str, subject: str) -> Asked:
    """Return what to ask for to get every figure of a reporter for a subject."""
    return ask(
        None,
        reporter=reporter,
        subject=subject,
        engine="pandas",
        start=None,
        end=None,
        as_of=None,
        with_narrower=False,
    )


def frames() -> Iterator[tuple[Key, pd.DataFrame, Life]]:
    """Give the figures of every series that has any: what `daily` gives, and the corrections.

    Yields:
        The key of the series; a frame with one row per report, indexed by `report_date`, with
        the columns of `day_table.descriptor`; and when the category is counted.
    """
    for reporter, subject in reporters():
        asked = asked_of(reporter, subject)
        columns = computed(asked, reported(asked))
        frame = convert(descriptor("timeline"), columns, "pandas")
        for category, part in frame.groupby("category", observed=True):
            own = part.drop(columns="category").set_index("report_date")
            yield (reporter, subject, str(category)), own, asked.lives[str(category)]


def correction_sources() -> dict[tuple[str, ...], str]:
    """Return the source of each correction, by reporter, subject, category and day."""
    data = arrow(installed().table("corrections")).to_pylist()
    names = ("reporter", "subject", "category", "report_date")
    return {tuple(str(row[name]) for name in names): row["source"] for row in data}


def series(
    key: Key, frame: pd.DataFrame, life: Life, sources: Mapping[tuple[str, ...], str]
) -> dict[str, Any]:
    """Return one series as the page holds it.

    Args:
        key: Its key.
        frame: Its frame, as `frames` gives it.
        life: When the category is counted.
        sources: What `correction_sources` gives.

    Returns:
        A JSON-ready object: `last` (day, total and change of the last figure), and its columns,
        packed as `packed` tells: `day`, `total`, `change`
        (exceptions from the difference of totals), `mean` (seven times the mean, packed like
        totals), `increment` and `increment_mean` (exceptions from `change` and `mean`),
        `evidence` and `read_in` (codes of `EVIDENCE` and `READ_IN`, in runs), `fix`
        (corrections: row, amount, kind, reason, source) and `pieces` (for each kind of chart,
        first and last rows of the pieces of its line, and of those that are not light).
    """
    total, change = whole(frame["total"]), whole(frame["change"])
    mean = whole(frame["change_mean_7"] * WINDOW)
    days = [day_number(day.date()) for day in frame.index]
    gaps = list(life.gaps) if life.irregular else None
    means = [value or 0 for value in mean]
    return {
        "key": key,
        "last": [str(frame.index[-1])[:10], total[-1], change[-1]],
        "steps": life.irregular,
        "day": packed.days(days),
        "total": packed.steps(value or 0 for value in total),
        "change": packed.exceptions(change, [None, *packed.steps(v or 0 for v in total)[1:]]),
        "mean": packed.steps(means),
        "no_mean": packed.runs(value is None for value in mean),
        "increment": packed.exceptions(whole(frame["increment"]), change),
        "increment_mean": packed.exceptions(whole(frame["increment_mean_7"] * WINDOW), mean),
        "evidence": packed.runs(_codes(frame["evidence"], EVIDENCE)),
        "read_in": packed.runs(_codes(frame["increment_evidence"], READ_IN)),
        "fix": _corrections(key, frame, sources),
        "pieces": {
            "total": _pieces(frame, "total", gaps),
            "change": _pieces(frame, "change", None),
            "increment": _pieces(_of_increments(frame), "change", None),
        },
    }


def whole(values: pd.Series[Any]) -> list[int | None]:
    """Return numbers that are whole but for rounding; None where one is missing."""
    return [None if value != value else round(value) for value in values.astype("float64")]  # noqa: PLR0124 - NaN


def _codes(values: pd.Series[Any], names: Sequence[str]) -> list[int]:
    code = {name: number for number, name in enumerate(names)}
    return [code.get(value, -1) for value in values.astype(object)]


def _corrections(
    key: Key, frame: pd.DataFrame, sources: Mapping[tuple[str, ...], str]
) -> list[list[Any]]:
    rows = frame.assign(row=range(len(frame)))
    rows = rows[rows["correction_kind"].notna()]
    columns = ("row", "correction", "correction_kind", "correction_reason")
    return [
        [int(row), int(amount), str(kind), str(why), sources[*key, str(day)[:10]]]
        for day, row, amount, kind, why in zip(
            rows.index, *(rows[name] for name in columns), strict=True
        )
    ]


def _of_increments(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the printed increments in the place of the changes."""
    return frame.assign(change=frame["increment"], change_mean_7=frame["increment_mean_7"])


def _pieces(
    frame: pd.DataFrame, kind: str, gaps: Sequence[tuple[int, int]] | None
) -> list[list[int]]:
    """Return first and last rows, one below the other: of the pieces, and of those not light."""
    days = day_rows(frame, kind, gaps)
    days["row"] = frame.index.searchsorted(days["day"].to_numpy())
    return [_ends(days, "segment"), _ends(days, "firm")]


def _ends(days: pd.DataFrame, piece: str) -> list[int]:
    rows = days[days[piece].notna()].groupby(piece)["row"].agg(["min", "max"])
    return [int(row) for pair in rows.to_numpy().tolist() for row in pair]
