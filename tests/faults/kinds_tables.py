"""Faults of records, series, statements, claims, sources and the other small tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from faults.changes import (
    blank,
    days,
    digits_swapped,
    future,
    misspelt,
    number_in,
    of_other_row,
    only_empty,
    other_word,
    plus,
    some_word,
    times_ten,
    wrong_digit,
    wrong_year,
)
from faults.fault import Change, Edit, Maker, Place, add, cells_of, day_after, rows_of
from faults.kinds_figures import OTHER_WORDS

FROM_PAGE = "Only the page that was read shows it."
POLICY = (
    "A judgement about the reporter, which the figures allow either way: only the base differs."
)

IRREGULAR = (
    "All gaps of today are of irregular series, in which no figure is due; in a daily one "
    "loss_counts/no-missing-day finds it."
)
BEFORE_USE = "It may be described before a row uses it."

Makers = Mapping[str, Maker]
Unseen = Mapping[str, tuple[Maker, str]]


def _all(table: str, makers: Makers, unseen: Unseen, *codes: str) -> None:
    accepted = (f"{table}.*", f"{table}/*", *codes)
    for name, maker in makers.items():
        add(name, table, maker, accepted)
    for name, (maker, why) in unseen.items():
        add(name, table, maker, unseen=why)


def _missing(place: Place) -> Edit:
    return Edit(place.sheet, {place.number: None})


def _doubled(place: Place) -> Edit:
    return Edit(place.sheet, {}, [place.row])


def _copied(**changes: Change | str) -> Callable[[Place], Edit | None]:
    """Return what adds a copy of a row with some cells changed."""

    def put(place: Place) -> Edit | None:
        cells = {}
        for column, change in changes.items():
            new = change if isinstance(change, str) else change(place, place.cell(column))
            if new is None:
                return None
            cells[column] = new
        row = place.sheet.with_cells(place.row, cells)
        return (
            None if place.sheet.key_of(row) in place.sheet.index else Edit(place.sheet, {}, [row])
        )

    return put


def _exchanged(one: str, other: str) -> Callable[[Place], Edit | None]:
    """Return what exchanges two cells of a row."""

    def put(place: Place) -> Edit | None:
        mine, theirs = place.cell(one), place.cell(other)
        if mine == theirs or not mine or not theirs:
            return None
        return Edit(
            place.sheet,
            {place.number: place.sheet.with_cells(place.row, {one: theirs, other: mine})},
        )

    return put


# Records and series: intervals.
def _gap_taken(place: Place, text: str) -> str | None:
    gaps = text.split()
    if gaps:
        gaps.remove(place.rng.choice(gaps))
    return " ".join(gaps) if text else None


def _gap_longer(more: int) -> Change:
    def change(place: Place, text: str) -> str | None:
        gaps = text.split()
        if not gaps:
            return None
        n = place.rng.randrange(len(gaps))
        first, _, last = gaps[n].partition("/")
        last = day_after(last, more)
        if first > last or (n + 1 < len(gaps) and last >= gaps[n + 1]):
            return None
        gaps[n] = f"{first}/{last}"
        return " ".join(gaps)

    return change


def _gap_put(first: str, last: str, inside: int) -> Change:
    """Return what adds a gap of one day inside the life of a row."""

    def change(place: Place, text: str) -> str | None:
        begin, end = place.cell(first), place.cell(last) or day_after(place.cell(first), 40)
        day = day_after(begin, inside)
        if day >= end or any(gap[:10] <= day <= gap[11:] for gap in text.split()):
            return None
        return " ".join(sorted([*text.split(), f"{day}/{day}"]))

    return change


def _gap_old(place: Place, text: str) -> str:
    return f"1900-01-01/1900-01-01 {text}".strip()


def _gap_late(place: Place, text: str) -> str:
    return f"{text} 2031-01-01/2031-01-05".strip()


def _many_gaps(place: Place, text: str) -> str:
    """Return 2,945 gaps of one day each, of the years 1900 to 1916."""
    made = (day_after("1900-01-01", 2 * n) for n in range(2945))
    return " ".join([*(f"{day}/{day}" for day in made), text]).strip()


def _category_taken(place: Place, text: str) -> str | None:
    names = text.split()
    if len(names) < 2:
        return None
    names.remove(place.rng.choice(names))
    return " ".join(names)


def _category_put(place: Place, text: str) -> str:
    names = {row[0] for row in place.texts["categories"].rows} - {*text.split()}
    return " ".join(sorted([*text.split(), place.rng.choice(sorted(names))]))


def _of_table(table: str) -> Change:
    """Return what puts the name of another row of a table that the column refers to."""

    def change(place: Place, text: str) -> str | None:
        names = sorted({row[0] for row in place.texts[table].rows} - {text})
        return place.rng.choice(names) if names else None

    return change


def _with(change: Change) -> Change:
    """Return a change that is made only where there is a text."""
    return lambda place, text: change(place, text) if text else None


_all(
    "records",
    {
        "record: derived from another source": cells_of(
            "records", derived_from=_with(_of_table("sources"))
        ),
        "record: derived_from removed": cells_of("records", derived_from=blank),
        "record: derived_from misspelt": cells_of("records", derived_from=misspelt),
        "record: derived from itself": cells_of(
            "records", derived_from=lambda place, _: place.cell("source")
        ),
        "record: kept changed": cells_of("records", kept=other_word("kept")),
        "record: votes changed": cells_of("records", votes=other_word("votes")),
        "record: another kind": cells_of("records", kind=other_word("kind")),
        "record: first day 10 days early": cells_of("records", first_day=days(-10)),
        "record: first day 10 days late": cells_of("records", first_day=days(10)),
        "record: last day 10 days early": cells_of("records", last_day=days(-10)),
        "record: last day 10 days late": cells_of("records", last_day=days(10)),
        "record: last day in the future": cells_of("records", last_day=future),
        "record: first and last day exchanged": rows_of(
            "records", _exchanged("first_day", "last_day")
        ),
        "record: a gap missing": cells_of("records", gaps=_gap_taken),
        "record: all gaps missing": cells_of("records", gaps=blank),
        "record: a gap a day longer": cells_of("records", gaps=_gap_longer(1)),
        "record: a gap a day shorter": cells_of("records", gaps=_gap_longer(-1)),
        "record: a gap where it has readings": cells_of(
            "records", gaps=_gap_put("first_day", "last_day", 20)
        ),
        "record: a gap before its first day": cells_of("records", gaps=_gap_old),
        "record: a gap after its last day": cells_of("records", gaps=_gap_late),
        "record: 2,945 gaps of one day in 1900 to 1916": cells_of("records", gaps=_many_gaps),
        "record: a category missing": cells_of("records", categories=_category_taken),
        "record: a category too many": cells_of("records", categories=_category_put),
        "record: a category misspelt": cells_of("records", categories=misspelt),
        "record: categories out of order": cells_of(
            "records", categories=lambda _, text: " ".join(reversed(text.split()))
        ),
        "record: of another reporter": cells_of("records", reporter=of_other_row("reporter")),
        "record: no such source": cells_of("records", source=misspelt),
        "record: row missing": rows_of("records", _missing),
        "record: row doubled": rows_of("records", _doubled),
        "record: misspelt": cells_of("records", record=misspelt),
        "record: another one without readings": rows_of(
            "records", _copied(record="another-record")
        ),
    },
    {
        "record: derived_from put": (
            cells_of("records", derived_from=only_empty(_of_table("sources"))),
            FROM_PAGE,
        ),
        "record: another source": (cells_of("records", source=_of_table("sources")), FROM_PAGE),
        "record: another licence": (
            cells_of("records", licence=of_other_row("licence")),
            FROM_PAGE,
        ),
        "record: another maker": (cells_of("records", maker=of_other_row("maker")), OTHER_WORDS),
        "record: another title": (cells_of("records", title=of_other_row("title")), OTHER_WORDS),
    },
    "readings/*",
    "readings.*",
    "loss_counts/*",
    "check/not-judged",
    "sources/*",
)
_all(
    "series",
    {
        "series: begins 10 days early": cells_of("series", first_report=days(-10)),
        "series: begins 10 days late": cells_of("series", first_report=days(10)),
        "series: ends 10 days early": cells_of("series", last_report=days(-10)),
        "series: ends 10 days late": cells_of("series", last_report=days(10)),
        "series: has an end where it goes on": cells_of(
            "series",
            last_report=only_empty(lambda place, _: day_after(place.cell("first_report"), 10)),
        ),
        "series: has no end where it ended": cells_of("series", last_report=blank),
        "series: the other policy": cells_of("series", policy=other_word("policy")),
        "series: the other cadence": cells_of("series", cadence=other_word("cadence")),
        "series: another qualifier": cells_of("series", qualifier=other_word("qualifier")),
        "series: a gap a day longer": cells_of("series", gaps=_gap_longer(1)),
        "series: a gap where it has figures": cells_of(
            "series", gaps=_gap_put("first_report", "last_report", 20)
        ),
        "series: a gap before it begins": cells_of("series", gaps=_gap_old),
        "series: a gap after its last figure": cells_of("series", gaps=_gap_late),
        "series: 2,945 gaps of one day in 1900 to 1916": cells_of("series", gaps=_many_gaps),
        "series: of another reporter": cells_of("series", reporter=of_other_row("reporter")),
        "series: of the other subject": cells_of("series", subject=other_word("subject")),
        "series: of another category": cells_of("series", category=of_other_row("category")),
        "series: of a category misspelt": cells_of("series", category=misspelt),
        "series: row missing": rows_of("series", _missing),
        "series: row doubled": rows_of("series", _doubled),
        "series: another one without figures": rows_of(
            "series", _copied(category=_of_table("categories"))
        ),
    },
    {
        "series: note removed": (cells_of("series", note=blank), OTHER_WORDS),
        "series: a gap missing": (cells_of("series", gaps=_gap_taken), IRREGULAR),
        "series: a gap a day shorter": (cells_of("series", gaps=_gap_longer(-1)), IRREGULAR),
    },
    "loss_counts/*",
    "loss_counts.*",
    "readings.*",
    "readings/*",
    "corrections/*",
    "categories/*",
    "claims/*",
    "reports/*",
    "status_counts.*",
    "corrections.*",
    "check/not-judged",
)


# Statements and what belongs to them.
def _quoted(place: Place) -> bool:
    return place.cell("reporter") != ""


def _claims_gone(place: Place) -> Edit | None:
    claims = place.texts["claims"]
    gone: dict[int, None] = {
        n: None for n, row in enumerate(claims.rows) if row[0] == place.cell("statement")
    }
    return Edit(claims, gone) if gone else None


def _quoted_digit(place: Place) -> Edit | None:
    if not _quoted(place):
        return None
    cells = {}
    for column in ("low", "high"):
        if place.cell(column):
            cells[column] = wrong_digit(place, place.cell(column)) or ""
    if cells and cells.get("low", "") and cells.get("high", ""):
        cells["high"] = cells["low"]
    return Edit(place.sheet, {place.number: place.sheet.with_cells(place.row, cells)})


def _next_claim(place: Place, _: str) -> str:
    own = (row for row in place.sheet.rows if row[0] == place.cell("statement"))
    return str(max(int(place.sheet.cell(row, "claim")) for row in own) + 1)


def _stated(place: Place) -> str:
    statements = place.texts["statements"]
    return statements.cell(statements.index[place.cell("statement"),], "stated_on")


def wrong_or_next(text: str) -> str:
    """Return the day and the rest of a statement's name, of the day after."""
    day = int(text[8:10])
    return f"{day % 28 + 1:02}{text[10:]}"


_all(
    "statements",
    {
        "statement: stated a day later": cells_of("statements", stated_on=days(1)),
        "statement: stated a day earlier": cells_of("statements", stated_on=days(-1)),
        "statement: stated a year earlier or later": cells_of("statements", stated_on=wrong_year),
        "statement: stated in the future": cells_of("statements", stated_on=future),
        "statement: only the month is known": cells_of("statements", stated_on_precision="month"),
        "statement: no such organisation": cells_of("statements", organisation=misspelt),
        "statement: via removed": cells_of("statements", via=blank),
        "statement: about another": cells_of("statements", about=other_word("about")),
        "statement: another topic": cells_of("statements", topic=other_word("topic")),
        "statement: a number in the summary is wrong": cells_of("statements", summary=number_in),
        "statement: the summary of another": cells_of(
            "statements", summary=of_other_row("summary")
        ),
        "statement: no such source": cells_of("statements", source=misspelt),
        "statement: recorded in the future": cells_of("statements", recorded_on=future),
        "statement: recorded before it was made": cells_of(
            "statements",
            recorded_on=lambda place, _: (
                day_after(place.cell("stated_on"), -1)
                if place.cell("stated_on") > "2022-02-24"
                else None
            ),
        ),
        "statement: row missing": rows_of("statements", _missing),
        "statement: row doubled": rows_of("statements", _doubled),
        "statement: told once more": rows_of(
            "statements", _copied(statement=lambda place, text: f"{text}-2")
        ),
        "statement: misspelt": cells_of("statements", statement=misspelt),
        "statement: its name has another date": cells_of(
            "statements", statement=lambda place, text: text[:8] + wrong_or_next(text)
        ),
        "statement: all its claims are missing": rows_of("statements", _claims_gone),
    },
    {
        "statement: another speaker": (
            cells_of("statements", speaker=of_other_row("speaker")),
            FROM_PAGE,
        ),
        "statement: a speaker misspelt": (cells_of("statements", speaker=misspelt), OTHER_WORDS),
        "statement: another role": (
            cells_of("statements", speaker_role=of_other_row("speaker_role")),
            FROM_PAGE,
        ),
        "statement: via put": (cells_of("statements", via=only_empty("Reuters")), FROM_PAGE),
        "statement: another organisation": (
            cells_of("statements", organisation=of_other_row("organisation")),
            FROM_PAGE,
        ),
        "statement: the day is given or inferred": (
            cells_of(
                "statements",
                stated_on_precision=lambda _, text: {"day": "inferred", "inferred": "day"}.get(
                    text
                ),
            ),
            FROM_PAGE,
        ),
        "statement: another source": (
            cells_of("statements", source=of_other_row("source")),
            FROM_PAGE,
        ),
        "statement: other confidence": (
            cells_of("statements", confidence=other_word("confidence")),
            FROM_PAGE,
        ),
        "statement: note removed": (cells_of("statements", note=blank), OTHER_WORDS),
    },
    "claims/*",
    "claims.*",
    "statement_sources.*",
    "statement_sources/*",
    "sources/*",
)
_all(
    "claims",
    {
        "claim: a digit of low is wrong": cells_of("claims", low=wrong_digit),
        "claim: a digit of high is wrong": cells_of("claims", high=wrong_digit),
        "claim: two digits of low are exchanged": cells_of("claims", low=digits_swapped),
        "claim: low has a zero too many": cells_of("claims", low=times_ten),
        "claim: low and high have a zero too many": cells_of(
            "claims", low=times_ten, high=times_ten
        ),
        "claim: a digit of low and high is wrong, in a quoted count": rows_of(
            "claims", _quoted_digit
        ),
        "claim: low removed": cells_of("claims", low=blank),
        "claim: high removed": cells_of("claims", high=blank),
        "claim: low and high exchanged": rows_of("claims", _exchanged("low", "high")),
        "claim: high put where it is open": cells_of(
            "claims", high=only_empty(lambda place, _: place.cell("low") or None)
        ),
        "claim: another measure": cells_of("claims", measure=other_word("measure")),
        "claim: another category": cells_of("claims", category=of_other_row("category")),
        "claim: category removed": cells_of("claims", category=blank),
        "claim: category put": cells_of("claims", category=only_empty(_of_table("categories"))),
        "claim: a category misspelt": cells_of("claims", category=misspelt),
        "claim: another reporter": cells_of(
            "claims", reporter=lambda _, text: "ru-mod" if text else None
        ),
        "claim: reporter put": cells_of("claims", reporter=only_empty("ua-general-staff")),
        "claim: about another subject": cells_of("claims", subject=other_word("subject")),
        "claim: another qualifier": cells_of("claims", qualifier=other_word("qualifier")),
        "claim: period begins a day later": cells_of("claims", period_start=days(1)),
        "claim: period ends a day later": cells_of("claims", period_end=days(1)),
        "claim: period ends 60 days later": cells_of("claims", period_end=days(60)),
        "claim: period ends in the future": cells_of("claims", period_end=future),
        "claim: period ends in another year": cells_of("claims", period_end=wrong_year),
        "claim: period begins and ends exchanged": rows_of(
            "claims", _exchanged("period_start", "period_end")
        ),
        "claim: period known to the month": cells_of("claims", period_precision="month"),
        "claim: period known to the month, of a quoted count": rows_of(
            "claims",
            lambda place: (
                Edit(
                    place.sheet,
                    {
                        place.number: place.sheet.with_cells(
                            place.row, {"period_end": day_after(place.cell("period_end"), 1)}
                        )
                    },
                )
                if _quoted(place)
                else None
            ),
        ),
        "claim: numbered 0": cells_of("claims", claim="0"),
        "claim: row doubled": rows_of("claims", _doubled),
        "claim: copied under the next number": rows_of("claims", _copied(claim=_next_claim)),
        "claim: row missing": rows_of("claims", _missing),
        "claim: of another statement": cells_of(
            "claims", statement=of_other_row("statement"), claim="77"
        ),
        "claim: of a statement misspelt": cells_of("claims", statement=misspelt),
        "claim: recorded in the future": cells_of("claims", recorded_on=future),
        "claim: recorded before it was made": cells_of(
            "claims", recorded_on=lambda place, _: max(day_after(_stated(place), -1), "2022-02-24")
        ),
    },
    {
        "claim: reporter removed": (cells_of("claims", reporter=blank), FROM_PAGE),
        "claim: derived_from removed": (cells_of("claims", derived_from=blank), FROM_PAGE),
        "claim: derived_from another": (
            cells_of("claims", derived_from=of_other_row("derived_from")),
            FROM_PAGE,
        ),
        "claim: another rate": (cells_of("claims", rate=other_word("rate")), FROM_PAGE),
        "claim: another basis": (cells_of("claims", basis=other_word("basis")), FROM_PAGE),
        "claim: another subset": (cells_of("claims", subset=other_word("subset")), FROM_PAGE),
        "claim: another place": (cells_of("claims", place=of_other_row("place")), FROM_PAGE),
        "claim: subset put": (cells_of("claims", subset=some_word("subset")), FROM_PAGE),
        "claim: other confidence": (
            cells_of("claims", confidence=other_word("confidence")),
            FROM_PAGE,
        ),
        "claim: another number": (cells_of("claims", claim=plus(50)), OTHER_WORDS),
    },
    "statements/*",
    "categories/*",
)
_all(
    "statement_sources",
    {
        "further page: no such page": cells_of("statement_sources", source=misspelt),
        "further page: no such statement": cells_of("statement_sources", statement=misspelt),
        "further page: the page of the statement": cells_of(
            "statement_sources",
            source=lambda place, _: place.texts["statements"].cell(
                place.texts["statements"].index[place.cell("statement"),], "source"
            ),
        ),
        "further page: row doubled": rows_of("statement_sources", _doubled),
        "further page: row missing": rows_of("statement_sources", _missing),
        "further page: recorded in the future": cells_of("statement_sources", recorded_on=future),
        "further page: recorded before the statement": cells_of(
            "statement_sources",
            recorded_on=lambda place, _: max(day_after(_stated(place), -1), "2022-02-24"),
        ),
    },
    {
        "further page: another page": (
            cells_of("statement_sources", source=_of_table("sources")),
            FROM_PAGE,
        ),
        "further page: another statement": (
            cells_of("statement_sources", statement=of_other_row("statement")),
            FROM_PAGE,
        ),
    },
    "sources/*",
    "statements/*",
)
_all(
    "sources",
    {
        "source: row missing": rows_of("sources", _missing),
        "source: row doubled": rows_of("sources", _doubled),
        "source: one that nothing uses": rows_of(
            "sources", _copied(source="a-page-of-no-use", url="https://example.org/of-no-use")
        ),
        "source: misspelt": cells_of("sources", source=misspelt),
        "source: the address of another": cells_of("sources", url=of_other_row("url")),
        "source: no address": cells_of("sources", url="see the paper"),
        "source: published in the future": cells_of("sources", published_on=future),
        "source: published a year earlier or later": cells_of("sources", published_on=wrong_year),
        "source: published 30 days early": cells_of("sources", published_on=days(-30)),
        "source: published_on removed": cells_of("sources", published_on=blank),
        "source: precision without a day": cells_of("sources", published_on_precision=blank),
        "source: seen in the future": cells_of("sources", accessed_on=future),
        "source: no such language": cells_of("sources", language="English"),
    },
    {
        "source: address removed": (cells_of("sources", url=blank), "An address may be missing."),
        "source: published a day early": (cells_of("sources", published_on=days(-1)), FROM_PAGE),
        "source: another title": (cells_of("sources", title=of_other_row("title")), FROM_PAGE),
        "source: another publisher": (
            cells_of("sources", publisher=of_other_row("publisher")),
            FROM_PAGE,
        ),
        "source: another language": (
            cells_of("sources", language=of_other_row("language")),
            FROM_PAGE,
        ),
        "source: another licence": (
            cells_of("sources", licence=of_other_row("licence")),
            FROM_PAGE,
        ),
        "source: the other precision": (
            cells_of("sources", published_on_precision=other_word("published_on_precision")),
            FROM_PAGE,
        ),
        "source: archived address put": (
            cells_of("sources", archived_url=only_empty(lambda place, _: place.other("url"))),
            FROM_PAGE,
        ),
    },
    "statements/*",
    "statements.*",
    "statement_sources.*",
    "statement_sources/*",
    "records.*",
    "records/*",
    "readings.*",
    "corrections.*",
    "revisions.*",
)


# Categories and organisations: names that refer to names.
def _cycle(column: str) -> Callable[[Place], Edit | None]:
    """Return what makes the row that a row refers to refer back."""

    def put(place: Place) -> Edit | None:
        other = place.sheet.index.get((place.cell(column),))
        if other is None:
            return None
        row = place.sheet.with_cells(other, {column: place.row[0]})
        return Edit(place.sheet, {other: row})

    return put


def _self(column: str) -> Maker:
    return rows_of(
        column_table[column],
        lambda place: Edit(
            place.sheet,
            {place.number: place.sheet.with_cells(place.row, {column: place.row[0]})},
        ),
    )


column_table = {"merged_into": "categories", "broader": "categories", "parent": "organisations"}


def _alias_of_other(place: Place, text: str) -> str | None:
    sheet = place.texts["categories"]
    counted = {row[2] for row in place.texts["series"].rows if row[0] == "ua-general-staff"}
    if place.row[0] not in counted:
        return None
    able = [
        row
        for row in sheet.rows
        if row[0] in counted - {place.row[0]} and sheet.cell(row, "aliases")
    ]
    if not able:
        return None
    alias = sheet.cell(place.rng.choice(able), "aliases").split("; ")[0]
    return f"{text}; {alias}" if text else alias


_all(
    "categories",
    {
        "category: row missing": rows_of("categories", _missing),
        "category: row doubled": rows_of("categories", _doubled),
        "category: misspelt": cells_of("categories", category=misspelt),
        "category: merged into itself": _self("merged_into"),
        "category: broader than itself": _self("broader"),
        "category: merged in a circle": rows_of("categories", _cycle("merged_into")),
        "category: broader in a circle": rows_of("categories", _cycle("broader")),
        "category: merged into no such category": cells_of("categories", merged_into=misspelt),
        "category: broader no such category": cells_of("categories", broader=misspelt),
        "category: the other unit": cells_of("categories", unit=other_word("unit")),
        "category: an alias of another of the reporter": cells_of(
            "categories", aliases=_alias_of_other
        ),
        "category: the label of another": cells_of("categories", label_en=of_other_row("label_en")),
        "category: the Ukrainian label of another": cells_of(
            "categories", label_uk=of_other_row("label_uk")
        ),
        "category: aliases without a space": cells_of(
            "categories", aliases=lambda _, text: text.replace("; ", ";") if "; " in text else None
        ),
    },
    {
        "category: one that nothing uses": (
            rows_of(
                "categories",
                _copied(category="balloons", label_en="Balloons", aliases="", label_uk=""),
            ),
            BEFORE_USE,
        ),
        "category: merged into another": (
            cells_of("categories", merged_into=of_other_row("category")),
            POLICY,
        ),
        "category: another is broader": (
            cells_of("categories", broader=of_other_row("broader")),
            POLICY,
        ),
        "category: broader removed": (cells_of("categories", broader=blank), POLICY),
        "category: the definition of another": (
            cells_of("categories", definition=of_other_row("definition")),
            OTHER_WORDS,
        ),
        "category: an alias missing": (
            cells_of(
                "categories",
                aliases=lambda _, text: text.partition("; ")[2] if "; " in text else None,
            ),
            OTHER_WORDS,
        ),
    },
    "series.*",
    "claims.*",
    "claims/*",
    "records/*",
    "loss_counts/*",
)
_all(
    "organisations",
    {
        "organisation: row missing": rows_of("organisations", _missing),
        "organisation: row doubled": rows_of("organisations", _doubled),
        "organisation: misspelt": cells_of("organisations", organisation=misspelt),
        "organisation: its own parent": _self("parent"),
        "organisation: parents in a circle": rows_of("organisations", _cycle("parent")),
        "organisation: no such parent": cells_of("organisations", parent=misspelt),
        "organisation: the name of another": cells_of("organisations", name=of_other_row("name")),
        "organisation: no address": cells_of("organisations", url="on the web"),
    },
    {
        "organisation: the address of another": (
            cells_of("organisations", url=of_other_row("url")),
            FROM_PAGE,
        ),
        "organisation: one that nothing uses": (
            rows_of(
                "organisations", _copied(organisation="a-body-of-no-use", name="A body of no use")
            ),
            BEFORE_USE,
        ),
        "organisation: another kind": (cells_of("organisations", kind=other_word("kind")), POLICY),
        "organisation: another side": (cells_of("organisations", side=other_word("side")), POLICY),
        "organisation: another parent": (
            cells_of("organisations", parent=of_other_row("parent")),
            POLICY,
        ),
        "organisation: parent removed": (cells_of("organisations", parent=blank), POLICY),
    },
    "statements.*",
    "series.*",
    "reports.*",
    "records.*",
    "claims.*",
)


# Revisions: the cut holds some, so that theirs can be judged.
_all(
    "revisions",
    {
        "revision: no such table": cells_of("revisions", table=misspelt),
        "revision: no such column": cells_of("revisions", column=misspelt),
        "revision: of a key column": cells_of(
            "revisions",
            column=lambda place, _: place.texts[place.cell("table")].table.primary_key[0],
        ),
        "revision: of no such row": cells_of("revisions", key=misspelt),
        "revision: of another row": cells_of(
            "revisions",
            key=lambda place, _: "/".join(
                place.texts[place.cell("table")].key_of(
                    place.rng.choice(place.texts[place.cell("table")].rows)
                )
            ),
        ),
        "revision: another new value": cells_of("revisions", new=lambda _, text: f"{text}1"),
        "revision: new removed": cells_of("revisions", new=blank),
        "revision: old is new": cells_of("revisions", old=lambda place, _: place.cell("new")),
        "revision: old is no value of the column": cells_of(
            "revisions",
            old=lambda place, _: "many" if place.cell("new").isdigit() else None,
        ),
        "revision: of a later version": cells_of("revisions", version="9.0.0"),
        "revision: of a version with two parts": cells_of("revisions", version="0.1"),
        "revision: in the future": cells_of("revisions", revised_on=future),
        "revision: before the row was recorded": cells_of("revisions", revised_on="2022-03-01"),
        "revision: numbered 0": cells_of("revisions", revision="0"),
        "revision: numbered out of order": cells_of("revisions", revision=plus(100)),
        "revision: row doubled": rows_of("revisions", _doubled),
        "revision: without a reason": cells_of("revisions", reason=blank),
        "revision: no such source": cells_of("revisions", source=misspelt),
    },
    {
        "revision: missing": (rows_of("revisions", _missing), "Only the base has the old value."),
        "revision: another old value": (
            cells_of("revisions", old=lambda place, text: f"{text}0" if text.isdigit() else None),
            "Only the base has the old value.",
        ),
        "revision: another source": (cells_of("revisions", source=_of_table("sources")), FROM_PAGE),
        "revision: another reason": (
            cells_of("revisions", reason=of_other_row("reason")),
            OTHER_WORDS,
        ),
    },
)
