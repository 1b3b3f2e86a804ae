"""Open questions of a table, for a person to decide: the meaning of a column, of words, the order of dates.

Each of these is asked about in a terminal, and is a problem with its place elsewhere.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from readiness.assessment.cells import expected
from readiness.assessment.form_mark import NO, YES
from readiness.bank.model import Bank
from readiness.errors import Place, Problem
from readiness.intake.candidates import candidates
from readiness.intake.headings import Names, is_comment
from readiness.intake.mapping import EVERY_COLUMN, NO_ANSWER, Target, TargetKind
from readiness.text import closest, counted, plain, short, some

NOTE_BEFORE = str(Target(TargetKind.NOTE_BEFORE))
CANDIDATES = 3
"""How many of the nearest candidates are named."""

_CODE = re.compile(r"AO?\d{1,3}")


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """A column without a known meaning. ``values``: some of its different texts.

    ``after``: the question of the column before. ``columns``: how many columns repeat the heading; they are decided
    with it if they are notes, or ignored. ``taken``: the questions that have a column already.
    """

    heading: str
    place: Place
    values: tuple[str, ...]
    after: str = ""
    columns: int = 1
    taken: frozenset[Target] = frozenset()


@dataclass(frozen=True, slots=True)
class OpenWords:
    """Words in a column that mean nothing we know; ``rows`` have them, the first of them at ``place``.

    ``columns``: in how many columns they are, if they are told together. ``from_1``: whether numbers count from 1.
    ``only_from_1``: whether it is a level only if they did.
    """

    heading: str
    target: Target
    words: str
    place: Place
    rows: int
    columns: int = 1
    from_1: bool = False
    only_from_1: bool = False


@dataclass(frozen=True, slots=True)
class OpenDates:
    """A column of dates of which none says if the day or the month comes first."""

    heading: str
    text: str
    day_first: dt.date
    month_first: dt.date
    place: Place


@dataclass(frozen=True, slots=True)
class OpenNumbers:
    """A table in which numbers stand for levels, and nothing proves if the lowest is 0 or 1; one ``number`` of them.

    ``only_from_0``, ``only_from_1``: a number in the table that is a level only if counted so; empty if there is none.
    """

    heading: str
    question: str
    number: str
    place: Place
    only_from_0: str = ""
    only_from_1: str = ""

    def __str__(self) -> str:
        """Return what the table shows about the lowest level."""
        if self.only_from_0 and self.only_from_1:
            return f"the {self.only_from_0} points to 0 as the lowest level, but the {self.only_from_1} to 1"
        if self.only_from_1:
            return f"the {self.only_from_1} points to 1 as the lowest level, unless it stands for no level"
        return "nothing shows if the lowest level is 0 or 1"


Open = OpenColumn | OpenWords | OpenDates | OpenNumbers


def as_problem(open_: Open, bank: Bank, names: Names, *, search: bool = True) -> Problem:
    """Return an open question as a problem, with what to do about it.

    Without ``search``, the nearest words are not looked for: that takes milliseconds.
    """
    match open_:
        case OpenColumn():
            found = candidates(open_.heading, open_.values, names, CANDIDATES, open_.taken)
            fitting = [NOTE_BEFORE] * bool(open_.after) + [f"{target}" for target in found]
            nearest = f"Nearest: {', '.join(fitting)}. " if fitting else ""
            todo = f"{nearest}Say in a mapping file what stands in it, or ignore."
            if is_comment(open_.heading) and not open_.after:
                todo = (
                    'Decide the column before it first. Or say in a mapping file: "note ID" of a question, or ignore.'
                )
            alike = f", and {open_.columns - 1} more so headed" if open_.columns > 1 else ""
            return Problem(f'We don’t recognise the column "{short(open_.heading)}"{alike}', todo, open_.place)
        case OpenWords():
            what = f'"{short(open_.words)}", {_where(open_)}, is {_expected_kind(open_)}'
            return Problem(what, _todo(open_, bank, search=search), open_.place)
        case OpenDates():
            what = f'"{short(open_.text)}" can be {in_words(open_.day_first)} or {in_words(open_.month_first)}'
            return Problem(what, "Say which with --day-first or --month-first.", open_.place)
        case OpenNumbers():
            cell = f'"{short(open_.number)}" in the column "{short(open_.heading)}"'
            what = f"Answers in this table are numbers, such as {cell}, and {open_}"
            return Problem(what, "Say which with --numbers-from 0 or --numbers-from 1.", open_.place)


def in_words(date: dt.date) -> str:
    """Return "3 April 2026"."""
    return f"{date.day} {date:%B %Y}"


def choices(target: Target, bank: Bank) -> list[tuple[str, str]]:
    """Return what words in a column can mean, and how that is shown: levels, options or roles, then what is none."""
    match target.kind:
        case TargetKind.QUESTION:
            levels = bank.question_by_id[target.id].levels
            neither = [("unknown", "don't know"), ("n/a", "does not apply")]
            return [*((str(level.value), level.text) for level in levels), *neither]
        case TargetKind.PROFILE:
            entry = next(entry for entry in bank.profile if entry.id == target.id)
            return [(option.id, option.label) for option in entry.options]
        case TargetKind.ROLE:
            return [(role.id, role.label) for role in bank.roles]
        case TargetKind.SHOWN_ALONE:
            return [(YES, "it may be shown"), (NO, "it may not")]
    return []


def told_together(open_: Sequence[Open]) -> list[Open]:
    """Return what is open, with the same words in several columns of answers as one: they are decided once."""
    kept: dict[object, Open] = {}
    for one in open_:
        if isinstance(one, OpenWords) and one.target.kind is TargetKind.QUESTION:
            key = one.place.file, one.words
            before = kept.setdefault(key, one)
            if isinstance(before, OpenWords) and before is not one:
                kept[key] = replace(before, rows=before.rows + one.rows, columns=before.columns + 1)
        else:
            kept[one] = one
    return [*kept.values()]


def _where(words: OpenWords) -> str:
    column = f'in the column "{short(words.heading)}"'
    more = counted(words.rows - 1, "more cell", "more cells")
    if words.columns > 1:
        return f"{column} and {more} of {words.columns} columns"
    return f"{column} and {more} below" if words.rows > 1 else column


def _expected_kind(open_: OpenWords) -> str:
    match open_.target.kind:
        case TargetKind.QUESTION:
            return "no answer" if open_.columns > 1 else f'no answer to "{open_.target.id}"'
        case TargetKind.PROFILE:
            return f'no option for "{open_.target.id}"'
        case TargetKind.ROLE:
            return "no role that is known"
        case TargetKind.SHOWN_ALONE:
            return "neither yes nor no"
    return "no date"


def _todo(open_: OpenWords, bank: Bank, *, search: bool) -> str:
    if open_.target.kind is TargetKind.QUESTION:
        if _CODE.fullmatch(open_.words):
            return "It looks like LimeSurvey's code for an answer: export full answers, or say what each code means."
        question = bank.question_by_id[open_.target.id]
        levels = {plain(level.text): level for level in question.levels}
        close = _nearest(plain(open_.words), tuple(levels)) if search else ""
        nearest = f'Nearest: {levels[close].value}, "{short(levels[close].text)}". ' if close else ""
        lowest = (
            "If 1 is the lowest level in this table, use --numbers-from 1. Otherwise: " if open_.only_from_1 else ""
        )
        return f"{lowest}{nearest}{expected(question, from_1=open_.from_1)}"
    return f"Write one of: {some([meaning for meaning, _ in choices(open_.target, bank)])}."


@lru_cache(maxsize=2_000)
def _nearest(words: str, known: tuple[str, ...]) -> str:
    """Return which of the known words come nearest; empty if none is near. In a long table, most ask it again."""
    return closest(words, known, like=0.5)


HINT = (
    "Run it in a terminal to be asked. Or decide in a mapping file (mapping.yaml in the folder, or --mapping): under "
    f'"columns" what stands below a heading; "numbers_from: 0" or 1; under "answers", by heading or "{EVERY_COLUMN}", '
    f'what words mean, "{NO_ANSWER}" too.'
)
