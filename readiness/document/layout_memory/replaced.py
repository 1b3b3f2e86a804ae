"""What a memory is made of: a bounded cache, and the functions of WeasyPrint that it stands before."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

Opaque = Any
"""Object of WeasyPrint, which has no types."""
MOST = 6_000
"""Entries of a cache."""


class CantKeepError(Exception):
    """A line or a paragraph that must be made anew: with a glyph that warns or is a picture, or a box nobody knows."""


class Replacement(NamedTuple):
    """Object, mostly a function, that stands in for the one called ``name`` in a module or class."""

    owner: object
    name: str
    by: object


class Cache(Generic[Key, Value]):
    """Mapping of at most ``MOST`` entries. When it is full, those go that were not asked for of late."""

    def __init__(self) -> None:
        self._young: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}

    def find(self, key: Key) -> Value | None:
        """Return the value kept under the key; None if there is none."""
        value = self._young.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.keep(key, value)
        return value

    def keep(self, key: Key, value: Value) -> Value:
        """Return the value, which is kept from now on."""
        if len(self._young) >= MOST // 2:
            self._old, self._young = self._young, {}
        self._young[key] = value
        return value


def everywhere(name: str, original: object, function: Callable[..., Any]) -> Iterator[Replacement]:
    """Yield a replacement for each module of WeasyPrint that has imported ``original`` by its name."""
    for module_name, module in sys.modules.copy().items():
        if module_name.startswith("weasyprint.") and vars(module).get(name) is original:
            yield Replacement(module, name, function)


@contextmanager
def in_place(replacements: Iterable[Replacement]) -> Iterator[None]:
    """Let the replacements stand in within. Outside, and for any other renderer, all is as it was."""
    with ExitStack() as stack:
        for owner, name, by in replacements:
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, by)
        yield
