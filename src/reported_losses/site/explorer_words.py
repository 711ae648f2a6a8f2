"""The texts of the explorer's charts, in the words of `plot`."""

from __future__ import annotations

from typing import Any

from reported_losses.loading.chart_rows import CUTTING, KINDS
from reported_losses.loading.chart_words import Words, words

_INCREMENT = "Reported, not confirmed. {}: the increment that the reporter printed for each day{}."
_MEAN = "; line: mean of seven days"
_KEY = ("ua-general-staff", "russia", "tanks")


def chart_words() -> dict[str, Any]:
    """Return the texts that all charts share.

    Returns:
        `says` (for each measure, how to read the chart: with bars or with dots, with a line or
        with none), `cutting` (kinds of corrections that no line crosses) and `source`.
    """
    says = {kind: _words(_KEY, kind).subtitle for kind in KINDS}
    for each, dots in (("Bars", ""), ("Dots", "-dots")):
        for mean, bare in (("line", ""), ("", "-bare")):
            says[f"change{dots}{bare}"] = _words(_KEY, "change", each, mean).subtitle
            says[f"increment{dots}{bare}"] = _INCREMENT.format(each, _MEAN if mean else "")
    return {"says": says, "cutting": CUTTING, "source": _words(_KEY, "total").source}


def title(key: tuple[str, str, str]) -> str:
    """Return the title of a series.

    >>> title(("oryx", "ukraine", "tanks"))
    'Tanks: losses of Ukraine reported by Oryx'
    """
    return _words(key, "total").title


def _words(key: tuple[str, str, str], kind: str, each: str = "Bars", mean: str = "line") -> Words:
    reporter, subject, category = key
    return words(
        category,
        reporter=reporter,
        subject=subject,
        kind=kind,
        each=each,
        mean=mean,
        as_of=None,
        notes=(),
    )
