"""Which groups can be shown beside their total without giving away a group that is too small to be shown."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

MIN_GROUP = 5
"""How many people a group must have to be shown by itself, where nobody says otherwise."""
LEAST_GROUP = 3
"""What nobody may go below: of two people, each learns what the other said."""

Key = TypeVar("Key", bound=Hashable)


def shown_groups(sizes: Mapping[Key, int], least: int = MIN_GROUP, others: int = 0) -> tuple[Key, ...]:
    """Return the groups that can be shown beside the total of everybody, in the order of ``sizes``.

    ``sizes`` has each group's number of people; ``others`` are people in none of them, who are in the total. A group is
    shown if it has at least ``least`` people and if what remains of the total, once all that is shown is subtracted, is
    nobody or at least ``least`` people too. Until that holds, the smallest group that is left is hidden as well
    (secondary suppression); of equal ones, the last.

    Raises ValueError where ``least`` is below LEAST_GROUP.
    """
    if least < LEAST_GROUP:
        raise ValueError(f"a group that is shown has at least {LEAST_GROUP} people")
    shown = [group for group, size in sizes.items() if size >= least]
    rest = others + sum(size for size in sizes.values() if size < least)
    while shown and 0 < rest < least:
        hidden = min(reversed(shown), key=lambda group: sizes[group])
        shown.remove(hidden)
        rest += sizes[hidden]
    return tuple(shown)
