"""Frequent mistakes in writing a value, and the spelling that was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import NamedTuple

from reported_losses.definition.field_types import FIELD_TYPES

_MISSING = frozenset("na n/a nan null none nil - \u2013 \u2014 ? . tbd unknown".split())
_GROUPED = re.compile(r"[-+]?\d{1,3}([ ,.'_\u2019]\d{3})+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
# Latin O, o and l; Cyrillic O, o and both cases of I.
_LOOKALIKES = str.maketrans("Ool\u041e\u043e\u0406\u0456", "0010011")
_LONGEST_INTEGER = 18
_LONGEST = 64


class Advice(NamedTuple):
    """What to do about a cell: one sentence, and the value to write if only one is likely."""

    sentence: str
    value: str | None = None


# A sentence alone says that no value is certain.
_Said = Advice | str | None


def slip(found: str, kind: str) -> Advice:
    """Return advice on a cell that has no value of its type.

    Args:
        found: Text of the cell.
        kind: Table Schema type of its field.

    Returns:
        What to do. The sentence names the value that was probably meant if there is one.

    >>> slip("1,000", "integer")
    Advice(sentence='Write it without separators: 1000.', value='1000')
    """
    if len(found) > _LONGEST:
        return Advice(
            "The text does not belong in this column; check whether a comma or quote is missing."
        )
    # Full-width digits, no-break spaces and the minus sign become ASCII.
    text = unicodedata.normalize("NFKC", found).replace("\u2212", "-").strip()
    for advise in (_absent, _formula, _not_ascii, *_ADVICE[kind]):
        advice = advise(found, text, kind)
        if advice:
            return advice if isinstance(advice, Advice) else Advice(advice)
    return Advice("Write the value in the expected form.")


def _write(words: str, value: str) -> Advice:
    return Advice(f"{words} {value}.", value)


def _fits(text: str, kind: str) -> bool:
    try:
        FIELD_TYPES[kind].parse(text)
    except (ValueError, KeyError):
        return False
    return re.fullmatch(FIELD_TYPES[kind].spelling, text) is not None


def _absent(_found: str, text: str, _kind: str) -> _Said:
    missing = not text or text.lower() in _MISSING
    return "Leave the cell empty if there is no value." if missing else None


def _formula(found: str, _text: str, _kind: str) -> _Said:
    return "Write the value, not a formula." if found.lstrip()[:1] in {"=", "@"} else None


def _not_ascii(found: str, text: str, kind: str) -> _Said:
    if not _fits(text, kind):
        return None
    if found.strip() == text:
        return _write("Remove the whitespace:", text)
    return _write("Write it in ASCII characters:", text)


def _grouped(_found: str, text: str, kind: str) -> _Said:
    plain = re.sub(r"[^0-9-]", "", text)
    if _GROUPED.fullmatch(text) and _fits(plain, kind):
        # In a column of decimals, 1,234 may also be a little more than one.
        said = _write("Write it without separators:", plain)
        return said if kind == "integer" else said.sentence
    return None


def _plus_sign(_found: str, text: str, kind: str) -> _Said:
    plus = text.startswith("+") and _fits(text[1:], kind)
    return _write("Remove the plus sign:", text[1:]) if plus else None


def _hexadecimal(_found: str, text: str, _kind: str) -> _Said:
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", text):
        return _write("Write it in decimal digits:", str(int(text, 16)))
    return None


def _exponent(_found: str, text: str, kind: str) -> _Said:
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?[eE]\+?\d{1,2}", text):
        return None
    plain = f"{float(text):.0f}"
    # A spreadsheet that writes an exponent has often rounded.
    return f"Write the digits out: {plain}." if _fits(plain, kind) else "Write the digits out."


def _leading_zeros(_found: str, text: str, kind: str) -> _Said:
    match = re.fullmatch(r"(-?)0+(\d.*)|-(0)", text)
    if not match:
        return None
    plain = match[3] or (match[1] + match[2])
    plain = "0" if plain == "-0" else plain
    return _write("Write it as", plain) if _fits(plain, kind) else None


def _too_many_digits(_found: str, text: str, _kind: str) -> _Said:
    if re.fullmatch(r"-?\d+", text) and len(text.lstrip("-")) > _LONGEST_INTEGER:
        return f"A number has at most {_LONGEST_INTEGER} digits; look for digits typed twice."
    return None


def _decimals(_found: str, text: str, kind: str) -> _Said:
    match = re.fullmatch(r"(-?)(\d*)[.,](\d*)", text)
    if not match or not (match[2] or match[3]):
        return None
    whole, rest = match[1] + (match[2] or "0"), match[3].rstrip("0")
    plain = f"{whole}.{rest}" if rest else whole
    if _fits(plain, kind):
        return _write("Write it as", plain)
    return "The column holds whole numbers; check whether the figure belongs to another column."


def _lookalike(_found: str, text: str, kind: str) -> _Said:
    plain = text.translate(_LOOKALIKES)
    if plain != text and _fits(plain, kind):
        return _write("Replace the letter with a digit:", plain)
    return None


def _with_words(_found: str, text: str, _kind: str) -> _Said:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "This is a date; check whether the cells of the row are shifted by a column."
    if re.search(r"\d", text) and re.search(r"[^\W\d]|[~≈<>%]", text):
        return "Write only the figure; words about it belong in another column."
    return None


def _day_first(_found: str, text: str, kind: str) -> _Said:
    match = _DAY_FIRST.fullmatch(text)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[2]), match[3]
    isos = (f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}")
    days = [iso for iso in dict.fromkeys(isos) if _fits(iso, kind)]
    if len(days) == 1:
        return _write("Write it as", days[0])
    return (
        f"Write it as {' or '.join(days)}."
        if days
        else "There is no such day; check the day and the month."
    )


def _year_first(_found: str, text: str, kind: str) -> _Said:
    match = _YEAR_FIRST.fullmatch(text)
    if not match:
        return None
    iso = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    if _fits(iso, kind):
        return _write("Write it as", iso)
    return f"There is no day {iso}; check the month and the day."


def _other_date(_found: str, text: str, kind: str) -> _Said:
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text) and _fits(text[:10], kind):
        return _write("Remove the time:", text[:10])
    iso = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if re.fullmatch(r"\d{8}", text) and _fits(iso, kind):
        return _write("Write it as", iso)
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return "This is a number; a spreadsheet may have turned the date into one."
    return None


def _truth_value(_found: str, text: str, _kind: str) -> _Said:
    if text.lower() in {"true", "t", "yes", "y", "1", "on"}:
        return _write("Write it as", "true")
    false = text.lower() in {"false", "f", "no", "n", "0", "off"}
    return _write("Write it as", "false") if false else None


_Adviser = Callable[[str, str, str], _Said]
_NUMBER: tuple[_Adviser, ...] = (
    *(
        _grouped,
        _plus_sign,
        _hexadecimal,
        _exponent,
        _leading_zeros,
        _too_many_digits,
        _decimals,
        _lookalike,
        _with_words,
    ),
)
_ADVICE: Mapping[str, tuple[_Adviser, ...]] = {
    "integer": _NUMBER,
    "number": _NUMBER,
    "date": (_day_first, _year_first, _other_date, _lookalike),
    "boolean": (_truth_value,),
    "string": (),
}
