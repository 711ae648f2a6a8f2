"""Puts faults into a package folder and says what `check` makes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from faults.fault import Fault, Kind
from faults.sheets import Texts
from reported_losses.issue import Issue
from reported_losses.validation.check import check

OUTCOMES = ("error", "warning", "never", "raised")
"""What becomes of a fault: the gravest issue it gives, none, or an exception."""


@dataclass(frozen=True)
class Verdict:
    """What the check made of one fault.

    Attributes:
        kind: Name of the kind, or of the column.
        texts: Name of the package.
        group: Whose figure it was and whether its increment is printed.
        place: Where the fault was.
        outcome: One of `OUTCOMES`.
        located: Whether an issue is at a changed line, at a changed key, or of the whole file.
        right: Whether a code is one that is right for the kind.
        codes: Codes of the issues at the place, or of all issues if none is there.
    """

    kind: str
    texts: str
    group: str
    place: str
    outcome: str
    located: bool
    right: bool
    codes: tuple[str, ...]


Seen = tuple[str, str | None, str | None, str, str | None]


def seen(issue: Issue) -> Seen:
    """Return what tells an issue from another, whatever its line."""
    return issue.code, issue.path, issue.column, str(issue.key), issue.found


def is_there(issue: Issue, fault: Fault) -> bool:
    """Return whether an issue is where the fault is.

    That is at a line that was changed, at the key of a row that was changed, at a reference to a
    name that was changed, or at the file if all of it was.
    """
    if issue.path is not None and issue.line in fault.lines.get(issue.path, ()):
        return True
    if issue.found is not None and issue.found in fault.names:
        return True
    if any(_agrees(issue.key, key) for key in fault.keys):
        return True
    return fault.whole and (
        issue.path in fault.files or issue.path in fault.names or issue.table in fault.names
    )


def _agrees(key: Mapping[str, str], other: Mapping[str, str]) -> bool:
    both = [name for name in key if name in other]
    return bool(both) and all(key[name] == other[name] for name in both)


class Bench:
    """A package folder in which one file after another is wrong for the time of one check.

    Args:
        texts: The package.
        folder: An empty folder.
    """

    def __init__(self, texts: Texts, folder: Path) -> None:
        self.texts = texts
        self.folder = folder
        self.right = texts.files()
        texts.write(folder)
        self.before = Counter(seen(issue) for issue in check(folder, today=texts.today))

    def judge(self, fault: Fault, kind: str, codes: Iterable[str] = ()) -> Verdict:
        """Check the package with the fault in it."""
        with self._put(fault.files):
            try:
                issues = check(self.folder, today=self.texts.today)
            except Exception as error:  # noqa: BLE001 - that it is raised is the finding
                outcome, name = "raised", (type(error).__name__,)
                return self._verdict(fault, kind, outcome, located=False, right=False, codes=name)
        new = list(self._new(issues))
        there = [issue for issue in new if is_there(issue, fault)]
        found = tuple(sorted({issue.code for issue in there or new}))
        outcome = "never"
        if new:
            outcome = "error" if any(one.severity == "error" for one in new) else "warning"
        patterns = tuple(codes)
        right = not patterns or any(fnmatchcase(one, of) for one in found for of in patterns)
        return self._verdict(
            fault, kind, outcome, located=bool(there), right=right and bool(new), codes=found
        )

    def _verdict(
        self,
        fault: Fault,
        kind: str,
        outcome: str,
        *,
        located: bool,
        right: bool,
        codes: tuple[str, ...],
    ) -> Verdict:
        name = self.texts.name
        return Verdict(kind, name, fault.group, fault.place, outcome, located, right, codes)

    def of_kind(self, kind: Kind, faults: Iterable[Fault]) -> list[Verdict]:
        """Judge faults of one kind."""
        return [self.judge(fault, kind.name, kind.codes) for fault in faults]

    def _new(self, issues: Iterable[Issue]) -> Iterator[Issue]:
        """Leave out what was found before there was a fault."""
        had = self.before.copy()
        for issue in issues:
            if had[seen(issue)] > 0:
                had[seen(issue)] -= 1
            else:
                yield issue

    @contextmanager
    def _put(self, files: Mapping[str, bytes | None]) -> Iterator[None]:
        try:
            for path, data in files.items():
                if data is None:
                    (self.folder / path).unlink()
                else:
                    (self.folder / path).write_bytes(data)
            yield
        finally:
            for path in files:
                if path in self.right:
                    (self.folder / path).write_bytes(self.right[path])
                else:
                    (self.folder / path).unlink()
