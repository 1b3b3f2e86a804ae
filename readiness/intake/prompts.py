"""Prompts for what a table leaves open: numbered lines and one line of answer, for screen readers too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from readiness.bank.model import Bank
from readiness.intake.candidates import candidates
from readiness.intake.headings import Names
from readiness.intake.mapping import (
    EVERY_COLUMN,
    NO_ANSWER,
    TARGETS,
    DateOrder,
    LowestNumber,
    Mapping,
    Target,
    TargetKind,
)
from readiness.intake.undecided import (
    NOTE_BEFORE,
    Open,
    OpenColumn,
    OpenDates,
    OpenNumbers,
    OpenWords,
    choices,
    in_words,
    short,
)
from readiness.text import safe, some

_CANDIDATES = 6
_SAMPLES = 4
"""Number of texts by which an unknown column is shown."""
_MANY = 3
"""From so many unknown columns on, all can be decided at once."""
_IGNORE_ALL = "ignore all"
_DIGITS = 4

Choice = tuple[str, str]
"""A decision, and how it is shown."""

BACK = "back"
"""The word that takes the last decision back."""


class TakenBack(Exception):  # noqa: N818 — nothing is wrong
    """The person takes their last decision back."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How to talk to the person: ``show`` a line, and ``read`` one that is typed (EOFError if there is none)."""

    show: Callable[[str], None]
    read: Callable[[], str]


def decide(open_: Sequence[Open], bank: Bank, names: Names, mapping: Mapping, talk: Talk) -> Mapping:
    """Return ``mapping`` with the first thing that is open decided.

    Columns come first: the meaning of their words depends on theirs. Raises EOFError if nothing more is typed, and
    TakenBack if the decision before is to be taken back.
    """
    first = open_[0]
    talk.show("")
    match first:
        case OpenColumn():
            columns = [one for one in open_ if isinstance(one, OpenColumn)]
            return _column(first, columns, names, mapping, talk)
        case OpenNumbers():
            tables = {one.place.file: one for one in open_ if isinstance(one, OpenNumbers)}
            return _numbers(first, len(tables), bank, mapping, talk)
        case OpenWords():
            alike = [
                one
                for one in open_
                if isinstance(one, OpenWords) and one.words == first.words and _same_kind(one.target, first.target)
            ]
            return _words(first, len(alike), bank, mapping, talk)
        case OpenDates():
            return _dates(first, mapping, talk)


def _same_kind(one: Target, other: Target) -> bool:
    """Return whether the same words mean the same for both: answers do, and what is about one thing."""
    return one == other or one.kind is other.kind is TargetKind.QUESTION


def _column(column: OpenColumn, columns: Sequence[OpenColumn], names: Names, mapping: Mapping, talk: Talk) -> Mapping:
    bank = names.bank
    talk.show(f'{column.place}: we don’t recognise the column "{safe(column.heading)}".')
    samples = "; ".join(f'"{short(text)}"' for text in column.values[:_SAMPLES])
    talk.show(f"It holds: {samples}")
    fitting = candidates(column.heading, column.values, names, _CANDIDATES - bool(column.after), column.taken)
    known = [(str(target), _named(target, bank)) for target in fitting]
    if column.after:
        all_ = f", the same for all {column.columns} columns so headed" if column.columns > 1 else ""
        known.insert(0, (NOTE_BEFORE, f"a note on the question before{all_}"))
    known.append((str(TargetKind.IGNORE), "nothing that is needed: ignore this column"))
    if len(columns) >= _MANY:
        headings = some([f'"{short(one.heading)}"' for one in columns])
        known.append((_IGNORE_ALL, f"the same for all {len(columns)} that we don’t recognise: ignore {headings}"))
    chosen = _choose(
        "What stands in it?",
        known,
        f"Or type the id of a question, {TARGETS}.",
        talk,
        lambda text: str(Target.parse(text, bank)),
    )
    if chosen == _IGNORE_ALL:
        for one in columns:
            mapping = mapping.with_column(one.heading, Target(TargetKind.IGNORE))
        return mapping
    return mapping.with_column(column.heading, Target.parse(chosen, bank))


def _numbers(numbers: OpenNumbers, tables: int, bank: Bank, mapping: Mapping, talk: Talk) -> Mapping:
    talk.show(f'{numbers.place}: answers are numbers, such as "{numbers.number}" in "{short(numbers.heading)}".')
    question = bank.question_by_id[numbers.question]
    first, last = question.levels[0], question.levels[-1]
    known = [
        ("0", f'{first.value} is the lowest: "{short(first.text)}", and {last.value} is the highest'),
        ("1", f'1 is the lowest: "{short(first.text)}", and {len(question.levels)} is the highest'),
    ]
    lowest: LowestNumber = 1 if _choose("Which is the lowest level in this table?", known, "", talk) == "1" else 0
    if tables > 1:
        everywhere = [("yes", f"yes, the same for all {tables} tables"), ("no", "no, only in this table")]
        if _choose("Is it the same in the other tables of numbers?", everywhere, "", talk) == "no":
            return mapping.with_numbers(lowest, numbers.place.file)
    return mapping.with_numbers(lowest)


def _named(target: Target, bank: Bank) -> str:
    """Return a target as a person reads it in a list of choices."""
    match target.kind:
        case TargetKind.QUESTION:
            return f"{bank.question_by_id[target.id].text} ({target.id})"
        case TargetKind.PROFILE:
            text = next(entry.text for entry in bank.profile if entry.id == target.id)
            return f"{text} (profile {target.id})"
        case TargetKind.RESPONSE:
            return "the code or number that tells each response from all others (response)"
    return f"the {target.kind}"


def _words(words: OpenWords, columns: int, bank: Bank, mapping: Mapping, talk: Talk) -> Mapping:
    target = words.target
    where = f'{words.place}: "{safe(words.words)}" in the column "{short(words.heading)}"'
    talk.show(f"{where} means nothing that is known.")
    if target.kind is TargetKind.QUESTION:
        talk.show(f"The question is: {safe(bank.question_by_id[target.id].text)}")
    known = [*choices(target, bank), (NO_ANSWER, "no answer: count the cell as empty")]
    meanings = {meaning for meaning, _ in known}
    does_not_apply = "Or type n/a: and the reason why it does not apply." if target.kind is TargetKind.QUESTION else ""

    def typed(text: str) -> str:
        if text in meanings or (does_not_apply and text.casefold().startswith("n/a:") and text[4:].strip()):
            return text
        raise ValueError(f"Please type a number from 1 to {len(known)}. {does_not_apply}".rstrip())

    meaning = _choose("What does it mean?", known, does_not_apply, talk, typed)
    heading = words.heading
    if columns > 1:
        everywhere = [("yes", f"yes, the same for all {columns} columns"), ("no", "no, only in this column")]
        if _choose("Does it mean the same in the other columns?", everywhere, "", talk) == "yes":
            heading = EVERY_COLUMN
    return mapping.with_answer(heading, words.words, meaning)


def _dates(dates: OpenDates, mapping: Mapping, talk: Talk) -> Mapping:
    talk.show(f'{dates.place}: "{safe(dates.text)}" in the column "{short(dates.heading)}" can be read in two ways.')
    known = [
        (str(DateOrder.DAY_FIRST), in_words(dates.day_first)),
        (str(DateOrder.MONTH_FIRST), in_words(dates.month_first)),
    ]
    chosen = _choose("Which day is it?", known, "", talk)
    return mapping.model_copy(update={"dates": DateOrder(chosen)})


def _choose(
    question: str,
    known: Sequence[Choice],
    hint: str,
    talk: Talk,
    typed: Callable[[str], str] | None = None,
) -> str:
    """Return what is chosen: by its number, or typed. Asks again until something is.

    ``typed`` returns what a person typed means, or raises ValueError, which says what to type.
    """
    talk.show(question)
    for number, (_, shown) in enumerate(known, start=1):
        talk.show(f"  {number:>2}  {safe(shown)}")
    if hint:
        talk.show(hint)
    while True:
        line = safe(talk.read())
        if line.casefold() == BACK:
            raise TakenBack
        if line.isdecimal() and line.isascii() and len(line) <= _DIGITS and 1 <= int(line) <= len(known):
            return known[int(line) - 1][0]
        try:
            if typed is not None:
                return typed(line)
        except ValueError as error:
            talk.show(str(error))
        else:
            talk.show(f"Please type a number from 1 to {len(known)}.")
