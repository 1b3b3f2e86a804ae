"""Turns what stands in the places of a filled form into an assessment: the same for every format."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from readiness.assessment.fitting import fit
from readiness.assessment.form_mark import (
    DATE,
    NOT_APPLICABLE,
    ORGANISATION,
    ROLE,
    SHOWN_ALONE,
    TEAM,
    UNKNOWN,
    YES,
    FormMark,
    answer_place,
    note_place,
    why_place,
)
from readiness.assessment.model import Assessment
from readiness.bank.document import DataPath, ParsedDocument, parse_json
from readiness.bank.model import Bank
from readiness.bank.validation import validated
from readiness.dates import local_day, typed_day
from readiness.errors import InputError, Place, Problem
from readiness.roundtrip.collected import Collected
from readiness.text import safe, safe_lines

NO_REASON = "No reason given"
"""Why something does not apply, where nobody said: the answer stands without it."""

_ANSWER_PLACE = answer_place("")
_WHY_PLACE = why_place("")
_NOTE_PLACE = note_place("")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who collects says of the answers, for where a file does not.

    ``sheet`` is the name or number of the sheet that they are in, if a workbook has several.
    """

    team: str | None = None
    organisation: str | None = None
    profile: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None
    date: dt.date | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one place of a form, and where that is. An answer's ``text`` is its code."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back: its mark, and what stands in it by the names of its places."""

    file: str
    mark: FormMark
    entries: Mapping[str, Entry]


NOTHING_FILLED_IN = "Nothing is filled in in this form"
"""What is wrong with a form that is blank, but for what it was made with."""


def is_place(name: str) -> bool:
    """Return whether a form has a place of this name, in some question bank."""
    return name in (TEAM, ORGANISATION, ROLE, SHOWN_ALONE, DATE) or name.startswith(
        (_ANSWER_PLACE, _WHY_PLACE, _NOTE_PLACE)
    )


def read_mark(text: str, file: str) -> FormMark:
    """Return the mark of the form. Raises InputError if ``text`` is not one as we write it."""
    try:
        document = parse_json(text, file)
        return validated(FormMark, document)
    except InputError:
        what = "The hidden part of this form, which says what it asks, is damaged"
        raise InputError(
            Problem(what, "Fill in the form again, from the file that was sent out.", Place(file))
        ) from None


def collected(filled: Filled, bank: Bank, problems: list[Problem], given: Given) -> Collected:
    """Return the assessment that the form holds, and what to tell about it.

    What is ``given`` stands in for what it leaves out.
    Raises InputError with all that is wrong in it, after ``problems``, those that were found as it was read.
    """
    reading = _Reading(filled, bank, [*problems], given)
    return reading.collected()


def _saved(path: Path) -> dt.date | None:
    """Return the day the file was last written; None if it is no day of the years 1 to 9999."""
    try:
        return local_day(path.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return None


class _Reading:
    def __init__(self, filled: Filled, bank: Bank, problems: list[Problem], given: Given) -> None:
        self._filled = filled
        self._bank = bank
        self._problems = problems
        self._given = given
        self._notices: list[str] = []
        here = Place(filled.file)
        self._places: dict[DataPath, Place] = {(): here, ("team",): here, ("responses",): here}

    def collected(self) -> Collected:
        mark = self._filled.mark
        if mark.bank.id != self._bank.id:
            what = f'This form asks the questions of "{mark.bank.id}", not of "{self._bank.id}"'
            raise InputError(Problem(what, "Name the right bank with --bank.", Place(self._filled.file)))
        team = {
            "name": mark.team or self._text(TEAM) or self._given.team,
            "organisation": mark.organisation or self._text(ORGANISATION) or self._given.organisation,
        }
        if not team["name"]:
            what = "The form does not say which team it is about"
            self._problem(what, "Write the team’s name into it, or give it with --team.", TEAM)
        self._places["team", "name"] = self._place(TEAM)
        self._places["team", "organisation"] = self._place(ORGANISATION)
        self._places["respondent", "role"] = self._place(ROLE)
        respondent: dict[str, object] = {"role": role} if (role := self._text(ROLE)) else {}
        if self._text(SHOWN_ALONE) == YES:
            respondent["shown_alone"] = True
        responses = dict(self._responses())
        if not responses and not self._problems:
            todo = "If somebody did fill it in, ask them to save it and send it again. Otherwise leave it out."
            self._problem(NOTHING_FILLED_IN, todo, "")
        date = self._date()
        if self._problems:
            raise InputError(self._problems)
        data = {
            "schema": 1,
            "bank": mark.bank.model_dump(exclude_none=True),
            "team": {**{key: value for key, value in team.items() if value}, "profile": dict(mark.profile)},
            "respondent": respondent,
            "date": date,
            "responses": responses,
        }
        document = ParsedDocument(data, self._places)
        assessment = validated(Assessment, document)
        return Collected((assessment,), (*self._notices, *fit(assessment, self._bank, document)))

    def _text(self, name: str, between: str = " ") -> str:
        entry = self._filled.entries.get(name)
        return between.join(safe_lines(entry.text)) if entry else ""

    def _place(self, name: str) -> Place:
        entry = self._filled.entries.get(name)
        return entry.place if entry else Place(self._filled.file)

    def _problem(self, what: str, todo: str, name: str) -> None:
        self._problems.append(Problem(what, todo, self._place(name)))

    def _notice(self, what: str, name: str) -> None:
        self._notices.append(f"{self._place(name)}: {what}")

    def _date(self) -> str:
        """Return the day in ISO 8601; empty with a problem noted, if there is none."""
        text = self._text(DATE)
        try:
            if day := typed_day(text) if text else self._given.date:
                return day.isoformat()
        except ValueError as error:
            self._problem(f'"{safe(text)[:40]}" is not understood', str(error), DATE)
            return ""
        if saved := _saved(Path(self._filled.file)):
            self._notice(f"The form has no date. It counts as filled in when the file was saved, {saved}.", DATE)
            return saved.isoformat()
        what = "The form has no date, and the file does not say when it was saved"
        self._problem(what, "Write the date into it, or give it with --date.", DATE)
        return ""

    def _responses(self) -> Iterator[tuple[str, dict[str, object]]]:
        questions = dict.fromkeys(
            name.removeprefix(kind)
            for kind in (_ANSWER_PLACE, _WHY_PLACE, _NOTE_PLACE)
            for name in self._filled.entries
            if name.startswith(kind)
        )
        for question in questions:
            response = self._response(question)
            if response:
                self._places["responses", question] = self._place(answer_place(question))
                yield question, response

    def _response(self, question: str) -> dict[str, object]:
        answer = self._text(answer_place(question))
        why, note = self._text(why_place(question), "\n"), self._text(note_place(question), "\n")
        label = self._label(question)
        response: dict[str, object] = {}
        if answer == UNKNOWN:
            response["unknown"] = True
        elif answer == NOT_APPLICABLE:
            response["not_applicable"] = why or NO_REASON
            if not why:
                self._notice(f"“{label}” does not apply, and the form does not say why.", answer_place(question))
            why = ""
        elif answer:
            response["level"] = self._level(answer, question)
        if why:
            self._notice(
                f"“{label}” has a reason why it does not apply, but that is not ticked. It is kept as a note.",
                why_place(question),
            )
            note = f"{note}\n{why}" if note else why
        if note:
            response["note"] = note
        self._places["responses", question, "not_applicable"] = self._place(why_place(question))
        self._places["responses", question, "note"] = self._place(note_place(question))
        self._places["responses", question, "level"] = self._place(answer_place(question))
        return response

    def _label(self, question: str) -> str:
        known = self._bank.question_by_id.get(question)
        return safe(known.name) if known else safe(question)

    def _level(self, code: str, question: str) -> float:
        try:
            return int(code) if _NUMBER.fullmatch(code) else float(code)
        except ValueError:
            what = f"“{self._label(question)}” has an answer that the form does not offer: {safe(code)[:40]}"
            self._problem(what, "Choose one of its answers.", answer_place(question))
            return 0
