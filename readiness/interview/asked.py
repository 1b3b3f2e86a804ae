"""What a walk and a workshop share: where asking stands, what was said besides, and how it ends. Pure."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from readiness.assessment.group import GroupAssessment
from readiness.assessment.model import Assessment
from readiness.bank.model import Bank, Question
from readiness.interview.steps import Kind, Step
from readiness.language import _
from readiness.team import AssessedTeam
from readiness.words import NO, YES

PAGES = 2
"""Of help: on what is asked, and on the keys."""


class Asking(StrEnum):
    """What the next line answers: the step itself, or something asked on the way."""

    ANSWER = "answer"
    WHY_NOT = "why-not"
    NOTE = "note"
    JUMP = "jump"
    RESUME = "resume"
    FINISHED = "finished"
    SHOW_EARLIER = "show-earlier"
    SERVICE = "service"


class Ending(StrEnum):
    """How asking ended."""

    QUIT = "quit"
    FINISHED = "finished"
    REPORT = "report"


@dataclass(frozen=True)
class Asked(ABC, Generic[Kind]):
    """Where asking stands, of one person or of a group.

    ``at`` is the position of the step. ``result`` is what the answers come to, once all is asked. ``told`` is what to
    say once, before the next prompt. ``explained`` is the page of help to show, from 1, or 0 for none. ``again`` says
    whether to show the question. ``returns`` is the step to go back to once the question is answered. ``doubted`` is a
    text so short that it is taken for a slip until it is typed again. ``warned`` says that it was told where notes are
    printed.
    """

    bank: Bank
    date: dt.date
    _: KW_ONLY
    at: int = 0
    asking: Asking = Asking.ANSWER
    result: AssessedTeam | None = None
    told: tuple[str, ...] = ()
    explained: int = 0
    again: bool = True
    returns: int | None = None
    doubted: str | None = None
    warned: bool = False
    ending: Ending | None = None

    @property
    @abstractmethod
    def kept(self) -> Assessment | GroupAssessment | None:
        """The answers, which are saved; None until the team has a name."""

    @property
    @abstractmethod
    def steps(self) -> tuple[Step[Kind], ...]:
        """Everything that is asked, in order: last the review, and the result with the offer of a report."""

    @property
    def way_out(self) -> str:
        """Sentence after each word about a line that was not understood."""
        return ""

    @property
    def profile(self) -> Mapping[str, str]:
        """What is known of the service's profile."""
        return self.kept.team.profile if self.kept else {}

    @property
    def step(self) -> Step[Kind]:
        """What is asked now."""
        return self.steps[self.at]

    @property
    def review(self) -> int:
        """Position of the review among the steps."""
        return len(self.steps) - 2

    @property
    def at_end(self) -> bool:
        """Whether all is asked, and the result is shown."""
        return self.at == len(self.steps) - 1

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions asked of this service, in the words for those who answer."""
        return tuple(step.question for step in self.steps if step.question)

    @property
    @abstractmethod
    def open_numbers(self) -> tuple[int, ...]:
        """The numbers (from 1) of the questions that are still open."""

    def number(self, question: Question) -> int:
        """Return the question's number, from 1."""
        return [asked.id for asked in self.questions].index(question.id) + 1

    def at_number(self, number: int) -> int:
        """Return the position among the steps of the question with that number, from 1."""
        return next(at for at, step in enumerate(self.steps) if step.question) + number - 1


State = TypeVar("State", bound=Asked[Any])


def tell(state: State, *told: str) -> State:
    """Return the state with a word about the line that was typed; the question stands right above it."""
    *first, last = told
    return replace(state, told=(*first, f"{last} {state.way_out}".rstrip()), again=False)


def heard(here: State, before: State, line: str, typed: Callable[[State, str], State], *, asks_help: bool) -> State:
    """Return the state after ``line`` was typed in the state ``before``, of which ``here`` has nothing left to tell.

    "?" turns the pages of help, and Enter then closes it. Any other line goes to ``typed``.
    """
    if (line and not line.strip("?")) or asks_help:
        return replace(here, explained=before.explained % PAGES + 1, doubted=None)
    if before.explained and not line:
        return here
    there = typed(here, line)
    if there.doubted == before.doubted:
        there = replace(there, doubted=None)
    return replace(there, again=True) if before.explained else there


def back(state: State, _rest: str = "") -> State:
    """Return the state where the step was opened from, or else at the step before."""
    if state.returns is not None:
        return replace(state, at=state.returns, returns=None)
    if state.at == 0:
        return tell(state, _("This is the first question."))
    return replace(state, at=state.at - 1)


def quits(state: State, _rest: str) -> State:
    """Return the state at its end, as somebody stops."""
    return replace(state, ending=Ending.QUIT)


def offered(state: State, line: str) -> State:
    """Return the state after the report was offered: at its end, or with a word about the line."""
    if line.casefold() in YES:
        return replace(state, ending=Ending.REPORT)
    if not line or line.casefold() in NO:
        return replace(state, ending=Ending.FINISHED)
    return tell(state, _("Please type y for yes, or press Enter to finish without a report."))
