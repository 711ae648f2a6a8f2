"""Summaries of statements that were told anew as a whole.

A statement's summary is that of its remarks, one after the other. Where that would read as
several summaries, a decision in `summaries.csv` gives one; it names the text that it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reported_losses.intake.statements.import_log import ImportLog
from reported_losses.intake.statements.remark import Remark


class Summaries:
    """The rows of `summaries.csv`: statements told anew as a whole."""

    def __init__(self, rows: Mapping[str, Mapping[str, str]], log: ImportLog) -> None:
        self._rows = rows
        self._unused = set(rows)
        self._lapsed = log.lapsed

    def of(self, remarks: Sequence[Remark]) -> str:
        """Return the summary of the statement that some remarks make up."""
        joined = " ".join(dict.fromkeys(one.summary for one in remarks))
        for origin in sorted(one.origin for one in remarks):
            if origin in self._rows:
                self._unused.discard(origin)
                row = self._rows[origin]
                if row["old"] == joined:
                    return row["new"]
                self._lapsed.append(f"{origin}: the summary would now be {joined!r}")
        return joined

    def report_unused(self) -> None:
        """Report the decisions about remarks that are not there."""
        self._lapsed += [f"{name}: there is no such remark to sum up" for name in self._unused]
