"""What supports the total that was chosen for a cell."""

from __future__ import annotations

import enum

from reported_losses.intake.general_staff.decide import PRIMARY, Choice


class Evidence(enum.StrEnum):
    """What supports a figure.

    Attributes:
        PRIMARY: A primary record holds it and no record contradicts it.
        AGREED: Two or more records hold it and none contradicts it.
        MAJORITY: Some record contradicts it; more records hold it than any other total, or
            it fits more printed increments than every total that as many records hold.
        SINGLE: Only one record holds it.
        DISPUTED: Records contradict each other, and nothing above decides.
    """

    PRIMARY = "primary"
    AGREED = "agreed"
    MAJORITY = "majority"
    SINGLE = "single"
    DISPUTED = "disputed"


def evidence_of(choice: Choice) -> Evidence:
    """Return what supports the total of a choice."""
    holders = choice.votes[choice.total]
    rivals = [total for total in choice.votes if total != choice.total]
    if not rivals:
        if any(record in PRIMARY for record in holders):
            return Evidence.PRIMARY
        return Evidence.AGREED if len(holders) > 1 else Evidence.SINGLE
    strong = [rival for rival in rivals if len(choice.votes[rival]) >= len(holders)]
    if all(choice.fits[rival] < choice.fits[choice.total] for rival in strong):
        return Evidence.MAJORITY
    return Evidence.DISPUTED
