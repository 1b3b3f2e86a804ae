"""Numbers of which only those that come again matter."""

from array import array
from collections import Counter
from collections.abc import Iterator

_SHARES = 16


class Numbers:
    """Many whole numbers of 64 bits. They are counted share by share: to count takes ten times the room."""

    def __init__(self) -> None:
        self.shares = [array("q") for _ in range(_SHARES)]

    def add(self, number: int) -> None:
        """Take in a number."""
        self.shares[number % _SHARES].append(number)

    def repeated(self) -> Iterator[int]:
        """Yield each number that came more than once."""
        for share in self.shares:
            if len(set(share)) < len(share):
                yield from (number for number, count in Counter(share).items() if count > 1)

    def single_among(self, others: "Numbers") -> Iterator[int]:
        """Yield each number that came exactly once among the others."""
        for share, other in zip(self.shares, others.shares, strict=True):
            if share:
                mine = frozenset(share)
                counts = Counter(number for number in other if number in mine)
                yield from (number for number, count in counts.items() if count == 1)
