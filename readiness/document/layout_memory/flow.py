"""Whether a box floats, or stands in the normal flow. Stands before two methods of ``weasyprint``'s ``Box``.

Both follow from the style alone, whose position and float stay: they are kept on it.
"""

from collections.abc import Iterator

from weasyprint.formatting_structure.boxes import Box

from readiness.document.layout_memory.replaced import Opaque, Replacement

_FLOATS, _IN_FLOW = "_readiness_floats", "_readiness_in_flow"


def kept_flow() -> Iterator[Replacement]:
    """Yield what keeps where boxes stand."""
    floats_plainly, flows_plainly = Box.is_floated, Box.is_in_normal_flow

    def is_floated(box: Opaque) -> bool:
        kept = box.style.__dict__
        if _FLOATS not in kept:
            kept[_FLOATS] = floats_plainly(box)
        found: bool = kept[_FLOATS]
        return found

    def is_in_normal_flow(box: Opaque) -> bool:
        kept = box.style.__dict__
        if _IN_FLOW not in kept:
            kept[_IN_FLOW] = flows_plainly(box)
        found: bool = kept[_IN_FLOW]
        return found

    yield Replacement(Box, "is_floated", is_floated)
    yield Replacement(Box, "is_in_normal_flow", is_in_normal_flow)
