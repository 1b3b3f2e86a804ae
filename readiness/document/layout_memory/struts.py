"""Height and baseline of an empty line. Stands before ``weasyprint.text.line_break.strut``, where text is laid out.

They depend on the style alone, whose font and line height stay: they are kept on it.
"""

from collections.abc import Iterator

from weasyprint.layout import inline
from weasyprint.text.line_break import strut as strut_plainly

from readiness.document.layout_memory.replaced import Opaque, Replacement

_KEY = "_readiness_strut"


def kept_struts() -> Iterator[Replacement]:
    """Yield what keeps struts."""

    def strut(style: Opaque) -> tuple[float, float]:
        kept = style.__dict__
        if _KEY not in kept:
            kept[_KEY] = strut_plainly(style)
        found: tuple[float, float] = kept[_KEY]
        return found

    yield Replacement(inline, "strut", strut)
