"""Elements told apart as far as the selectors of our style sheets tell them apart.

Stands before ``cssselect2.Matcher.match``: elements of one number are matched by the same selectors. Our sheets look at
an element, its ancestors, and the sibling before it: at names and attributes. They look at the places of an element
near either end, and at whether an ancestor is the last of its siblings. Of siblings further before they look for a few
classes. Fewer differences mean fewer numbers: half of a team's elements would be new if places of ancestors counted.
tests/document/test_style_sheets_told_apart.py holds the sheets to that.
"""

from itertools import count

from readiness.document.layout_memory.replaced import Cache, Opaque

FROM_START = 6
"""Places counted from the first sibling: ``:nth-child(6)`` can be told from all that come later."""
FROM_END = 3
"""Places counted from the last sibling."""
UNSEEN = frozenset(("style", "id", "href", "alt", "title", "src", "headers", "name"))
"""Attributes whose values no selector looks at, beside all that begin with ``data-``."""
EARLIER = frozenset(("brand",))
"""Classes that selectors look for in any sibling before."""
SVG = "{http://www.w3.org/2000/svg}"
"""Begins the name of each element of a drawing."""

_Seen = tuple[object, ...]


class Elements:
    """Numbers of elements, across documents. A number is never given twice, even after the cache forgot one."""

    def __init__(self) -> None:
        self._known: Cache[tuple[object, ...], int] = Cache()
        self._ancestors: Cache[tuple[object, ...], int] = Cache()
        self._next = count()

    def numbered(self, document: "NumberedDocument", element: Opaque) -> int:
        """Return the number of an element whose parent and previous sibling are in ``document``, where it is put."""
        node, parent, previous = element.etree_element, element.parent, element.previous
        seen = document.seen[node] = _seen(node)
        above = None if parent is None else document.ancestors[parent.etree_element]
        before, earlier = None, frozenset[str]()
        if previous is not None:
            before, earlier = document.seen[previous.etree_element], document.earlier[previous.etree_element]
            earlier |= EARLIER.intersection(previous.etree_element.get("class", "").split())
        document.earlier[node] = earlier
        index = element.index
        behind = len(element.etree_siblings) - 1 - index
        if len(node):
            document.ancestors[node] = self._number(self._ancestors, (above, seen, not behind))
        filled = bool(len(node) or node.text)
        places = min(index, FROM_START), min(behind, FROM_END)
        return self._number(self._known, (above, seen, filled, *places, before, earlier))

    def _number(self, known: Cache[tuple[object, ...], int], key: tuple[object, ...]) -> int:
        number = known.find(key)
        return known.keep(key, next(self._next)) if number is None else number


class NumberedDocument:
    """Elements of one document with what selectors see of them."""

    def __init__(self) -> None:
        self.seen: dict[Opaque, _Seen] = {}
        self.earlier: dict[Opaque, frozenset[str]] = {}
        self.ancestors: dict[Opaque, int] = {}


def _seen(node: Opaque) -> _Seen:
    names = tuple(node.attrib)
    if node.tag.startswith(SVG):
        return node.tag, names, node.get("class")  # its numbers are no selector's business
    values = (value for name, value in node.attrib.items() if name not in UNSEEN and name[:5] != "data-")
    return node.tag, names, *values
