"""LICENSE-DATA says of every record what `records` says, and how to credit the dataset."""

from __future__ import annotations

import re

import reported_losses as rl
from reported_losses.definition.location import package_dir

TEXT = (package_dir() / "LICENSE-DATA").read_text(encoding="utf-8")


def items(heading: str) -> dict[str, str]:
    """Return the records in the list below a heading, each with its entry on one line."""
    _, _, after = TEXT.partition(heading)
    listed = after.split("\n\n")[1]
    found: dict[str, str] = {}
    for entry in re.split(r"^  - ", listed, flags=re.MULTILINE)[1:]:
        names, _, about = " ".join(entry.split()).partition(": ")
        found |= dict.fromkeys(names.split(", "), about)
    return found


def test_every_record_is_under_the_right_heading() -> None:
    records = rl.load("records").set_index("record")
    licensed = items("\nKept whole, under the licence named:")
    unlicensed = items("\nKept whole, as our own readings of publications that state no licence;")
    dissent = items("\nKept only where it dissents, because it states no licence:")
    told = {
        **{
            name: ("whole", re.findall(r" : ([A-Z0-9.-]+\b)", licensed[name])[0])
            for name in licensed
        },
        **dict.fromkeys(unlicensed, ("whole", "none-stated")),
        **dict.fromkeys(dissent, ("dissent", "none-stated")),
    }
    assert told == {
        name: (row.kept, row.licence)
        for name, row in zip(records.index, records.itertuples(), strict=True)
    }


def test_the_line_of_credit_is_what_cite_prints() -> None:
    credit = rl.citation().replace(f"version {rl.__version__}", "version X.Y.Z")
    assert credit in " ".join(TEXT.split())
