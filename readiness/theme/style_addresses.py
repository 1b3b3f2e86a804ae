"""Addresses in a style sheet, read as a browser reads it: with its escapes, and in each function that fetches."""

from collections.abc import Iterator
from typing import Any

FETCHING = frozenset(
    ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element")
)
"""Functions that take an address; some take it as a string."""
_DRAWN = frozenset(("linear-gradient", "radial-gradient", "conic-gradient", "rgb", "rgba", "hsl", "hsla"))
"""Functions that may stand in one that takes an address. Others, such as var(), could make an address there."""
_TYPE = "type"


def refused_in(style: str, *, allowed: tuple[str, ...]) -> Iterator[str]:
    """Yield each address in ``style`` that does not begin as one of ``allowed``, each @import, and what has no end."""
    import tinycss2

    try:
        parts = tinycss2.parse_component_value_list(style)
    except ValueError:  # of thousands of digits, Python makes no number
        yield "a number of thousands of digits"
        return
    # No recursion: a style sheet can nest as deep as it is long.
    open_: list[tuple[Any, str]] = [(node, "") for node in parts]
    while open_:
        node, function = open_.pop()
        match node.type:
            case "at-keyword" if node.lower_value == "import":
                yield "@import"
            case "error" if node.kind == "bad-url":
                yield "url(…"
            case "url":
                yield from _unless_allowed(node.value, allowed)
            case "string" if function:
                yield from _unless_allowed(node.value, allowed)
            case "function":
                name = node.lower_name
                if function and name not in FETCHING | _DRAWN | {_TYPE}:
                    yield f"{name}() in {function}()"
                inner = name if name in FETCHING else "" if name == _TYPE else function
                open_ += [(part, inner) for part in node.arguments]
            case "() block" | "[] block" | "{} block":
                open_ += [(part, function) for part in node.content]


def _unless_allowed(address: str, allowed: tuple[str, ...]) -> Iterator[str]:
    found = address.strip()
    if not found.lower().startswith(allowed):
        yield f"url({found})" if found else "url() without an address"
