"""Memory of one renderer: all that is kept of its documents, and when it is used."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version

TESTED = "70.0"
"""Release of WeasyPrint whose functions the memories stand before. With any other, nothing is kept."""
SWITCH = "READINESS_LAYOUT_MEMORY"
"""Environment variable that switches the memory off, as 0."""


def why_off() -> str | None:
    """Reason why nothing is kept, in words; None if it is."""
    if os.environ.get(SWITCH) == "0":
        return f"{SWITCH} is 0"
    found = version("weasyprint")
    return None if found == TESTED else f"it was tested with WeasyPrint {TESTED}, and {found} is installed"


class LayoutMemory:
    """What is kept of a renderer's documents. It holds none of them, and goes with the renderer."""

    def __init__(self) -> None:
        from readiness.document.layout_memory.drawing import kept_drawing
        from readiness.document.layout_memory.flow import kept_flow
        from readiness.document.layout_memory.lines import kept_lines
        from readiness.document.layout_memory.percentages import kept_percentages
        from readiness.document.layout_memory.struts import kept_struts
        from readiness.document.layout_memory.styles import kept_styles

        memories = (kept_styles, kept_lines, kept_struts, kept_percentages, kept_flow, kept_drawing)
        self._replacements = [replacement for memory in memories for replacement in memory()]

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let WeasyPrint ask this memory within. Outside, and for any other renderer, it is as it was."""
        with ExitStack() as stack:
            for owner, name, function in self._replacements:
                stack.callback(setattr, owner, name, getattr(owner, name))
                setattr(owner, name, function)
            yield
