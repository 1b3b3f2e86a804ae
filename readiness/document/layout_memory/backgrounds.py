"""Boxes without a background. Stands before ``weasyprint.layout.background.layout_box_backgrounds``.

Whether a box has a background, a border image or round corners follows from its style, on which it is kept.
"""

from collections.abc import Iterator

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

from readiness.document.layout_memory.replaced import Opaque, Replacement

_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_BARE = {**dict.fromkeys(_CORNERS, (0, 0)), "background": None}
_KEY = "_readiness_bare"


def _is_bare(style: Opaque) -> bool:
    """Return whether WeasyPrint would set ``_BARE`` for all boxes in this style."""
    return (
        all((0, "px") in style[corner] for corner in _CORNERS)
        and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
        and all(value is None for _, value in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )


def kept_backgrounds() -> Iterator[Replacement]:
    """Yield what keeps whether boxes have a background."""
    lay_out_plainly = background.layout_box_backgrounds

    def layout_box_backgrounds(page: Opaque, box: Opaque, image_of: Opaque, *more: Opaque, **how: Opaque) -> None:
        kept = box.style.__dict__
        if _KEY not in kept:
            kept[_KEY] = _is_bare(box.style)
        if more or how or box is page or not kept[_KEY] or not isinstance(box, Box):  # or one that stands elsewhere
            lay_out_plainly(page, box, image_of, *more, **how)
            return
        box.__dict__.update(_BARE)
        for child in box.all_children():
            layout_box_backgrounds(page, child, image_of)

    yield Replacement(background, "layout_box_backgrounds", layout_box_backgrounds)
