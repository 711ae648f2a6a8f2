"""What was read in the text of a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Shape = Literal["text", "sentence"]
"""`text`: the General Staff's list, a label before each figure. `sentence`: an agency's account."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report.

    Attributes:
        category: Slug of the category, such as `tanks`.
        total: Total since 2022-02-24, as printed.
        increment: Increment of the day, as printed; None where none is printed.
        qualifier: How the text hedges the total: a value of `loss_counts.qualifier`.
        line: Line of the input, from 1, on which the figure begins.
    """

    category: str
    total: int
    increment: int | None
    qualifier: str
    line: int


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A place that looks like a figure and was not read.

    Attributes:
        line: Line of the input, from 1.
        text: What stands there, with unseen characters escaped, cut to 200 characters.
        reason: Why it was not read.
    """

    line: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the text as a whole, or with several places of it.

    Attributes:
        code: Stable name of the kind of problem: a key of `problems.CODES`.
        message: The problem in words: what was found, what was expected, what to do.
        line: Line of the input, from 1; None where the whole text is meant.
    """

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report as it was read.

    Attributes:
        report_date: Day that the text states; None if it states none, or several.
        shape: `text` or `sentence`; None if no figure was read.
        figures: Figures in the order of the text, each category once.
        unread: What looks like a figure and was not read, in the order of the text.
        problems: What is wrong with the text.
    """

    report_date: dt.date | None
    shape: Shape | None
    figures: tuple[Figure, ...] = ()
    unread: tuple[UnreadLine, ...] = ()
    problems: tuple[Problem, ...] = ()
