"""People's answers as they are sent to any survey program, in the words that a form offers."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.assessment.model import Assessment, Response
from readiness.assessment.roles import known_role
from readiness.bank.model import Bank, Question

TEAM = "What is the name of your team or service?"
ROLE = "What is your own role?"
UNKNOWN = "Don’t know"
NOT_APPLICABLE = "Does not apply to our service"

Cell = str | int | float | dt.datetime
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Sent:
    """One person's answers, sent at a time, under the number and the long id that a program gives them."""

    assessment: Assessment
    number: int
    started: dt.datetime

    @property
    def ended(self) -> dt.datetime:
        return self.started + dt.timedelta(minutes=17, seconds=9)

    @property
    def uuid(self) -> str:
        return f"48583952-1892-4931-8d9c-{self.number:012d}"

    def role(self, bank: Bank) -> str:
        known = known_role(self.assessment.respondent.role, bank.roles)
        return known.label if known else ""

    def option(self, bank: Bank, key: str) -> str:
        entry = next(entry for entry in bank.profile if entry.id == key)
        return entry.label(self.assessment.team.profile.get(key)) or ""

    def response(self, question: Question) -> Response:
        """The response; an empty one where the question was left out."""
        return self.assessment.responses.get(question.id, Response.model_construct())


def sent(assessments: Sequence[Assessment]) -> list[Sent]:
    """Return the assessments as they would be sent, one after the other, each on its date."""
    return [
        Sent(one, at, dt.datetime.combine(one.date, dt.time(9, 2, 5)) + dt.timedelta(minutes=7 * at))
        for at, one in enumerate(assessments, start=1)
    ]


def answer(question: Question, response: Response) -> str:
    """Return the answer in the words that a form offers."""
    if response.level is not None:
        level = question.level(response.level)
        assert level is not None
        return level.text
    return UNKNOWN if response.unknown else NOT_APPLICABLE if response.not_applicable else ""


def comment(response: Response) -> str:
    """Return what stands in the one box for comments below a question: the reason, or the note."""
    return response.not_applicable or response.note or ""


def short_form(response: Response) -> str:
    if response.not_applicable:
        return f"n/a: {response.not_applicable}"
    return value(response)


def value(response: Response) -> str:
    if response.level is not None:
        return str(response.level)
    return "unknown" if response.unknown else "n/a" if response.not_applicable else ""


def answers(bank: Bank, one: Sent) -> Iterator[Cell]:
    """Yield each question's answer and comment, in the bank's order."""
    for question in bank.ordered_questions:
        response = one.response(question)
        yield from (answer(question, response), comment(response))


def csv_text(rows: Rows, separator: str, *, quoted: bool = False) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue()
