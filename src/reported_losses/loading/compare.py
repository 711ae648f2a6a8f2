"""`compare()`: reporters' counts of one kind of loss side by side, or beside what others say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reported_losses.dataset.descriptor import installed
from reported_losses.errors import BadArgumentError, unknown_name
from reported_losses.loading.load import load
from reported_losses.loading.standing import Broader, line_of, parts_of, standing

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("month", "day")
# Claims that count something else than what happened so far, or a part of those counted.
NOT_COUNTS = ("forecast", "target")
PARTS = ("officers", "foreign-fighters", "regular-forces", "convicts")
PEOPLE = (
    "personnel",
    "killed",
    "killed-or-wounded",
    "killed-or-missing",
    "irrecoverable",
    "casualties-all-causes",
)


def compare(
    category: str,
    *,
    subject: str = "russia",
    reporters: Sequence[str] | None = None,
    by: str = "month",
) -> pd.DataFrame:
    """Put counts of one category side by side.

    **Equipment**, such as "tanks": one column of totals per reporter, and the first reporter's
    ratio to each other. The General Staff's figure is a belligerent's claim about its
    opponent. Oryx lists what a picture shows, a lower bound that trails behind; its list is
    alive and may fall. So a ratio above 1 is due, and neither its size nor its change says by
    itself who errs: fewer pictures and more claims both raise it. Where a reporter does not
    count the category itself, the narrower ones it counts (`categories.broader`) are added up.
    The figure of a reporter that publishes irregularly stands until its next one, except in
    declared gaps.

    **People**, "personnel": nobody else counts them day by day, so that beside the reporter's
    total stand the ranges that others gave for the whole war up to a day. `measure` says what
    each of them counted. The General Staff's *personnel* are called lost, eliminated or
    casualties; whether the wounded are among them is disputed. *killed* must be less than it,
    *killed-or-wounded* may be more or less, and lists of names are lower bounds. The ratios
    compare figures, not things that are equal. The UK Ministry of Defence's totals track the
    General Staff's and are no second witness.

    Args:
        category: The category, such as "tanks" or "personnel".
        subject: Whose losses.
        reporters: The reporters; by default every one that counts the category, or narrower
            ones, for the subject. For people, naming reporters leaves the claims out.
        by: "month": the last day of each month on which all reporters have a figure. "day":
            every such day.

    Returns:
        For equipment: `report_date`, one column of totals per reporter, and one column
        `first/other` for each reporter but the first. For people: one row per claim in order
        of `period_end`, with the reporter's total of that day in a column of its name, and
        `low_ratio` and `high_ratio`, the ends of the range in parts of it. `attrs["parts"]`
        says which categories stand behind each reporter's column.

    Raises:
        UnknownNameError: There is no such category, subject, reporter or step.
        BadArgumentError: A reporter counts nothing of the kind, or they share no day.

    >>> tanks = compare("tanks", by="day").set_index("report_date")
    >>> tanks.loc["2022-09-12"].to_list()
    [2168.0, 1073.0, 2.02]
    """
    series = load("series").astype({"reporter": "str", "subject": "str", "category": "str"})
    broader = _broader()
    _check_names(category, reporters, subject, series, broader, by)
    mine = series[series["subject"] == subject]
    parts = {
        str(reporter): parts_of(category, set(of_one["category"]), broader)
        for reporter, of_one in mine.groupby("reporter")
    }
    chosen = _chosen(parts, reporters)
    lacking = [name for name in chosen if not parts.get(name)]
    if lacking or not chosen:
        raise BadArgumentError(_nothing(category, subject, lacking, mine, broader))
    counts = {name: standing(category, name, subject, mine, broader) for name in chosen}
    if reporters is None and _unit(category) == "people":
        frame = _beside_claims(counts, subject)
    else:
        frame = _side_by_side(category, counts, by)
    frame.attrs["parts"] = {name: parts[name] for name in chosen}
    return frame


def _chosen(parts: dict[str, list[str]], reporters: Sequence[str] | None) -> list[str]:
    """Return the reporters asked for; by default all, the General Staff first."""
    if reporters is not None:
        return list(reporters)
    return sorted((name for name in parts if parts[name]), key=lambda n: (n[:3] != "ua-", n))


def _side_by_side(category: str, counts: dict[str, pd.Series[int]], by: str) -> pd.DataFrame:
    import pandas as pd

    names = list(counts)
    frame = pd.concat(counts, axis=1, join="inner").dropna().astype("int64")
    if frame.empty:
        raise BadArgumentError(f"{' and '.join(names)} have no day of {category} in common")
    if by == "month":
        days = frame.index.to_series()
        frame = frame.loc[days.groupby(days.dt.to_period("M")).max()]
    for other in names[1:]:
        frame[f"{names[0]}/{other}"] = (frame[names[0]] / frame[other]).round(2)
    table: pd.DataFrame = frame.rename_axis(index="report_date").reset_index()
    return table


def _beside_claims(counts: dict[str, pd.Series[int]], subject: str) -> pd.DataFrame:
    from reported_losses.loading.claims import claims

    said: pd.DataFrame = claims(subject=subject)
    began = installed().table("reports").field("report_date").minimum
    whole = said["measure"].isin(PEOPLE) & (said["rate"] == "total") & ~said["subset"].isin(PARTS)
    whole &= (said["period_start"].dt.date == began) & said["period_end"].notna()
    whole &= said["place"].isna()
    own = said["reporter"].isin(list(counts)) | said["organisation"].isin(list(counts))
    said = said[whole & ~own & ~said["basis"].isin(NOT_COUNTS)]
    said = said.sort_values(["period_end", "statement", "claim"], ignore_index=True)
    for name, total in reversed(counts.items()):
        said.insert(0, name, said["period_end"].map(total).astype("Int64"))
    first = said[next(iter(counts))].astype("Float64")
    for end in ("low", "high"):
        said[f"{end}_ratio"] = (said[end] / first).round(2)
    said.insert(0, "period_end", said.pop("period_end"))
    return said


def _unit(category: str) -> str:
    units = load("categories", columns=["category", "unit"], engine="arrow")
    return str(dict(zip(*(c.to_pylist() for c in units.columns), strict=True))[category])


def _broader() -> Broader:
    categories = load("categories", columns=["category", "broader"], engine="arrow")
    return dict(zip(*(column.to_pylist() for column in categories.columns), strict=True))


def _check_names(  # noqa: PLR0913, PLR0917 - every argument of compare is a name to check
    category: str,
    reporters: Sequence[str] | None,
    subject: str,
    series: pd.DataFrame,
    broader: Broader,
    by: str,
) -> None:
    if category not in broader:
        raise unknown_name("category", category, broader)
    subjects = installed().table("series").field("subject").enum or ()
    if subject not in subjects:
        raise unknown_name("subject", subject, subjects)
    if by not in STEPS:
        raise unknown_name("step", by, STEPS)
    if isinstance(reporters, str):
        raise BadArgumentError(f"reporters is a list of names: [{reporters!r}]")
    known = sorted(set(series["reporter"]))
    for name in reporters or ():
        if name not in known:
            raise unknown_name("reporter", name, known)


def _nothing(
    category: str,
    subject: str,
    lacking: list[str],
    series: pd.DataFrame,
    broader: Broader,
) -> str:
    wider = line_of(category, broader)[1:]
    part = f"; {category} is part of {', '.join(wider)}" if wider else ""
    if not lacking:
        return f"nobody counts {category} of {subject}{part}; the table claims has statements"
    counted = sorted(set(series.loc[series["reporter"] == lacking[0], "category"]))
    listed = f"; it counts: {', '.join(counted)}" if counted else ""
    return f"{lacking[0]} counts no {category} of {subject}{listed}{part}"
