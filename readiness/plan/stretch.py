"""Stretches of time that a plan groups its actions by."""

from enum import StrEnum


class Stretch(StrEnum):
    """When an action is to be done: the three horizons of a bank, and what could be done now if there is room.

    now: within 3 months; next: 3 to 6 months; later: 6 to 12 months.
    """

    NOW = "now"
    ROOM = "room"
    NEXT = "next"
    LATER = "later"

    @property
    def order(self) -> int:
        """Place among the stretches, the soonest first."""
        return [*Stretch].index(self)


NOW_HOLDS = 6
"""How many actions we put under Now: a team that is handed more starts none of them."""
