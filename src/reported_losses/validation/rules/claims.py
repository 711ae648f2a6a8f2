"""Invariants of `claims`: one figure, or range, inside a statement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.issue import Severity
from reported_losses.validation.keys import Mask, Rows, dense, lookup_rows, repeated_keys
from reported_losses.validation.rules.intervals import ends_before_it_begins
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.summary_numbers import numbers_in
from reported_losses.validation.words import Words


def name_of_claim(case: FailureCase) -> str:
    """Name the claim in a message."""
    return f"{case.cell('statement')} claim {case.cell('claim')}"


@rule(
    "claims",
    column="low",
    title="The lower end of a range is not above the upper.",
    rationale=(
        "The ends of a range are low and high. If one of them is missing there is no range; if one "
        "is unreadable it cannot be judged."
    ),
    example="low 40000, high 30000",
    fix="Swap the two, or correct the one mistyped.",
)
def ordered_range(context: Context) -> Mask:
    """Find ranges whose low is above their high."""
    return ends_before_it_begins(context.table["low"], context.table["high"])


@ordered_range.words
def _range(case: FailureCase) -> Words:
    low, high = case.cell("low"), case.cell("high")
    message = f"{name_of_claim(case)}: low {low} is above high {high}"
    return Words(message, f"{high} or less", case.rule.text.fix)


# Which ends a claim has.
_NEITHER, _LOW, _HIGH, _EQUAL, _RANGE = range(5)
_ENDS = {
    "exact": (_EQUAL, "low and high equal"),
    "about": (_EQUAL, "low and high equal"),
    "between": (_RANGE, "low and high different"),
    "more-than": (_LOW, "low alone"),
    "up-to": (_HIGH, "high alone"),
    "nearly": (_HIGH, "high alone"),
}


@rule(
    "claims",
    column="qualifier",
    title="A range has the ends that its qualifier needs.",
    rationale=(
        "With exact and about, low and high are equal. With between there are both, and they "
        "differ. With more-than there is low alone, with up-to and nearly high alone. Anything "
        "else would let one figure be read in two ways. A range out of order is reported by "
        "claims/ordered-range alone; an unreadable end cannot be judged."
    ),
    example="more-than with low 100000 and high 100000",
    fix="Choose the qualifier that the speaker used, and fill in the ends it has.",
)
def qualifier_fits(context: Context) -> Mask:
    """Find claims whose ends are not those of their qualifier."""
    low, high = context.table["low"], context.table["high"]
    qualifier = context.table["qualifier"]
    both = low.valid & high.valid
    ends = np.select(
        [both & (low.values == high.values), both, low.valid, high.valid],
        [_EQUAL, _RANGE, _LOW, _HIGH],
        _NEITHER,
    )
    due = [_ENDS[text][0] if text in _ENDS else -1 for text in qualifier.texts]
    wanted = np.array(due or [-1])[qualifier.values]
    judged = qualifier.valid & low.known & high.known & (wanted >= 0)
    bad: Mask = judged & (ends != wanted) & ~(both & (low.values > high.values))
    return bad


@qualifier_fits.words
def _qualifier(case: FailureCase) -> Words:
    low, high = case.cell("low") or "empty", case.cell("high") or "empty"
    qualifier = case.cell("qualifier")
    ends = _ENDS[qualifier][1]
    return Words(
        f"{name_of_claim(case)}: {qualifier} means {ends}; low is {low}, high is {high}",
        f"{ends}, or another qualifier",
        case.rule.text.fix,
    )


@rule(
    "claims",
    column="period_start",
    title="The period counted does not end before it begins.",
    rationale=(
        "The first and last day counted are period_start and period_end. If one is missing the "
        "period is open; if one is unreadable it cannot be judged."
    ),
    example="period 2023-02-22 to 2022-02-24",
    fix="Swap the two, or correct the one mistyped.",
)
def period_ordered(context: Context) -> Mask:
    """Find periods that end before they begin."""
    return ends_before_it_begins(context.table["period_start"], context.table["period_end"])


@period_ordered.words
def _period(case: FailureCase) -> Words:
    start, end = case.cell("period_start"), case.cell("period_end")
    message = f"{name_of_claim(case)}: the period begins on {start} and ends on {end}"
    return Words(message, f"{end} or earlier", case.rule.text.fix)


@rule(
    "claims",
    column="category",
    title="Only a claim that counts personnel has the category personnel.",
    rationale=(
        "personnel is the General Staff's count of all it calls lost. A figure of the killed, or "
        "of the killed and wounded, counts something else, whoever gives it. Where a claim repeats "
        "the General Staff's count, its measure is personnel, however a page words it. A claim "
        "whose measure or category is missing or unreadable cannot be judged."
    ),
    example="measure killed, category personnel",
    fix="Leave the category empty, or correct the measure if the claim repeats the count.",
)
def personnel_measure(context: Context) -> Mask:
    """Find claims of another measure with the category personnel."""
    measure, category = context.table["measure"], context.table["category"]
    judged = measure.valid & category.valid & (category.values == category.code("personnel"))
    bad: Mask = judged & (measure.values != measure.code("personnel"))
    return bad


@personnel_measure.words
def _not_personnel(case: FailureCase) -> Words:
    return Words(
        f"{name_of_claim(case)}: the measure is {case.cell('measure')}, the category personnel",
        "no category, or the measure personnel",
        case.rule.text.fix,
    )


@rule(
    "claims",
    column="derived_from",
    title="A claim repeats a reporter's figure or rests on its count, not both.",
    rationale=(
        "reporter says that a claim repeats one figure of a count; derived_from says that it was "
        "worked out from the count. A claim with neither rests on nothing we know of."
    ),
    example="reporter ua-general-staff and derived_from ua-general-staff",
    fix="Keep reporter if the figure is in loss_counts, else derived_from.",
)
def repeats_or_derives(context: Context) -> Mask:
    """Find claims with both a reporter and a count that they rest on."""
    bad: Mask = context.table["reporter"].valid & context.table["derived_from"].valid
    return bad


@repeats_or_derives.words
def _both(case: FailureCase) -> Words:
    reporter, count = case.cell("reporter"), case.cell("derived_from")
    return Words(
        f"{name_of_claim(case)}: it repeats {reporter} and is derived from {count}",
        "one of the two",
        case.rule.text.fix,
    )


@rule(
    "claims",
    column="subject",
    title="A loss ratio says whose losses are counted for each one of the other side.",
    rationale=(
        "The subject of a ratio is the side whose losses are counted for each one of the other: "
        "seven Russians for one Ukrainian is 7 with the subject russia. With the subject both, "
        "nobody could tell the ratio from its reverse."
    ),
    example="loss-ratio 7 with the subject both",
    fix="Name the side whose losses are counted, as the speaker did.",
)
def ratio_direction(context: Context) -> Mask:
    """Find ratios about both sides."""
    measure, subject = context.table["measure"], context.table["subject"]
    ratio = measure.valid & (measure.values == measure.code("loss-ratio"))
    bad: Mask = ratio & subject.valid & (subject.values == subject.code("both"))
    return bad


@ratio_direction.words
def _no_direction(case: FailureCase) -> Words:
    return Words(
        f"{name_of_claim(case)}: the loss ratio has the subject both",
        "the side whose losses are counted",
        case.rule.text.fix,
    )


@rule(
    "claims",
    column="period_precision",
    title="A period known to the month begins or ends with a month.",
    rationale=(
        "month says that the page gives the month in which the period begins or ends, but not the "
        "day. Then the first day of the month stands for its beginning, or the last for its end. "
        "A period with an unreadable end cannot be judged."
    ),
    example="precision month for a period from 2023-02-15 to 2023-03-14",
    fix="Put the first or last day of the month, or another precision.",
)
def whole_months(context: Context) -> Mask:
    """Find periods known to the month that neither begin nor end with one."""
    table = context.table
    start, end, precision = (
        table[name] for name in ("period_start", "period_end", "period_precision")
    )
    judged = precision.valid & (precision.values == precision.code("month"))
    judged &= start.known & end.known
    begins = start.valid & (_first_of_month(start.values) == start.values)
    ends = end.valid & (_first_of_month(end.values + 1) == end.values + 1)
    bad: Mask = judged & ~begins & ~ends
    return bad


def _first_of_month(days: NDArray[np.int64]) -> NDArray[np.int64]:
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


@whole_months.words
def _inside_months(case: FailureCase) -> Words:
    start, end = (case.cell(name) or "empty" for name in ("period_start", "period_end"))
    return Words(
        f"{name_of_claim(case)}: known to the month, but from {start} to {end}",
        "the first day of a month, or the last",
        case.rule.text.fix,
    )


# A chart with more figures is summed up by its range.
_LISTED = 20


@derived
def statement_of_claim(context: Context) -> Rows:
    """Return the statement of each claim, or -1."""
    return lookup_rows(context.tables["claims"], context.tables["statements"], ("statement",))


def _number_of_claims(context: Context) -> Rows:
    """Return how many claims each statement has, also if only a part of them is judged."""
    claims, statements = context.whole("claims") or context.table, context.tables["statements"]
    statement = lookup_rows(claims, statements, ("statement",))
    return np.bincount(statement[statement >= 0], minlength=statements.rows).astype(np.int64)


@derived
def _left_out_of_summary(context: Context) -> dict[int, list[str]]:
    """Return the ends of each claim that its statement's summary leaves out, by row."""
    claims, statements = context.table, context.tables["statements"]
    statement = statement_of_claim(context)
    sizes = _number_of_claims(context)
    summary = statements["summary"]
    told = [numbers_in(text) for text in summary.texts]
    found: dict[int, list[str]] = {}
    for row in np.flatnonzero(statement >= 0):
        of = int(statement[row])
        numbers = told[int(summary.values[of])] if summary.valid[of] else set()
        if not numbers or sizes[of] > _LISTED:
            continue
        ends = {name: claims[name] for name in ("low", "high")}
        texts = [
            column.text(int(row))
            for column in ends.values()
            if column.valid[row] and float(column.values[row]) not in numbers
        ]
        if texts:
            found[int(row)] = list(dict.fromkeys(texts))
    return found


@rule(
    "claims",
    column="low",
    needs=("statements",),
    severity=Severity.WARNING,
    title="The summary of a statement gives every figure of its claims.",
    rationale=(
        "A summary and the claims tell one thing, so a figure in one and not in the other is a "
        "slip in one of them. Figures are written in digits, with commas or with million. It is a "
        "warning, because an honest summary may round. A summary without any figure, and a "
        "statement with more than 20 claims, are not judged."
    ),
    example="a claim of 5,937 in a statement whose summary says 5,397",
    fix="Correct the claim or the summary.",
)
def in_summary(context: Context) -> Mask:
    """Find claims with an end that the summary does not give."""
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[list(_left_out_of_summary(context))] = True
    return bad


@in_summary.words
def _not_told(case: FailureCase) -> Words:
    ends = " and ".join(_left_out_of_summary(case.context)[case.row])
    return Words(
        f"{name_of_claim(case)}: the summary does not give {ends}",
        "every low and high of its claims in the summary",
        case.rule.text.fix,
    )


_FIGURES = (
    *("statement", "subject", "measure", "category", "reporter", "derived_from", "rate", "basis"),
    *("subset", "place", "low", "high", "qualifier", "period_start", "period_end"),
)


@rule(
    "claims",
    column="claim",
    title="No statement makes one claim twice.",
    rationale=(
        "Two claims of a statement that differ in nothing but their number, note or precision are "
        "one figure, which would be counted twice. A claim with an unreadable cell cannot be "
        "judged; a repeated number is reported by the key."
    ),
    example="claims 1 and 2 of a statement are both 5,000 killed since 2022-02-24",
    fix="Remove one of the two.",
)
def said_once(context: Context) -> Mask:
    """Find claims equal to an earlier one of their statement."""
    columns = [context.table[name] for name in _FIGURES]
    rows = np.flatnonzero(np.logical_and.reduce([column.known for column in columns]))
    key: Rows = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        one = column.take(rows)
        (_, code), valid = np.unique(one.values, return_inverse=True), one.valid
        key, _ = dense(key * (len(rows) + 1) + np.where(valid, code + 1, 0))
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    _, first = np.unique(key, return_index=True)
    bad[np.delete(rows, first)] = True
    return bad & ~repeated_keys(context.table, context.table.key)


_LEFT_TO = "personnel"
"""The category of claims/personnel-measure, which judges it."""
_CAPTURED = ("captured", "prisoners")


@rule(
    "claims",
    column="category",
    title="The category of a claim has the name of what it measures.",
    rationale=(
        "`measure` names what is counted, and `category` the reporter's kind of loss that it can "
        "be compared with: of the same name, or of a longer one that has all its words, or "
        "prisoners for the captured. A claim of anything else, such as the killed, has no "
        "category. The category personnel is judged by claims/personnel-measure. If one of the two "
        "is missing or unreadable, it cannot be judged."
    ),
    example="tanks in the category aircraft, or the killed in the category tanks",
    fix="Correct the category or the measure, or empty the category.",
)
def category_of_measure(context: Context) -> Mask:
    """Find claims whose category lacks a word of their measure."""
    measure, category = context.table["measure"], context.table["category"]
    rows = np.flatnonzero(measure.valid & category.valid)
    pairs = np.stack((measure.values[rows], category.values[rows]), axis=1)
    distinct, of = np.unique(pairs, axis=0, return_inverse=True)
    wrong = [
        not _goes_with(measure.texts[one], category.texts[other])
        for one, other in distinct.tolist()
    ]
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[rows] = np.array(wrong, dtype=np.bool_)[of.ravel()]
    return bad


def _goes_with(measure: str, category: str) -> bool:
    named = set(measure.split("-")) <= set(category.split("-"))
    return named or category == _LEFT_TO or (measure, category) == _CAPTURED


@category_of_measure.words
def _other_category(case: FailureCase) -> Words:
    measure, category = case.cell("measure"), case.cell("category")
    message = f"{name_of_claim(case)}: measures {measure}, in the category {category}"
    return Words(message, f"a category named {measure}, or none", case.rule.text.fix)
