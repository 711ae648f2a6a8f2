"""Where the check and frictionless differ on purpose: each thing by name, with its reason.

Each explains findings of one side alone, by the texts of the cells that are judged, and
brings edits by which it occurs.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import frictionless

from reported_losses.definition.field_types import FIELD_TYPES
from reported_losses.definition.schema import Field, Package
from reported_losses.parsing.invisible import unseen
from second_opinion import Edit, Finding, Tables, cells, judged

KEYS = frozenset(("primaryKey", "foreignKey"))


@dataclass(frozen=True)
class Told:
    """What was judged: the tables, and what we found in them."""

    package: Package
    tables: Tables
    mine: set[Finding]


@dataclass(frozen=True)
class Difference:
    """One thing in which the two differ on purpose."""

    name: str
    reason: str
    side: str
    explains: Callable[[Told, Finding], bool]
    edits: tuple[Edit, ...]


def _row(told: Told, finding: Finding) -> list[str]:
    return told.tables[finding.table][finding.line - 2]


def _texts(told: Told, finding: Finding) -> Iterator[tuple[Field, str]]:
    table = told.package.tables[finding.table]
    for name in judged(told.package, finding):
        yield table.field(name), _row(told, finding)[table.names.index(name)]


def castable(field: Field, text: str) -> bool:
    """Say whether we give the text a value that later checks judge."""
    kind = FIELD_TYPES[field.type]
    if not re.fullmatch(kind.spelling, text) or text != text.strip() or unseen(text):
        return False
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def loosely(field: Field, text: str) -> bool:
    """Say whether frictionless gives a value to a text that we do not."""
    if castable(field, text) or not text:
        return False
    reader = frictionless.Field.from_descriptor({"name": field.name, "type": field.type})
    return reader.read_cell(text)[0] is not None


def spelled_loosely(told: Told, finding: Finding) -> bool:
    return finding.kind == "type" and all(loosely(*cell) for cell in _texts(told, finding))


def judged_loosely(told: Told, finding: Finding) -> bool:
    return finding.kind != "type" and any(loosely(*cell) for cell in _texts(told, finding))


def same_but_loosely(told: Told, finding: Finding) -> bool:
    """Say whether an earlier row has the same values to frictionless, loosely spelled."""
    if finding.kind not in {"primaryKey", "unique"}:
        return False
    table = told.package.tables[finding.table]
    rows = told.tables[finding.table][: finding.line - 2]
    return any(
        loosely(table.field(name), row[table.names.index(name)])
        for row in rows
        for name in judged(told.package, finding)
    )


def empty(field: Field, text: str) -> bool:
    """Say whether frictionless has no value for the text."""
    return not text or not (castable(field, text) or loosely(field, text))


def partly_missing(kind: str) -> Callable[[Told, Finding], bool]:
    def explains(told: Told, finding: Finding) -> bool:
        texts = _texts(told, finding)
        return finding.kind == kind and any(empty(*cell) for cell in texts)

    return explains


def key_unread(told: Told, finding: Finding) -> bool:
    """Say whether the row referred to may be one whose key has no value to us."""
    if finding.kind != "foreignKey":
        return False
    asked = [text for _, text in _texts(told, finding)]
    table = told.package.tables[finding.table]
    (key,) = (one for one in table.foreign_keys if one.fields == judged(told.package, finding))
    target = told.package.tables[key.table]
    fields = [target.field(name) for name in key.references]
    for row in told.tables[key.table]:
        held = list(zip(fields, cells(target, row, key.references), asked, strict=True))
        unread = [bool(text) and not castable(one, text) for one, text, _ in held]
        fits = [text == own for _, text, own in held]
        if any(unread) and all(u or f for u, f in zip(unread, fits, strict=True)):
            return True
    return False


def wrong_already(told: Told, finding: Finding) -> bool:
    """Say whether we found a cell of the key wrong in itself."""
    columns = {
        name
        for other in told.mine
        if (other.table, other.line) == (finding.table, finding.line) and other.kind not in KEYS
        for name in judged(told.package, other)
    }
    return finding.kind in KEYS and bool(columns.intersection(judged(told.package, finding)))


def dangling_already(told: Told, finding: Finding) -> bool:
    """Say whether we found that a cell of the reference refers to nothing by another one."""
    return finding.kind == "foreignKey" and any(
        other.kind == "foreignKey"
        and (other.table, other.line) == (finding.table, finding.line)
        and set(judged(told.package, other)) & set(judged(told.package, finding))
        for other in told.mine
        if other.code != finding.code
    )


DIFFERENCES = (
    Difference(
        "two references with one wrong text",
        "One mistake gives one issue: a text that refers to nothing is unknown to the next "
        "reference that holds it.",
        "theirs",
        dangling_already,
        (Edit("loss_counts", 0, "reporter", "nobody"),),
    ),
    Difference(
        "one spelling for each value",
        "frictionless reads what Python reads: 1_000, full-width digits, 2023-2-3, NaN. To us "
        "two spellings of a value hide a difference.",
        "ours",
        spelled_loosely,
        (Edit("loss_counts", 0, "total", "1_000"),),
    ),
    Difference(
        "a loosely spelled value is judged",
        "What has no accepted spelling has no value to us, so nothing more is said of it.",
        "theirs",
        judged_loosely,
        (Edit("loss_counts", 0, "total", "-0_5"),),
    ),
    Difference(
        "a text with white space at an end is judged",
        "The white space gives one issue; the text is not judged before it is removed.",
        "theirs",
        judged_loosely,
        (Edit("loss_counts", 0, "subject", "russia "),),
    ),
    Difference(
        "a loosely spelled key is a key",
        "The same, seen from a later row whose key is well spelled.",
        "theirs",
        same_but_loosely,
        (Edit("claims", 0, None), Edit("claims", 0, "claim", "0_1")),
    ),
    Difference(
        "a reference with a missing part",
        "To frictionless a row whose reference is missing in part refers to nothing that "
        "exists; to us it refers to nothing, and `required` says so once.",
        "theirs",
        partly_missing("foreignKey"),
        (Edit("loss_counts", 0, "report_date", ""),),
    ),
    Difference(
        "a primary key with a missing part",
        "frictionless compares what is left of the key; to us such a row has no key, and "
        "`required` or `type` says so once.",
        "theirs",
        partly_missing("primaryKey"),
        (Edit("categories", 0, "category", ""),),
    ),
    Difference(
        "a key with a cell that is wrong in itself",
        "One mistake gives one issue: a cell that breaks a constraint of its own is no key.",
        "theirs",
        wrong_already,
        (Edit("loss_counts", 0, "subject", "Russia"),),
    ),
    Difference(
        "a reference to a key that cannot be read",
        "The cell of the key is reported; frictionless blames every row that refers to it as "
        "well, we do not while the rest of the key fits.",
        "theirs",
        key_unread,
        (Edit("reports", 1, "report_date", "yesterday"),),
    ),
)


def explanations(told: Told, finding: Finding, side: str) -> list[str]:
    return [one.name for one in DIFFERENCES if one.side == side and one.explains(told, finding)]
