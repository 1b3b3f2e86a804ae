"""Elements told apart as far as the selectors of our style sheets tell them apart.

Stands before ``cssselect2.Matcher.match``: elements of one number are matched by the same selectors. Our sheets look at
an element, its ancestors, and the sibling before each of them: at names, at attributes, and at places near either end.
Of siblings further before they look at classes.
tests/document/test_layout_memory.py holds the sheets to that.
"""

from itertools import count

from readiness.document.layout_memory.replaced import Cache, Opaque

FROM_START = 6
"""Places counted from the first sibling: ``:nth-child(6)`` can be told from all that come later."""
FROM_END = 3
"""Places counted from the last sibling."""
UNSEEN = frozenset(("style", "id", "href", "alt", "title", "src", "headers", "name"))
"""Attributes whose values no selector looks at, beside all that begin with ``data-``."""
_SVG = "{http://www.w3.org/2000/svg}"

_Traits = tuple[object, ...]


class Elements:
    """Numbers of elements, across documents. A number is never given twice, even after the cache forgot one."""

    def __init__(self) -> None:
        self._known: Cache[_Traits, int] = Cache()
        self._next = count()

    def numbered(self, document: "NumberedDocument", element: Opaque) -> int:
        """Return the number of an element whose parent and previous sibling have theirs in ``document``."""
        node, parent, previous = element.etree_element, element.parent, element.previous
        traits = document.traits[node] = _traits(element)
        before = None if previous is None else document.traits[previous.etree_element]
        above = None if parent is None else document.numbers[parent.etree_element]
        earlier = frozenset[str]()
        if previous is not None:
            earlier = document.earlier[previous.etree_element]
            if own := previous.etree_element.get("class"):
                earlier |= {own}
        document.earlier[node] = earlier
        key = (traits, before, earlier, above)
        number = self._known.find(key)
        if number is None:
            number = self._known.keep(key, next(self._next))
        document.numbers[node] = number
        return number


class NumberedDocument:
    """Elements of one document with what is known of them so far."""

    def __init__(self) -> None:
        self.traits: dict[Opaque, _Traits] = {}
        self.earlier: dict[Opaque, frozenset[str]] = {}
        self.numbers: dict[Opaque, int] = {}


def _traits(element: Opaque) -> _Traits:
    node = element.etree_element
    names = tuple(node.attrib)
    if node.tag.startswith(_SVG):
        seen: tuple[object, ...] = (node.get("class"),)  # its numbers are no selector's business
    else:
        seen = tuple(value for name, value in node.attrib.items() if name not in UNSEEN and name[:5] != "data-")
    index, siblings = element.index, len(element.etree_siblings)
    return (
        *(node.tag, names, seen, bool(len(node) or node.text)),
        *(min(index, FROM_START), min(siblings - 1 - index, FROM_END)),
    )
