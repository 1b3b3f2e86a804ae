"""Lines of text. Stands before ``weasyprint.text.line_break.split_first_line``, where text is laid out.

What fits on a line depends on the text, on those properties of its style that ``text_key`` reads, on the width, on
where the line starts and on how far words are spread. The fonts are those of the renderer that the memory belongs to.
"""

from collections.abc import Iterator
from itertools import count

from weasyprint.layout import inline, preferred
from weasyprint.text.line_break import split_first_line as split_plainly

from readiness.document.layout_memory.replaced import Cache, Opaque, Replacement

TEXT_PROPERTIES = (
    *(
        "font_family",
        "font_style",
        "font_stretch",
        "font_weight",
        "font_size",
        "font_kerning",
        "font_language_override",
    ),
    *("font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings"),
    *("lang", "direction", "white_space", "letter_spacing", "word_spacing", "overflow_wrap", "word_break", "tab_size"),
    *("hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character", "text_decoration_line"),
)
"""Properties of a style that a line of text, or how it is drawn, depends on."""
_LONGEST = 1_000
"""Characters of a text that is kept. Each line's key has all the text that is left, so a longer one takes much room."""
_KEY = "_readiness_text_key"

_keys: dict[str, int] = {}
_next_key = count()


def text_key(style: Opaque) -> int | None:
    """Return the number of all styles that set text alike; None if a value can't be told apart by how it is written."""
    kept = style.__dict__
    if _KEY not in kept:
        values = [style[name] for name in TEXT_PROPERTIES]
        kept[_KEY] = _keys.setdefault(repr(values), next(_next_key)) if _is_plain(values) else None
    key: int | None = kept[_KEY]
    return key


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def kept_lines() -> Iterator[Replacement]:
    """Yield what keeps lines of text."""
    lines: Cache[tuple[object, ...], Opaque] = Cache()

    def split_first_line(text: str, style: Opaque, context: Opaque, *place: float | None, **how: bool) -> Opaque:
        key = (text, text_key(style), place, *how.items())
        line = lines.find(key)
        if line is None:
            line = split_plainly(text, style, context, *place, **how)
            if key[1] is not None and len(text) <= _LONGEST:
                lines.keep(key, line)
        return line

    for module in (inline, preferred):
        yield Replacement(module, "split_first_line", split_first_line)
