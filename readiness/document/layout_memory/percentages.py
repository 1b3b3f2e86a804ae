"""Margins, paddings, borders and sizes of a box. Stands before ``weasyprint.layout.percent.resolve_percentages``.

Most styles have neither a percentage nor a sum in them. Then what they come to depends on nothing around the box, and
is kept on the style.
"""

from collections.abc import Iterator

from weasyprint.layout.percent import resolve_percentages as resolve_plainly

from readiness.document.layout_memory.replaced import Opaque, Replacement, everywhere

_SIDES = ("top", "right", "bottom", "left")
LENGTHS = (
    *(f"{name}_{side}" for name in ("margin", "padding") for side in _SIDES),
    *(f"{least}{axis}" for least in ("", "min_", "max_") for axis in ("width", "height")),
)
BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_KEY = "_readiness_lengths"


def _lengths(style: Opaque) -> dict[str, Opaque] | None:
    """Return the lengths of a box in this style; None if they depend on what is around it."""
    if style["box_sizing"] != "content-box":
        return None
    found = {}
    for name in LENGTHS:
        value = style[name]
        if value == "auto":
            found[name] = 0 if name.startswith("min_") else value
        elif getattr(value, "unit", None) == "px":
            found[name] = value.value
        else:
            return None
    return found


def kept_percentages() -> Iterator[Replacement]:
    """Yield what keeps lengths."""

    def resolve_percentages(box: Opaque, containing_block: Opaque) -> None:
        style = box.style
        kept = style.__dict__
        if _KEY not in kept:
            kept[_KEY] = _lengths(style)
        lengths = kept[_KEY]
        if lengths is None:
            resolve_plainly(box, containing_block)
            return
        used = box.__dict__
        used.update(lengths)
        collapsed = style["border_collapse"] == "collapse"
        for name in BORDERS:
            if not (collapsed and name in used):  # a table has settled those of its cells
                used[name] = style[name]

    yield from everywhere("resolve_percentages", resolve_plainly, resolve_percentages)
