"""Numbers of which only those that come again matter."""

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

_SHARES = 16
_BITS = sys.hash_info.width
_BOUNDS = [(at << _BITS) // _SHARES - (1 << _BITS - 1) for at in range(1, _SHARES)]
"""Which numbers are in which share: a hash may be any of so many bits."""


class Numbers:
    """Hashes. They are kept in shares by their size and counted share by share: to count takes ten times the room."""

    def __init__(self) -> None:
        self.shares = [array("q") for _ in range(_SHARES)]

    def add(self, numbers: Iterable[int]) -> None:
        """Take in numbers: many at a time are quicker."""
        ordered = sorted(numbers)
        ends = [bisect_left(ordered, bound) for bound in _BOUNDS]
        for share, (start, end) in zip(self.shares, pairwise((0, *ends, len(ordered))), strict=True):
            share.extend(ordered[start:end])

    def repeated(self) -> Iterator[int]:
        """Yield each number that came more than once."""
        for share in self.shares:
            if len(set(share)) < len(share):
                yield from (number for number, count in Counter(share).items() if count > 1)

    def meets(self, others: "Numbers") -> bool:
        """Return whether some number came among the others, too."""
        shares = zip(self.shares, others.shares, strict=True)
        return any(share and not frozenset(share).isdisjoint(other) for share, other in shares)

    def single_among(self, others: "Numbers") -> Iterator[int]:
        """Yield each number that came exactly once among the others."""
        for share, other in zip(self.shares, others.shares, strict=True):
            if share:
                mine = frozenset(share)
                counts = Counter(number for number in other if number in mine)
                yield from (number for number, count in counts.items() if count == 1)
