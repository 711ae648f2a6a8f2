"""Whether texts are intact: what a wrong encoding or a careless copy leaves in them."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from reported_losses.validation.keys import Mask
from reported_losses.validation.rules.rule import Context, FailureCase, rule
from reported_losses.validation.words import Words

_COLUMNS = {
    "categories": ("label_en", "label_uk", "aliases", "definition"),
    "organisations": ("name", "note"),
    "series": ("note",),
    "reports": ("greatest_losses",),
    "corrections": ("reason",),
    "records": ("title", "maker", "note"),
    "readings": ("note",),
    "revisions": ("reason",),
    "statements": ("speaker", "speaker_role", "via", "summary", "note"),
    "claims": ("note",),
    "sources": ("title", "publisher", "note"),
    "statement_sources": ("note",),
}
_QUESTION = re.compile(r"[^\W_]\?[^\W_]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_RUN = re.compile(r"  |[\n\r]")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Bytes of UTF-8 read one by one: a letter that begins a pair, and what its second byte becomes.
_PAIR = re.compile(
    "[\u00c2\u00c3\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
    "\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_NOTHING = frozenset(("null", "none", "nan", "n/a", "nil", "undefined", "#n/a"))
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = tuple(
    re.compile(f"[{letters}]")
    for letters in ("A-Za-z\u00c0-\u024f", "\u0370-\u03ff\u1f00-\u1fff", "\u0400-\u052f")
)


def flaw(text: str) -> str:
    """Say what is broken in a text; empty if nothing is.

    >>> flaw("Gen?ral"), flaw("Général, was it?")
    ('a question mark inside a word', '')
    """
    if _QUESTION.search(_without_addresses(text)):
        return "a question mark inside a word"
    if _RUN.search(text):
        return "two spaces, or a line break"
    if "&" in text and _ENTITY.search(_without_addresses(text)):
        return "a character written as in HTML"
    if "<" in text and _TAG.search(text):
        return "a tag of HTML"
    if text.casefold() in _NOTHING:
        return "a word for nothing, where an empty cell is meant"
    return "" if text.isascii() else _odd_letters(text)


def _odd_letters(text: str) -> str:
    if "\ufffd" in text:
        return "the character U+FFFD, which stands for a lost one"
    if _SPACE.search(text):
        return "a space of another width, or one that does not break"
    if _PAIR.search(text):
        return "letters that UTF-8 gives if it is read as another encoding"
    if not unicodedata.is_normalized("NFC", text):
        return "a letter and its accent as two characters"
    mixed = next((word for word in _WORD.findall(text) if _scripts(word) > 1), None)
    return "" if mixed is None else f"letters of two scripts in one word, {mixed!r}"


def _without_addresses(text: str) -> str:
    """Leave addresses out, in which a question mark has its place."""
    if "?" not in text or "://" not in text:
        return text
    return " ".join(word for word in text.split() if "://" not in word)


def _scripts(word: str) -> int:
    if word.isascii():
        return 1
    return sum(script.search(word) is not None for script in _SCRIPTS)


def text_intact(context: Context) -> Mask:
    """Find rows with a broken text."""
    table = context.table
    bad: Mask = np.logical_or.reduce(
        [table[name].where(lambda text: flaw(text) != "") for name in _COLUMNS[table.name]]
    )
    return bad


def _broken(case: FailureCase) -> Words:
    name = next(name for name in _COLUMNS[case.table.name] if flaw(case.cell(name)))
    text, key = case.cell(name), " ".join(case.cell(part) for part in case.table.key)
    message = f"{key}: {name} has {flaw(text)}"
    return Words(message, "the text as it was written", case.rule.text.fix, text, name)


for _table, _names in _COLUMNS.items():
    rule(
        _table,
        column=_names[0],
        title="No text is broken by a wrong encoding or a careless copy.",
        rationale=(
            f"Judged: {', '.join(_names)}. A text has no U+FFFD, which stands for a lost "
            "character; no question mark between two letters, which a lost one often becomes, but "
            "for addresses; no space but the ordinary one, no two in a row and no line break; "
            "nothing of HTML; no pair of letters from UTF-8 read as another encoding; no null or "
            "NaN written out; its letters are composed (NFC), so that equal "
            "texts are equal; and no word mixes Latin, Greek and Cyrillic letters, which look "
            "alike and are not found. A missing text has nothing to break."
        ),
        example="'Gen?ral Staff', or a Cyrillic letter in the word Oryx",
        fix="Write the text again as the page has it.",
    )(text_intact).words(_broken)
