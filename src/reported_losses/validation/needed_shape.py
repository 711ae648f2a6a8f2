"""The tables, columns and types that the rules are written for, and what a package lacks of them.

A rule that finds no table or no column to look at would find no fault either. So a package with a
shorter descriptor, or with other types or keys, does not pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reported_losses.definition.location import DESCRIPTOR
from reported_losses.definition.schema import Package
from reported_losses.issue import CodeText, Issue, Severity
from reported_losses.parsing.issues import build_issue
from reported_losses.validation.rules import CATALOGUE
from reported_losses.validation.rules.rule import ALL_TABLES, Rule
from reported_losses.validation.shape import SHAPE

_SHOWN = 5

NOT_JUDGED = CodeText(
    "check/not-judged",
    Severity.ERROR,
    "every rule is judged",
    "A rule that was not judged has not passed. The rules need every table and column of this "
    "dataset, with their types and primary keys, and no more of anything than can be counted. A "
    "rule is excused if another issue says why it could not be judged, or if the call asked for "
    "it: by naming tables, or by naming no day as today.",
    "datapackage.json no longer names the table readings",
    "Restore the table, the column, its type or the key; or make the tables smaller.",
    "every rule judged",
)


@dataclass(frozen=True, slots=True)
class Lack:
    """What a package lacks for the rules to be judged.

    Attributes:
        table: The table concerned.
        path: The file that says so, relative to the package folder.
        problem: What is lacking, in words.
    """

    table: str
    path: str
    problem: str


def lacking(package: Package, wanted: Iterable[str]) -> list[Lack]:
    """Return what a package lacks of what the rules about some tables need.

    Args:
        package: Descriptor of the package.
        wanted: Names of the tables to be judged; those of them that the rules know are compared.
    """
    wanted = set(wanted)
    names = set(wanted) & set(SHAPE)
    for rule in CATALOGUE.values():
        if rule.table in wanted:
            names |= set(SHAPE if rule.needs == ALL_TABLES else rule.needs)
    return [lack for name in SHAPE if name in names for lack in _of_table(package, name)]


def _of_table(package: Package, name: str) -> Iterator[Lack]:
    if name not in package.tables:
        yield Lack(name, DESCRIPTOR, f"there is no table {name}")
        return
    table = package.table(name)
    key, columns = SHAPE[name]
    path = package.schema_path(name)
    for column, kind in columns.items():
        if column not in table.names:
            yield Lack(name, path, f"{name} has no column {column}")
        elif table.field(column).type != kind:
            found = table.field(column).type
            yield Lack(name, path, f"{name}.{column} is of type {found}; the rules need {kind}")
    if table.primary_key != key:
        found = ", ".join(table.primary_key) or "missing"
        yield Lack(
            name, path, f"the primary key of {name} is {found}; the rules need {', '.join(key)}"
        )


def rules_about(tables: Iterable[str]) -> list[Rule]:
    """Return the rules that look into some of these tables."""
    tables = set(tables)
    return [
        rule
        for rule in CATALOGUE.values()
        if rule.table in tables or tables & set(rule.needs) or rule.needs == ALL_TABLES
    ]


def lack_issue(lack: Lack) -> Issue:
    """Return the issue about what a package lacks."""
    codes = [rule.code for rule in rules_about([lack.table]) if rule.needs != ALL_TABLES]
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    rules = f"{', '.join(codes[:_SHOWN])}{more} could not be judged" if codes else ""
    message = f"{lack.problem}; {rules}" if rules else lack.problem
    return build_issue(NOT_JUDGED, message, path=lack.path)


def rule_issue(rule: Rule, why: str) -> Issue:
    """Return the issue about a rule that was not judged."""
    return build_issue(NOT_JUDGED, f"{rule.code} was not judged: {why}", table=None, path=None)
