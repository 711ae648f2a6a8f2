"""What a chart draws: a value for each day, the pieces of its line, and the marked days.

The decisions stand here once; the Vega-Lite specification and matplotlib draw the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reported_losses.definition.dates import day_text

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("change", "total", "mean")
VALUES: Mapping[str, str] = MappingProxyType(
    {"change": "change", "total": "total", "mean": "change_mean_7"}
)
"""For each kind of chart, the column of `timeline` that it shows."""

SEVERAL, DISPUTED = "several", "disputed"
"""Marks of a day on which several of the categories added up were corrected, and of a figure that
records contradict."""
CUTTING = ("re-based", "restated", SEVERAL)
"""Corrections that move the count itself, so that no line may cross them."""
MARKS = (
    *("re-based", "restated", "misprinted-increment", "misprinted-total", "unexplained"),
    SEVERAL,
    DISPUTED,
)
"""What a day may be marked as, in the order of the legend."""


def day_rows(
    frame: pd.DataFrame, kind: str, gaps: Sequence[tuple[int, int]] | None
) -> pd.DataFrame:
    """Return what is drawn of each day.

    Args:
        frame: A frame of `timeline`.
        kind: One of `KINDS`.
        gaps: First and last days, counted from 1970-01-01, of the declared gaps of a reporter
            that publishes irregularly, whose total holds until its next report; None to cut
            the line at every missing day.

    Returns:
        A frame with one row for each day that has anything to draw, in order:

        - `day` (datetime64): the day of the report.
        - `value` (Float64): the figure of the day that the chart is about.
        - `line` (Float64): the height of the line on the day; the mean of seven days if the
          chart shows changes, else `value` again.
        - `evidence` (object): what supports the total.
        - `light` (bool): the figure is in one record alone.
        - `segment` (Int64): the piece of the line that the day belongs to. Pieces are not
          joined: a piece ends before a gap and before a correction in `CUTTING`.
        - `firm` (Int64): the same for the days that are not light.
        - `alone` (bool): the piece has this day only, and so is a point instead of a line.
    """
    import pandas as pd

    line = frame["change_mean_7" if kind == "change" else VALUES[kind]].astype("Float64")
    there, light = line.notna(), frame["evidence"] == "single"
    cut = _far(frame, gaps) | _corrections(frame).isin(CUTTING) | _turns(there)
    rows = pd.DataFrame(
        {
            "value": frame[VALUES[kind]].astype("Float64"),
            "line": line,
            "evidence": frame["evidence"].astype(object).where(frame["evidence"].notna(), None),
            "light": light.astype(bool),
            "segment": cut.cumsum().astype("Int64").where(there),
            "firm": (cut | _turns(light)).cumsum().astype("Int64").where(there & ~light),
        }
    )
    rows["alone"] = there & (rows.groupby("segment")["line"].transform("size") == 1)
    drawn = rows["value"].notna() | rows["line"].notna()
    return rows[drawn].rename_axis(index="day").reset_index()


def _far(frame: pd.DataFrame, gaps: Sequence[tuple[int, int]] | None) -> pd.Series[bool]:
    """Return which days do not continue the day before them in the frame."""
    import pandas as pd

    days = frame.index.to_series()
    if gaps is None:
        # Where categories are added up, a new one among them is no change of its first day.
        return (days.diff() != pd.Timedelta(days=1)) | frame["change"].isna()
    begun = pd.Series(0, index=days.index)
    for first, _ in gaps:
        begun += days >= pd.Timestamp(day_text(first))
    far: pd.Series[bool] = begun.diff() != 0
    return far


def _turns(flags: pd.Series[bool]) -> pd.Series[bool]:
    """Return where a flag differs from the one before it."""
    turns: pd.Series[bool] = flags.astype(int).diff().fillna(0) != 0
    return turns


def mark_rows(frame: pd.DataFrame, kind: str) -> list[dict[str, Any]]:
    """Return the days to mark: corrections and disputed figures.

    Args:
        frame: A frame of `timeline`.
        kind: One of `KINDS`.

    Returns:
        One JSON-ready object for each mark, in order of day: `day` (text YYYY-MM-DD), `mark`
        (one of `MARKS`), and for a correction `amount` and `reason`. A disputed figure has `at`
        instead: its height in the chart. It is left out if the chart has no figure of the day.
    """
    import pandas as pd

    kinds = _corrections(frame)
    marked = kinds.notna() | (frame["evidence"] == DISPUTED)
    rows: list[dict[str, Any]] = []
    for day, correction, row in zip(
        frame.index[marked], kinds[marked], frame[marked].to_dict("records"), strict=True
    ):
        date = str(day)[:10]
        if pd.notna(correction):
            about = {"amount": int(row["correction"]), "reason": _reason(row["correction_reason"])}
            rows.append({"day": date, "mark": correction, **about})
        if row["evidence"] == DISPUTED and (at := number(row[VALUES[kind]])) is not None:
            rows.append({"day": date, "mark": DISPUTED, "at": at})
    return rows


def _corrections(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the kind of each day's correction; of several, where sums have no single kind."""
    kinds: pd.Series[str] = frame["correction_kind"].astype(object)
    return kinds.mask(kinds.isna() & (frame["correction"] != 0), SEVERAL)


def _reason(reason: object) -> str:
    return reason if isinstance(reason, str) else "Several of the categories were corrected."


def number(value: Any) -> float | int | None:  # noqa: ANN401 - a cell of a nullable column
    """Return a cell as a JSON number: whole if it is whole, else with two decimals.

    >>> number(7.0), number(7 / 3)
    (7, 2.33)
    """
    import pandas as pd

    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 2)
