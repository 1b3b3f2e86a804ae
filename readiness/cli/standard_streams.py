"""Standard input, output and error as the program finds them, and a last word that needs no memory."""

import contextlib
import os
import re
import string
import sys
import warnings

_NO_MEMORY = (
    b"This computer has not enough memory left for this. Close other programs, or give it less at a time. "
    b"Answers that were saved are still saved.\n"
)
_ASCII = string.printable.replace("\\", "")
"""What a library may write without asking for the encoding; some Japanese ones have another sign for a backslash."""


_SIZE = re.compile(r"[1-9][0-9]{0,3}")
"""Lines or columns of a window; libraries also try "²" and thousands of digits, and fail."""


def make_ready() -> None:
    """Have each stream take any text; a closed one leads nowhere, so that no file gets its place.

    A size of the window that can't be is forgotten: the window says its own.
    """
    for name in ("COLUMNS", "LINES"):
        if not _SIZE.fullmatch(os.environ.get(name, "")):
            os.environ.pop(name, None)
    for number, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free: this one
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if _keeps_ascii(stream.encoding) else "utf-8", errors="replace")
    if sys.stderr is None:  # input() can do nothing without it
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 — for as long as we run


def keep_quiet() -> None:
    """Show no warnings of libraries, here and in processes that are started from here, unless Python was asked to."""
    if not sys.warnoptions:
        sys.warnoptions.append("ignore")  # processes of a batch are started with these options
        warnings.simplefilter("ignore")


def _keeps_ascii(encoding: str) -> bool:
    """Return whether ASCII stays as it is in any text, as with a terminal's encoding and unlike UTF-16 or IDNA."""
    try:
        return f"é{_ASCII}".encode(encoding, "replace") == "é".encode(encoding, "replace") + _ASCII.encode()
    except (LookupError, ValueError):
        return False


def no_memory() -> int:
    """Say that memory ran out, where there may be none to say it otherwise, and return the exit code."""
    with contextlib.suppress(OSError):
        os.write(2, _NO_MEMORY)
    return 1
