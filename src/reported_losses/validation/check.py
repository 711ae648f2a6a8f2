"""The gate: every check in its order, as a list of issues; never raises on bad data.

The order is descriptor, file, types, cells, keys, rules. Each step sees what the ones before it
could read: a cell without a value of its type is reported once and unknown from then on, and a
table that cannot be read stops only what needs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from reported_losses.definition.arguments import folder_path, texts
from reported_losses.definition.dates import as_date
from reported_losses.definition.descriptor import load_package
from reported_losses.definition.location import DESCRIPTOR, package_dir
from reported_losses.definition.schema import Package
from reported_losses.errors import BadArgumentError, DescriptorError
from reported_losses.issue import Issue
from reported_losses.parsing.budget import Budget
from reported_losses.parsing.cast import TypedTable
from reported_losses.parsing.columns import from_arrow
from reported_losses.parsing.file_codes import FILE_CODES
from reported_losses.parsing.issues import build_issue
from reported_losses.parsing.package_files import shared_files, stray_files
from reported_losses.parsing.table_cache import read_typed
from reported_losses.validation.changelog import changelog_issues
from reported_losses.validation.failures import Tables, failures, needed
from reported_losses.validation.file_failures import FileSource, issues_of, misplaced
from reported_losses.validation.needed_shape import lack_issue, lacking, rule_issue
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.rule import ALL_TABLES
from reported_losses.validation.shape import SHAPE
from reported_losses.validation.unfinished import commit_issues

if TYPE_CHECKING:
    from reported_losses.validation.history.against import Compared


@dataclass(frozen=True, slots=True)
class RuleRun:
    """What became of one rule.

    Attributes:
        code: Code of the rule.
        rows: Rows of its table that it was given.
        unjudged: Why it was not judged, or not in full; None if it was.
        explained: Whether an issue or the call says so already.
    """

    code: str
    rows: int
    unjudged: str | None = None
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """What a check saw.

    Attributes:
        folder: Package folder.
        package: Its descriptor; None if it cannot be understood.
        rows: Rows read, by table.
        issues: What was found, in order.
        tables: The tables that were read, typed.
        rules: What became of each rule that was asked for, in order of code.
        compared: What the package was compared with; None if there was no base.
    """

    folder: Path
    package: Package | None
    rows: Mapping[str, int]
    issues: list[Issue]
    tables: Mapping[str, TypedTable]
    rules: tuple[RuleRun, ...] = ()
    compared: Compared | None = None


def check(
    path: str | Path | None = None,
    *,
    tables: Iterable[str] | None = None,
    today: str | dt.date | None = None,
    base: str | Path | None = None,
) -> list[Issue]:
    """Check a package: files, types, constraints, keys and every rule.

    Args:
        path: Package folder, the one with `datapackage.json`; the installed dataset by default.
        tables: Names of the tables whose issues are wanted; all of them by default. Tables that
            they refer to are read as well. The issues of a table are the same either way.
        today: The day taken as today, a date or its text YYYY-MM-DD. Without it no report is in
            the future: a check never reads the clock, so it gives the same answer tomorrow.
        base: An earlier state to compare with: a package folder, or the name of a commit in the
            git repository around `path`, and then the state is the commit that it and `HEAD`
            have in common. Issues that the base has too are left out, the others stand on lines
            that changed, and the codes `history/*` say what may not change so.

    Returns:
        The issues in order of file and line; an empty list if there are none. At most 1,000
        issues per code and file are listed; one more gives the number left out.

    Raises:
        BadArgumentError: `path` is not a package folder, `today` is not a day, `tables` is not a
            list of names, is empty, or names one twice, or `base` is neither a package folder nor
            a commit that is there.
        UnknownNameError: There is no such table.

    >>> import reported_losses as rl
    >>> [issue for issue in rl.check() if issue.severity == "error"]
    []
    """
    return examine(path, tables=tables, today=today, base=base).issues


def examine(
    path: str | Path | None = None,
    *,
    tables: Iterable[str] | None = None,
    today: str | dt.date | None = None,
    base: str | Path | None = None,
) -> Examination:
    """Check a package as `check` does, and return what was read as well."""
    folder = _package_folder(path)
    day = None if today is None else as_date(today, "today")
    try:
        package = load_package(folder)
    except DescriptorError as error:
        nothing: Mapping[str, Any] = MappingProxyType({})
        return Examination(folder, None, nothing, [_descriptor_issue(error)], nothing)
    if isinstance(tables, str):
        raise BadArgumentError(f"tables is a list of names: [{tables!r}]")
    wanted = tuple(package.tables) if tables is None else tuple(texts("tables", tables))
    for name in wanted:
        package.table(name)
    lacks = lacking(package, SHAPE if tables is None else wanted)
    unfit = {lack.table for lack in lacks}
    unfinished = commit_issues(folder, package)
    budget = Budget()
    typed, issues = _read(folder, package, wanted, budget)
    # Tables that are being replaced while they are read may not fit together.
    unfinished = unfinished or commit_issues(folder, package)
    judged = Tables(
        package,
        {
            name: from_arrow(one.table, one.data, one.invalid)
            for name, one in typed.items()
            if name not in unfit
        },
    )
    # What parsing used and gave back is memory that the rules can have.
    pa.default_memory_pool().release_unused()
    for name in wanted:
        if name in judged:
            source = FileSource(typed[name], judged.raw[name])
            issues += _judged_issues(name, judged, source, day, budget)
            if name == "revisions":
                issues += changelog_issues(folder, package, judged[name], source, budget)
    rows = {name: typed[name].rows for name in wanted if name in typed}
    runs = _rule_runs(judged, [*wanted, *unfit] if tables is None else wanted)
    issues += shared_files(folder, package)
    kept = [*unfinished, *(issue for issue in issues if issue.table in wanted)]
    kept += stray_files(folder, package) if tables is None else []
    compared = None
    if base is not None:
        from reported_losses.validation.history.against import against  # only a base needs it

        kept, compared = against(folder, base, judged, typed, kept, day)
        kept = [issue for issue in kept if tables is None or issue.table in wanted]
    kept += map(lack_issue, lacks)
    kept += [
        rule_issue(CATALOGUE[run.code], run.unjudged)
        for run in runs
        if run.unjudged is not None and not run.explained
    ]
    return Examination(folder, package, rows, sorted(kept), typed, tuple(runs), compared)


def _package_folder(path: str | Path | None) -> Path:
    """Return the package folder that is asked for; the installed one by default."""
    folder = package_dir() if path is None else folder_path("path", path)
    try:
        described = (folder / DESCRIPTOR).exists()
    except (OSError, ValueError) as error:
        # A path that is too long, or leads through a folder that may not be searched.
        reason = getattr(error, "strerror", None) or error
        raise BadArgumentError(f"{folder} is not a package folder: {reason}") from None
    if not described:
        msg = f"{folder} is not a package folder: it has no {DESCRIPTOR}"
        raise BadArgumentError(msg)
    return folder


def _judged_issues(
    name: str, judged: Tables, source: FileSource, today: dt.date | None, budget: Budget
) -> list[Issue]:
    """Return the issues of a table that was read: order, constraints, keys and rules."""
    issues = [*misplaced(judged[name], source)]
    for failure in failures(name, judged, today):
        issues += issues_of(failure, source, budget)
    return issues


def _rule_runs(judged: Tables, wanted: Iterable[str]) -> list[RuleRun]:
    """Return what became of each rule about the wanted tables.

    A table that is not there for the rules has an issue of its own: it could not be read, or it
    lacks what they need.
    """
    wanted, runs = set(wanted), []
    for code, rule in sorted(CATALOGUE.items()):
        if rule.table not in wanted:
            continue
        rows = judged.raw[rule.table].rows if rule.table in judged else 0
        verdict = judged.unjudged.get(code)
        if rule.table not in judged:
            why = f"{rule.table} could not be looked into"
            runs.append(RuleRun(code, rows, why, explained=True))
        elif verdict is None:
            runs.append(RuleRun(code, rows))
        else:
            needs = () if rule.needs == ALL_TABLES else rule.needs
            explained = verdict.excused or any(name not in judged for name in needs)
            runs.append(RuleRun(code, rows, verdict.unjudged, explained))
    return runs


def _read(
    folder: Path, package: Package, wanted: Iterable[str], budget: Budget
) -> tuple[dict[str, TypedTable], list[Issue]]:
    """Read the wanted tables and those that judging them looks into."""
    names = set().union(*(needed(package, name) for name in wanted))
    typed: dict[str, TypedTable] = {}
    issues: list[Issue] = []
    for name, table in package.tables.items():
        if name in names:
            read, found = read_typed(folder, table, budget)
            issues += found
            if read is not None:
                typed[name] = read
    return typed, issues


def _descriptor_issue(error: DescriptorError) -> Issue:
    path = str(error).partition(":")[0]
    return build_issue(
        FILE_CODES["file/descriptor"],
        str(error),
        path=path if path.endswith(".json") else DESCRIPTOR,
    )
