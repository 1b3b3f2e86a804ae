"""Decisions of a person about a table's columns and words, kept in a file that they can read and change."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field

from readiness.assessment.draft import sweep, write_atomically
from readiness.bank.document import decode, parse_yaml, read_bytes
from readiness.bank.fields import A_NUMBER, Id
from readiness.bank.model import Bank
from readiness.bank.validation import Wrong, told, validated
from readiness.errors import InputError, Place, Problem
from readiness.file_version import FileVersion
from readiness.text import parse_number, plain, short

EVERY_COLUMN = "every column"
"""The heading under which words stand that mean the same in every column."""

NO_ANSWER = "no answer"
"""The meaning of words that count as an empty cell."""

_HEAD = """\
# How readiness collect reads the columns and the words of a survey. Change it as you like; it is read each time.
# columns: a heading, and what stands below it: a question's id, "note ID" or "why ID" (why it does not apply),
#   "evidence ID" (what shows it, one thing a line), "note before" (a note on the question before), team, organisation,
#   role, date, "profile ID", response (the number or name that tells each response from all others), shown_alone (yes
#   if the role may be shown although few hold it), or ignore.
# numbers_from: 0 if the lowest level is numbered 0 in the tables, 1 if it is numbered 1; in numbers_from_by_table, the
#   same for one table, by the name of its file. dates: day-first or month-first; in dates_by_table, for one table.
# answers: a heading, or "every column"; below it words that stand in cells, and what they mean: a level's value,
#   unknown, "n/a: why", the id of a role or an option, or "no answer".
# count_unfinished: true also counts answers that were not sent off.
"""
_COMMENT = re.compile(r"(?:[^'\"#]*\s)?(#.*)")
"""At the start of a line; after a quotation mark, a number sign may be part of a text."""


class TargetKind(StrEnum):
    """What can stand in a column. ``bank`` and ``computed`` only a form of ours has: nobody answers them.

    ``shown_alone``: whether the respondent's role may be shown by itself although few people hold it. ``response``:
    what tells each response from all others. ``note before``: a note on the question of the column before.
    """

    QUESTION = "question"
    NOTE = "note"
    WHY = "why"
    EVIDENCE = "evidence"
    PROFILE = "profile"
    TEAM = "team"
    ORGANISATION = "organisation"
    ROLE = "role"
    SHOWN_ALONE = "shown_alone"
    DATE = "date"
    RESPONSE = "response"
    NOTE_BEFORE = "note before"
    BANK = "bank"
    COMPUTED = "computed"
    IGNORE = "ignore"


LEFT_OUT = frozenset({TargetKind.IGNORE, TargetKind.COMPUTED})
"""Kinds of columns that are not read."""

TARGETS = (
    "note ID, why ID, evidence ID, note before, team, organisation, role, shown_alone, date, response, profile ID, or "
    "ignore"
)
"""What a person can say that a column holds, besides a question."""

ABOUT_A_QUESTION = frozenset({TargetKind.QUESTION, TargetKind.NOTE, TargetKind.WHY, TargetKind.EVIDENCE})
WITH_ID = ABOUT_A_QUESTION | {TargetKind.PROFILE}


@dataclass(frozen=True, slots=True)
class Target:
    """Meaning of a column; ``id`` is that of the question or the profile key, if it is about one."""

    kind: TargetKind
    id: str = ""

    def __str__(self) -> str:
        if self.kind is TargetKind.QUESTION:
            return self.id
        return f"{self.kind} {self.id}".rstrip()

    @classmethod
    def parse(cls, text: str, bank: Bank) -> Self:
        """Return the target that ``text`` names, as ``str`` writes it. Raises ValueError if the bank has none."""
        word, _, name = text.strip().partition(" ")
        name = name.strip()
        if text.strip() in bank.question_by_id:
            return cls(TargetKind.QUESTION, text.strip())
        if word in WITH_ID and text.split() != str(TargetKind.NOTE_BEFORE).split():
            known = [entry.id for entry in bank.profile] if word == TargetKind.PROFILE else [*bank.question_by_id]
            if name in known:
                return cls(TargetKind(word), name)
        elif " ".join(text.split()) in set(TargetKind) - WITH_ID:
            return cls(TargetKind(" ".join(text.split())))
        raise ValueError(f"Write the id of a question, {TARGETS}.")


class DateOrder(StrEnum):
    """Order of day and month in a date like 03/04/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


LowestNumber = Literal[0, 1]
"""Number of the lowest level: 0 as in the question bank, each by its value, or 1, each by its place."""

Words = Annotated[str, Field(min_length=1)]


class Mapping(BaseModel):
    """Decisions about columns (by heading), words in cells (by heading, then words), dates, numbers and more.

    ``columns`` holds targets as ``Target`` writes them. ``answers`` holds meanings as a table's cell may hold them.
    ``numbers_from`` is the number of the lowest level in a table that does not show it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True)

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")] = 1
    bank: Id
    dates: DateOrder | None = None
    dates_by_table: MappingOf[str, DateOrder] = {}
    count_unfinished: bool = False
    numbers_from: Annotated[LowestNumber | None, A_NUMBER] = None
    numbers_from_by_table: MappingOf[str, Annotated[LowestNumber, A_NUMBER]] = {}
    columns: MappingOf[str, Words] = {}
    answers: MappingOf[str, MappingOf[str, str | int | float]] = {}

    def with_column(self, heading: str, target: Target) -> Self:
        """Return the mapping with one more column decided."""
        return self.model_copy(update={"columns": {**self.columns, heading: str(target)}})

    def with_responses(self, column: str | None, *, count_unfinished: bool) -> Self:
        """Return the mapping with the column that tells responses apart, and whether unfinished ones count."""
        mapping = self if column is None else self.with_column(column, Target(TargetKind.RESPONSE))
        return mapping.model_copy(update={"count_unfinished": self.count_unfinished or count_unfinished})

    def with_answer(self, heading: str, words: str, meaning: str) -> Self:
        """Return the mapping with the meaning of ``words`` decided, in one column or in ``EVERY_COLUMN``."""
        number = parse_number(meaning)
        meant = meaning if number is None else number
        answers = {**self.answers, heading: {**self.answers.get(heading, {}), words: meant}}
        return self.model_copy(update={"answers": answers})

    def with_numbers(self, lowest: LowestNumber, file: str | None = None) -> Self:
        """Return the mapping with the number of the lowest level decided, for one file's table or for all."""
        if file is None:
            return self.model_copy(update={"numbers_from": lowest})
        return self.model_copy(update={"numbers_from_by_table": {**self.numbers_from_by_table, file: lowest}})

    def lowest_number(self, file: str) -> LowestNumber | None:
        """Return the decision about the numbers of a file's table; None if there is none."""
        return self.numbers_from_by_table.get(file, self.numbers_from_by_table.get(Path(file).name, self.numbers_from))

    def with_dates(self, order: DateOrder, file: str | None = None) -> Self:
        """Return the mapping with the order of day and month decided, for one file's table or for all."""
        if file is None:
            return self.model_copy(update={"dates": order})
        return self.model_copy(update={"dates_by_table": {**self.dates_by_table, file: order}})

    def date_order(self, file: str) -> DateOrder | None:
        """Return the decision about the dates of a file's table; None if there is none."""
        return self.dates_by_table.get(file, self.dates_by_table.get(Path(file).name, self.dates))

    def overruled(self, dates: DateOrder | None, numbers_from: LowestNumber | None) -> Self:
        """Return the mapping with the options that are given in the place of its own decisions, for all tables."""
        update: dict[str, object] = {"dates": dates, "dates_by_table": {}} if dates else {}
        if numbers_from is not None:
            update |= {"numbers_from": numbers_from, "numbers_from_by_table": {}}
        return self.model_copy(update=update)

    def column(self, heading: str) -> str | None:
        """Return the decision about the column; None if there is none."""
        return self.columns.get(heading)

    def meaning(self, heading: str, words: str) -> str | None:
        """Return the meaning that ``words`` were given in a column; None if there is none."""
        if self._found.answers is not self.answers:  # a copy with other answers has taken it over
            del vars(self)["_found"]
        for meanings in (self._found.meanings.get(key, {}) for key in (heading, EVERY_COLUMN)):
            for form in _forms(words) if meanings else ():
                if form in meanings:
                    return meanings[form]
        return None

    @cached_property
    def _found(self) -> "_Meanings":
        return _Meanings.of(self.answers)

    def to_yaml(self, comments: Sequence[str] = ()) -> str:
        """Return the mapping as it is kept in a file, with ``comments`` of a person's own below ours."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        if not self.count_unfinished:
            del data["count_unfinished"]
        head = _HEAD + "".join(f"{comment}\n" for comment in comments)
        return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


class _Meanings(NamedTuple):
    """Meanings by column and form of words, and the ``answers`` that they are made of."""

    answers: MappingOf[str, MappingOf[str, str | int | float]]
    meanings: MappingOf[str, MappingOf[object, str]]

    @classmethod
    def of(cls, answers: MappingOf[str, MappingOf[str, str | int | float]]) -> Self:
        """Return the meanings; of two words of one form, the first's."""
        found: dict[str, dict[object, str]] = {}
        for heading, known in answers.items():
            meanings = found.setdefault(heading, {})
            for words, meaning in known.items():
                for form in _forms(words):
                    meanings.setdefault(form, str(meaning))
        return cls(answers, found)


def _forms(words: str) -> tuple[object, ...]:
    """Return what words are found by: as they are, and alike. "6.0" is the number 6."""
    number = parse_number(words)
    if number is not None:
        return ("as it is", words), number
    return (("as it is", words), ("plain", plain(words))) if plain(words) else (("as it is", words),)


def read_mapping(path: Path, bank: Bank) -> Mapping:
    """Return the decisions in the file.

    Raises InputError with all that is wrong in it, or if it is for another bank.
    """
    document = parse_yaml(decode(read_bytes(path), str(path)), str(path))
    mapping = validated(Mapping, document)
    problems = told(_misfits(mapping, bank), document)
    if problems:
        raise InputError(problems)
    return mapping


def kept_decisions(
    path: Path, bank: Bank, dates: DateOrder | None = None, numbers_from: LowestNumber | None = None
) -> Mapping:
    """Return the decisions in the file, or none if it is not there; what is given goes before what it says.

    Raises InputError as ``read_mapping``.
    """
    mapping = read_mapping(path, bank) if path.exists() else Mapping(bank=bank.id)
    return mapping.overruled(dates, numbers_from)


def _misfits(mapping: Mapping, bank: Bank) -> Iterator[Wrong]:
    if mapping.bank != bank.id:
        what = f'This mapping is for the question bank "{mapping.bank}", not "{bank.id}"'
        todo = "Name the right bank with --bank, or another file with --mapping."
        yield ("bank",), what, todo
        return
    for heading, text in mapping.columns.items():
        try:
            Target.parse(text, bank)
        except ValueError as error:
            yield ("columns", heading), f'"{short(text)}" is not what can stand in a column', str(error)


def write_mapping(path: Path, mapping: Mapping, before: FileVersion | None) -> FileVersion | None:
    """Keep the decisions in the file, and the comments that are there; return the file as it is then.

    Raises OSError if it can't be written, and InputError if it is not as it was ``before``.
    """
    if FileVersion.of(path) != before:
        what = "Something else has changed this file since it was read, so your last decision was not kept in it"
        todo = "Look at the file, then run the same command again. What it says counts, and the rest is asked again."
        raise InputError(Problem(what, todo, Place(str(path))))
    sweep(path.parent, {path.name})
    comments = _own_comments(decode(read_bytes(path), str(path))) if path.exists() else ()
    write_atomically(path, mapping.to_yaml(comments).encode(), private=False)
    return FileVersion.of(path)


def _own_comments(text: str) -> Sequence[str]:
    """Return the comments that a person wrote into the file."""
    found = (at[1] for line in text.splitlines() if (at := _COMMENT.match(line)))
    return [*dict.fromkeys(comment for comment in found if comment not in _HEAD.splitlines())]
