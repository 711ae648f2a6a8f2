"""Which category a figure means, and whose count it repeats."""

from __future__ import annotations

import dataclasses
import datetime as dt

from reported_losses.definition.dates import WAR_BEGAN
from reported_losses.intake.general_staff.readings import REPORTER as GENERAL_STAFF
from reported_losses.intake.statements.remark import Amount
from reported_losses.parsing.intervals import DAY

# Measures that, without a subset, mean the same as a category of the General Staff.
CATEGORIES = {
    "personnel": "personnel",
    "captured": "prisoners",
    **{
        name: name
        for name in (
            "tanks armoured-vehicles artillery aircraft helicopters uavs "
            "tanks-and-armoured-vehicles".split()
        )
    },
}
# Measures that, with this subset, mean a category of another reporter.
WITH_SUBSET = {("artillery", "with-mortars"): "field-artillery-and-mortars"}
# The General Staff has one count of people; pages word it in several ways.
COUNT_OF_PEOPLE = {"personnel", "killed", "killed-or-wounded"}


def with_category(amount: Amount, subject: str, organisation: str, stated_on: dt.date) -> Amount:
    """Return an amount with the category it means and the reporter whose count it is.

    The General Staff has one count of people, so its figure of them is always `personnel`,
    however a page words it.

    What the General Staff counts up to the day it speaks, since the war began or since the day
    before, is its report of that day. A figure for another period may be one of a year or a
    month, or one that somebody rounded.

    Args:
        amount: The amount.
        subject: Whose losses.
        organisation: Slug of the organisation spoken for.
        stated_on: Day of the remark.
    """
    general_staff = organisation == GENERAL_STAFF and subject == "russia"
    if general_staff and not amount.subset and amount.measure in COUNT_OF_PEOPLE:
        amount = dataclasses.replace(amount, measure="personnel")
    category = WITH_SUBSET.get((amount.measure, amount.subset or ""))
    if not amount.subset:
        category = CATEGORIES.get(amount.measure)
    repeats = (
        general_staff
        and category is not None
        and amount.rate == "total"
        and amount.place is None
        and amount.period_start in {WAR_BEGAN, stated_on - DAY}
        and amount.period_end == stated_on
    )
    # What it counts over another period is a difference of its totals, or an average of them.
    rests = general_staff and category is not None and not repeats
    return dataclasses.replace(
        amount,
        category=category,
        reporter=GENERAL_STAFF if repeats else None,
        derived_from=GENERAL_STAFF if rests else amount.derived_from,
    )
