"""What the words in a row's cells mean. Words that mean nothing we know are noted as open, never guessed."""

from collections.abc import Mapping as MappingOf
from dataclasses import replace
from functools import cached_property

from readiness.assessment.cells import NO_REASON, parse_cell, parse_number, plain
from readiness.assessment.model import MAX_NOTE, Response
from readiness.assessment.roles import known_role
from readiness.bank.model import Bank, ProfileQuestion, Question
from readiness.errors import Problem
from readiness.intake.columns import Column, Sheet
from readiness.intake.mapping import ABOUT_A_QUESTION, NO_ANSWER, Kind, Mapping, Target
from readiness.intake.tables import TableRow
from readiness.intake.undecided import OpenWords, short
from readiness.intake.xlsform_names import target_of
from readiness.text import safe, safe_lines
from readiness.xlsx_reader import cell_text

_MAX_NAME = 300


class Words:
    """Reads the cells of one table's rows. ``open``, ``problems`` and ``numbers`` fill up as rows are read.

    ``numbers``: the headings of columns in which a number was taken for a level's value; our own form's are not named.
    """

    def __init__(self, sheet: Sheet, bank: Bank, mapping: Mapping) -> None:
        self._sheet = sheet
        self._bank = bank
        self._mapping = mapping
        self._open: dict[tuple[str, str], OpenWords] = {}
        self._answers: dict[tuple[int, str], Response | None] = {}
        self._numbers: dict[str, None] = {}
        self.problems: list[Problem] = []

    @property
    def open(self) -> tuple[OpenWords, ...]:
        """The words that mean nothing we know, each once a column, in the order they stand in."""
        return tuple(sorted(self._open.values(), key=lambda one: (one.place.line or 0, one.place.column or 0)))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The headings of columns in which a number was taken for a level's value."""
        return tuple(self._numbers)

    def columns(self, kind: Kind, name: str = "") -> tuple[Column, ...]:
        """Return the columns in which that stands."""
        return self._by_target.get(Target(kind, name), ())

    def answered(self, row: TableRow) -> bool:
        """Return whether the row says anything about any question, understood or not."""
        return any(
            self._meant(row, column)
            for target, columns in self._by_target.items()
            for column in columns
            if target.kind in ABOUT_A_QUESTION
        )

    def responses(self, row: TableRow) -> dict[str, Response]:
        """Return the row's answers and notes, in the bank's order."""
        found = ((question.id, self._response(row, question)) for question in self._asked)
        return {name: response for name, response in found if response is not None}

    def profile(self, row: TableRow) -> dict[str, str]:
        """Return the options that the row says the service has chosen."""
        found = ((entry.id, self._option(row, entry)) for entry in self._bank.profile)
        return {name: option for name, option in found if option is not None}

    def role(self, row: TableRow) -> str | None:
        """Return the id of the respondent's role; None where the row has none."""
        names = {plain(name): role.id for role in ROLES for name in (role.label, role.id)}
        return self._choice(row, self.columns(Kind.ROLE), names)

    def name(self, row: TableRow, kind: Kind) -> str | None:
        """Return the one name that stands in the columns of ``kind``, in one line; None where there is none."""
        names: dict[str, Column] = {}
        for column in self.columns(kind):
            name = safe(self._meant(row, column))
            if name:
                names.setdefault(name, column)
        if len(names) > 1:
            self._differ(row, [*names.values()], f"name a different {kind}")
        first = next(iter(names), None)
        if first is not None and len(first) > _MAX_NAME:
            self._too_long(row, names[first], _MAX_NAME)
            return None
        return first

    # One question

    @cached_property
    def _by_target(self) -> MappingOf[Target, tuple[Column, ...]]:
        found: dict[Target, tuple[Column, ...]] = {}
        for column in self._sheet.columns:
            if column.target:
                found[column.target] = (*found.get(column.target, ()), column)
        return found

    @cached_property
    def _asked(self) -> tuple[Question, ...]:
        """The questions that any column is about."""
        about = {target.id for target in self._by_target}
        return tuple(question for question in self._bank.ordered_questions if question.id in about)

    def _response(self, row: TableRow, question: Question) -> Response | None:
        """Return what the row says about the question: the answer, the note, and what shows it, one thing a line."""
        said = self._answer_and_note(row, question)
        columns = self.columns(Kind.EVIDENCE, question.id)
        evidence = self._lines(row, columns)
        if any(len(line) > MAX_NOTE for line in evidence):
            self._too_long(row, columns[0], MAX_NOTE)
            return said
        if not evidence:
            return said
        return Response(evidence=evidence) if said is None else said.model_copy(update={"evidence": evidence})

    def _answer_and_note(self, row: TableRow, question: Question) -> Response | None:
        answer = self._answer(row, question)
        notes = self._lines(row, self.columns(Kind.NOTE, question.id))
        why = self._lines(row, self.columns(Kind.WHY, question.id))
        if answer is not None and answer.not_applicable == NO_REASON and (why or notes):
            why, notes = why or notes, notes if why else ()  # a comment on "does not apply" is its reason
            return Response(not_applicable="\n".join(why), note="\n".join(notes) or None)
        note = "\n".join((*notes, *why))  # a reason where something was answered is a note on it
        if not note:
            return answer
        if len(note) > MAX_NOTE:
            self._too_long(row, self.columns(Kind.NOTE, question.id)[0], MAX_NOTE)
            return answer
        return Response(note=note) if answer is None else answer.model_copy(update={"note": note})

    def _answer(self, row: TableRow, question: Question) -> Response | None:
        """Return the answer; where several columns ask the question, of the one that was answered."""
        answers: dict[Response, Column] = {}
        for column in self.columns(Kind.QUESTION, question.id):
            answer = self._cell_answer(row, column, question)
            if answer is not None:
                answers.setdefault(answer, column)
        if len(answers) > 1:
            self._differ(row, [*answers.values()], f'answer "{question.id}" in different ways')
        return next(iter(answers), None)

    def _cell_answer(self, row: TableRow, column: Column, question: Question) -> Response | None:
        """Return the answer in a cell. Most answers stand in many rows, so each is understood once."""
        text = self._cell(row, column)
        if (column.heading, text) in self._open:
            self._leave_open(row, column, text)
        elif (column.at, text) not in self._answers:
            self._answers[column.at, text] = self._parsed(row, column, question, text)
        return self._answers.get((column.at, text))

    def _parsed(self, row: TableRow, column: Column, question: Question, text: str) -> Response | None:
        meaning = self._mapping.meaning(column.heading, text)
        if meaning == NO_ANSWER:
            return None
        try:
            answer = parse_cell(question, text if meaning is None else meaning)
        except ValueError:
            self._leave_open(row, column, text)
            return None
        if meaning is None and parse_number(text) is not None and not target_of(column.words, self._bank):
            self._numbers[column.heading] = None
        return answer

    def _option(self, row: TableRow, entry: ProfileQuestion) -> str | None:
        names = {}
        for at, option in enumerate(entry.options, start=1):
            names.update({plain(name): option.id for name in (option.label, f"option {at}", option.id)})
        return self._choice(row, self.columns(Kind.PROFILE, entry.id), names)

    def _choice(self, row: TableRow, columns: tuple[Column, ...], known: MappingOf[str, str]) -> str | None:
        """Return which of the ``known`` names (as ``plain`` leaves them) stands in the columns."""
        found: dict[str, Column] = {}
        for column in columns:
            text = plain(self._meant(row, column))
            if text in known:
                found.setdefault(known[text], column)
            elif text:
                self._leave_open(row, column, self._cell(row, column))
        if len(found) > 1:
            self._differ(row, [*found.values()], "say different things")
        return next(iter(found), None)

    # Cells

    def _lines(self, row: TableRow, columns: tuple[Column, ...]) -> tuple[str, ...]:
        """Return the lines of text in the columns."""
        return tuple(line for column in columns for line in safe_lines(self._meant(row, column)))

    def _meant(self, row: TableRow, column: Column) -> str:
        """Return what stands in the cell, or what a person decided that it means."""
        text = self._cell(row, column)
        meaning = self._mapping.meaning(column.heading, text) if text else None
        return "" if meaning == NO_ANSWER else meaning or text

    def _cell(self, row: TableRow, column: Column) -> str:
        text = cell_text(row.cell(column.at)).strip()
        return "" if text in self._sheet.vendor.empty else text

    def _leave_open(self, row: TableRow, column: Column, text: str) -> None:
        assert column.target is not None  # noqa: S101 — only what stands in a known column can have a meaning
        known = self._open.get((column.heading, text))
        place = self._sheet.table.place(row.number, column.at)
        self._open[column.heading, text] = (
            replace(known, rows=known.rows + 1) if known else OpenWords(column.heading, column.target, text, place, 1)
        )

    def _differ(self, row: TableRow, columns: list[Column], how: str) -> None:
        headings = " and ".join(f'"{short(column.heading)}"' for column in columns)
        place = self._sheet.table.place(row.number, columns[-1].at)
        self.problems.append(Problem(f"The columns {headings} {how}", "Empty one of the two cells.", place))

    def _too_long(self, row: TableRow, column: Column, most: int) -> None:
        place = self._sheet.table.place(row.number, column.at)
        what = f'There are more than {most} characters in the column "{short(column.heading)}"'
        self.problems.append(Problem(what, "Shorten the text.", place))
