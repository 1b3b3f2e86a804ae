"""Which groups can be shown beside their total without giving away a group that is too small to be shown."""

from collections.abc import Collection, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

MIN_GROUP = 5
"""How many people a group must have to be shown by itself, where nobody says otherwise."""
LEAST_GROUP = 3
"""What nobody may go below: of two people, each learns what the other said."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class People:
    """People in a group: ``n`` in all, of whom ``agreed`` let their role's answers be shown though few hold it."""

    n: int
    agreed: int = 0

    @property
    def exposed(self) -> int:
        """How many of them did not agree to be shown."""
        return self.n - self.agreed

    def __add__(self, other: "People") -> "People":
        return People(self.n + other.n, self.agreed + other.agreed)


NOBODY = People(0)


def shown_groups(
    sizes: Mapping[Key, People],
    least: int = MIN_GROUP,
    others: People = NOBODY,
    never: Collection[Key] = (),
    first: Container[Key] = (),
) -> tuple[Key, ...]:
    """Return the groups that can be shown beside the total of everybody, in the order of ``sizes``.

    ``others`` are people in none of the groups, who are in the total; groups in ``never`` are hidden for a reason of
    their own, those in ``first`` are the last to be hidden. A group is shown if it has at least ``least`` people or all
    of them agreed, and if what remains of the total, once all that is shown is subtracted, gives nobody away who did
    not agree: it has no such people, or at least ``least``, who are not one hidden group alone. Until that holds, one
    more group is hidden as well (secondary suppression): the smallest that makes it hold, or without one the largest,
    so that few are hidden; of equal ones, the last.

    Sizes alone decide. They can be an answer, too, if they count those who did not say "don't know". So people who
    agreed hide nobody: with them, it would show at which question two others are silent. And who reads it can't tell
    which of ``never`` gave what remains. Raises ValueError if ``least`` is below LEAST_GROUP.
    """
    if least < LEAST_GROUP:
        raise ValueError(f"a group that is shown has at least {LEAST_GROUP} people")
    shown = [
        group
        for group, people in sizes.items()
        if group not in never and (people.n >= least or (people.n and not people.exposed))
    ]
    hidden = [people for group, people in sizes.items() if people.n and group not in shown]
    mixed = others.n > 0 or bool(never)  # what remains can be of several groups
    while shown and not _is_safe(hidden, others, least, mixed=mixed):
        enough = [group for group in shown if _is_safe([*hidden, sizes[group]], others, least, mixed=mixed)]
        exposed = [group for group in shown if sizes[group].exposed]
        group = _to_hide(enough or exposed or shown, sizes, first, largest=not enough)
        shown.remove(group)
        hidden.append(sizes[group])
    return tuple(shown)


def _to_hide(groups: Sequence[Key], sizes: Mapping[Key, People], first: Container[Key], *, largest: bool) -> Key:
    """Return the smallest or largest group, of equal ones the last; one in ``first`` if there is no other."""
    sign = -1 if largest else 1
    return min(reversed(groups), key=lambda group: (group in first, sign * sizes[group].exposed))


def _is_safe(hidden: Sequence[People], others: People, least: int, *, mixed: bool) -> bool:
    rest = sum(hidden, others)
    return not rest.exposed or (rest.exposed >= least and (mixed or len(hidden) > 1))
