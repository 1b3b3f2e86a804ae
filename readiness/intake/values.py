"""Meanings of the cells of a table. Words that mean nothing we know are left open, never guessed."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace

from readiness.assessment.cells import NO_REASON, expected, parse_cell
from readiness.assessment.form_mark import NO, YES
from readiness.assessment.model import MAX_NOTE, Response
from readiness.assessment.team_names import identity
from readiness.bank.fields import holds
from readiness.bank.model import Bank, ProfileQuestion, Question
from readiness.errors import Problem
from readiness.intake.columns import Layout, SurveyColumn
from readiness.intake.level_numbers import LevelNumbers, NumberInDoubt
from readiness.intake.mapping import ABOUT_A_QUESTION, NO_ANSWER, Mapping, TargetKind
from readiness.intake.tables import TableRow
from readiness.intake.undecided import Open, OpenWords
from readiness.intake.xlsform_names import target_of
from readiness.text import parse_number, plain, safe, safe_lines, short
from readiness.uncalculated import UNCALCULATED
from readiness.xlsx_reader import cell_text, error_problem

MAX_NAME = 300
"""Characters of a team's or an organisation's name."""
_YES_OR_NO = {YES: YES, "true": YES, NO: NO, "false": NO}
_KEPT = 5_000
"""How many answers are remembered. Reasons why a question does not apply can be many."""


class CellMeanings:
    """Meanings of the cells of one table's columns. The same text in a column is understood once, and remembered.

    ``numbered``: the headings of columns in which a number was taken for a level, but for those of our own form.
    """

    def __init__(self, layout: Layout, bank: Bank, mapping: Mapping, numbers: LevelNumbers) -> None:
        self.layout = layout
        self.bank = bank
        self.numbers = numbers
        self.numbered: dict[str, None] = {}
        self._mapping = mapping
        self._answers: dict[tuple[int, str], Response | None] = {}
        self._columns: dict[tuple[TargetKind, str], tuple[SurveyColumn, ...]] = {}
        for column in layout.columns:
            if column.target:
                key = column.target.kind, column.target.id
                self._columns[key] = (*self._columns.get(key, ()), column)
        about = {name for kind, name in self._columns if kind in ABOUT_A_QUESTION}
        self.asked = tuple(question for question in bank.ordered_questions if question.id in about)
        """The questions that any column is about."""
        self.about_questions = {
            column.at: column for column in layout.columns if column.target and column.target.kind in ABOUT_A_QUESTION
        }
        """The columns about any question, by their place."""
        self.roles = {
            plain(name): role.id for role in bank.roles for name in (role.label, role.one, role.many, role.id)
        }
        self.options = {entry.id: _options(entry) for entry in bank.profile}

    @property
    def translates(self) -> bool:
        """Whether a cell can mean something else than the same text in another table."""
        return bool(self._mapping.answers or self.layout.vendor.empty) or self.numbers.translates

    def columns(self, kind: TargetKind, name: str = "") -> tuple[SurveyColumn, ...]:
        """Return the columns that hold this."""
        return self._columns.get((kind, name), ())

    def text(self, row: TableRow, column: SurveyColumn) -> str:
        """Return the text of a cell; an empty one if the survey program writes it for nothing."""
        text = cell_text(row.cell(column.at)).strip()
        return "" if self._stands_for_nothing(column, text) else text

    def emptied(self, row: TableRow, profile: MappingOf[str, str]) -> int:
        """Return how many cells count as empty although they can mean that a question does not apply.

        Questions that the profile leaves out do not count: there, the program writes it for nothing.
        """
        if not self.layout.vendor.empty:
            return 0
        asked = (question for question in self.asked if not question.always and holds(question.when, profile))
        columns = (column for question in asked for column in self.columns(TargetKind.QUESTION, question.id))
        return sum(self._stands_for_nothing(column, cell_text(row.cell(column.at)).strip()) for column in columns)

    def _stands_for_nothing(self, column: SurveyColumn, text: str) -> bool:
        return text in self.layout.vendor.empty and self._mapping.meaning(column.heading, text) is None

    def meant(self, row: TableRow, column: SurveyColumn) -> str:
        """Return the text of a cell, or a person's decision about it."""
        return self.meaning_of(column, self.text(row, column))

    def meaning_of(self, column: SurveyColumn, text: str) -> str:
        """Return a person's decision about a text in a column; the text itself if there is none."""
        if not text or self._stands_for_nothing(column, text.strip()):
            return ""
        meaning = self._mapping.meaning(column.heading, text.strip())
        return "" if meaning == NO_ANSWER else meaning or text

    def answer(self, column: SurveyColumn, question: Question, text: str) -> Response | None:
        """Return the answer that a text means. Raises ValueError if that is not known."""
        key = column.at, text
        if key not in self._answers:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[key] = self._parsed(column, question, text)
        return self._answers[key]

    def _parsed(self, column: SurveyColumn, question: Question, text: str) -> Response | None:
        if self._stands_for_nothing(column, text):
            return None
        meaning = self._mapping.meaning(column.heading, text)
        if meaning == NO_ANSWER:
            return None
        number = parse_number(text) if meaning is None else None
        if number is None:
            return parse_cell(question, text if meaning is None else meaning)
        level = self.numbers.level(column, question, number)
        if level is None:
            raise ValueError(expected(question))
        if not target_of(column.words, self.bank):
            self.numbered[column.heading] = None
        return Response(level=level.value)


def _options(entry: ProfileQuestion) -> MappingOf[str, str]:
    """Return the options of a profile question by their names, as ``plain`` leaves them."""
    names: dict[str, str] = {}
    for at, option in enumerate(entry.options, start=1):
        names.update({plain(name): option.id for name in (option.label, f"option {at}", option.id)})
    return names


@dataclass(slots=True)
class RowMeanings:
    """Meanings of one row's cells. ``open`` and ``problems`` are what could not be understood of what was asked for."""

    row: TableRow
    cells: CellMeanings
    open: list[Open] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def answered(self) -> bool:
        """Return whether the row says anything about any question, understood or not."""
        about = self.cells.about_questions  # a row can be short, or empty for the most part, and the columns many
        return any(
            at in about and self.cells.meant(self.row, about[at])
            for at, cell in enumerate(self.row.cells)
            if cell is not None and cell != ""
        )

    def responses(self) -> dict[str, Response]:
        """Return the row's answers and notes, in the bank's order."""
        found = ((question.id, self._response(question)) for question in self.cells.asked)
        return {name: response for name, response in found if response is not None}

    def profile(self) -> dict[str, str]:
        """Return the options that the row says the service has chosen."""
        found = {
            name: self._choice(self.cells.columns(TargetKind.PROFILE, name), options)
            for name, options in self.cells.options.items()
        }
        return {name: option for name, option in found.items() if option is not None}

    def role(self) -> str | None:
        """Return the id of the respondent's role, or its words if the bank has no roles; None if the row has none."""
        if not self.cells.bank.roles:
            return self.name(TargetKind.ROLE)
        return self._choice(self.cells.columns(TargetKind.ROLE), self.cells.roles)

    def agrees(self) -> bool:
        """Return whether the respondent says that their role may be shown although few people hold it."""
        return self._choice(self.cells.columns(TargetKind.SHOWN_ALONE), _YES_OR_NO) == YES

    def name(self, kind: TargetKind) -> str | None:
        """Return the one name in the columns of this kind, in one line; None if there is none to be seen."""
        names: dict[str, SurveyColumn] = {}
        for column in self.cells.columns(kind):
            name = safe(self.cells.meant(self.row, column))
            if identity(name):
                names.setdefault(name, column)
        if len(names) > 1:
            self._differ([*names.values()], f"name a different {kind}")
        first = next(iter(names), None)
        if first is not None and len(first) > MAX_NAME:
            self._too_long(names[first], MAX_NAME)
            return None
        return first

    def _response(self, question: Question) -> Response | None:
        """Return the row's answer to the question, with the note, and what shows it, one thing a line."""
        said = self._answer_and_note(question)
        columns = self.cells.columns(TargetKind.EVIDENCE, question.id)
        evidence = self._lines(columns)
        if any(len(line) > MAX_NOTE for line in evidence):
            self._too_long(columns[0], MAX_NOTE)
            return said
        if not evidence:
            return said
        return Response(evidence=evidence) if said is None else said.model_copy(update={"evidence": evidence})

    def _answer_and_note(self, question: Question) -> Response | None:
        answer = self._answer(question)
        columns = [self.cells.columns(kind, question.id) for kind in (TargetKind.NOTE, TargetKind.WHY)]
        notes, why = map(self._lines, columns)
        reason = None
        if answer is not None and answer.not_applicable == NO_REASON and (why or notes):
            why, notes = why or notes, notes if why else ()  # a comment on "does not apply" is its reason
            reason, why = "\n".join(why), ()
        note = "\n".join((*notes, *why))  # a reason is a note if something else was answered
        if max(len(note), len(reason or "")) > MAX_NOTE:
            self._too_long(next(each[0] for each in columns if each), MAX_NOTE)
            return answer
        if reason is not None:
            return Response(not_applicable=reason, note=note or None)
        if not note:
            return answer
        return Response(note=note) if answer is None else answer.model_copy(update={"note": note})

    def _answer(self, question: Question) -> Response | None:
        """Return the answer; if several columns ask the question, of the one that was answered."""
        answers: dict[Response, SurveyColumn] = {}
        for column in self.cells.columns(TargetKind.QUESTION, question.id):
            text = self.cells.text(self.row, column)
            try:
                answer = self.cells.answer(column, question, text)
            except NumberInDoubt:
                if self.cells.numbers.open is None:  # otherwise it is told of the table
                    self.open.append(self.cells.numbers.in_doubt(self.row, column))
                continue
            except ValueError:
                self._leave_open(column, text)
                continue
            if answer is not None:
                answers.setdefault(answer, column)
        if len(answers) > 1:
            self._differ([*answers.values()], f'answer "{question.id}" in different ways')
        return next(iter(answers), None)

    def _choice(self, columns: tuple[SurveyColumn, ...], known: MappingOf[str, str]) -> str | None:
        """Return which of the ``known`` names (as ``plain`` leaves them) the columns have."""
        found: dict[str, SurveyColumn] = {}
        for column in columns:
            text = plain(self.cells.meant(self.row, column))
            if text in known:
                found.setdefault(known[text], column)
            elif text:
                self._leave_open(column, self.cells.text(self.row, column))
        if len(found) > 1:
            self._differ([*found.values()], "say different things")
        return next(iter(found), None)

    def _lines(self, columns: tuple[SurveyColumn, ...]) -> tuple[str, ...]:
        """Return the lines of text in the columns."""
        return tuple(line for column in columns for line in safe_lines(self.cells.meant(self.row, column)))

    def _leave_open(self, column: SurveyColumn, text: str) -> None:
        assert column.target is not None  # noqa: S101 — only a known column's words can have a meaning
        place = self.cells.layout.table.place(self.row.number, column.at)
        if text == UNCALCULATED:  # nobody knows its meaning: no program shows it
            self.problems.append(error_problem(text, place))
            return
        numbers = self.cells.numbers
        words = OpenWords(column.heading, column.target, text, place, 1, from_1=numbers.lowest == 1)
        self.open.append(replace(words, only_from_1=numbers.only_from_1(column, text)))

    def _differ(self, columns: list[SurveyColumn], how: str) -> None:
        headings = " and ".join(f'"{short(column.heading)}"' for column in columns)
        place = self.cells.layout.table.place(self.row.number, columns[-1].at)
        self.problems.append(Problem(f"The columns {headings} {how}", "Empty one of the two cells.", place))

    def _too_long(self, column: SurveyColumn, most: int) -> None:
        place = self.cells.layout.table.place(self.row.number, column.at)
        what = f'There are more than {most} characters in the column "{short(column.heading)}"'
        self.problems.append(Problem(what, "Shorten the text.", place))
