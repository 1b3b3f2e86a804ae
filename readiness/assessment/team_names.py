"""Which names mean one team: those between which nobody sees a difference."""

import re

from readiness.text import normalized, safe

_APOSTROPHES = str.maketrans(dict.fromkeys("’\u2018\u02bc\u00b4`", "'"))
_UNSEEN = re.compile("[\u00ad\u200b\u2060]")
"""Where a line may break or may not, and nothing else: programs that copy text put these in."""


def identity(name: str) -> str:
    """Return a name as it tells teams or organisations apart.

    Names that differ only in spaces, in the form of an apostrophe (’ or ') or in how an accent is stored are the same;
    so are those that differ in a place where a line may break. It is empty if there is nothing to be seen in the name.
    """
    if name.isascii() and name.isprintable() and "`" not in name and "  " not in name:  # as most are, of a million
        return name.strip()
    return normalized("NFC", safe(_UNSEEN.sub("", name))).translate(_APOSTROPHES)
