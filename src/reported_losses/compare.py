"""`compare()`: several reporters' counts of one kind of loss, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reported_losses.issue import BadArgumentError, unknown_name
from reported_losses.load import installed, load

if TYPE_CHECKING:
    import pandas as pd


def compare(
    category: str, *, reporters: Sequence[str] | None = None, subject: str = "russia"
) -> pd.DataFrame:
    """Put reporters' totals of one category side by side, on the days they have in common.

    Reporters divide their counts differently. Where one has no figure of the category itself
    for a day, the figures of the narrower categories it counts (`categories.broader`) are
    added up, provided that each of them that it counted on the day has one.

    Args:
        category: The category.
        reporters: The reporters; by default every one that counts the category, or narrower
            ones, for the subject.
        subject: Whose losses.

    Returns:
        A pandas frame: `report_date` and one column of totals per reporter. `attrs["parts"]`
        says which categories stand behind each column.

    Raises:
        UnknownNameError: There is no such category, subject or reporter.
        BadArgumentError: A reporter counts nothing of the kind, or they share no day.

    >>> compare("tanks", reporters=["ua-general-staff"]).columns.to_list()
    ['report_date', 'ua-general-staff']
    """
    import pandas as pd

    series = load("series").astype({"reporter": str, "subject": str, "category": str})
    broader = _broader()
    _check_names(category, reporters, subject, series, broader)
    mine = series[series["subject"] == subject]
    parts = {
        reporter: _parts(category, set(of_one["category"]), broader)
        for reporter, of_one in mine.groupby("reporter")
    }
    chosen = [name for name in parts if parts[name]] if reporters is None else list(reporters)
    lacking = [name for name in chosen if not parts.get(name)]
    if lacking or not chosen:
        raise BadArgumentError(_nothing(category, subject, lacking, mine, broader))
    counts = load(
        "loss_counts", columns=["reporter", "subject", "category", "report_date", "total"]
    )
    counts = counts[counts["subject"] == subject]
    columns = [
        _totals(
            category, counts[counts["reporter"] == name], mine[mine["reporter"] == name], broader
        ).rename(name)
        for name in chosen
    ]
    frame = pd.concat(columns, axis=1, join="inner").dropna().rename_axis(index="report_date")
    if frame.empty:
        raise BadArgumentError(f"{' and '.join(chosen)} have no day of {category} in common")
    frame = frame.sort_index().astype("int64").reset_index()
    frame.attrs["parts"] = {name: parts[name] for name in chosen}
    return frame


def _broader() -> dict[str, str | None]:
    categories = load("categories", columns=["category", "broader"], engine="arrow")
    return dict(zip(*(column.to_pylist() for column in categories.columns), strict=True))


def _check_names(
    category: str,
    reporters: Sequence[str] | None,
    subject: str,
    series: pd.DataFrame,
    broader: dict[str, str | None],
) -> None:
    if category not in broader:
        raise unknown_name("category", category, broader)
    subjects = installed().table("series").field("subject").enum or ()
    if subject not in subjects:
        raise unknown_name("subject", subject, subjects)
    if isinstance(reporters, str):
        raise BadArgumentError(f"reporters is a list of names: [{reporters!r}]")
    known = sorted(set(series["reporter"]))
    for name in reporters or ():
        if name not in known:
            raise unknown_name("reporter", name, known)


def _parts(category: str, counted: set[str], broader: dict[str, str | None]) -> list[str]:
    """Return the counted categories that are the category or narrower than it."""
    return sorted(name for name in counted if category in _line(name, broader))


def _line(category: str | None, broader: dict[str, str | None]) -> list[str]:
    line: list[str] = []
    while category is not None and category not in line:
        line.append(category)
        category = broader.get(category)
    return line


def _nothing(
    category: str,
    subject: str,
    lacking: list[str],
    series: pd.DataFrame,
    broader: dict[str, str | None],
) -> str:
    wider = _line(category, broader)[1:]
    name = lacking[0] if lacking else "nobody"
    counted = sorted(set(series.loc[series["reporter"] == name, "category"]))
    return (
        f"{name} counts no {category} of {subject}"
        + (f"; it counts: {', '.join(counted)}" if counted else "")
        + (f"; {category} is part of {', '.join(wider)}" if wider else "")
    )


def _totals(
    category: str, counts: pd.DataFrame, series: pd.DataFrame, broader: dict[str, str | None]
) -> pd.Series[int]:
    """Return one reporter's totals by day; missing where its parts leave a hole."""
    import pandas as pd

    own = counts[counts["category"] == category].set_index("report_date")["total"].astype("Int64")
    counted = set(series["category"])
    narrower = [
        name
        for name, parent in broader.items()
        if parent == category and name != category and _parts(name, counted, broader)
    ]
    if not narrower:
        return own
    table = pd.concat(
        {name: _totals(name, counts, series, broader) for name in narrower}, axis=1
    ).astype("Int64")
    hole = pd.DataFrame(
        {
            name: table[name].isna() & _alive(table.index, _parts(name, counted, broader), series)
            for name in narrower
        }
    ).any(axis=1)
    added = table.sum(axis=1, min_count=1).where(~hole).astype("Int64")
    return own.combine_first(added)


def _alive(days: pd.Index[pd.Timestamp], names: list[str], series: pd.DataFrame) -> pd.Series[bool]:
    import pandas as pd

    alive = pd.Series(data=False, index=days)
    lives = series.loc[series["category"].isin(names), ["first_report", "last_report"]]
    for first, last in lives.fillna({"last_report": days.max()}).itertuples(index=False):
        alive[(days >= first) & (days <= last)] = True
    return alive
