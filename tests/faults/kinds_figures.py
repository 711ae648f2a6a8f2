"""Faults of figures, their readings, statuses, corrections and reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from faults.changes import (
    blank,
    day_and_month,
    days,
    digit_doubled,
    digit_lost,
    digits_swapped,
    first_digit,
    future,
    misspelt,
    negative,
    of_other_row,
    only_empty,
    other_word,
    plus,
    some_word,
    suffix,
    thousands,
    times_ten,
    wrong_digit,
    wrong_year,
)
from faults.fault import Change, Edit, Maker, Place, add, cells_of, day_after, rows_of
from faults.sheets import FIGURE, Row, Sheet

CHANGED_TOGETHER = "A figure and all that supports it were changed alike: only the base differs."
OTHER_WORDS = "Words that nothing else repeats: only the base differs."

_NUMBERS: Mapping[str, Change | str] = {
    "a digit is wrong": wrong_digit,
    "the first digit is wrong": first_digit,
    "two digits are exchanged": digits_swapped,
    "a digit is left out": digit_lost,
    "a digit is doubled": digit_doubled,
    "a zero is added": times_ten,
    "it is one more": plus(1),
    "it is one less": lambda place, text: plus(-1)(place, text) if text not in {"", "0"} else None,
    "it is negative": negative,
    "it is empty": blank,
}


def _numbers(table: str, column: str, called: str, codes: tuple[str, ...] = ()) -> None:
    for says, change in _NUMBERS.items():
        if table == "readings" and says in {"the first digit is wrong", "a digit is doubled"}:
            continue
        add(f"{called}: {says}", table, cells_of(table, **{column: change}), codes)


def _same_day(place: Place) -> Sequence[int]:
    """Return the rows of the report that the place belongs to."""
    names = ("record", "reporter", "subject", "report_date")
    return place.sheet.reports[tuple(place.cell(name) for name in names if name in place.sheet.at)]


def _from_neighbour(column: str, more: int) -> Change:
    """Return what puts the value of the same series some days later."""

    def change(place: Place, text: str) -> str | None:
        other = place.beside(report_date=day_after(place.cell("report_date"), more))
        return None if other is None or not text else place.sheet.cell(other, column) or None

    return change


def _from_report(column: str) -> Change:
    """Return what puts the value of the next row of the report."""

    def change(place: Place, text: str) -> str | None:
        rows = _same_day(place)
        next_one = rows[(rows.index(place.number) + 1) % len(rows)]
        return place.sheet.cell(next_one, column) or None if text else None

    return change


def _missing(place: Place) -> Edit:
    return Edit(place.sheet, {place.number: None})


def _doubled(place: Place) -> Edit:
    return Edit(place.sheet, {}, [place.row])


def _doubled_with(column: str, change: Change) -> Callable[[Place], Edit | None]:
    def put(place: Place) -> Edit | None:
        text = change(place, place.cell(column))
        if text is None or text == place.cell(column):
            return None
        return Edit(place.sheet, {}, [place.sheet.with_cells(place.row, {column: text})])

    return put


def _exchanged(column: str, other: Callable[[Place], int | None]) -> Callable[[Place], Edit | None]:
    """Return what exchanges the values of two rows."""

    def put(place: Place) -> Edit | None:
        number, sheet = other(place), place.sheet
        if number is None or number == place.number:
            return None
        mine, theirs = place.cell(column), sheet.cell(number, column)
        if mine == theirs or not mine or not theirs:
            return None
        return Edit(
            sheet,
            {
                place.number: sheet.with_cells(place.row, {column: theirs}),
                number: sheet.with_cells(number, {column: mine}),
            },
        )

    return put


def _next_in_report(place: Place) -> int | None:
    rows = _same_day(place)
    return rows[(rows.index(place.number) + 1) % len(rows)]


def _next_day(place: Place) -> int | None:
    other = place.beside(report_date=day_after(place.cell("report_date")))
    return None if other is None else place.sheet.index[place.sheet.key_of(other)]


def _next_in_series(place: Place) -> int | None:
    number, sheet = place.number + 1, place.sheet
    if number >= len(sheet.rows):
        return None
    names = FIGURE[:3]
    same = all(sheet.cell(number, name) == place.cell(name) for name in names)
    return number if same else None


def _with_day(change: Callable[[Sheet, Row, Place], Row | None]) -> Callable[[Place], Edit | None]:
    """Return what changes every row of one report."""

    def put(place: Place) -> Edit | None:
        made = {n: change(place.sheet, place.sheet.rows[n], place) for n in _same_day(place)}
        if len(made) < 2 or all(row == place.sheet.rows[n] for n, row in made.items()):
            return None
        return Edit(place.sheet, made)

    return put


def _day_before(sheet: Sheet, row: Row, place: Place) -> Row | None:
    day = day_after(place.cell("report_date"), -1)
    number = sheet.index.get(sheet.key_of(sheet.with_cells(row, {"report_date": day})))
    if number is None:
        return row
    return sheet.with_cells(number, {"report_date": place.cell("report_date")})


def _totals_shifted(place: Place) -> Edit | None:
    rows, sheet = _same_day(place), place.sheet
    if len(rows) < 3:
        return None
    totals = [sheet.cell(number, "total") for number in rows]
    return Edit(
        sheet,
        {
            number: sheet.with_cells(number, {"total": total})
            for number, total in zip(rows, totals[-1:] + totals[:-1], strict=True)
        },
    )


def _readings_of(place: Place, total: str) -> dict[int, Row]:
    """Return the readings of a figure that have a total."""
    readings = place.texts["readings"]
    key = tuple(place.cell(name) for name in FIGURE)
    return {
        number: readings.rows[number]
        for number in readings.figures.get(key, ())
        if readings.cell(number, "total") == total
    }


def _statuses_of(place: Place) -> dict[int, Row]:
    statuses = place.texts["status_counts"]
    key = tuple(place.cell(name) for name in FIGURE)
    return {number: statuses.rows[number] for number in statuses.figures.get(key, ())}


def _with_readings(change: Change) -> Callable[[Place], list[Edit] | None]:
    """Return what changes a total, every reading of it, and one of its statuses alike."""

    def put(place: Place) -> list[Edit] | None:
        old = place.cell("total")
        new = change(place, old)
        readings = _readings_of(place, old)
        if new is None or new == old or not readings:
            return None
        sheet = place.texts["readings"]
        edits = [
            Edit(place.sheet, {place.number: place.sheet.with_cells(place.row, {"total": new})}),
            Edit(sheet, {n: sheet.with_cells(row, {"total": new}) for n, row in readings.items()}),
        ]
        if not _statuses_of(place):
            return edits
        status = _status_moved(place, int(new) - int(old))
        return None if status is None else [*edits, status]

    return put


def _status_moved(place: Place, more: int) -> Edit | None:
    """Return the first status of a figure that can be so much more."""
    sheet = place.texts["status_counts"]
    for number, row in _statuses_of(place).items():
        value = int(sheet.cell(row, "total")) + more
        if value >= 0:
            return Edit(sheet, {number: sheet.with_cells(row, {"total": str(value)})})
    return None


def _all_alike(place: Place) -> list[Edit] | None:
    """Return a total one more, with its readings, and the increments around it to match."""
    later = _next_day(place)
    if later is None or not place.cell("increment"):
        return None
    if place.sheet.cell(later, "increment") in {"", "0"}:
        return None
    moved = {place.number: 1, later: -1}
    figures, rows = {}, {}
    sheet, readings = place.sheet, place.texts["readings"]
    for number, more in moved.items():
        was = sheet.cell(number, "increment")
        cells = {"increment": str(int(was) + more)}
        figures[number] = sheet.with_cells(number, cells)
        for n in readings.figures.get(sheet.key_of(sheet.rows[number]), ()):
            if readings.cell(n, "increment") == was:
                rows[n] = readings.with_cells(n, cells)
    total = {"total": str(int(place.cell("total")) + 1)}
    figures[place.number] = sheet.with_cells(figures[place.number], total)
    for n, row in _readings_of(place, place.cell("total")).items():
        rows[n] = readings.with_cells(rows.get(n, row), total)
    return [Edit(sheet, figures), Edit(readings, rows)]


def _balanced(place: Place) -> list[Edit] | None:
    """Return a wrong total with corrections that make the sum come out on both days."""
    later = _next_day(place)
    corrections = place.texts["corrections"]
    if later is None or not place.cell("increment"):
        return None
    rows = []
    for number, amount in ((place.number, 7), (later, -7)):
        cells = dict(zip(FIGURE, place.sheet.key_of(place.sheet.rows[number]), strict=True))
        cells |= {"amount": str(amount), "kind": "unexplained", "reason": "The total moved."}
        cells |= {"source": place.texts["sources"].rows[0][0], "recorded_on": place.texts.today}
        rows.append(tuple(cells[name] for name in corrections.table.names))
    if any(corrections.key_of(row) in corrections.index for row in rows):
        return None
    total = str(int(place.cell("total")) + 7)
    figure = place.sheet.with_cells(place.row, {"total": total})
    return [Edit(place.sheet, {place.number: figure}), Edit(corrections, {}, rows)]


def _of_dissent(place: Place) -> Edit | None:
    """Return a figure with the total of a reading that contradicts it."""
    readings, key = place.texts["readings"], tuple(place.cell(name) for name in FIGURE)
    if place.cell("evidence") not in {"majority", "disputed"}:
        return None
    for number in readings.figures.get(key, ()):
        total = readings.cell(number, "total")
        if total not in {"", place.cell("total")}:
            return Edit(
                place.sheet, {place.number: place.sheet.with_cells(place.row, {"total": total})}
            )
    return None


def _new_day(place: Place) -> list[Edit] | None:
    """Return a report a day after the newest that repeats it to the last figure."""
    sheet, reports = place.sheet, place.texts["reports"]
    reporter = place.cell("reporter")
    last = max(sheet.cell(row, "report_date") for row in sheet.rows if row[0] == reporter)
    if place.cell("report_date") != last:
        return None
    day = day_after(last)
    made = [Edit(sheet, {}, [sheet.with_cells(n, {"report_date": day}) for n in _same_day(place)])]
    readings = place.texts["readings"]
    same = [
        readings.with_cells(row, {"report_date": day})
        for row in readings.rows
        if readings.cell(row, "report_date") == last and readings.cell(row, "reporter") == reporter
    ]
    report = reports.rows[reports.index[reporter, last]]
    return [
        *made,
        Edit(readings, {}, same),
        Edit(reports, {}, [reports.with_cells(report, {"report_date": day, "period_end": day})]),
    ]


def _report_gone(*, everywhere: bool) -> Callable[[Place], list[Edit] | None]:
    """Return what takes a report's figures away, or the report and its readings as well."""

    def put(place: Place) -> list[Edit] | None:
        counts = place.texts["loss_counts"]
        key = place.sheet.key_of(place.row)

        def of_report(sheet: Sheet) -> dict[int, Row | None]:
            at = sheet.at["reporter"], sheet.at["report_date"]
            return {n: None for n, row in enumerate(sheet.rows) if (row[at[0]], row[at[1]]) == key}

        edits = [Edit(counts, of_report(counts))]
        if everywhere:
            edits.append(Edit(place.sheet, {place.number: None}))
            for name in ("readings", "status_counts", "corrections"):
                gone = of_report(place.texts[name])
                if gone:
                    edits.append(Edit(place.texts[name], gone))
        return edits

    return put


def _increment_computed(place: Place) -> Edit | None:
    before = place.beside(report_date=day_after(place.cell("report_date"), -1))
    if before is None or place.cell("increment"):
        return None
    step = int(place.cell("total")) - int(place.sheet.cell(before, "total"))
    if step < 0:
        return None
    cells = {"increment": str(step), "increment_evidence": "primary"}
    return Edit(place.sheet, {place.number: place.sheet.with_cells(place.row, cells)})


def _both(more: int) -> Maker:
    return cells_of("loss_counts", total=plus(more), increment=plus(more))


_TOTAL = ("loss_counts/*", "readings/*", "loss_counts.total.*", "file/*", "corrections/*")
_FIGURE = (
    "loss_counts/*",
    "readings/*",
    "loss_counts.*",
    "corrections/*",
    "reports/*",
    "status_counts.*",
    "series/*",
)

_numbers("loss_counts", "total", "total", _TOTAL)
for _name, _make in {
    "total: with a comma between thousands": cells_of("loss_counts", total=thousands),
    "total: with a decimal point": cells_of("loss_counts", total=suffix(".0")),
    "total: the letter O for a zero": cells_of(
        "loss_counts", total=lambda _, text: text.replace("0", "O", 1)
    ),
    "total: that of the day before": cells_of("loss_counts", total=_from_neighbour("total", -1)),
    "total: that of the day after": cells_of("loss_counts", total=_from_neighbour("total", 1)),
    "total: that of the next row of the report": cells_of(
        "loss_counts", total=_from_report("total")
    ),
    "total: exchanged with the next row of the report": rows_of(
        "loss_counts", _exchanged("total", _next_in_report)
    ),
    "total: exchanged with the day after": rows_of("loss_counts", _exchanged("total", _next_day)),
    "total: exchanged with the next figure of the series": rows_of(
        "loss_counts", _exchanged("total", _next_in_series)
    ),
    "total: zero": cells_of("loss_counts", total="0"),
    "total: that of a dissenting reading": rows_of("loss_counts", _of_dissent),
    "total: 100,000,000,000,000,000,000": cells_of("loss_counts", total=f"1{'0' * 20}"),
    "total and increment: both 10 more": _both(10),
    "total and increment: exchanged": cells_of(
        "loss_counts",
        total=lambda place, _: place.cell("increment") or None,
        increment=lambda place, _: place.cell("total"),
    ),
    "total: wrong, with corrections that balance it": rows_of("loss_counts", _balanced),
    "totals of a report: shifted by a row": rows_of("loss_counts", _totals_shifted),
    "report: totals and increments of the day before": rows_of(
        "loss_counts", _with_day(_day_before)
    ),
}.items():
    add(_name, "loss_counts", _make, _TOTAL)

for _name, _make in {
    "report: the newest once more, a day later": rows_of("loss_counts", _new_day),
    "report: its figures are missing": rows_of("reports", _report_gone(everywhere=False)),
    "figure: missing": rows_of("loss_counts", _missing),
    "figure: doubled": rows_of("loss_counts", _doubled),
    "figure: doubled with another total": rows_of("loss_counts", _doubled_with("total", plus(3))),
    "increment: a digit is wrong": cells_of("loss_counts", increment=wrong_digit),
    "increment: two digits are exchanged": cells_of("loss_counts", increment=digits_swapped),
    "increment: one more": cells_of("loss_counts", increment=plus(1)),
    "increment: that of the day before": cells_of(
        "loss_counts", increment=_from_neighbour("increment", -1)
    ),
    "increment: negative": cells_of("loss_counts", increment=negative),
    "increment: removed": cells_of("loss_counts", increment=blank),
    "increment: removed with its evidence": cells_of(
        "loss_counts", increment=blank, increment_evidence=blank
    ),
    "increment: computed where none was printed": rows_of("loss_counts", _increment_computed),
    "increment: 0 where none was printed": cells_of(
        "loss_counts", increment=only_empty("0"), increment_evidence="primary"
    ),
    "increment: put without evidence": cells_of("loss_counts", increment=only_empty("1")),
    "increment_evidence: another word": cells_of(
        "loss_counts", increment_evidence=other_word("increment_evidence")
    ),
    "increment_evidence: removed": cells_of("loss_counts", increment_evidence=blank),
    "increment_evidence: put without increment": cells_of(
        "loss_counts", increment_evidence=some_word("increment_evidence")
    ),
    "evidence: another word": cells_of("loss_counts", evidence=other_word("evidence")),
    "evidence: primary": cells_of("loss_counts", evidence="primary"),
    "evidence: agreed": cells_of("loss_counts", evidence="agreed"),
    "evidence: single": cells_of("loss_counts", evidence="single"),
    "qualifier of a figure: another word": cells_of(
        "loss_counts", qualifier=other_word("qualifier")
    ),
    "qualifier of a figure: removed": cells_of("loss_counts", qualifier=blank),
    "key of a figure: the day after": cells_of("loss_counts", report_date=days(200)),
    "key of a figure: another year": cells_of("loss_counts", report_date=wrong_year),
    "key of a figure: day and month exchanged": cells_of("loss_counts", report_date=day_and_month),
    "key of a figure: another reporter": cells_of("loss_counts", reporter=of_other_row("reporter")),
    "key of a figure: a reporter misspelt": cells_of("loss_counts", reporter=misspelt),
    "key of a figure: the other subject": cells_of("loss_counts", subject=other_word("subject")),
    "key of a figure: another category": cells_of("loss_counts", category=of_other_row("category")),
    "key of a figure: a category misspelt": cells_of("loss_counts", category=misspelt),
    "recorded_on of a figure: in the future": cells_of("loss_counts", recorded_on=future),
    "recorded_on of a figure: before the report": cells_of(
        "loss_counts", recorded_on=lambda place, _: day_after(place.cell("report_date"), -1)
    ),
}.items():
    add(_name, "loss_counts", _make, _FIGURE)

add(
    "total and all its readings: a digit is wrong",
    "loss_counts",
    rows_of("loss_counts", _with_readings(wrong_digit)),
    _FIGURE,
)
add(
    "total and all its readings: one more",
    "loss_counts",
    rows_of("loss_counts", _with_readings(plus(1))),
    _FIGURE,
)
add(
    "total, its readings and the increments around it: all changed alike",
    "loss_counts",
    rows_of("loss_counts", _all_alike),
    unseen=CHANGED_TOGETHER,
)
add(
    "recorded_on of a figure: one day earlier",
    "loss_counts",
    cells_of("loss_counts", recorded_on=days(-1)),
    unseen="The day on which a row was first held is in the history, not in the row.",
)
add(
    "report: gone with all that belongs to it",
    "reports",
    rows_of("reports", _report_gone(everywhere=True)),
)

# Readings
_READING = ("readings/*", "readings.*", "loss_counts/*", "records/*", "corrections/*")
_numbers("readings", "total", "reading's total", _READING)
for _name, _make in {
    "reading's total: that of the day before": cells_of(
        "readings", total=_from_neighbour("total", -1)
    ),
    "reading's total: that of the next row of the report": cells_of(
        "readings", total=_from_report("total")
    ),
    "reading's total: exchanged with the next row of the report": rows_of(
        "readings", _exchanged("total", _next_in_report)
    ),
    "reading's total: exchanged with the day after": rows_of(
        "readings", _exchanged("total", _next_day)
    ),
    "reading's total and increment: exchanged": cells_of(
        "readings",
        total=lambda place, _: place.cell("increment") or None,
        increment=lambda place, _: place.cell("total") or None,
    ),
    "reading's increment: a digit is wrong": cells_of("readings", increment=wrong_digit),
    "reading's increment: two digits are exchanged": cells_of("readings", increment=digits_swapped),
    "reading's increment: one more": cells_of("readings", increment=plus(1)),
    "reading's increment: removed": cells_of("readings", increment=blank),
    "reading's increment: put where none is printed": cells_of(
        "readings", increment=only_empty("3")
    ),
    "reading's correction: a digit is wrong": cells_of("readings", correction=wrong_digit),
    "reading's correction: the other sign": cells_of("readings", correction=negative),
    "reading's correction: removed": cells_of("readings", correction=blank),
    "reading's correction: put where none is stated": cells_of(
        "readings", correction=only_empty("5")
    ),
    "reading's qualifier: another word": cells_of("readings", qualifier=other_word("qualifier")),
    "reading's qualifier: put where none is stated": cells_of(
        "readings", qualifier=some_word("qualifier")
    ),
    "stale: put": cells_of("readings", stale=only_empty("true")),
    "stale: removed": cells_of("readings", stale=blank),
    "stale: false": cells_of("readings", stale=only_empty("false")),
    "reading: missing": rows_of("readings", _missing),
    "reading: doubled": rows_of("readings", _doubled),
    "reading: of another record": cells_of("readings", record=of_other_row("record")),
    "reading: of a record misspelt": cells_of("readings", record=misspelt),
    "reading: of another category": cells_of("readings", category=of_other_row("category")),
    "reading: of the other subject": cells_of("readings", subject=other_word("subject")),
    "reading: of another reporter": cells_of("readings", reporter=of_other_row("reporter")),
    "reading: of a day 200 days later": cells_of("readings", report_date=days(200)),
    "reading: of another year": cells_of("readings", report_date=wrong_year),
    "readings of a day: missing in one record": rows_of(
        "readings", _with_day(lambda sheet, row, place: None)
    ),
    "readings of a day: those of the day before": rows_of("readings", _with_day(_day_before)),
    "reading's source: put where the record has one": cells_of(
        "readings",
        source=only_empty(lambda place, _: place.rng.choice(place.texts["sources"].rows)[0]),
    ),
    "reading's source: removed": cells_of("readings", source=blank),
    "reading's source: no such page": cells_of("readings", source=misspelt),
}.items():
    add(_name, "readings", _make, _READING)
add(
    "reading's source: another page",
    "readings",
    cells_of("readings", source=of_other_row("source")),
    unseen="Which page was read is known from the page, not from the tree.",
)

# Statuses
_STATUS = ("status_counts.*", "loss_counts/*", "status_counts/*")
for _name, _make in {
    "status: a digit is wrong": cells_of("status_counts", total=wrong_digit),
    "status: one more": cells_of("status_counts", total=plus(1)),
    "status: negative": cells_of("status_counts", total=negative),
    "status: empty": cells_of("status_counts", total=blank),
    "status: row missing": rows_of("status_counts", _missing),
    "status: row of a count of 0 missing": rows_of(
        "status_counts", _missing, lambda place: place.cell("total") == "0"
    ),
    "status: all of a figure missing": rows_of(
        "loss_counts",
        lambda place: (
            Edit(place.texts["status_counts"], dict.fromkeys(_statuses_of(place)))
            if _statuses_of(place)
            else None
        ),
    ),
    "status: row doubled": rows_of("status_counts", _doubled),
    "status: no such word": cells_of("status_counts", status=misspelt),
    "status: of another day": cells_of("status_counts", report_date=days(1)),
    "status: of another category": cells_of("status_counts", category=of_other_row("category")),
    "status: of the other subject": cells_of("status_counts", subject=other_word("subject")),
    "status: recorded in the future": cells_of("status_counts", recorded_on=future),
    "status: recorded before the report": cells_of(
        "status_counts", recorded_on=lambda place, _: day_after(place.cell("report_date"), -1)
    ),
}.items():
    add(_name, "status_counts", _make, _STATUS)
add(
    "status: exchanged with another of the figure",
    "status_counts",
    rows_of(
        "status_counts",
        _exchanged("total", lambda place: place.number + 1 if place.number % 4 < 3 else None),
    ),
    unseen="The sum is the same, and Oryx may change an item's status.",
)

# Corrections
_CORRECTION = ("corrections.*", "corrections/*", "loss_counts/*", "readings/*")


def _moved_correction(place: Place) -> Edit | None:
    row = place.sheet.with_cells(place.row, {"report_date": day_after(place.cell("report_date"))})
    return (
        None
        if place.sheet.key_of(row) in place.sheet.index
        else Edit(place.sheet, {place.number: row})
    )


def _copied_correction(place: Place) -> Edit | None:
    row = place.sheet.with_cells(
        place.row, {"report_date": day_after(place.cell("report_date"), 2)}
    )
    return None if place.sheet.key_of(row) in place.sheet.index else Edit(place.sheet, {}, [row])


def _new_correction(amount: str) -> Callable[[Place], Edit | None]:
    """Return what gives a figure a correction."""

    def put(place: Place) -> Edit | None:
        sheet = place.texts["corrections"]
        key = place.sheet.key_of(place.row)
        if key in sheet.index:
            return None
        cells = dict(zip(FIGURE, key, strict=True)) | {
            "amount": amount,
            "kind": "unexplained",
            "reason": "The total moved.",
            "source": place.texts["sources"].rows[0][0],
            "recorded_on": place.texts.today,
        }
        return Edit(sheet, {}, [tuple(cells[name] for name in sheet.table.names)])

    return put


for _name, _make in {
    "correction: missing": rows_of("corrections", _missing),
    "correction: doubled": rows_of("corrections", _doubled),
    "correction: once more two days later": rows_of("corrections", _copied_correction),
    "correction: on the day after": rows_of("corrections", _moved_correction),
    "correction: of another category": cells_of("corrections", category=of_other_row("category")),
    "correction: a digit is wrong": cells_of("corrections", amount=wrong_digit),
    "correction: one more": cells_of("corrections", amount=plus(1)),
    "correction: the other sign": cells_of("corrections", amount=negative),
    "correction: zero": cells_of("corrections", amount="0"),
    "correction: put where nothing needs it": rows_of("loss_counts", _new_correction("5")),
    "correction: negative, put where nothing needs it": rows_of(
        "loss_counts", _new_correction("-5")
    ),
    "correction: without a reason": cells_of("corrections", reason=blank),
    "correction: recorded in the future": cells_of("corrections", recorded_on=future),
    "correction: recorded before the report": cells_of(
        "corrections", recorded_on=lambda place, _: day_after(place.cell("report_date"), -1)
    ),
    "correction: no such source": cells_of("corrections", source=misspelt),
}.items():
    add(_name, "corrections", _make, _CORRECTION)
for _name, _make, _why in (
    (
        "correction: another kind",
        cells_of("corrections", kind=other_word("kind")),
        "The kind is a judgement; the reason gives it in words.",
    ),
    (
        "correction: another source",
        cells_of("corrections", source=of_other_row("source")),
        "Which source shows it is known from the source, not from the tree.",
    ),
    (
        "correction: the reason of another",
        cells_of("corrections", reason=of_other_row("reason")),
        OTHER_WORDS,
    ),
):
    add(_name, "corrections", _make, unseen=_why)

# Reports
_REPORT = ("reports.*", "reports/*", "loss_counts/*", "loss_counts.*", "series/*")


def _empty_report(place: Place) -> Edit | None:
    day = day_after(place.cell("report_date"))
    row = place.sheet.with_cells(place.row, {"report_date": day, "period_end": day, "url": ""})
    return None if place.sheet.key_of(row) in place.sheet.index else Edit(place.sheet, {}, [row])


for _name, _make in {
    "report: row missing": rows_of("reports", _missing),
    "report: row doubled": rows_of("reports", _doubled),
    "report: without figures": rows_of("reports", _empty_report),
    "report: of another reporter": cells_of("reports", reporter=of_other_row("reporter")),
    "report: of another year": cells_of("reports", report_date=wrong_year),
    "report: period ends after the report": cells_of("reports", period_end=days(3)),
    "report: period ends before it begins": cells_of("reports", period_end="2022-02-20"),
    "report: period begins after its end": cells_of(
        "reports", period_start=lambda place, _: day_after(place.cell("period_end"), 5)
    ),
    "report: address of another report": cells_of("reports", url=of_other_row("url")),
    "report: address is no address": cells_of("reports", url="see the page"),
    "report: recorded in the future": cells_of("reports", recorded_on=future),
    "report: recorded before its day": cells_of(
        "reports", recorded_on=lambda place, _: day_after(place.cell("report_date"), -1)
    ),
    "report: period begins a year late": cells_of("reports", period_start="2022-03-24"),
    "report: period ends a month early": cells_of("reports", period_end=days(-30)),
}.items():
    add(_name, "reports", _make, _REPORT)
for _name, _make, _why in (
    (
        "report: the other precision",
        cells_of("reports", report_date_precision=other_word("report_date_precision")),
        "How the day is known is known from the page.",
    ),
    ("report: address removed", cells_of("reports", url=blank), "An address may be missing."),
    (
        "report: direction of another day",
        cells_of("reports", greatest_losses=of_other_row("greatest_losses")),
        OTHER_WORDS,
    ),
):
    add(_name, "reports", _make, unseen=_why)
