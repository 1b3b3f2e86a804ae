"""Operators that draw a line of text. Stands before ``weasyprint.draw.text.draw_text``.

They depend on the text, its style and how far its words are spread, as a key says, and on one thing more: a glyph has
the width that it had where the document met it first, in whichever size. So a line is drawn from memory only if all its
glyphs have the widths of its size. In a font that a document has not met yet it is drawn plainly.
"""

from collections.abc import Iterator
from enum import Enum
from types import SimpleNamespace
from typing import NamedTuple

from weasyprint import draw
from weasyprint.draw.text import draw_first_line
from weasyprint.draw.text import draw_text as draw_plainly
from weasyprint.matrix import Matrix
from weasyprint.text.fonts import get_pango_font_key

from readiness.document.layout_memory.lines import text_key
from readiness.document.layout_memory.replaced import Cache, CantKeepError, Opaque, Replacement

_SMALLEST = 1e-6


class _Glyphs(NamedTuple):
    """Glyphs of one font in a line: width of each, in thousandths of the size, and its text."""

    font: int
    widths: dict[int, int]
    to_unicode: dict[int, str]


class _Drawn(NamedTuple):
    """Operators of a line by the stream's method that writes them, and the glyphs that they show."""

    operators: list[tuple[str, tuple[object, ...]]]
    glyphs: list[_Glyphs]


class _Met(Enum):
    """State of a line without operators: met once, as most that no other document has; or never to be kept."""

    ONCE = 1
    UNKEPT = 2


def _refuse(_codepoint: int) -> int:
    raise CantKeepError


class _Recorder:
    """Stands in for the stream: keeps what a line writes, with fonts of which no glyph is known."""

    def __init__(self, stream: Opaque) -> None:
        self._stream = stream
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.operators: list[tuple[str, tuple[object, ...]]] = []
        self.fonts: dict[int, Opaque] = {}

    def add_font(self, pango_font: Opaque) -> tuple[Opaque, float]:
        """Return the font without what the document knows of it, and its size."""
        font, size = self._stream.add_font(pango_font)
        if font.bitmap or font.png or font.svg or font.colr:
            raise CantKeepError
        key, _, _ = get_pango_font_key(pango_font)
        fresh = SimpleNamespace(
            hash=font.hash,
            **dict.fromkeys(("bitmap", "png", "svg", "colr"), False),
            widths={},
            to_unicode={},
            get_unused_glyph_id=_refuse,
        )
        return self.fonts.setdefault(key, fresh), size

    def set_text_matrix(self, *_: float) -> None:
        """Leave out where the line stands."""

    def __getattr__(self, name: str) -> Opaque:
        return lambda *values: self.operators.append((name, values))


def _record(stream: Opaque, textbox: Opaque) -> _Drawn | None:
    layout = textbox.pango_layout
    recorder = _Recorder(stream)
    layout.reactivate(textbox.style)
    try:
        draw_first_line(recorder, textbox, "clip", "none", Matrix())
    except CantKeepError:
        return None
    finally:
        layout.deactivate()
    glyphs = [_Glyphs(key, font.widths, font.to_unicode) for key, font in recorder.fonts.items()]
    return _Drawn(recorder.operators, glyphs)


def _fits(drawn: _Drawn, fonts: dict[int, Opaque]) -> bool:
    for glyphs in drawn.glyphs:
        if glyphs.font not in fonts:
            return False
        known = fonts[glyphs.font].widths
        if any(known.get(glyph, width) != width for glyph, width in glyphs.widths.items()):
            return False
    return True


def _draw(drawn: _Drawn, stream: Opaque, textbox: Opaque, fonts: dict[int, Opaque]) -> None:
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    if textbox.text.strip():
        stream.set_text_matrix(1, 0, 0, -1, textbox.position_x, textbox.position_y + textbox.baseline)
        for glyphs in drawn.glyphs:
            font = fonts[glyphs.font]
            font.widths.update(glyphs.widths)
            font.to_unicode.update({key: text for key, text in glyphs.to_unicode.items() if key not in font.to_unicode})
        for name, values in drawn.operators:
            getattr(stream, name)(*values)
    stream.end_text()


def kept_drawing() -> Iterator[Replacement]:
    """Yield what keeps drawn lines."""
    lines: Cache[tuple[object, ...], _Drawn | _Met] = Cache()

    def draw_text(stream: Opaque, textbox: Opaque, offset_x: float, text_overflow: str, block_ellipsis: Opaque) -> None:
        style, layout, fonts = textbox.style, textbox.pango_layout, vars(stream)["_fonts"]
        key = (layout.text, text_key(style), layout.justification_spacing)
        plain = (style["visibility"], style["text_decoration_line"], text_overflow, block_ellipsis)
        if key[1] is not None and plain == ("visible", "none", "clip", "none") and style["font_size"] > _SMALLEST:
            drawn = lines.find(key)
            if drawn is None:
                lines.keep(key, _Met.ONCE)
            elif drawn is _Met.ONCE and textbox.text.strip():
                drawn = lines.keep(key, _record(stream, textbox) or _Met.UNKEPT)
            if isinstance(drawn, _Drawn) and _fits(drawn, fonts):
                _draw(drawn, stream, textbox, fonts)
                return
        draw_plainly(stream, textbox, offset_x, text_overflow, block_ellipsis)

    yield Replacement(draw, "draw_text", draw_text)
