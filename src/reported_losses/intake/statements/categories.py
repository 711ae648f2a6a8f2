"""Which category a figure means, and whose count it repeats."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from reported_losses.intake.readings import DAY, WAR_BEGAN
from reported_losses.intake.statements.statement import Amount, Said

GENERAL_STAFF = "ua-general-staff"
# Measures that mean what a category of the General Staff means, where no subset narrows them.
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
# A subset that makes a measure another reporter's category.
WITH_SUBSET = {("artillery", "with-mortars"): "field-artillery-and-mortars"}
# The General Staff has one count of people; pages word it in several ways.
COUNT_OF_PEOPLE = {"personnel", "killed", "killed-or-wounded"}


def linked(amount: Amount, subject: str, organisation: str, stated_on: dt.date) -> Amount:
    """Return the amount with the category it means and the reporter whose count it repeats.

    What the General Staff counts up to the day it speaks, since the war began or since the day
    before, is its report of that day; over another time it may be a figure of a year or month,
    or one that somebody rounded.
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


def relinked(said: Said, link: Mapping[str, str]) -> Said:
    """Return what was said with the link a person decided on.

    Args:
        said: A figure.
        link: Cells `category` and `reporter`.
    """
    if said.amount is None:
        return said
    category, reporter = link["category"] or None, link["reporter"] or None
    amount = dataclasses.replace(said.amount, category=category, reporter=reporter)
    return dataclasses.replace(said, amount=amount)
