"""Looks at TOML before and after it is parsed: a small file can keep the parser busy for minutes."""

import math
import re
from collections.abc import Mapping

from readiness.bank.document import MAX_DEPTH, MAX_DIGITS
from readiness.errors import InputError, Place, Problem

MAX_CHARACTERS = 64_000
"""Of a theme.toml; ours have 1,500."""
MAX_PARTS = 500
"""Values in it, those in lists and tables too; ours have 20."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'''(?:[^']|'(?!''))*+'''"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|#[^\n]*+"
    r"|[\w+-]++"
    r"|[ \t]++"
    r"|.",
    re.DOTALL,
)


def check_text(text: str, file: str) -> None:
    """Raise InputError where the text is too long, or nests deeper than we read.

    The parser's time grows with the square of the depth, and more for keys such as ``a.a.a``.
    """
    if len(text) > MAX_CHARACTERS:
        what = f"The file has more than {MAX_CHARACTERS:,} characters"
        raise InputError(Problem(what, "Check that it is the right file.", Place(file)))
    line, dots, brackets = 1, 0, 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == ".":
            dots += 1
        elif word in "[{":
            brackets += 1
        elif word in "]}":
            brackets = max(0, brackets - 1)
        if word in "\n\r[]{}=,":
            dots = 0
        if dots > MAX_DEPTH or brackets > MAX_DEPTH:
            what = f"The file is nested more than {MAX_DEPTH} levels deep"
            raise InputError(Problem(what, "Check the file.", Place(file, line)))
        line += word.count("\n")


def check_values(data: Mapping[str, object], places: Mapping[tuple[str | int, ...], Place]) -> None:
    """Raise InputError where the data hold a number with too many digits, or more parts than we read."""
    parts = 0
    for key, value in data.items():
        open_ = [value]
        while open_:
            part = open_.pop()
            parts += 1
            place = places.get((key,), places[()])
            if parts > MAX_PARTS:
                raise InputError(Problem(f"The file holds more than {MAX_PARTS} parts", "Check the file.", place))
            if isinstance(part, int | float) and 10**MAX_DIGITS <= abs(part) != math.inf:
                raise InputError(Problem("A number here has too many digits", "Write an ordinary number.", place))
            if isinstance(part, dict | list):
                open_ += part.values() if isinstance(part, dict) else part
