"""Whether what the rules rest on became weaker: schemas, policies, codes; and the version."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from reported_losses.definition.changelog import CHANGELOG, read_changelog
from reported_losses.definition.location import DESCRIPTOR
from reported_losses.definition.versions import bumped, parsed
from reported_losses.issue import Issue
from reported_losses.validation.history.base import Base
from reported_losses.validation.history.comparison import REVISIONS, Comparison
from reported_losses.validation.history.diff import ChangedCell
from reported_losses.validation.history.schema_changes import SchemaChange

_RULES_PAGE = "docs/rules.md"
_CODE = re.compile(r"^### `([a-z_]+/[a-z-]+)`$", re.MULTILINE)
_LOOSER = {
    ("series", "policy"): {"restated"},
    ("series", "cadence"): {"irregular"},
    ("records", "votes"): {"true", "false"},
    ("records", "kept"): {"dissent"},
}
"""The value of a cell that makes rules ask for less. Votes count both for and against."""


def schema_weakened(comparison: Comparison) -> Iterator[Issue]:
    """Find what the schemas no longer ask for."""
    for change in comparison.diff.schemas:
        if change.weaker:
            path = _schema_path(comparison, change.table)
            here = change.table in comparison.here.package.tables
            line = _line_of(comparison.here, path, change) if here else None
            message = f"{change.table}: {change.words}"
            yield comparison.issue(
                "schema-weakened",
                message,
                change.table if here else None,
                line,
                path=path if here else DESCRIPTOR,
                found=change.words,
            )


def _schema_path(comparison: Comparison, table: str) -> str:
    sides = (comparison.here.package, comparison.base.package)
    return next((one.schema_path(table) for one in sides if table in one.tables), DESCRIPTOR)


def _line_of(here: Base, path: str, change: SchemaChange) -> int | None:
    """Return the line on which a schema names the column that changed."""
    # The descriptor may hold the schemas of all tables; each follows the name of its table.
    names = [change.table, change.column] if path == DESCRIPTOR else [change.column]
    for number, line in enumerate((here.page(path) or "").splitlines(), 1):
        if names[0] is not None and re.search(rf'"name":\s*"{re.escape(names[0])}"', line):
            names = names[1:]
        if not names:
            return number
    return None


def rules_weakened(comparison: Comparison) -> dict[ChangedCell, Issue]:
    """Find decisions about series and records that became looser without a revision.

    Returns:
        The issue of each cell.
    """
    found = {}
    for (table, column), looser in _LOOSER.items():
        for cell in comparison.untold_cells(table, column):
            if cell.new in looser:
                message = f"{table} {cell.key}: {column} is {cell.new}, and was {cell.old}"
                found[cell] = comparison.issue(
                    "rules-weakened",
                    message,
                    table,
                    cell.line,
                    column,
                    key=cell.key,
                    found=cell.new,
                    expected=cell.old,
                )
    return found


def codes_gone(comparison: Comparison, codes: Container[str]) -> Iterator[Issue]:
    """Find codes that the base's page lists and that do not exist any more.

    Args:
        comparison: The two states.
        codes: The codes that exist.
    """
    for code in _CODE.findall(comparison.base.page(_RULES_PAGE) or ""):
        if code not in codes:
            yield comparison.issue(
                "rules-weakened",
                f"the base has a rule {code}, and this version has none",
                None,
                path=_RULES_PAGE,
                found=f"no rule {code}",
                expected=f"the rule {code}",
                hint="Restore the rule. Removing one on purpose needs a new MAJOR version.",
            )


def released(state: Base) -> bool:
    """Return whether a state is, or follows, a release of the version that it names.

    A built package is one. In a checkout the changelog has a section of the version.
    """
    if is_built_folder(state):
        return True
    return state.package.version in _sections(state)


def is_built_folder(state: Base) -> bool:
    """Return whether a state is a package as it was built, which states its files' digests."""
    return all(table.built is not None for table in state.package.tables.values())


def _collects(state: Base) -> bool:
    """Return whether a state's changelog has a section for what is not released yet."""
    return None in _sections(state)


def _sections(state: Base) -> set[str | None]:
    """Return the versions of a state's changelog, None for what is not released yet."""
    return {entry.version for entry in read_changelog(state.page(CHANGELOG) or "")}


def version_not_bumped(comparison: Comparison) -> Iterator[Issue]:
    """Find a version that does not fit what changed, here or in a new revision."""
    old, new = comparison.diff.old.version, comparison.diff.new.version
    problem = _problem(comparison, old, new)
    if problem:
        expected, message = problem
        yield comparison.issue(
            "version-not-bumped",
            message,
            None,
            _line_of_version(comparison.here),
            path=DESCRIPTOR,
            found=new,
            expected=expected,
        )
    if released(comparison.base):
        yield from _too_early(comparison, old)


def _problem(comparison: Comparison, old: str, new: str) -> tuple[str, str] | None:
    """Return the version expected, and what is wrong with the one there is."""
    part = comparison.diff.part
    if parsed(new) < parsed(old):
        return f"{old} or later", f"the version is {new}, and the base has {old} already"
    if part is None or not released(comparison.base):
        return None
    least = bumped(old, part)
    if old == new:
        open_ended = _collects(comparison.here) and not is_built_folder(comparison.here)
        claims = not open_ended and released(comparison.here)
        said = f"version {old} was released with other contents"
        return (f"{least} or later", said) if claims else None
    if parsed(new) < parsed(least):
        said = f"the version is {new}, but what changed since {old} demands {least}"
        return f"{least} or later", said
    return None


def _line_of_version(here: Base) -> int | None:
    text = here.page(DESCRIPTOR) or ""
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if re.search(r'"version":', line)), None)


def _too_early(comparison: Comparison, old: str) -> Iterator[Issue]:
    for row in comparison.of(REVISIONS).added:
        version = row.cells.get("version", "")
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9}){2}", version) and parsed(version) <= parsed(old):
            message = f"revision {row.key} is of version {version}, which was released without it"
            yield comparison.issue(
                "version-not-bumped",
                message,
                REVISIONS,
                row.line,
                "version",
                key=row.key,
                found=version,
                expected=f"a version after {old}",
            )
