"""Draws a walk in a terminal and reads what is typed: numbered lines and ``input()``, for screen readers too.

Where there is no terminal, the same walk is plain text: over a pipe, under TERM=dumb, and under NO_COLOR.
"""

import contextlib
import os
import select
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

from readiness.interview.asked import State
from readiness.interview.lines import SPACED, Line, LinePart, Room, Screen, height, wrapped
from readiness.terminals import has_looks, is_terminal

_STYLES = {
    LinePart.TOLD: "bold yellow",
    LinePart.HEADING: "bold cyan",
    LinePart.QUESTION: "bold",
    LinePart.TEXT: "",
    LinePart.EXTRA: "",
    LinePart.CHOICE: "",
    LinePart.CHOSEN: "bold green",
    LinePart.HINT: "dim",
}
_MAX_WIDTH = 100


def run(
    state: State,
    show: Callable[[State], Screen],
    advance: Callable[[State, str], State],
    save: Callable[[State], State],
    result: Callable[[State], State],
) -> State:
    """Ask until it ends, and return the state as it ended.

    ``show`` returns what a state shows, and ``advance`` what becomes of it when a line is typed. ``save`` keeps each
    change and returns the state as kept. ``result`` returns the state with what its answers come to, for its end.
    Raises EOFError if nothing more can be read, and BrokenPipeError if nobody reads what is shown.
    """
    while state.ending is None:
        line = ask(show(state))
        before = state
        state = advance(state, line)
        if state.kept is not before.kept:
            state = save(state)
        if state.at_end and not before.at_end:
            state = result(state)
    return state


def ask(shown: Screen) -> str:
    """Show the screen, and return the line that is typed, or all the lines of words that are pasted.

    Raises EOFError if either can't be done any more.
    """
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:  # input() needs all three
        raise EOFError
    lines = _set_out(shown.lines, sys.stdout)
    if has_looks("stdout"):
        _draw_in_colour(lines)
        if 0 < os.get_terminal_size(sys.stdout.fileno()).columns < _NARROWEST:  # 0: it does not say
            return _whole(_plain_line, shown)
        with contextlib.suppress(ImportError):  # Windows has none, and its terminal gives the arrow keys by itself
            import readline  # noqa: F401 — importing it gives input() the arrow keys; it writes escape sequences
    else:
        _draw_plain(lines, sys.stdout)
    return _whole(input, shown)


def _whole(read: Callable[[str], str], shown: Screen) -> str:
    """Return the line that is typed. Of words, all the lines are returned that come at once, as they are pasted.

    They would be answers otherwise, to questions that nobody has seen.
    """
    lines = [read(shown.prompt)]
    with_words = any(not word.isdigit() for word in lines[0].split()[1:])  # "e" with a note, not hands that are counted
    with_words |= shown.in_words and len(lines[0].strip()) > 1  # "b" and "q" are no words, but ask for something
    if with_words and is_terminal("stdin"):
        with contextlib.suppress(EOFError):  # it comes again with the next line
            while _more_is_pasted():
                lines.append(read(""))
    return "\n".join(lines)


def _more_is_pasted() -> bool:
    """Return whether more was typed already, sooner than anybody types."""
    if sys.platform == "win32":
        import msvcrt

        time.sleep(_PASTED)
        return msvcrt.kbhit()
    return bool(select.select([sys.stdin], [], [], _PASTED)[0])


_PASTED = 0.03
"""Seconds between two lines that are pasted, at most."""


_NARROWEST = 10
"""Columns of the narrowest window with the arrow keys: in 2, readline divides by zero, which ends the program."""


def _plain_line(prompt: str) -> str:
    """Return the line that is typed, as ``input()`` does, without readline: once there, ``input()`` always uses it."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


def room() -> Room | None:
    """Return what the window has room for; None if what is shown goes elsewhere, and may be of any length."""
    return _room() if is_terminal("stdout") else None


def _room() -> Room:
    size = shutil.get_terminal_size((80, 24))
    return Room(max(40, min(_MAX_WIDTH, size.columns)), size.lines - 1)


_Set = Sequence[tuple[LinePart, str]]
"""Lines as they are drawn, each wrapped to the window, with the part it plays."""


def _set_out(lines: Iterable[Line], out: TextIO) -> _Set:
    """Return the lines, wrapped; in a window, without what is only said besides where not all of it fits in.

    A question must not be pushed off the screen by what explains it; help says that too.
    """
    there, all_ = _room(), tuple(lines)
    fits = not out.isatty() or height(all_, there.columns) <= there.lines
    kept = all_ if fits else [line for line in all_ if line.part is not LinePart.EXTRA]
    return [(line.part, wrapped(line, there.columns)) for line in kept]


def _draw_plain(lines: _Set, out: TextIO) -> None:
    for part, text in lines:
        if part in SPACED:
            out.write("\n")
        out.write(text + "\n")
    out.flush()


def _draw_in_colour(lines: _Set) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for part, text in lines:
        if part in SPACED:
            console.print()
        console.print(Text(text, style=_STYLES[part]))
