"""Names of files made from names that people typed: always one plain name, never two teams in one file."""

import hashlib
import unicodedata
from collections.abc import Iterator
from itertools import count

from readiness.text import normalized

MAX_BYTES = 80
_DIGITS = 8
_KEPT = frozenset("LMN")
"""What is kept of a name, by the first letter of a character's Unicode category: letters, their marks, and digits."""


def distinctions() -> Iterator[str]:
    """Yield what tells files of one name apart, without end: nothing, then "-2", "-3" and so on."""
    yield ""
    yield from (f"-{number}" for number in count(2))


def file_slug(name: str, key: str | None = None) -> str:
    """Return a file's name, without an ending, for what is called ``name``.

    It is ``name`` in small letters (NFKC, case folded), with hyphens for all that is no letter or digit, and 8
    hexadecimal digits of a hash. So it stays in its folder, is at most 80 bytes of UTF-8, is the same on every system,
    and is never a name that Windows keeps for itself. Different names give different hashes; where several things
    bear one name, ``key`` tells them apart and is hashed in its place.
    """
    digest = hashlib.sha256((name if key is None else key).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    words = _cut(_words(name), MAX_BYTES - _DIGITS - 1)
    return f"{words}-{digest}" if words else digest


def _words(name: str) -> str:
    folded = normalized("NFKC", normalized("NFKC", name).casefold())
    kept = (character if unicodedata.category(character)[0] in _KEPT else " " for character in folded)
    return "-".join("".join(kept).split())


def _cut(words: str, size: int) -> str:
    return words.encode()[:size].decode(errors="ignore").strip("-")
