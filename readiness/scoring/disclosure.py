"""Which groups can be shown beside their total without giving away a group that is too small to be shown."""

from collections.abc import Container, Hashable, Mapping, Sequence
from typing import TypeVar

MIN_GROUP = 5
"""How many people a group must have to be shown by itself, where nobody says otherwise."""
LEAST_GROUP = 3
"""What nobody may go below: of two people, each learns what the other said."""

Key = TypeVar("Key", bound=Hashable)


def shown_groups(
    sizes: Mapping[Key, int], least: int = MIN_GROUP, others: int = 0, never: Container[Key] = ()
) -> tuple[Key, ...]:
    """Return the groups that can be shown beside the total of everybody, in the order of ``sizes``.

    ``sizes`` has each group's number of people; ``others`` are people in none of them, who are in the total; groups in
    ``never`` are hidden for a reason of their own. A group is shown if it has at least ``least`` people and if what
    remains of the total, once all that is shown is subtracted, is nobody, or at least ``least`` people who are not one
    hidden group alone. Until that holds, the smallest group that is left is hidden as well (secondary suppression); of
    equal ones, the last.

    Raises ValueError where ``least`` is below LEAST_GROUP.
    """
    if least < LEAST_GROUP:
        raise ValueError(f"a group that is shown has at least {LEAST_GROUP} people")
    shown = [group for group, size in sizes.items() if size >= least and group not in never]
    hidden = [size for group, size in sizes.items() if size and group not in shown]
    while shown and not _is_safe(hidden, others, least):
        smallest = min(reversed(shown), key=lambda group: sizes[group])
        shown.remove(smallest)
        hidden.append(sizes[smallest])
    return tuple(shown)


def _is_safe(hidden: Sequence[int], others: int, least: int) -> bool:
    rest = sum(hidden) + others
    return rest == 0 or (rest >= least and (len(hidden) > 1 or others > 0))
