"""Limits of a parsed template. Beyond them Jinja or Python, which compiles it, ends in an error without a line."""

from jinja2 import nodes

MAX_DEPTH = 60
"""Things inside one another, terms of a sum among them; ours have 10. Python takes 100 levels of indentation."""
MAX_LOOPS = 15
"""Loops inside one another; Python takes 20."""
MAX_BITS = 10_000
"""Of a whole number that is written out; Python shows none of more than 14,000."""
TOO_DEEP = "too many things stand inside one another"
LONG_NUMBER = "this number has too many digits"
_CHOICES = 10
"""Python nests each {% elif %} in the one before, and takes some hundreds."""


def beyond_limits(template: nodes.Template) -> tuple[int, str] | None:
    """Return the line of the first thing found that is beyond the limits, and what is wrong; None if nothing is."""
    open_: list[tuple[nodes.Node, int, int]] = [(template, 1, 0)]  # no recursion: it may nest as deep as it is long
    while open_:
        node, depth, loops = open_.pop()
        loops += isinstance(node, nodes.For)
        if depth > MAX_DEPTH or loops > MAX_LOOPS:
            return node.lineno, TOO_DEEP
        if isinstance(node, nodes.Const) and isinstance(node.value, int) and node.value.bit_length() > MAX_BITS:
            return node.lineno, LONG_NUMBER
        open_ += [(child, depth + 1, loops) for child in node.iter_child_nodes(exclude=("elif_",))]
        if isinstance(node, nodes.If):
            open_ += [(choice, depth + 1 + at // _CHOICES, loops) for at, choice in enumerate(node.elif_)]
    return None
