"""What a memory is made of: a bounded table, and the functions of WeasyPrint that it stands before."""

import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

Opaque = Any
"""Object of WeasyPrint, which has no types."""
MOST = 8_000
"""Entries of a table. A full one is emptied: finding its oldest entry would cost more than making the rest again."""


class Replacement(NamedTuple):
    """Function that stands in for the one called ``name`` in a module or class of WeasyPrint."""

    owner: object
    name: str
    function: Callable[..., Any]


class Table(dict[Key, Value]):
    """Mapping of at most ``MOST`` entries."""

    def keep(self, key: Key, value: Value) -> Value:
        """Return the value, which is kept from now on."""
        if len(self) >= MOST:
            self.clear()
        self[key] = value
        return value


def everywhere(name: str, original: object, function: Callable[..., Any]) -> Iterator[Replacement]:
    """Yield a replacement for each module of WeasyPrint that has imported ``original`` by its name."""
    for module_name, module in sys.modules.copy().items():
        if module_name.startswith("weasyprint.") and vars(module).get(name) is original:
            yield Replacement(module, name, function)
