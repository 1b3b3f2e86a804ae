"""Rows: one respondent's answers about one team each, from any kind of file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from readiness.assessment.cells import parse_cell
from readiness.assessment.filenames import file_slug
from readiness.assessment.model import NOT_APPLICABLE, UNKNOWN, Assessment, BankReference, Respondent, Response, Team
from readiness.assessment.team_names import identity
from readiness.bank.model import Bank
from readiness.errors import Notice, Place, Problem
from readiness.intake.left_out import LeftOut
from readiness.scoring.parts import DomainPart
from readiness.text import all_words

_organisation = lru_cache(1_000)(identity)
"""The identity of an organisation, remembered: teams have few."""


def whose(organisation: str, team: str) -> tuple[str, str]:
    """Return what two rows have in common if they are about one team."""
    return _organisation(organisation), identity(team)


def slug_of(team: str, whose: tuple[str, str]) -> str:
    """Return what the files of a team are called, without an ending: never the same for two teams."""
    return file_slug(team, "\0".join(whose))


class RespondentRow(NamedTuple):
    """One respondent's answers as a file has them.

    ``profile`` has a text for each profile question of the bank, ``answers`` one for each of its ordered questions: the
    cell, or "". ``number`` is the row in ``file``, from 1; 0 if the file is one assessment. ``assessment`` is the whole
    of it, if there is more than these texts: notes, an id, another edition of the bank. ``parts`` is the score of the
    answers, if known. ``response`` is the response's number in a survey program, if it has one; ``numbered``: whether
    it is more than a time. ``answered`` is what was given to an older version, if it was: it tells copies. ``sent`` is
    the number with the time, which tells the response in whatever team.
    """

    file: str
    number: int
    organisation: str
    team: str
    profile: tuple[str, ...]
    role: str
    date: str
    answers: tuple[str, ...]
    assessment: Assessment | None = None
    parts: tuple[DomainPart, ...] | None = None
    response: str = ""
    numbered: bool = False
    answered: Assessment | None = None
    sent: str = ""

    @property
    def whose(self) -> tuple[str, str]:
        """Which team the row is about: rows that have this in common are respondents of one team."""
        return whose(self.organisation, self.team)

    @property
    def place(self) -> Place:
        """The place of the row."""
        return Place(self.file, self.number or None)

    @property
    def sign(self) -> str:
        """What is the same in whatever team the answers stand; "" if nothing is."""
        if self.response:
            return self.sent
        return (self.assessment and self.assessment.respondent.id) or ""

    @property
    def content(self) -> str:
        """All that a report could show of the row: two rows with the same content are interchangeable."""
        return repr(self[2:8]) if self.assessment is None else self.assessment.to_json()


def whose_each(organisations: Sequence[str], teams: Sequence[str]) -> list[tuple[str, str]]:
    """Return the same of many rows."""
    identities = teams if all_words(teams) else map(identity, teams)
    return [*zip(map(_organisation, organisations), identities, strict=True)]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that can't be used, or a file, and why. ``team`` and ``organisation`` are "" if not known.

    Without ``problems`` it is a row that nobody answered, and is told of elsewhere.
    """

    problems: tuple[Problem, ...]
    team: str = ""
    organisation: str = ""

    @property
    def whose(self) -> tuple[str, str]:
        """Which team a row would have been about, as ``RespondentRow.whose``."""
        return whose(self.organisation, self.team)

    @property
    def slug(self) -> str:
        """What the files of that team are called."""
        return slug_of(self.team, self.whose)


Read = RespondentRow | Refused | LeftOut | Notice


def row_of(assessment: Assessment, bank: Bank, file: str, number: int = 0) -> RespondentRow:
    """Return an assessment as a row."""
    team = assessment.team
    return RespondentRow(
        file=file,
        number=number,
        organisation=team.organisation or "",
        team=team.name,
        profile=tuple(team.profile.get(entry.id, "") for entry in bank.profile),
        role=assessment.respondent.role or "",
        date=assessment.date.isoformat(),
        answers=tuple(_mark(assessment.responses.get(question.id)) for question in bank.ordered_questions),
        assessment=assessment,
    )


def cell_of(response: Response | None) -> str:
    """Return an answer as a cell that means it."""
    if response is None:
        return ""
    if response.level is not None:
        return str(response.level)
    if response.not_applicable is not None:
        return f"{NOT_APPLICABLE}: {response.not_applicable}"
    return UNKNOWN if response.unknown else ""


def _mark(response: Response | None) -> str:
    """Return an answer as a cell with the same score: the reason why it does not apply is kept elsewhere."""
    return f"{NOT_APPLICABLE}: why" if response and response.not_applicable else cell_of(response)


def assessment_of(row: RespondentRow, bank: Bank) -> Assessment:
    """Return the row as an assessment. The row's cells must have been found right."""
    if row.assessment is not None:
        return row.assessment
    profile = {entry.id: value for entry, value in zip(bank.profile, row.profile, strict=True) if value}
    asked = zip(bank.ordered_questions, row.answers, strict=True)
    responses = {question.id: response for question, text in asked if (response := parse_cell(question, text))}
    return Assessment(
        bank=BankReference.to(bank),
        team=Team(name=row.team, organisation=row.organisation or None, profile=profile),
        respondent=Respondent(role=row.role or None),
        date=dt.date.fromisoformat(row.date),
        responses=responses,
    )


def assessments_of(rows: Sequence[RespondentRow], bank: Bank) -> tuple[Assessment, ...]:
    """Return one team's rows as assessments."""
    return tuple(assessment_of(row, bank) for row in rows)
