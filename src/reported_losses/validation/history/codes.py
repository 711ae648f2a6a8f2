"""The `history/*` codes: what must hold between two states of the data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reported_losses.issue import CodeText, Severity

_RELEASED = "What is in the base counts as released: others use it, and cite it. "


def _code(  # noqa: PLR0913, PLR0917 - the texts of a code, in the order in which they are read
    slug: str,
    title: str,
    rationale: str,
    example: str,
    expected: str,
    fix: str,
    severity: Severity = Severity.ERROR,
) -> CodeText:
    return CodeText(f"history/{slug}", severity, title, rationale, example, fix, expected)


_CODES = (
    _code(
        "base-unreadable",
        "the base can be judged",
        "Changes can only be seen against a base that can be read. Where its descriptor or one of "
        "its tables cannot be, nothing that depends on it has passed. The other tables are "
        "compared all the same.",
        "datapackage.json of the base has a keyword that this version does not know",
        "a base that can be read",
        "Compare with another base, or with the version of this package that can read it.",
    ),
    _code(
        "row-removed",
        "no row disappears without a word",
        f"{_RELEASED}A row goes only with a row of `revisions` that withdraws it: `column` is "
        "empty, `old` is the row as the base has it, and the reason is given. A reading stays, "
        "also where a later record makes it redundant; a revision is never withdrawn.",
        "the figure tanks 2023-08-29 of the base is gone",
        "the row, or its withdrawal in revisions",
        "Restore the row, or withdraw it: `reported-losses withdraw TABLE KEY --reason ...`.",
    ),
    _code(
        "value-changed",
        "no released value changes without a word",
        f"{_RELEASED}The base's schema says of each column how it may change. A fixed value "
        "changes only with a row of `revisions` whose `old` is what the base has; a growing one "
        "may also get a value where it had none, become a later day or gain members of a list; "
        "derived and free ones may change. Several revisions of one value begin with the base's "
        "value. A revision is itself never changed.",
        "the total of vehicles 2023-08-29 is 7909, and was 7409 in the base",
        "the base's value, or a revision that tells of the change",
        "Restore the value. If the change is meant, let `reported-losses revise TABLE KEY COLUMN "
        "NEW --reason TEXT` make it and tell of it; for a figure, revise the reading that it "
        "follows from.",
    ),
    _code(
        "recorded-on-changed",
        "the day of recording is what it was, and new rows are recorded last",
        "as_of gives the table of an earlier day by recorded_on. So recorded_on of a row never "
        "changes, not even with a revision, and a new row is not recorded before the newest row "
        "that the base has in that table. The same day is right.",
        "a new figure recorded on 2026-11-20, where the base has figures of 2026-11-22",
        "the base's day; of a new row, the base's newest day or a later one",
        "Restore the day; give a new row the day on which it is added.",
    ),
    _code(
        "coverage-shrunk",
        "no series and no record covers less than before",
        "A declared gap excuses missing figures, and a record is only asked for what it covers. "
        "So a gap may not be declared over days that had figures or were covered, a first or last "
        "day may not move inwards over them, and a record does not lose categories, unless a row "
        "of `revisions` tells of the change of that cell. Nor may all figures or readings of a "
        "day go without their withdrawals.",
        "series.gaps gains 2023-08-29, a day on which the base has figures",
        "at least the base's days and categories",
        "Restore what was covered. If the change is meant, let `reported-losses revise TABLE KEY "
        "COLUMN NEW --reason TEXT` make it and tell of it.",
    ),
    _code(
        "gap-declared",
        "a new gap is not in a report that has other categories",
        "A report gives all its categories at once. If a new report lacks one and a gap is "
        "declared for it, either the reporter left it out or somebody lost a line. The General "
        "Staff has left none out in four years. Judged for gaps that the base does not have, in "
        "series that it has, on days with figures of the same reporter and side; a row of "
        "`revisions` for the cell says that it is meant. Gaps over days that had figures are "
        "history/coverage-shrunk.",
        "tanks has a gap on 2026-10-07, a day on which the General Staff gives 14 other categories",
        "the figure of the day, or a report without it",
        "Look at the report once more. If it does lack the category, leave the gap.",
        Severity.WARNING,
    ),
    _code(
        "restated-drop",
        "a living list does not shrink in most categories at once",
        "A reporter that restates its totals may take some back. If the totals of most categories "
        "fall on one new day, it is more often that whoever transcribed the list has lost a part "
        "of it. Judged for figures that the base does not have, against the one before in each "
        "series, and by all series of the reporter about that side; one category alone is not "
        "most. A note on a reading of that day says that it is so.",
        "Oryx: 25 of 30 categories are lower on 2025-07-20 than the day before",
        "totals that grow, or a note on a reading of the day",
        "Look at the reporter's list. If it did shrink, say so in `note` of a reading of the day.",
    ),
    _code(
        "schema-weakened",
        "the schemas ask for no less than before",
        "A rule that is taken out of a schema no longer catches what it caught. Judged by the "
        "base's schemas: no constraint, key, reference, column or table is removed or made wider, "
        "no type or pattern becomes another, and no column gets a looser history. One more listed "
        "word is no weakening, but a word in place of another is.",
        "loss_counts.total is no longer required",
        "the base's constraint",
        "Restore it. A schema is changed on purpose by a maintainer, with a new MAJOR version.",
    ),
    _code(
        "rules-weakened",
        "no decision that the rules rest on becomes looser without a word",
        "The policy of a series says whether its totals may fall; its cadence, whether a day may "
        "be missing; `votes` and `kept` of a record, whether its readings and its silence count. "
        "A looser one lets the same data pass with less, so it needs a row of `revisions`. The "
        "rules themselves are code, which the data of a base cannot show; but where the base has "
        "its page of codes, docs/rules.md, each code there must still exist.",
        "the policy of a series became restated and was cumulative",
        "the base's value, or a revision that tells of the change",
        "Restore it. If the change is meant, let `reported-losses revise TABLE KEY COLUMN NEW "
        "--reason TEXT` make it and tell of it.",
    ),
    _code(
        "version-not-bumped",
        "the version says what changed",
        "Between releases the version stays that of the last release, and changes stand under "
        "Unreleased in the changelog: then nothing is asked. A version that the base has released "
        "may not be released again with other contents; a higher version is high enough for what "
        "changed; no version goes back; and a revision names a version after the released one.",
        "version 1.2.1, where rows were added since 1.2.0: the next version is 1.3.0",
        "a version that fits the changes",
        "Correct the version in datapackage.json, or that of the revision.",
    ),
)

HISTORY_CODES: Mapping[str, CodeText] = MappingProxyType({text.code: text for text in _CODES})
"""The texts of the codes."""
