"""What the cell of a table means, where a person or a survey program wrote an answer in it."""

import re

from readiness.assessment.model import MAX_NOTE, Response
from readiness.bank.labels import DONT_KNOW_WORDS, NOT_APPLICABLE_WORDS
from readiness.bank.model import Level, Question
from readiness.language import N_
from readiness.text import NUMBER, parse_number, plain

NO_REASON = N_("No reason given")
"""What stands for the reason where "does not apply" was chosen and nobody was asked why."""

_NUMBERED = re.compile(rf"\(?({NUMBER.pattern})\)?\s*[-–—.):=]?\s+(\S.*)", re.DOTALL)
_WHY = re.compile(r"([^:]*):(.*)", re.DOTALL)


def parse_cell(question: Question, text: str) -> Response | None:
    """Return the answer to ``question`` that a cell holds; None if it is empty.

    An answer is a level's value ("2"), its words, or both ("2 - words"; the number may count from 1 too); "unknown" or
    "don't know"; "n/a: why" or "does not apply", with ``NO_REASON`` if no reason is given. Both may have a number
    before them. Case, spaces, quotes and punctuation do not matter; nothing else is guessed.
    Raises ValueError, which says what may stand there, where it holds anything else.
    """
    text = text.strip()
    if not text:
        return None
    number = parse_number(text)
    if number is not None:
        if question.level(number) is None:
            raise ValueError(expected(question))
        return Response(level=number)
    numbered = _NUMBERED.fullmatch(text)
    words = {plain(text), plain(numbered[2]) if numbered else ""}
    if words & DONT_KNOW_WORDS:
        return Response(unknown=True)
    # "#N/A" is what a spreadsheet writes if it found nothing, and no answer of a person.
    if words & NOT_APPLICABLE_WORDS and not text.startswith("#"):
        return Response(not_applicable=NO_REASON)
    level = _level(question, text)
    if level is not None:
        return Response(level=level.value)
    why = _WHY.fullmatch(text)
    if why and plain(why[1]) in NOT_APPLICABLE_WORDS:
        reason = why[2].strip()
        if len(reason) > MAX_NOTE:
            raise ValueError(f"Keep the reason to {MAX_NOTE} characters.")
        return Response(not_applicable=reason or NO_REASON)
    raise ValueError(expected(question))


def expected(question: Question, *, from_1: bool = False) -> str:
    """Return what may stand in a cell with an answer to ``question``; ``from_1``: if numbers are places from 1."""
    *values, last = (str(at if from_1 else level.value) for at, level in enumerate(question.levels, start=1))
    return f'Write {", ".join(values)} or {last}, the words of a level, unknown, or "n/a: why".'


def numbered_from(question: Question, text: str) -> int | None:
    """Return 0 if the number before a level's words is its value, 1 if it is its place; None if it shows neither."""
    numbered = _numbered(question, text)
    if numbered is None:
        return None
    number, level = numbered
    by_value, by_place = number == level.value, number == question.levels.index(level) + 1
    return None if by_value == by_place else int(by_place)


def _level(question: Question, text: str) -> Level | None:
    """Return the level in whose words ``text`` is, with its number before them or not."""
    numbered = _numbered(question, text)
    if numbered is None:
        return _worded(question, text)
    number, level = numbered
    return level if number in (level.value, question.levels.index(level) + 1) else None


def _numbered(question: Question, text: str) -> tuple[float | None, Level] | None:
    """Return the number before a level's words, and the level; None for words that stand alone, or are no level's."""
    found = _NUMBERED.fullmatch(text)
    if found is None or _worded(question, text):
        return None
    level = _worded(question, found[2])
    return (parse_number(found[1]), level) if level else None


def _worded(question: Question, text: str) -> Level | None:
    """Return the one level with these words: the question's own, or those for a role."""
    words = plain(text)
    told = [[level.text for level in question.levels], *(each.levels for each in question.wording if each.levels)]
    found = {at for texts in told for at, said in enumerate(texts) if plain(said) == words}
    return question.levels[found.pop()] if len(found) == 1 else None
