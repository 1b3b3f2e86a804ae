"""Makes text that came from a person or a file safe to show, in one place."""

import json
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

_NOT_SHOWN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but for tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the reading direction
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # what hides text in text
    "\ud800-\udfff\ufffe\uffff"  # half characters, and what no XML can hold
    "]"
)
_SPACES = re.compile(r"[\s\u2028\u2029]+")


def safe(text: str) -> str:
    """Return ``text`` in one line, without what could move a cursor, turn the reading direction, or hide.

    Gaps in it are single spaces, and there are none at its ends.
    """
    if text.isprintable() and "  " not in text:  # as nearly all is, of a million names
        return text.strip()
    return _SPACES.sub(" ", without_controls(text)).strip()


def all_words(texts: Iterable[str]) -> bool:
    """Return whether all texts are words of ASCII letters and digits, with single spaces between.

    Looked at together, many names take a fraction of the time. Most are so, of a million.
    """
    text = f" {' '.join(texts)} "
    return _NO_WORDS.search(text) is None and "  " not in text


_NO_WORDS = re.compile("[^0-9A-Za-z ]")


def normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the text in a normal form of Unicode."""
    # In parts: a run of accents takes the square of its length, and a cell can hold 100,000.
    return "".join(unicodedata.normalize(form, part) for part in _NORMALIZED.findall(text))


_NORMALIZED = re.compile(r"[\x00-\x7f]*[^\x00-\x7f]{0,300}")


_APOSTROPHES = re.compile("['’`\u2018\u02bc\u00b4]")
_ASCII = {code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()}
"""What becomes of the ASCII characters that are not compared."""


NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
"""A number as tables hold it: "2", "2.0" or "2,0"."""


def parse_number(text: str) -> int | float | None:
    """Return the number that ``text`` is, whole where it is whole ("2.0", "2,0"); None if it is none."""
    if not NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def plain(text: str) -> str:
    """Return ``text`` as it is compared: case, spaces, quotes and punctuation aside."""
    if text.isascii():  # as most is, of a million names: the same, ten times as fast
        return " ".join(text.casefold().translate(_ASCII).split())
    return _plain_letters(text)


@lru_cache(16)  # a heading is compared a dozen times in a row, and each of its letters can stand for eighteen
def _plain_letters(text: str) -> str:
    folded = normalized("NFKC", _APOSTROPHES.sub("", text)).casefold()
    return " ".join(folded.translate(_COMPARED).split())


class _Compared(dict[int, str]):
    """Letters, their marks and digits by code point; spaces for all else. It fills as it is asked."""

    def __missing__(self, code: int) -> str:
        kept = self[code] = chr(code) if unicodedata.category(chr(code))[0] in "LMN" else " "
        return kept


_COMPARED = _Compared()


_SHORT = 80
"""Characters of a text that is only quoted."""


def short(text: str) -> str:
    """Return the text in one line, cut between words if it is long."""
    line = safe(text)
    if len(line) <= _SHORT:
        return line
    words = line[:_SHORT].rpartition(" ")[0]
    return f"{words if len(words) > _SHORT // 2 else line[: _SHORT - 1]}…"


def safe_lines(text: str) -> tuple[str, ...]:
    """Return the lines of ``text``, each made safe; empty ones are left out.

    From the last of ``MOST_LINES`` on, all stand in one: thousands of paragraphs take minutes to lay out.
    """
    lines = tuple(line for part in re.split(r"[\n\r\u2028\u2029]+", text) if (line := safe(part)))
    return lines if len(lines) <= MOST_LINES else (*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :]))


MOST_LINES = 200


def without_controls(text: str) -> str:
    """Return ``text``, laid out in lines, without what could move a cursor, turn the reading direction, or hide."""
    return _NOT_SHOWN.sub("", text)


def escaped(text: str) -> str:
    """Return the JSON ``text``, with what could move a cursor, turn or hide written as escapes; it means the same."""
    return _NOT_SHOWN.sub(_as_escapes, text)


def kept_json(data: object) -> str:
    """Return ``data`` as the JSON of a file: indented, and as ``escaped``."""
    return escaped(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def _as_escapes(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def ended(text: str) -> str:
    """Return ``text`` as a sentence: with a stop after it, unless it has one, or a mark that ends it as well."""
    return text if _ENDED.search(text) else f"{text}."


def unended(text: str) -> str:
    """Return ``text`` without the stop at its end, for where a sentence goes on after it; three dots stay."""
    return _STOP.sub("", text)


_STOP = re.compile(r"(?<!\.)\.$")
_ENDED = re.compile("[.!?…][\"”’')]*$")


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return "1 question" or "3 questions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(words: list[str], and_: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    *rest, last = words
    return f"{', '.join(rest)} {and_} {last}" if rest else last


LISTED = 12
"""How many words are named one by one."""


def some(words: Sequence[str], between: str = ", ", count: int | None = None) -> str:
    """Return the words one after the other; how many more there are, if there are too many to read.

    ``count`` of them in all, if only the first ``LISTED`` were kept.
    """
    more = (len(words) if count is None else count) - LISTED
    return between.join(words[:LISTED]) + (f" and {more} more" if more > 0 else "")


_NEAR = 6


def near(word: str, known: Iterable[str]) -> str:
    """Return the known words one after the other; of many, the few next to ``word`` in the alphabet."""
    words = [*known]
    if len(words) <= LISTED:
        return ", ".join(words)
    return f"{', '.join(_around(word, words, _NEAR))} and {len(words) - _NEAR} more"


def closest(word: str, known: Iterable[str], like: float = 0.6) -> str:
    """Return the known word that is most like ``word``; empty if none is at least so much like it.

    Of many, only those near it in the alphabet are compared.
    """
    compared = ((likeness(word, name, like), name) for name in _around(word, [*known], _COMPARED_WORDS))
    alike, name = max(compared, default=(0.0, ""))
    return name if alike >= like else ""


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """Return how much two texts are alike, from 0 to 1 (the same); any lower number if it is below ``least``."""
    if max(len(one), len(other)) > _SPELT:
        runs, others = runs_of(one), runs_of(other)
        return 2 * len(runs & others) / (len(runs) + len(others))
    matcher = SequenceMatcher(None, other, one)
    quickly = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return quickly if quickly < least else matcher.ratio()


def runs_of(words: str) -> frozenset[str]:
    """Return all runs of three characters in the words, or in the beginning of long ones."""
    padded = f" {words[:_COMPARED_LETTERS]} "
    return frozenset(padded[at : at + _RUN] for at in range(len(padded) - _RUN + 1))


_SPELT = 40
"""Characters of words that are compared letter by letter: time grows with their square, at worst their cube."""
_COMPARED_LETTERS = 300
_RUN = 3
"""A mistyped letter spoils three runs."""
_COMPARED_WORDS = 100
"""How many words are compared: each takes some microseconds, for each of hundreds of mistakes."""


def _around(word: str, known: Sequence[str], count: int) -> Sequence[str]:
    """Return so many of the known words: of more, those next to ``word`` in the alphabet."""
    if len(known) <= count:
        return known
    words = sorted(known)
    first = max(0, min(bisect(words, word) - count // 2, len(words) - count))
    return words[first : first + count]


_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20']")
_AFTER_A_SEPARATOR = re.compile(rf"(;[\s\"]*)({_FORMULA.pattern})")
"""What begins a cell in a program that splits at semicolons, whatever stands in quotes."""


def unformulated(text: str) -> str:
    """Return ``text`` with an apostrophe before it where a spreadsheet would compute it, or where one stands already.

    One stands after each semicolon in it, too, where a program that splits there would compute the rest. Without the
    first apostrophe of each such place it is always the text as it was.
    """
    if ";" in text:
        text = _AFTER_A_SEPARATOR.sub(r"\1'\2", text)
    return f"'{text}" if _FORMULA.match(text) else text
