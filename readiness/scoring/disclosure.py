"""Which groups can be shown beside their total without giving away a group that is too small to be shown."""

from collections.abc import Collection, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from readiness.assessment.duplicates import LEAST_LEFT

MIN_GROUP = 5
"""How many people a group must have to be shown by itself, where nobody says otherwise."""
LEAST_GROUP = LEAST_LEFT
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


class Possible(NamedTuple, Generic[Key]):
    """Groups that can be shown: those that are large enough ``unasked``, and smaller ones if they are ``asked``."""

    unasked: tuple[Key, ...]
    asked: tuple[Key, ...]


def shown_groups(
    sizes: Mapping[Key, People],
    least: int = MIN_GROUP,
    others: People = NOBODY,
    never: Collection[Key] = (),
    first: Container[Key] = (),
    possible: Possible[Key] | None = None,
) -> tuple[Key, ...]:
    """Return the groups that can be shown beside the total of everybody, in the order of ``sizes``.

    ``others`` are people in none of the groups, who are in the total; groups in ``never`` are hidden for a reason of
    their own, those in ``first`` are the last to be hidden. A group is shown if it has at least ``least`` people or all
    of them agreed, and if what remains of the total, once all that is shown is subtracted, gives nobody away who did
    not agree: it has no such people, or at least ``least``, who are not one hidden group alone. Until that holds, one
    more group is hidden as well (secondary suppression): the smallest that makes it hold, or without one the largest,
    so that few are hidden; of equal ones, the last.

    People may agree, or take it back, from one report to the next, and somebody reads both. So nothing is shown but
    what sizes alone make ``possible``, and that gives nobody away if all of it is shown. By default it is what
    ``possible_groups`` returns without ``never``. Only if nobody would be left who did not agree, all are shown.

    Sizes alone decide. They can be an answer, too, if they count those who did not say "don't know". So people who
    agreed hide nobody: with them, it would show at which question two others are silent. And who reads it can't tell
    which of ``never`` gave what remains. Raises ValueError if ``least`` is below LEAST_GROUP.
    """
    rule = _Rule(sizes, others, least, first, mixed=others.n > 0 or bool(never))
    large = {group for group, people in sizes.items() if group not in never and people.n >= least}
    agreed = {group for group, people in sizes.items() if group not in never and people.n and not people.exposed}
    every = [group for group in sizes if group in large or group in agreed]
    if rule.left({*every}, (sizes,)).exposed == (0,):
        return tuple(every)
    unasked, asked = map(frozenset, possible or possible_groups(sizes, least, others, never, first))
    small = asked & agreed
    return rule.shown([group for group in every if group in unasked or group in small], (sizes,), unasked)


def possible_groups(
    sizes: Mapping[Key, People],
    least: int = MIN_GROUP,
    others: People = NOBODY,
    never: Collection[Key] = (),
    first: Container[Key] = (),
    within: Possible[Key] | None = None,
) -> Possible[Key]:
    """Return the groups that can be shown whoever agrees, by their sizes alone: nobody is left over if all are shown.

    A large group that would have to hide once those in ``first`` agree is none of them. Of the small ones, those in
    ``first`` go before the others, and each has to leave room for those before it. ``within``: of these alone. Raises
    ValueError if ``least`` is below LEAST_GROUP.
    """
    large_ones, small_ones = (sizes, sizes) if within is None else (within.unasked, (*within.unasked, *within.asked))
    never = {*never, *(sizes.keys() - {*small_ones})}
    rule = _Rule(sizes, others, least, first, mixed=others.n > 0 or bool(never))
    nobody = {group: People(people.n) for group, people in sizes.items()}
    first_alone = {group: NOBODY if group in first and one.n < least else one for group, one in nobody.items()}
    large = [group for group in large_ones if group not in never and sizes[group].n >= least]
    unasked = rule.shown(large, (nobody, first_alone))
    asked: list[Key] = []
    left = rule.left({*unasked}, (nobody,))
    for group in sorted(small_ones, key=lambda group: group not in first):
        small = group not in never and 0 < sizes[group].n < least
        if small and rule.is_safe(without := left.after([group], (nobody,), -1)):
            asked.append(group)
            left = without
    return Possible(unasked, tuple(asked))


@dataclass(frozen=True, slots=True)
class _Left(Generic[Key]):
    """Who is left of the total: how many who did not agree, in each view, and of how many groups."""

    exposed: tuple[int, ...]
    groups: int

    def after(self, hidden: Collection[Key], views: Iterable[Mapping[Key, People]], sign: int = 1) -> "_Left[Key]":
        """Return who is left once these groups are hidden, too; or, with the sign -1, once they are shown."""
        more = (sum(view[group].exposed for group in hidden) for view in views)
        counts = tuple(few + sign * some for few, some in zip(self.exposed, more, strict=True))
        return _Left(counts, self.groups + sign * len(hidden))


@dataclass(frozen=True, slots=True)
class _Rule(Generic[Key]):
    """Which of some groups can be shown. ``mixed``: what remains of the total can be of several groups."""

    sizes: Mapping[Key, People]
    others: People
    least: int
    first: Container[Key]
    mixed: bool

    def __post_init__(self) -> None:
        if self.least < LEAST_GROUP:
            raise ValueError(f"a group that is shown has at least {LEAST_GROUP} people")

    def shown(
        self, groups: Sequence[Key], views: Sequence[Mapping[Key, People]], kept: Collection[Key] = ()
    ) -> tuple[Key, ...]:
        """Return those of the groups that can be shown, whichever of the ``views`` holds; ``kept`` go last."""
        shown = dict.fromkeys(groups)
        left = self.left(shown, views)
        while shown and not self.is_safe(left):
            free = [group for group in shown if group not in kept] or [*shown]
            enough = [group for group in free if self.is_safe(left.after([group], views))]
            exposed = [group for group in free if views[0][group].exposed]
            # However many of those who agreed are hidden, too few others are left.
            some = enough or exposed
            hide = [self._to_hide(some, views[0], largest=not enough)] if some else free
            left = left.after(hide, views)
            for group in hide:
                del shown[group]
        return tuple(shown)

    def left(self, shown: Collection[Key], views: Iterable[Mapping[Key, People]]) -> "_Left[Key]":
        """Return who is left of the total without those that are shown."""
        hidden = [group for group, people in self.sizes.items() if people.n and group not in shown]
        others = self.others.exposed
        return _Left(tuple(others + sum(view[group].exposed for group in hidden) for view in views), len(hidden))

    def is_safe(self, left: "_Left[Key]") -> bool:
        """Return whether nobody is given away of those who are left, whichever of the views holds."""
        mixed = self.mixed or left.groups > 1
        return all(not few or (few >= self.least and mixed) for few in left.exposed)

    def _to_hide(self, groups: Sequence[Key], view: Mapping[Key, People], *, largest: bool) -> Key:
        """Return the smallest or largest group, of equal ones the last; one in ``first`` if there is no other."""
        sign = -1 if largest else 1
        return min(reversed(groups), key=lambda group: (group in self.first, sign * view[group].exposed))
