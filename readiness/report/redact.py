"""Takes out of a text what can be told by its shape: e-mail addresses, phone numbers, postcodes and NHS numbers.

Names, and whatever else says who somebody is, have no shape: a person must read for those.
"""

import re
from collections.abc import Callable

from readiness.language import N_, _

_GAP = r"[\s.\u00ad\u200b-\u200d\u2010-\u2015\u2060-]"
"""What may stand between the digits of a number, hidden characters too."""

_EMAIL = re.compile(r"[\w.+%'-]{1,64}\s?[@\uff20]\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")

_NHS_SHAPES = (
    re.compile(rf"(?<!\d)\d{{3}}{_GAP}?\d{{3}}{_GAP}?\d{{4}}(?!\d)"),
    re.compile(rf"(?<!\d)\d(?:{_GAP}{{0,3}}\d){{9}}(?!\d)"),
)
"""As it is printed, and in any grouping."""

_WITHIN = rf"(?:{_GAP}|[()/]){{0,3}}"
_PHONES = (
    # International: +44 (0)20 7946 0000, 0044 20 7946 0000. 8 to 15 digits (ITU-T E.164), and perhaps a 0 in brackets.
    re.compile(rf"\(?(?:\+|(?<!\d)00)\s?\(?\d(?:{_WITHIN}\d){{7,15}}(?!\d)"),
    # The United Kingdom's: ten or eleven digits, of which the first is 0, and three or more stand before any gap.
    re.compile(rf"(?<!\d)\(?0\d\d(?:{_WITHIN}\d){{7,8}}(?!\d)"),
    # North America's: (555) 010-0199.
    re.compile(rf"\(\d{{3}}\){_GAP}?\d{{3}}{_GAP}\d{{4}}(?!\d)"),
)
_SAID_TO_BE_ONE = re.compile(
    rf"\b((?:telephone|tel|phone|mobile|mob|extension|ext)\b[\s.:]{{0,3}})\d(?:{_GAP}?\d){{2,14}}(?!\d)", re.IGNORECASE
)
"""Digits after a word that says they are a phone number."""

_POSTCODE = re.compile(
    r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?|GIR)\s{0,2}\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE | re.ASCII
)
_ORDINALS = ("th", "st", "nd", "rd")

EMAIL_GONE = N_("[e-mail address]")
PHONE_GONE = N_("[phone number]")
POSTCODE_GONE = N_("[postcode]")
NHS_GONE = N_("[NHS number]")


def redacted(text: str) -> str:
    """Return ``text`` with a word in place of each e-mail address, phone number, UK postcode and NHS number.

    Phone numbers are told by the shapes of the United Kingdom and of international numbers; NHS numbers are ten digits,
    of which the last is the check digit (modulus 11). Names stay: nothing can tell them from other words.
    """
    text = _EMAIL.sub(_(EMAIL_GONE), text)
    text = _without(text, _NHS_SHAPES[0], is_nhs_number, _(NHS_GONE))
    for phone in _PHONES:
        text = phone.sub(_(PHONE_GONE), text)
    text = _SAID_TO_BE_ONE.sub(lambda found: found[1] + _(PHONE_GONE), text)
    text = _without(text, _NHS_SHAPES[1], is_nhs_number, _(NHS_GONE))
    return _without(text, _POSTCODE, _is_postcode, _(POSTCODE_GONE))


def is_nhs_number(text: str) -> bool:
    """Return whether the digits of ``text`` are an NHS number.

    Ten digits, weighted 10 to 1 from the left, add up to a multiple of 11 (NHS Data Dictionary, "NHS number").
    """
    digits = [int(character) for character in text if character.isdecimal()]
    return len(digits) == 10 and sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11 == 0  # noqa: PLR2004 — as it says above


def _is_postcode(found: str) -> bool:
    """Return whether it is more than a number with its ending: "3 4th" of "floor B3 4th door" is not."""
    return found[-2:] not in _ORDINALS


def _without(text: str, shape: re.Pattern[str], holds: Callable[[str], bool], word: str) -> str:
    """Return ``text`` with ``word`` for whatever has the ``shape`` and ``holds``, even where it overlaps another."""
    kept, at = [], 0
    while found := shape.search(text, at):
        if holds(found[0]):
            kept += [text[: found.start()], word]
            text, at = text[found.end() :], 0
        else:
            at = found.start() + 1
    return "".join((*kept, text))
