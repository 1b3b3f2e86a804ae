"""All memories of one renderer, whether there are any, and which documents prove them."""

import os
import zlib
from importlib.metadata import version

from readiness.document.layout_memory.replaced import Replacement

TESTED = "70.0"
"""Release of WeasyPrint whose functions the memories stand before. With any other, nothing is kept."""
SWITCH = "READINESS_LAYOUT_MEMORY"
"""Environment variable that switches the memory off, as 0."""

PROVED = 500
"""One document of so many is laid out both ways, to prove that both give the same."""
DIFFERS = (
    "This PDF was laid out in two ways that should give the same, and they differ. It is right now. Those made just "
    f"before it may be wrong: delete them, and make them again with {SWITCH}=0. Please tell us."
)
"""Said if a proof fails. From then on nothing is kept."""


def is_proof(html: str) -> bool:
    """Return whether this is the one document of ``PROVED``: whichever process makes it, and whenever."""
    return zlib.crc32(html.encode()) % PROVED == 0


def why_off() -> str | None:
    """Return why nothing is kept, in words; None if it is."""
    if os.environ.get(SWITCH) == "0":
        return f"{SWITCH} is 0"
    found = version("weasyprint")
    return None if found == TESTED else f"it was tested with WeasyPrint {TESTED}, and {found} is installed"


def layout_memory() -> list[Replacement]:
    """Return stand-ins for functions of WeasyPrint. All that is kept is in them, and no document is."""
    from readiness.document.layout_memory.backgrounds import kept_backgrounds
    from readiness.document.layout_memory.drawing import kept_drawing
    from readiness.document.layout_memory.flow import kept_flow
    from readiness.document.layout_memory.lines import kept_lines
    from readiness.document.layout_memory.paragraphs import kept_paragraphs
    from readiness.document.layout_memory.percentages import kept_percentages
    from readiness.document.layout_memory.release import released
    from readiness.document.layout_memory.struts import kept_struts
    from readiness.document.layout_memory.styles import kept_styles

    memories = (
        *(kept_styles, kept_paragraphs, kept_lines, kept_struts, kept_percentages, kept_flow, kept_drawing),
        *(kept_backgrounds, released),
    )
    return [replacement for memory in memories for replacement in memory()]
