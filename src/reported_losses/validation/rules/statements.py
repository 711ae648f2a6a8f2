"""Invariants of `statements`: who said what, when."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reported_losses.definition.dates import day_text
from reported_losses.issue import Severity
from reported_losses.parsing.columns import Column, Columns
from reported_losses.validation.keys import Mask, lookup_rows, whole
from reported_losses.validation.rules.rule import Context, FailureCase, derived, rule
from reported_losses.validation.rules.usual import unlike_most, usual_of
from reported_losses.validation.words import Words


@derived
def _source_of_statement(context: Context) -> NDArray[np.int64]:
    """Return the source of each statement, or -1."""
    return lookup_rows(context.tables["statements"], context.tables["sources"], ("source",))


@rule(
    "statements",
    column="stated_on",
    needs=("sources",),
    title="A statement was made before its source was published, or on the same day.",
    rationale=(
        "A page cannot report what was said later. If only the month is known, stated_on is its "
        "first day, which may not be later either. A source without a day of publication, and a "
        "date that is unreadable, cannot be judged; nor can the other pages in statement_sources, "
        "which may be kept up to date for years."
    ),
    example="stated on 2023-03-21, in an article of 2023-02-22",
    fix="Correct the date of the statement or of the source.",
)
def said_before_published(context: Context) -> Mask:
    """Find statements later than the page that reports them."""
    stated, published = context.table["stated_on"], context.tables["sources"]["published_on"]
    source = _source_of_statement(context)
    judged = stated.valid & (source >= 0)
    judged[judged] = published.valid[source[judged]]
    bad = np.zeros(context.table.rows, dtype=np.bool_)
    bad[judged] = stated.values[judged] > published.values[source[judged]]
    return bad


@said_before_published.words
def _later(case: FailureCase) -> Words:
    source = int(_source_of_statement(case.context)[case.row])
    published = case.context.tables["sources"]["published_on"].text(source)
    return Words(
        f"{case.cell('statement')}: stated on {case.cell('stated_on')}, but its source "
        f"{case.cell('source')} was published on {published}",
        f"{published} or earlier",
        case.rule.text.fix,
    )


@rule(
    "statements",
    column="summary",
    title="No statement occurs twice.",
    rationale=(
        "One act of speech is one row. Two rows with the same day, speaker, source and summary "
        "are the same statement, whatever their letter case and spacing. A row in which one of "
        "the four is missing or unreadable cannot be judged."
    ),
    example="two rows of one speaker, day and source whose summaries differ in a capital letter",
    fix="Keep one row with the claims, and put the other page into statement_sources.",
)
def said_once(context: Context) -> Mask:
    """Find statements that differ from an earlier row at most in case and spacing."""
    table = context.table
    columns = [table[name] for name in ("stated_on", "speaker", "source", "summary")]
    judged = whole(columns)
    keys = np.stack([_folded(column) for column in columns], axis=1)[judged]
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    again = np.arange(len(keys)) != first[group.ravel()]
    bad = np.zeros(table.rows, dtype=np.bool_)
    bad[judged] = again
    return bad


def _folded(column: Column) -> NDArray[np.int64]:
    """Return codes that are equal if texts differ at most in case and spacing."""
    if not column.texts:
        return column.values.astype(np.int64)
    folded = [" ".join(text.casefold().split()) for text in column.texts]
    codes = {text: code for code, text in enumerate(dict.fromkeys(folded))}
    per_text = np.array([codes[text] for text in folded], dtype=np.int64)
    spread: NDArray[np.int64] = per_text[column.values]
    return spread


@said_once.words
def _twice(case: FailureCase) -> Words:
    return Words(
        f"{case.cell('statement')}: an earlier row has the same day, speaker, source and summary",
        "one row for one statement",
        case.rule.text.fix,
    )


@rule(
    "statements",
    column="topic",
    needs=("claims",),
    title="A statement about losses has a claim.",
    rationale=(
        "The topic losses is for statements that give a figure. One that speaks of losses without "
        "a figure is an assessment."
    ),
    example="topic losses for a remark that losses were significant",
    fix="Add the figure as a claim, or choose the topic assessment.",
)
def losses_counted(context: Context) -> Mask:
    """Find statements of the topic losses without claims."""
    topic, name = context.table["topic"], context.table["statement"]
    claims = context.tables["claims"]
    judged = topic.valid & (topic.values == topic.code("losses")) & name.valid
    counted = lookup_rows(context.table, claims, ("statement",)) >= 0
    # A claim whose statement is unreadable may belong to any of them.
    bad: Mask = judged & ~counted & bool(claims["statement"].known.all())
    return bad


@losses_counted.words
def _uncounted(case: FailureCase) -> Words:
    message = f"{case.cell('statement')}: the topic is losses, but there is no claim"
    return Words(message, "a claim, or another topic", case.rule.text.fix)


@rule(
    "statements",
    column="via",
    title="An unnamed speaker is relayed by somebody.",
    rationale=(
        "Nobody can ask an unnamed speaker again. The outlet that relayed the words is all that "
        "vouches for them. Speakers that stayed unnamed have (unnamed) in their name."
    ),
    example="NATO official (unnamed), via empty",
    fix="Name the outlet that the official spoke to, or else the publisher of the page.",
)
def unnamed_via(context: Context) -> Mask:
    """Find unnamed speakers whom nobody relayed."""
    speaker, via = context.table["speaker"], context.table["via"]
    unnamed = speaker.where(lambda text: "(unnamed)" in text)
    bad: Mask = unnamed & via.known & ~via.valid
    return bad


@unnamed_via.words
def _unrelayed(case: FailureCase) -> Words:
    message = f"{case.cell('statement')}: {case.cell('speaker')} has no via"
    return Words(message, "the outlet that relayed it", case.rule.text.fix)


_CERTAIN = ("low", "medium", "high")


@rule(
    "statements",
    column="confidence",
    needs=("claims",),
    whole=True,
    title="A statement is as sure as the least sure of its claims.",
    rationale=(
        "statements.confidence says how sure the reading of the page is; if its figures differ in "
        "this, it is the lowest. A statement without claims, or with one whose confidence is "
        "unreadable, cannot be judged."
    ),
    example="a statement `high` with a claim `low`",
    fix="Correct the confidence of the statement or of the claim.",
)
def confidence_of_claims(context: Context) -> Mask:
    """Find statements with another confidence than the lowest of their claims."""
    own, least = _rank(context.table["confidence"]), _least_sure(context)
    bad: Mask = (own >= 0) & (least >= 0) & (least < len(_CERTAIN)) & (own != least)
    return bad


def _least_sure(context: Context) -> NDArray[np.int64]:
    """Return the lowest rank of the claims of each statement; -1 if one is unknown."""
    claims = context.tables["claims"]
    of = lookup_rows(claims, context.table, ("statement",))
    least = np.full(context.table.rows, len(_CERTAIN), dtype=np.int64)
    np.minimum.at(least, of[of >= 0], _rank(claims["confidence"])[of >= 0])
    return least


def _rank(column: Column) -> NDArray[np.int64]:
    ranks = [_CERTAIN.index(text) if text in _CERTAIN else -1 for text in column.texts]
    codes = np.array(ranks or [-1], dtype=np.int64)[np.where(column.valid, column.values, 0)]
    return np.where(column.valid, codes, -1)


@confidence_of_claims.words
def _other_confidence(case: FailureCase) -> Words:
    due = _CERTAIN[int(_least_sure(case.context)[case.row])]
    message = f"{case.cell('statement')}: {case.cell('confidence')}, its least sure claim {due}"
    return Words(message, due, case.rule.text.fix)


@rule(
    "statements",
    column="organisation",
    severity=Severity.WARNING,
    title="Who speaks in one role speaks for one organisation.",
    rationale=(
        "The statements of a speaker in a role are made for one body: that of most of them. "
        "Another one there is that of another speaker. It is a warning, because people move. If "
        "no body has more than half of them, or a cell is missing, nothing can be judged."
    ),
    example="the President of Ukraine, speaking for uk-mod",
    fix="Correct the organisation, the speaker or the role.",
)
def organisation_of_speaker(context: Context) -> Mask:
    """Find statements for another organisation than most of the speaker in that role."""
    return unlike_most(_speaker(context.table), context.table["organisation"])


def _speaker(table: Columns) -> list[Column]:
    return [table["speaker"], table["speaker_role"]]


@organisation_of_speaker.words
def _other_body(case: FailureCase) -> Words:
    usual = usual_of(_speaker(case.table), case.table["organisation"], case.row)
    message = f"{case.cell('statement')}: {case.cell('speaker')} usually speaks for {usual}"
    return Words(message, usual, case.rule.text.fix)


@rule(
    "statements",
    column="stated_on",
    title="A statement known to the month has the first day of the month.",
    rationale=(
        "If only the month is known, stated_on is its first day, so that nobody takes another for "
        "the day of the statement. An unreadable day cannot be judged."
    ),
    example="2023-02-22, precision month",
    fix="Write the first day of the month, or correct the precision.",
)
def month_begins(context: Context) -> Mask:
    """Find statements known to the month that are not of its first day."""
    day, precision = context.table["stated_on"], context.table["stated_on_precision"]
    of_month = precision.valid & (precision.values == precision.code("month")) & day.valid
    bad: Mask = of_month.copy()
    bad[of_month] = [not day_text(int(one)).endswith("-01") for one in day.values[of_month]]
    return bad
