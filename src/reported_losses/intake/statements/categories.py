"""Which category a figure means, and whose count it repeats."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from reported_losses.dataset.dates import WAR_BEGAN
from reported_losses.intake.general_staff.readings import REPORTER as GENERAL_STAFF
from reported_losses.intake.statements.remark import Amount, Remark
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
    """Return an amount with the category it means and the reporter whose count it repeats.

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
    category = WITH_SUBSET.get((amount.measure, amount.subset or ""))
    if not amount.subset:
        category = CATEGORIES.get(amount.measure)
    if general_staff and not amount.subset and amount.measure in COUNT_OF_PEOPLE:
        category = "personnel"
    repeats = (
        general_staff
        and category is not None
        and amount.rate == "total"
        and amount.place is None
        and amount.period_start in {WAR_BEGAN, stated_on - DAY}
        and amount.period_end == stated_on
    )
    return dataclasses.replace(
        amount, category=category, reporter=GENERAL_STAFF if repeats else None
    )


def with_curated_category(remark: Remark, link: Mapping[str, str]) -> Remark:
    """Return a remark with the category, reporter and origin that a person decided on.

    Args:
        remark: The remark; one without a figure is returned as it is.
        link: Row of `links.csv`.
    """
    if remark.amount is None:
        return remark
    amount = dataclasses.replace(
        remark.amount,
        category=link["category"] or None,
        reporter=link["reporter"] or None,
        derived_from=link["derived_from"] or None,
    )
    return dataclasses.replace(remark, amount=amount)
