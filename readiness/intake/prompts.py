"""Prompts for what a table leaves open: numbered lines and one line of answer, for screen readers too."""

from collections.abc import Sequence
from pathlib import Path

from readiness.bank.model import Bank
from readiness.intake.candidates import candidates
from readiness.intake.choosing import Talk, choose
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
)
from readiness.text import safe, short, some

_CANDIDATES = 6
_SAMPLES = 4
"""Number of texts by which an unknown column is shown."""
_MANY = 3
"""From so many unknown columns on, all can be decided at once."""
_IGNORE_ALL = "ignore all"

_COLUMN_HELP = (
    "The id of a question: the column holds the answers to it.",
    "note ID: comments on that question. note before: comments on the question in the column before.",
    "why ID: the reason why that question does not apply. evidence ID: facts that back the answer up.",
    "team, organisation, role, date: these, of each respondent.",
    "profile ID: the kind of service, as the question bank asks for it.",
    "response: the number or code that tells each response from all others, such as a running number.",
    "shown_alone: yes or no, if the role may be shown although few people hold it.",
    "ignore: the column is left out. Nothing in it is read or kept.",
)
_NUMBERS_HELP = (
    "Some survey programs number the levels from 0, others from 1.",
    "Look at the survey: which number is the lowest level's?",
)
_WORDS_HELP = (
    "Choose the level that these words stand for. The decision also holds for later rows and files.",
    "Don't know counts as unanswered but is reported. Does not apply takes the question out of the score.",
    "No answer: the cell counts as empty.",
)
_DATES_HELP = ("One of the numbers is the day, the other the month. No other date in the column shows which.",)
_TABLES_HELP = ("Yes also decides for tables that you collect later with the same mapping file.",)
_COLUMNS_HELP = ("Yes also decides for these words in other columns. No decides for this column alone.",)


def decide(open_: Sequence[Open], bank: Bank, names: Names, mapping: Mapping, talk: Talk) -> Mapping:
    """Return ``mapping`` with the first thing that is open decided.

    Columns come first: the meaning of their words depends on theirs. Raises EOFError if nothing more is typed, and
    as ``choose``.
    """
    first = open_[0]
    talk.show("")
    match first:
        case OpenColumn():
            columns = [one for one in open_ if isinstance(one, OpenColumn)]
            return _column(first, columns, names, mapping, talk)
        case OpenNumbers():
            return _numbers(first, _files(open_, OpenNumbers), bank, mapping, talk)
        case OpenWords():
            alike = [
                one
                for one in open_
                if isinstance(one, OpenWords) and one.words == first.words and _same_kind(one.target, first.target)
            ]
            return _words(first, len(alike), bank, mapping, talk)
        case OpenDates():
            return _dates(first, _files(open_, OpenDates), mapping, talk)


def _files(open_: Sequence[Open], kind: type[OpenNumbers | OpenDates]) -> Sequence[str]:
    """Return the files of the tables in which something of this kind is open."""
    return [*dict.fromkeys(one.place.file for one in open_ if isinstance(one, kind))]


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
    if Target(TargetKind.IGNORE) not in fitting:
        known.append((str(TargetKind.IGNORE), _named(Target(TargetKind.IGNORE), bank)))
    if len(columns) >= _MANY:
        headings = some([f'"{short(one.heading)}"' for one in columns])
        known.append((_IGNORE_ALL, f"the same for all {len(columns)} that we don’t recognise: ignore {headings}"))
    chosen = choose(
        "What stands in it?",
        known,
        f"Or type the id of a question, {TARGETS}.",
        _COLUMN_HELP,
        talk,
        lambda text: str(Target.parse(text, bank)),
    )
    if chosen == _IGNORE_ALL:
        for one in columns:
            mapping = mapping.with_column(one.heading, Target(TargetKind.IGNORE))
        return mapping
    return mapping.with_column(column.heading, Target.parse(chosen, bank))


def _numbers(numbers: OpenNumbers, files: Sequence[str], bank: Bank, mapping: Mapping, talk: Talk) -> Mapping:
    talk.show(f'{numbers.place}: answers are numbers, such as "{numbers.number}" in "{short(numbers.heading)}".')
    if numbers.only_from_1:
        talk.show(f"{str(numbers).capitalize()}.")
    question = bank.question_by_id[numbers.question]
    first, last = question.levels[0], question.levels[-1]
    known = [
        ("0", f'{first.value} is the lowest: "{short(first.text)}", and {last.value} is the highest'),
        ("1", f'1 is the lowest: "{short(first.text)}", and {len(question.levels)} is the highest'),
    ]
    lowest: LowestNumber = (
        1 if choose("Which is the lowest level in this table?", known, "", _NUMBERS_HELP, talk) == "1" else 0
    )
    return mapping.with_numbers(lowest, _table("Is it the same in the other tables of numbers?", numbers, files, talk))


def _table(question: str, open_: OpenNumbers | OpenDates, files: Sequence[str], talk: Talk) -> str | None:
    """Return the table that a decision is about: the name of its file, its path if others have that name, or None.

    None stands for all tables, later ones too: only a person says that.
    """
    if len(files) > 1:
        everywhere = [
            ("yes", f"yes, the same for all {len(files)} tables, and for those to come"),
            ("no", "no, only in this table"),
        ]
        if choose(question, everywhere, "", _TABLES_HELP, talk) == "yes":
            return None
    name = Path(open_.place.file).name
    return name if [Path(file).name for file in files].count(name) == 1 else open_.place.file


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
        case TargetKind.IGNORE:
            return "nothing that is needed: ignore this column"
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

    meaning = choose("What does it mean?", known, does_not_apply, _WORDS_HELP, talk, typed)
    heading = words.heading
    if columns > 1:
        everywhere = [("yes", f"yes, the same for all {columns} columns"), ("no", "no, only in this column")]
        if choose("Does it mean the same in the other columns?", everywhere, "", _COLUMNS_HELP, talk) == "yes":
            heading = EVERY_COLUMN
    return mapping.with_answer(heading, words.words, meaning)


def _dates(dates: OpenDates, files: Sequence[str], mapping: Mapping, talk: Talk) -> Mapping:
    talk.show(f'{dates.place}: "{safe(dates.text)}" in the column "{short(dates.heading)}" can be read in two ways.')
    known = [
        (str(DateOrder.DAY_FIRST), in_words(dates.day_first)),
        (str(DateOrder.MONTH_FIRST), in_words(dates.month_first)),
    ]
    order = DateOrder(choose("Which day is it?", known, "", _DATES_HELP, talk))
    return mapping.with_dates(order, _table("Is it the same in the other tables of dates?", dates, files, talk))
