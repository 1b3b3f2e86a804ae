"""Whether somebody sits at a standard stream, and whether it shows looks."""

import os
import sys
from typing import Literal

Stream = Literal["stdin", "stdout", "stderr"]


def is_terminal(name: Stream) -> bool:
    """Return whether the standard stream is open, and a terminal."""
    stream = getattr(sys, name)
    return stream is not None and bool(stream.isatty())


def has_looks(name: Stream) -> bool:
    """Return whether the standard stream is a terminal that wants looks: colours, and bars."""
    return is_terminal(name) and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
