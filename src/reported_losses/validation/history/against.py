"""A check against a base: what history forbids, and of all other issues those that are new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reported_losses.definition.schema import Package
from reported_losses.errors import DescriptorError
from reported_losses.issue import Issue
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.cast import TypedTable, cast
from reported_losses.parsing.columns import Columns, from_arrow
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.validation.failures import Tables, failures
from reported_losses.validation.file_failures import FileSource, issues_of
from reported_losses.validation.history.base import Base, folder_base, opened_base
from reported_losses.validation.history.blame import caused
from reported_losses.validation.history.codes import HISTORY_CODES
from reported_losses.validation.history.comparison import Comparison
from reported_losses.validation.history.diff import diff_tables
from reported_losses.validation.history.judge import history_issues, unreadable
from reported_losses.validation.needed_shape import NOT_JUDGED, lacking
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.shape import SHAPE

_CODES = {*CATALOGUE, *FILE_CODES, *HISTORY_CODES, NOT_JUDGED.code}


@dataclass(frozen=True, slots=True)
class Compared:
    """What a package was compared with.

    Attributes:
        base: Name of the base: a folder, or a commit as it was named.
        version: Version of the base; None if the base could not be read.
        commit: Full name of the commit; None if the base is a folder.
        rows: Rows added, removed or changed since.
        left_out: Issues that the base has too, which are not reported.
        uncompared: Tables that could not be compared; their rows are not counted.
        schemas: Differences between the schemas.
    """

    base: str
    version: str | None = None
    commit: str | None = None
    rows: int = 0
    left_out: int = 0
    uncompared: tuple[str, ...] = ()
    schemas: int = 0


def against(  # noqa: PLR0913, PLR0917 - what a check has, and the base
    folder: Path,
    base: str | Path,
    judged: Tables,
    typed: Mapping[str, TypedTable],
    issues: Iterable[Issue],
    today: dt.date | None,
) -> tuple[list[Issue], Compared]:
    """Compare a package that was checked with a base.

    Args:
        folder: Package folder.
        base: Another package folder, or the name of a commit; see `opened_base`.
        judged: The tables that were judged.
        typed: All tables that were read.
        issues: What the check found.
        today: The day taken as today.

    Returns:
        The issues that are new against the base, those of history included, in no order; and
        what was compared.

    Raises:
        BadArgumentError: There is no such base.
    """
    try:
        with opened_base(folder, base) as earlier:
            here = folder_base(folder, judged.package)
            comparison = Comparison(earlier, here, diff_tables(earlier, here), typed)
            found = history_issues(comparison, judged.raw.get("loss_counts"), _CODES)
            issues = list(issues)
            before = _issues_of_base(comparison, judged, issues, today)
            kept, left_out = caused(issues, before, comparison)
            return [*kept, *found], _compared(str(base), comparison, left_out)
    except DescriptorError as error:
        return [*issues, unreadable(str(error))], Compared(str(base))


def _compared(name: str, comparison: Comparison, left_out: int) -> Compared:
    base, diff = comparison.base, comparison.diff
    uncompared = tuple(table for table, one in diff.tables.items() if one.problem)
    schemas = len(diff.schemas)
    return Compared(
        name, base.package.version, base.commit, diff.rows, left_out, uncompared, schemas
    )


def _issues_of_base(
    comparison: Comparison, judged: Tables, issues: list[Issue], today: dt.date | None
) -> list[Issue]:
    """Judge those tables of the base in which the package has issues about rows."""
    names = {issue.table for issue in issues if issue.table is not None and issue.key}
    if not names:
        return []
    budget, found = Budget(), []
    typed, columns, types = _read(comparison, judged, budget)
    before = Tables(comparison.base.package, columns)
    for name in sorted(names & columns.keys()):
        source = FileSource(typed[name], columns[name])
        found += types.get(name, [])
        for failure in failures(name, before, today):
            found += issues_of(failure, source, budget)
    return found


def _read(
    comparison: Comparison, judged: Tables, budget: Budget
) -> tuple[dict[str, TypedTable], dict[str, Columns], dict[str, list[Issue]]]:
    """Read the tables of the base; those that are the same were read already."""
    base: Base = comparison.base
    package: Package = base.package
    unfit = {lack.table for lack in lacking(package, SHAPE)}
    typed: dict[str, TypedTable] = {}
    columns: dict[str, Columns] = {}
    issues: dict[str, list[Issue]] = {}
    for name, table in package.tables.items():
        if name in unfit:
            continue
        here = comparison.here.package.tables.get(name)
        same = here == table and comparison.here.data(table) == base.data(table)
        if same and name in judged.raw:
            typed[name], columns[name] = comparison.tables[name], judged.raw[name]
            continue
        text = base.text(table, budget)
        if text is not None:
            typed[name], issues[name] = cast(text, budget)
            columns[name] = from_arrow(table, typed[name].data, typed[name].invalid)
    return typed, columns, issues
