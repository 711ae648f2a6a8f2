"""Faults of single texts and dates, wherever a table has them."""

from __future__ import annotations

from faults.changes import (
    cut_off,
    day_and_month,
    decomposed,
    inside_word,
    misspelt,
    mojibake,
    no_such_day,
    of_other_row,
    one_of,
    serial,
    shown,
    space_as,
    suffix,
    wrapped,
)
from faults.fault import Change, Edit, Maker, Place, add, rows_of, several
from faults.kinds_figures import OTHER_WORDS

PROSE = {
    "categories": ("label_en", "label_uk", "definition"),
    "claims": ("place", "note"),
    "corrections": ("reason",),
    "organisations": ("name", "note"),
    "records": ("title", "maker", "note"),
    "reports": ("greatest_losses",),
    "series": ("note",),
    "sources": ("title", "publisher", "note"),
    "statement_sources": ("note",),
    "statements": ("speaker", "speaker_role", "via", "summary", "note"),
    "readings": ("note",),
    "revisions": ("reason",),
}
"""Columns that hold words."""

DATES = {
    "loss_counts": ("report_date", "recorded_on"),
    "status_counts": ("report_date",),
    "readings": ("report_date",),
    "reports": ("report_date", "period_end"),
    "corrections": ("report_date",),
    "series": ("first_report",),
    "records": ("first_day", "last_day"),
    "claims": ("period_start", "period_end"),
    "statements": ("stated_on", "recorded_on"),
    "sources": ("published_on",),
    "revisions": ("revised_on",),
}
"""Columns that hold dates."""


def _cell(table: str, columns: tuple[str, ...], change: Change) -> Maker:
    def put(place: Place) -> Edit | None:
        able = [column for column in columns if place.cell(column)]
        if not able:
            return None
        column = place.rng.choice(able)
        new = change(place, place.cell(column))
        if new is None or new == place.cell(column):
            return None
        row = place.sheet.with_cells(place.row, {column: new})
        if (
            place.sheet.key_of(row) != place.sheet.key_of(place.row)
            and place.sheet.key_of(row) in place.sheet.index
        ):
            return None
        return Edit(place.sheet, {place.number: row})

    return rows_of(table, put)


def anywhere(columns: dict[str, tuple[str, ...]], change: Change) -> Maker:
    """Return what changes a cell of one table after another."""
    return several(*(_cell(table, names, change) for table, names in columns.items()))


_TEXT = ("file/*", "*.pattern", "*.type", "*/text*", "texts/*", "text/*")
for _name, _change in {
    "text: replacement character (U+FFFD)": inside_word(lambda _: "\N{REPLACEMENT CHARACTER}"),
    "text: ? inside a word": inside_word(lambda _: "?"),
    "text: no-break space": space_as("\N{NO-BREAK SPACE}"),
    "text: thin space": space_as("\N{THIN SPACE}"),
    "text: accents as characters of their own (NFD)": decomposed,
    "text: Cyrillic letter in a Latin word": one_of("aceopxyi", "асеорхуі"),  # noqa: RUF001 - the fault
    "text: Greek letter in a Latin word": one_of("aovp", "αονρ"),  # noqa: RUF001 - the fault
    "text: zero-width space": inside_word(lambda c: f"{c}\N{ZERO WIDTH SPACE}"),
    "text: soft hyphen": inside_word(lambda c: f"{c}\N{SOFT HYPHEN}"),
    "text: byte-order mark inside": inside_word(lambda c: f"{c}\ufeff"),
    "text: right-to-left override": inside_word(lambda c: f"{c}\u202e"),
    "text: space before": wrapped(" "),
    "text: space after": wrapped("", " "),
    "text: two spaces": space_as("  "),
    "text: tab": space_as("\t"),
    "text: line break": space_as("\n"),
    "text: control character": inside_word(lambda c: f"{c}\x07"),
    "text: NUL": inside_word(lambda c: f"{c}\x00"),
    "text: begins with =": wrapped("="),
    "text: begins with @": wrapped("@"),
    "text: UTF-8 read as Windows-1252": mojibake,
    "text: HTML tag": wrapped("<b>", "</b>"),
    "text: HTML entity": space_as("&nbsp;"),
    "text: 70,000 characters": suffix("x" * 70_000),
    "text: null written out": lambda _, text: "NULL" if text else None,
}.items():
    add(_name, "texts", anywhere(PROSE, _change), _TEXT)
add("text: two letters exchanged", "texts", anywhere(PROSE, misspelt), unseen=OTHER_WORDS)
add("text: second half missing", "texts", anywhere(PROSE, cut_off), unseen=OTHER_WORDS)
add(
    "text: note of another row",
    "texts",
    several(
        *(
            _cell(table, ("note",), of_other_row("note"))
            for table in ("claims", "statements", "records", "series", "readings")
        )
    ),
    unseen=OTHER_WORDS,
)
for _name, _change in {
    "date: 22.02.2023": shown("%d.%m.%Y"),
    "date: 02/22/2023": shown("%m/%d/%Y"),
    "date: 20230222": shown("%Y%m%d"),
    "date: 22 Feb 2023": shown("%d %b %Y"),
    "date: 2023-02-22T00:00:00": shown("%Y-%m-%dT00:00:00"),
    "date: 2023/02/22": shown("%Y/%m/%d"),
    "date: 23-02-22": shown("%y-%m-%d"),
    "date: without leading zeros": lambda _, text: "-".join(
        part.lstrip("0") for part in text.split("-")
    ),
    "date: a day that does not exist": no_such_day,
    "date: number of a spreadsheet": serial,
    "date: year 0023": lambda _, text: f"00{text[2:]}",
}.items():
    add(
        _name,
        "dates",
        anywhere(DATES, _change),
        ("*.type", "*.minimum", "*.foreignKey.*", "file/*"),
    )
add("date: day and month exchanged", "dates", anywhere(DATES, day_and_month))
