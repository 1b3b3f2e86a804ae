"""Computed styles. Stands before ``weasyprint.css.StyleFor``.

The key of an element's styles has all that they are computed from: the parent's styles, the selectors that match, and
the declarations of its own attributes. Style sheets, base address and fonts are those of the first document; with
others, WeasyPrint's own way is taken.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from math import inf
from typing import NamedTuple

from weasyprint import css
from weasyprint.css import declaration_precedence, find_style_attributes
from weasyprint.css.validation import preprocess_declarations

from readiness.document.layout_memory.elements import SVG, Elements, NumberedDocument
from readiness.document.layout_memory.replaced import Cache, Opaque, Replacement

_DECLARING = ("style", "lang", "id", "name")
"""Attributes that WeasyPrint makes declarations of."""
_DRAWING = f"{SVG}svg"
_DRAWING_DECLARING = (*_DECLARING, "width", "height")
"""Those of a whole drawing. The sizes of its shapes make no declaration, and no two teams have the same."""
_NUMBER = "_readiness_number"

_numbers = count()


def style_number(style: Opaque) -> int | None:
    """Return the number of a kept style, or of one for anonymous boxes made from it; None for others."""
    kept = style.__dict__
    number: int | None = kept.get(_NUMBER)
    if number is None and type(style) is css.AnonymousStyle and style_number(style.parent_style) is not None:
        number = kept[_NUMBER] = next(_numbers)
    return number


class _Matched(NamedTuple):
    """Selectors that match an element; ``number`` is that of all elements with the same."""

    number: int
    selectors: tuple[tuple[Opaque, ...], ...]


class _Styled(NamedTuple):
    """Styles of an element, by pseudo-element; ``number`` is theirs alone."""

    number: int
    styles: dict[str | None, Opaque]


class _Alone(NamedTuple):
    """Element as a tree of its own, without its children."""

    element: Opaque

    def iter(self) -> Iterator[Opaque]:
        """Yield the element."""
        yield self.element


class _Styles:
    """Styles of the elements of all documents with the same style sheets."""

    def __init__(self, html: Opaque, sheets: list[tuple[Opaque, ...]], fonts: Opaque) -> None:
        self._sheets, self._base, self._fonts = sheets, html.base_url, fonts
        self._page_sizes: dict[str, Opaque] = {"box": None, "area": None}
        self._elements = Elements()
        self._matched: Cache[int, _Matched] = Cache()
        self._same_match: Cache[tuple[tuple[int, int], ...], _Matched] = Cache()
        self._styled: Cache[tuple[object, ...], _Styled] = Cache()
        self._next = count()

    def fit(self, html: Opaque, sheets: list[tuple[Opaque, ...]], fonts: Opaque) -> bool:
        """Return whether a document has the style sheets, base address and fonts that these styles belong to."""
        return (sheets, html.base_url, fonts) == (self._sheets, self._base, self._fonts)

    def style_for(self, html: Opaque, targets: Opaque) -> Opaque:
        """Return a StyleFor with the styles of all elements of a document."""
        made = object.__new__(_PLAIN)
        computed: dict[tuple[Opaque, str | None], Opaque] = {}
        vars(made).update(
            _cascaded_styles={},
            _computed_styles=computed,
            _sheets=self._sheets,
            initial_page_sizes=self._page_sizes,
            font_config=self._fonts,
        )
        document, numbers = NumberedDocument(), dict[Opaque, int]()
        for element in html.wrapper_element.iter_subtree():
            node, parent = element.etree_element, element.parent
            matched = self._match(element, self._elements.numbered(document, element))
            above = None if parent is None else numbers[parent.etree_element]
            declaring = _DRAWING_DECLARING if node.tag == _DRAWING else _DECLARING
            key = (above, matched.number, node.tag, *map(node.get, declaring))
            styled = self._styled.find(key)
            if styled is None:
                styled = self._styled.keep(key, self._compute(made, html, element, matched.selectors))
            numbers[node] = styled.number
            for pseudo, style in styled.styles.items():
                computed[node, pseudo] = style
            if anchor := styled.styles[None]["anchor"]:
                targets.collect_anchor(anchor)
        return made

    def _match(self, element: Opaque, number: int) -> _Matched:
        matched = self._matched.find(number)
        if matched is None:
            selectors = tuple(
                (at, *selector)
                for at, (sheet, _, _) in enumerate(self._sheets)
                for selector in sheet.matcher.match(element)
            )
            key = tuple((at, order) for at, _, order, _, _ in selectors)
            same = self._same_match.find(key)
            if same is None:
                same = self._same_match.keep(key, _Matched(next(self._next), selectors))
            matched = self._matched.keep(number, same)
        return matched

    def _compute(self, made: Opaque, html: Opaque, element: Opaque, selectors: Iterable[tuple[Opaque, ...]]) -> _Styled:
        node, root = element.etree_element, html.etree_element
        cascade: dict[str | None, dict[str, Opaque]] = {None: {}}
        for specificity, _, declarations, base in find_style_attributes(_Alone(node), False, self._base):  # noqa: FBT003
            _lay_over(cascade[None], preprocess_declarations(base, declarations), "author", inf, specificity)
        for at, specificity, _, pseudo, (declarations, layer) in selectors:
            sheet, origin, of_sheet = self._sheets[at]
            order = inf if layer is None else sheet.layers.index(layer)
            _lay_over(cascade.setdefault(pseudo, {}), declarations, origin, order, of_sheet or specificity)
        for pseudo, cascaded in cascade.items():
            made.get_cascaded_styles()[node, pseudo] = cascaded
            above = node if pseudo else None if element.parent is None else element.parent.etree_element
            made.set_computed_styles(node, above, root, pseudo, html.base_url)
        made.get_cascaded_styles().clear()
        computed = made.get_computed_styles()
        styles = {pseudo: computed[node, pseudo] for pseudo in cascade}
        for style in styles.values():
            style.__dict__[_NUMBER] = next(_numbers)
        return _Styled(next(self._next), styles)


def _lay_over(
    cascaded: dict[str, Opaque], declarations: Iterable[Opaque], origin: str, layer: float, specificity: Opaque
) -> None:
    """Lay declarations over those before, wherever they weigh as much or more."""
    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), layer, specificity)
        if name not in cascaded or cascaded[name][1] <= weight:
            cascaded[name] = values, weight


_PLAIN = css.StyleFor


def kept_styles() -> Iterator[Replacement]:
    """Yield what keeps computed styles."""
    kept: list[_Styles] = []

    def style_for(html: Opaque, sheets: Opaque, hints: Opaque, fonts: Opaque, targets: Opaque) -> Opaque:
        if not kept:
            kept.append(_Styles(html, sheets, fonts))
        if hints or not kept[0].fit(html, sheets, fonts):
            return _PLAIN(html, sheets, hints, fonts, targets)
        return kept[0].style_for(html, targets)

    yield Replacement(css, "StyleFor", style_for)
