"""Lines of a whole paragraph. Stands before ``weasyprint.layout.inline.iter_line_boxes``, where boxes become lines.

The lines of a paragraph depend on its boxes, as far as a key says, and on the left edge and the width that it has. They
do not depend on how far down it stands: a line is laid out around its baseline, and then moved. So a line is kept as it
was before it moved, and moves in the same way: sums in another order could end in another digit.

Only texts and what holds them are kept, each in a style of ``styles``. Each line of another document is made from its
own boxes: nothing of the document that a paragraph was first met in is kept, but sizes, texts and Pango's layouts.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import block, inline

from readiness.document.layout_memory.percentages import BORDERS, LENGTHS
from readiness.document.layout_memory.replaced import Cache, CantKeepError, Opaque, Replacement
from readiness.document.layout_memory.styles import style_number

_OF_DOCUMENT = frozenset(
    (
        *("element_tag", "element", "style", "first_letter_style", "first_line_style", "children"),
        *("string_set", "bookmark_label", "link", "missing_link", "cached_counter_values", "text_overflow"),
        *("leading_collapsible_space", "trailing_collapsible_space"),
    )
)
"""Attributes of a box that layout leaves alone, and its children. They stay those of its own document."""
_ALIKE = frozenset((*LENGTHS, *BORDERS)) - {"margin_top", "margin_bottom", "width", "height"}
"""Lengths that are the same in nearly all lines: kept once."""
_OWN = frozenset(
    (
        *("position_x", "position_y", "margin_top", "margin_bottom", "width", "height", "baseline"),
        *("text", "pango_layout", "justification_spacing", "text_indent"),
    )
)
_AT = "_readiness_at"
_MET: tuple["_Line", ...] = ()
"""Kept for a paragraph met once, as most that no other document has: it takes little room."""


class _Box(NamedTuple):
    """Box of a line: which box of the paragraph it is made from, and what layout set. ``y`` is from the baseline."""

    at: int
    alike: dict[str, Opaque]
    own: dict[str, Opaque]
    y: float
    sides: frozenset[str]
    children: tuple["_Box", ...]


class _Line(NamedTuple):
    """Line with its upper edge, from the baseline, and the place in the paragraph where the next begins."""

    box: _Box
    top: float
    resume_at: dict[int, Opaque] | None


def _sign(box: Opaque, origins: list[Opaque], signs: list[object]) -> bool:
    """List the boxes of a paragraph, and what its lines depend on. Return whether it can be kept."""
    kind, style = type(box), style_number(box.style)
    if style is None:
        return False
    origins.append(box)
    if kind is TextBox:
        signs.append((style, box.text, box.trailing_collapsible_space))
        return True
    if (kind is not InlineBox and kind is not LineBox) or box.is_leader or box.footnote:
        return False
    signs.append((style, len(box.children), box.trailing_collapsible_space))
    return all(_sign(child, origins, signs) for child in box.children)


class _Paragraphs:
    """Lines of paragraphs, and how those are laid out that are new."""

    def __init__(self) -> None:
        self._kept: Cache[tuple[object, ...], tuple[_Line, ...]] = Cache()
        self._alike: Cache[tuple[tuple[str, Opaque], ...], dict[str, Opaque]] = Cache()
        self._placed: list[tuple[float, list[float]]] | None = None

    def lines(self, context: Opaque, box: Opaque, y: float, *rest: Opaque) -> Iterator[tuple[Opaque, Opaque]]:
        """Yield each line, and where the next begins, as WeasyPrint does."""
        _, skipped, around, _, _, first_letter, first_line = rest
        origins, signs = list[Opaque](), list[object]()
        plainly = skipped or first_letter or first_line or context.excluded_shapes
        if plainly or not _sign(box, origins, signs):
            yield from _PLAIN_LINES(context, box, y, *rest)
            return
        key = (around.content_box_x(), around.width, around.style["direction"], *signs)
        lines = self._kept.find(key)
        if not lines:
            plain = _PLAIN_LINES(context, box, y, *rest)
            if lines is None:
                self._kept.keep(key, _MET)
                yield from plain
            else:
                yield from self._laid_out(key, origins, plain)
            return
        for line in lines:
            made = _again(line.box, origins, y - line.top)
            made.position_y = y
            y += made.height
            yield made, line.resume_at

    def _laid_out(
        self, key: tuple[object, ...], origins: Sequence[Opaque], lines: Iterator[tuple[Opaque, Opaque]]
    ) -> Iterator[tuple[Opaque, Opaque]]:
        """Yield lines that are new, and keep them once all are made."""
        for at, origin in enumerate(origins):
            origin.__dict__[_AT] = at
        kept, made = list[_Line](), 0
        while True:
            placed = self._placed = list[tuple[float, list[float]]]()
            line, resume_at = next(lines, (None, None))
            self._placed = None  # what is laid out before the next line is no part of this paragraph
            if line is None:
                return
            if len(placed) == 1:
                top, places = placed[0]
                with suppress(CantKeepError):
                    kept.append(_Line(self._keep(line, iter(places)), top, resume_at))
            made += 1
            if resume_at is None and len(kept) == made:
                self._kept.keep(key, tuple(kept))
            yield line, resume_at

    def _keep(self, box: Opaque, places: Iterator[float]) -> _Box:
        found = box.__dict__
        if _AT not in found or not found.keys() - {_AT, "remove_decoration_sides"} <= _OF_DOCUMENT | _ALIKE | _OWN:
            raise CantKeepError
        alike = tuple((name, found[name]) for name in sorted(_ALIKE & found.keys()))
        return _Box(
            found[_AT],
            self._alike.find(alike) or self._alike.keep(alike, dict(alike)),
            {name: found[name] for name in _OWN & found.keys()},
            next(places),
            frozenset(box.remove_decoration_sides),
            tuple(self._keep(child, places) for child in box.children),
        )

    def placed(self, line: Opaque) -> tuple[float, float]:
        """Place the boxes of a line around its baseline, note where, and return its lower and upper edge."""
        bottom, top = _PLAIN_PLACES(line)
        if self._placed is not None:
            self._placed.append((top, [box.position_y for box in line.descendants()]))
        return bottom, top


def _again(kept: _Box, origins: Sequence[Opaque], down: float) -> Opaque:
    """Return a box of a line, made from the document's own."""
    origin = origins[kept.at]
    box = object.__new__(type(origin))
    box.__dict__ = {
        **origin.__dict__,
        **kept.alike,
        **kept.own,
        "position_y": kept.y + down,
        "remove_decoration_sides": set(kept.sides),
    }
    if kept.children or type(origin) is not TextBox:
        box.children = [_again(child, origins, down) for child in kept.children]
    return box


_PLAIN_LINES, _PLAIN_PLACES = inline.iter_line_boxes, inline.line_box_verticality


def kept_paragraphs() -> Iterator[Replacement]:
    """Yield what keeps lines of paragraphs."""
    paragraphs = _Paragraphs()
    yield Replacement(block, "iter_line_boxes", paragraphs.lines)
    yield Replacement(inline, "line_box_verticality", paragraphs.placed)
