"""All texts that a document holds, found by its fields, so that a new block or field is looked at as well."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from readiness.document.blocks import Hint
from readiness.document.chart import Chart
from readiness.document.tables import Table

_NOT_TEXT = frozenset({"name", "kind", "shade", "link", "look", "tone"})
"""Fields that hold names of styles and anchors, and addresses."""


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a document, or of a part of it, but for hints, charts, and tables without rows."""
    if isinstance(value, Hint | Chart | Enum) or (isinstance(value, Table) and not value.rows):
        return
    if isinstance(value, str):
        yield value
    elif names := _names(value):
        yield from (text for name in names for text in texts(getattr(value, name)))
    elif isinstance(value, Sequence):
        yield from (text for each in value for text in texts(each))


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """Return a document, or a part of it, with each of its texts changed."""
    if isinstance(value, Chart | Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if names := _names(value):
        new = {name: changed(getattr(value, name), change) for name in names}
        return value._replace(**new) if hasattr(value, "_replace") else replace(value, **new)
    return [changed(each, change) for each in value] if isinstance(value, Sequence) else value


def _names(value: Any) -> tuple[str, ...]:
    """Return the names of a part's fields that can hold texts; none if it is no part of a document."""
    names = [field.name for field in fields(value)] if is_dataclass(value) else getattr(value, "_fields", ())
    return tuple(name for name in names if name not in _NOT_TEXT)
