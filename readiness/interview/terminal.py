"""Draws a walk in a terminal and reads what is typed: numbered lines and ``input()``, for screen readers too.

Where there is no terminal, the same walk is plain text: over a pipe, under TERM=dumb, and under NO_COLOR.
"""

import contextlib
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from readiness.interview.lines import Line, Part, Screen
from readiness.interview.moves import advance
from readiness.interview.screen import screen
from readiness.interview.steps import StepKind
from readiness.interview.walk import Walk
from readiness.text import safe

_STYLES = {
    Part.TOLD: "bold yellow",
    Part.HEADING: "bold cyan",
    Part.QUESTION: "bold",
    Part.TEXT: "",
    Part.EXTRA: "",
    Part.CHOICE: "",
    Part.CHOSEN: "bold green",
    Part.HINT: "dim",
}
_SPACED = frozenset({Part.HEADING, Part.QUESTION, Part.HINT})
_MAX_WIDTH = 100


def run(walk: Walk, save: Callable[[Walk], Walk], edits: Callable[[Walk], Walk]) -> Walk:
    """Ask until the walk ends, and return it as it ended.

    ``save`` keeps each change and returns the walk as kept. ``edits`` returns the walk with a person's edits of the
    plan, for when it comes to the result.
    Raises EOFError where nothing more can be read, and BrokenPipeError where nobody reads what is shown.
    """
    while walk.ending is None:
        line = ask(screen(walk))
        before = walk
        walk = advance(walk, line)
        if walk.assessment is not before.assessment:
            walk = save(walk)
        if walk.step.kind is StepKind.OFFER and before.step.kind is not StepKind.OFFER:
            walk = edits(walk)
    return walk


def ask(shown: Screen) -> str:
    """Show the screen, and return the line that is typed. Raises EOFError where either can't be done any more."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:  # input() needs all three
        raise EOFError
    lines = _set_out(shown.lines, sys.stdout)
    if _has_looks(sys.stdout):
        _draw_in_colour(lines)
        with contextlib.suppress(ImportError):  # Windows has none, and its terminal gives the arrow keys by itself
            import readline  # noqa: F401 — importing it gives input() the arrow keys; it writes escape sequences
    else:
        _draw_plain(lines, sys.stdout)
    return input(shown.prompt)


def _has_looks(out: TextIO) -> bool:
    return out.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


def _columns() -> int:
    return max(40, min(_MAX_WIDTH, shutil.get_terminal_size((80, 24)).columns))


_Set = Sequence[tuple[Part, str]]
"""Lines as they are drawn, each wrapped to the window, with the part it plays."""


def _set_out(lines: Iterable[Line], out: TextIO) -> _Set:
    """Return the lines, wrapped; in a window, without what is only said besides where not all of it fits in.

    A question must not be pushed off the screen by what explains it; help says that too.
    """
    wrapped = [(line.part, _wrapped(line)) for line in lines]
    heights = (text.count("\n") + 1 + (part in _SPACED) for part, text in wrapped)
    left = shutil.get_terminal_size((80, 24)).lines - 1  # the last is the prompt's
    if not out.isatty() or sum(heights) <= left:
        return wrapped
    return [(part, text) for part, text in wrapped if part is not Part.EXTRA]


def _wrapped(line: Line) -> str:
    lead = f"{line.lead:>5} " if line.lead else ""
    rest = " " * len(lead)
    return textwrap.fill(
        safe(line.text), _columns() - 1, initial_indent=lead, subsequent_indent=rest, break_on_hyphens=False
    )


def _draw_plain(lines: _Set, out: TextIO) -> None:
    for part, text in lines:
        if part in _SPACED:
            out.write("\n")
        out.write(text + "\n")
    out.flush()


def _draw_in_colour(lines: _Set) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for part, text in lines:
        if part in _SPACED:
            console.print()
        console.print(Text(text, style=_STYLES[part]))
