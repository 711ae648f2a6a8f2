"""Patterns of schemas: regular expressions that RE2 runs, and what running one may cost.

RE2 never goes back over a text, so no pattern can make it run for ever. Its time still grows with
the pattern written out in full: `.{1,1000}` is a thousand steps. So a pattern's steps are counted
and bounded.
"""

from __future__ import annotations

import functools
import re

MAX_CHARACTERS = 1_000
MAX_STEPS = 1_000

_REPEAT = re.compile(r"\{(\d{1,4})(?:,(\d{0,4}))?\}")
_NAMED = re.compile(r"\\[xpP]\{[^}]*\}|\\[pP].")
_CLASS = re.compile(r"\[\^?\]?(?:\[:[a-z^]*:\]|\\.|[^\]\\])*+\]", re.DOTALL)
_BLANKS = (
    r"\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
)
_TOKEN = re.compile(rf"{_CLASS.pattern}|\\.|.", re.DOTALL)
_ESCAPE = re.compile(r"\\.", re.DOTALL)
# A class of Unicode is a tree of bytes.
_CLASS_STEPS = 4


def whole(pattern: str) -> str:
    r"""Return the RE2 pattern that a text matches as a whole.

    To other readers of a schema `\s` is any white space, to RE2 only that of ASCII; so it is
    written out.

    >>> whole("a|b")
    '\\A(?:a|b)\\z'
    """
    return rf"\A(?:{''.join(map(_for_re2, _TOKEN.findall(pattern)))})\z"


def _for_re2(token: str) -> str:
    if token[0] == "[":
        return _ESCAPE.sub(lambda escape: _BLANKS if escape[0] == r"\s" else escape[0], token)
    return {r"\s": f"[{_BLANKS}]", r"\S": f"[^{_BLANKS}]"}.get(token, token)


def steps(pattern: str) -> int:
    """Count the characters and classes of a pattern with its repetitions written out.

    Args:
        pattern: Regular expression; of one that is not valid the number means nothing.

    >>> steps("[0-9]{4}-[0-9]{2}"), steps("((a{10}){10}b){2}")
    (7, 202)
    """
    groups = [0]
    last, at = 0, 0
    while at < len(pattern):
        repeat = _REPEAT.match(pattern, at)
        if repeat:
            times = max(1, *(int(number) for number in repeat.groups() if number))
            groups[-1] += last * (times - 1)
            last *= times
            at = repeat.end()
        elif pattern[at] == "(":
            groups.append(0)
            last, at = 0, at + 1
        elif pattern[at] == ")":
            last = groups[-1]
            if len(groups) > 1:  # a group ends; its steps are part of the group around it
                groups.pop()
                groups[-1] += last
            at += 1
        elif pattern[at] in "*+?":
            at += 1
        else:
            last, at = _atom(pattern, at)
            groups[-1] += last
    return sum(groups)


def _atom(pattern: str, at: int) -> tuple[int, int]:
    """Return the steps of the character or class at an index, and the index after it."""
    if named := _NAMED.match(pattern, at):
        return (1 if named[0][1] == "x" else _CLASS_STEPS), named.end()
    if pattern[at] == "\\":
        return 1, at + 2
    listed = _CLASS.match(pattern, at) if pattern[at] == "[" else None
    if listed is None:
        return 1, at + 1
    return (_CLASS_STEPS if _NAMED.search(listed[0]) else 1), listed.end()


def refusal(pattern: str) -> str | None:
    """Say why a pattern is not run; None if it is.

    Args:
        pattern: Regular expression of a schema.

    >>> refusal("[a-z]+"), refusal("(")
    (None, 'not a regular expression of RE2: missing ): (')
    """
    if len(pattern) > MAX_CHARACTERS:
        return f"{len(pattern):,} characters, more than {MAX_CHARACTERS:,}"
    return _tried(pattern)


# Many columns have the same few patterns.
@functools.lru_cache(maxsize=256)
def _tried(pattern: str) -> str | None:
    from pyarrow import ArrowInvalid

    from reported_losses.definition.arrow_functions import matches, text_array

    if (number := steps(pattern)) > MAX_STEPS:
        return f"{number:,} characters with its repetitions, more than {MAX_STEPS:,}"
    for form in (pattern, whole(pattern)):
        # Alone as well, because `a)|(b` is valid only between the parentheses of the whole.
        try:
            matches(text_array([""]), form)
        except ArrowInvalid as error:
            said = str(error).removeprefix("Invalid regular expression: ")
            return f"not a regular expression of RE2: {said}"
    return None
