"""What may go wrong with the text of one cell."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable

from faults.fault import Change, Place, day_after, pick


def wrong_digit(place: Place, text: str) -> str | None:
    """Return the number with one digit, not the first, mistyped; of one digit, that one."""
    at = [n for n, c in enumerate(text) if c.isdigit()]
    if not at:
        return None
    n = place.rng.choice(at[1:] or at)
    digits = [
        d for d in "0123456789" if d != text[n] and not (len(at) > 1 and n == at[0] and d == "0")
    ]
    return text[:n] + place.rng.choice(digits) + text[n + 1 :]


def first_digit(place: Place, text: str) -> str | None:
    """Return the number with its first digit mistyped."""
    if not text[:1].isdigit():
        return None
    return place.rng.choice([d for d in "123456789" if d != text[0]]) + text[1:]


def digits_swapped(place: Place, text: str) -> str | None:
    """Return the number with two neighbouring digits exchanged."""
    at = [
        n
        for n in range(len(text) - 1)
        if text[n : n + 2].isdigit() and text[n] != text[n + 1] and not (n == 0 and text[1] == "0")
    ]
    if not at:
        return None
    n = place.rng.choice(at)
    return text[:n] + text[n + 1] + text[n] + text[n + 2 :]


def digit_lost(place: Place, text: str) -> str | None:
    """Return the number without one of its digits."""
    if len(text) < 2 or not text.isdigit():
        return None
    n = place.rng.randrange(1, len(text))
    return text[:n] + text[n + 1 :]


def digit_doubled(place: Place, text: str) -> str | None:
    """Return the number with one digit typed twice."""
    if not text.isdigit() or text == "0":
        return None
    n = place.rng.randrange(len(text))
    return text[: n + 1] + text[n:]


def times_ten(_: Place, text: str) -> str | None:
    """Return the number with a zero too many."""
    return f"{text}0" if text.strip("0-") else None


def thousands(_: Place, text: str) -> str | None:
    """Return the number with a comma."""
    return f"{int(text):,}" if text.isdigit() and len(text) > 3 else None


def plus(more: int) -> Change:
    """Return what adds to a number."""

    def change(_: Place, text: str) -> str | None:
        return str(int(text) + more) if text.lstrip("-").isdigit() else None

    return change


def negative(_: Place, text: str) -> str | None:
    """Return the number with the other sign."""
    return str(-int(text)) if text.lstrip("-").isdigit() and int(text) else None


def blank(_: Place, text: str) -> str | None:
    """Return nothing."""
    return "" if text else None


def only_empty(put: Change | str) -> Change:
    """Return what changes a cell only if it is empty."""

    def change(place: Place, text: str) -> str | None:
        if text:
            return None
        return put if isinstance(put, str) else put(place, text)

    return change


def suffix(more: str) -> Change:
    """Return what adds a text at the end of another."""
    return lambda _, text: text + more if text else None


def days(more: int) -> Change:
    """Return what puts a date some days later."""
    return lambda _, text: day_after(text, more) if text else None


def future(place: Place, _: str) -> str:
    """Return a day in the future."""
    return day_after(place.texts.today, 40)


def shown(form: str) -> Change:
    """Return what writes a date in another form."""
    return lambda _, text: dt.date.fromisoformat(text).strftime(form) if text else None


def no_such_day(_: Place, text: str) -> str | None:
    """Return a day that does not exist in the month of a date."""
    return f"{text[:4]}-02-30" if text else None


def day_and_month(_: Place, text: str) -> str | None:
    """Return the date with day and month exchanged."""
    year, month, day = text.split("-") if text else ("", "", "99")
    return f"{year}-{day}-{month}" if int(day) <= 12 and day != month else None


def wrong_year(place: Place, text: str) -> str | None:
    """Return the date in the year after or before."""
    if not text or text.endswith("02-29"):
        return None
    year = int(text[:4]) + place.rng.choice((-1, 1))
    return f"{year}{text[4:]}"


def serial(_: Place, text: str) -> str | None:
    """Return a date as the number that a spreadsheet stores."""
    return str((dt.date.fromisoformat(text) - dt.date(1899, 12, 30)).days) if text else None


def other_word(column: str) -> Change:
    """Return what puts another of the words that the schema lists."""

    def change(place: Place, text: str) -> str | None:
        words = place.sheet.table.field(column).enum or ("true", "false")
        return pick(place.rng, set(words) - {text}) if text else None

    return change


def some_word(column: str) -> Change:
    """Return what puts one of the listed words into an empty cell."""
    return only_empty(lambda place, _: pick(place.rng, place.sheet.table.field(column).enum or ()))


def of_other_row(column: str) -> Change:
    """Return what puts the value of another row into a cell that has one."""
    return lambda place, text: place.other(column) if text else None


def misspelt(place: Place, text: str) -> str | None:
    """Return the text with two neighbouring letters exchanged."""
    at = [n for n in range(len(text) - 1) if text[n : n + 2].isalpha() and text[n] != text[n + 1]]
    if not at:
        return None
    n = place.rng.choice(at)
    return text[:n] + text[n + 1] + text[n] + text[n + 2 :]


def inside_word(put: Callable[[str], str]) -> Change:
    """Return what changes one letter that has letters on both sides."""

    def change(place: Place, text: str) -> str | None:
        at = [n for n in range(1, len(text) - 1) if text[n - 1 : n + 2].isalpha()]
        if not at:
            return None
        n = place.rng.choice(at)
        return text[:n] + put(text[n]) + text[n + 1 :]

    return change


def one_of(letters: str, instead: str) -> Change:
    """Return what puts look-alikes for letters that stand inside a word."""
    table = dict(zip(letters, instead, strict=True))

    def change(place: Place, text: str) -> str | None:
        at = [
            n
            for n in range(1, len(text) - 1)
            if text[n] in table and text[n - 1 : n + 2].isalpha() and text[n - 1 : n + 2].isascii()
        ]
        if not at:
            return None
        n = place.rng.choice(at)
        return text[:n] + table[text[n]] + text[n + 1 :]

    return change


def space_as(put: str) -> Change:
    """Return what puts something else for one space."""

    def change(place: Place, text: str) -> str | None:
        at = [n for n, c in enumerate(text) if c == " "]
        if not at:
            return None
        n = place.rng.choice(at)
        return text[:n] + put + text[n + 1 :]

    return change


def decomposed(_: Place, text: str) -> str | None:
    """Return the text with its accents as characters of their own."""
    return unicodedata.normalize("NFD", text)


def mojibake(_: Place, text: str) -> str | None:
    """Return UTF-8 read as Windows-1252."""
    return text.encode().decode("cp1252", errors="replace") if not text.isascii() else None


def wrapped(before: str, after: str = "") -> Change:
    """Return what puts something before and after a text."""
    return lambda _, text: f"{before}{text}{after}" if text else None


def cut_off(_: Place, text: str) -> str | None:
    """Return the first half of a text, up to a word's end."""
    half = text[: len(text) // 2].rpartition(" ")[0]
    return half if half and len(text) > 40 else None


def number_in(place: Place, text: str) -> str | None:
    """Return the text with one digit of its numbers mistyped."""
    at = [n for n, c in enumerate(text) if c.isdigit()]
    if not at:
        return None
    n = place.rng.choice(at)
    return text[:n] + place.rng.choice([d for d in "123456789" if d != text[n]]) + text[n + 1 :]
