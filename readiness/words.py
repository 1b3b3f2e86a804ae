"""What a person may mean by words: a number, a key, or the beginning of an answer on the screen. Pure."""

import re
from collections.abc import Collection, Iterator, Sequence

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_KEYS = {
    "a": ("again", "count again"),
    "b": ("back",),
    "c": ("correct", "correct the count"),
    "d": ("don't know", "dont know", "do not know", "unknown", "not known"),
    "e": ("note",),
    "j": ("jump",),
    "n": ("does not apply", "doesn't apply", "not applicable", "n/a"),
    "q": ("quit", "stop", "exit"),
    "s": ("skip",),
    "t": ("together", "by role"),
    "who": ("who is here", "who's here"),
    "?": ("help",),
}
"""The words for each key, as the screen has them and as people type them; some keys are a workshop's only."""
YES, NO = frozenset({"y", "ye", "yes"}), frozenset({"n", "no", "none"})
# "True" and "false" are what Excel and LibreOffice make of them in these languages, as they read a table:
# English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Norwegian, Finnish, Czech,
# Hungarian, Turkish and Russian.
CELL_YES = frozenset(
    {"yes", "true", "1", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar", "prawda", "sant", "sand", "sann"}
    | {"tosi", "pravda", "igaz", "doğru", "истина"}
)
CELL_NO = frozenset(
    {"no", "false", "0", "falsch", "faux", "falso", "onwaar", "fałsz", "falskt", "falsk", "usann", "epätosi"}
    | {"nepravda", "hamis", "yanliş", "ложь"}
)
"""What a cell of a table says if it says yes, or no; without capitals. Numbers are without a point."""
_WALK_KEYS = "bdejnqs?"
_WITH_WORDS = ("j", "n", "e")
_BEGINNING, _INSIDE = 3, 4
"""Letters of a word that are enough, if it stands at the beginning of an answer, or within it."""


def choice(line: str, count: int) -> int | None:
    """Return the position (from 0) of the choice whose number (from 1) was typed, in figures or in words."""
    number = line.rstrip(".)").casefold()
    # Python refuses to read numbers of thousands of digits.
    at = int(number) if re.fullmatch("[0-9]{1,9}", number) else _in_words(number)
    return at - 1 if at is not None and 1 <= at <= count else None


def _in_words(number: str) -> int | None:
    if number in _ONES:
        return _ONES.index(number)
    tens, _, ones = number.replace(" ", "-").partition("-")
    if tens not in _TENS or (ones and ones not in _ONES[1:10]):
        return None
    return _TENS[tens] + (_ONES.index(ones) if ones else 0)


def picked(line: str, answers: Sequence[str]) -> int | None:
    """Return the position of the one answer that the line is the number of, or the beginning of, or a word in."""
    fits = fitting(line, answers)
    return fits[0] if len(fits) == 1 else None


def fitting(line: str, answers: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the answers that the line may mean: more than one if its words fit several."""
    if (at := choice(line, len(answers))) is not None:
        return (at,)
    typed, known = _plain(line), [_plain(answer) for answer in answers]
    if not typed:
        return ()
    return tuple(_beginning(typed, known)) or tuple(_inside(typed, known))


def _beginning(typed: str, answers: Sequence[str]) -> Iterator[int]:
    yes_or_no = {"y": "yes", "n": "no"}.get(typed, typed)
    whole = re.compile(rf"{re.escape(yes_or_no)}\b")
    for at, answer in enumerate(answers):
        if whole.match(answer) or (len(typed) >= _BEGINNING and answer.startswith(typed)):
            yield at


def _inside(typed: str, answers: Sequence[str]) -> Iterator[int]:
    if len(typed) >= _INSIDE:
        word = re.compile(rf"\b{re.escape(typed)}")
        yield from (at for at, answer in enumerate(answers) if word.search(answer))


def spelled(line: str, letters: Collection[str]) -> str:
    """Return the line as its key's letter, if it is that key's word, or the beginning of the word of one key only.

    ``letters`` are the keys that there are here. Words after a key's word stay: "jump 12" is "j 12".
    """
    typed = _plain(line)
    words = {word: key for key, known in _KEYS.items() if key in letters for word in known}
    if typed in words:
        return words[typed]
    for word, key in words.items():
        if key in _WITH_WORDS and typed.startswith(f"{word} "):
            return f"{key} {line[len(word) :].strip()}"
    begun = {key for word, key in words.items() if word.startswith(typed)} if len(typed) >= _BEGINNING else set()
    return begun.pop() if len(begun) == 1 else line


def key_of(line: str, letters: Collection[str] = _WALK_KEYS) -> str | None:
    """Return the letter of the key that the line is the whole word of; None if there is none among ``letters``."""
    return next((key for key in letters if _plain(line) in _KEYS[key]), None)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'").strip(' .!“”"')
