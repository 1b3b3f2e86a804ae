"""Where a walk through the questions stands. Pure: nothing is read or shown here."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from readiness.assessment.model import Assessment, Response
from readiness.assessment.roles import role_id
from readiness.bank.model import Bank, Domain, Question
from readiness.interview.asked import Asked, Asking
from readiness.interview.steps import Step, StepKind, minutes, steps_of
from readiness.language import in_long
from readiness.text import counted


@dataclass(frozen=True)
class Walk(Asked[StepKind]):
    """Where a walk stands.

    ``assessment`` is None until the team has a name. ``passed`` is the domain that was just completed. ``answered`` is
    the question just answered: now it can be said why it matters. ``earlier`` are last time's answers. ``replaces``:
    they are still in the file that the new ones are saved in.
    """

    assessment: Assessment | None = None
    passed: Domain | None = None
    answered: Question | None = None
    earlier: Assessment | None = None
    replaces: bool = False

    @property
    def begun(self) -> Assessment:
        """The answers. Raises ValueError before the name of the team, which they begin with."""
        if self.assessment is None:
            raise ValueError("the walk has no name yet")
        return self.assessment

    @property
    def known_earlier(self) -> Assessment:
        """Last time's answers. Raises ValueError if there are none."""
        if self.earlier is None:
            raise ValueError("there are no earlier answers")
        return self.earlier

    @property
    def kept(self) -> Assessment | None:
        """What is saved."""
        return self.assessment

    @property
    def shows_earlier(self) -> bool:
        """Whether each question shows what was answered last time."""
        return self.assessment is not None and self.assessment.shows_earlier is True

    @property
    def role(self) -> str | None:
        """The respondent's role, as the bank calls it; None if none is given."""
        return role_id(self.assessment.respondent.role, self.bank.roles) if self.assessment else None

    @cached_property
    def steps(self) -> tuple[Step[StepKind], ...]:
        """Everything that is asked, in order; it depends on the profile, and its words on the role too."""
        return steps_of(self.bank, self.profile, self.role)

    @property
    def response(self) -> Response | None:
        """The response to the question asked now, if one is given."""
        step = self.step
        return self.assessment.responses.get(step.question.id) if self.assessment and step.question else None

    @property
    def open_numbers(self) -> tuple[int, ...]:
        """The numbers (from 1) of the questions that are unknown or not answered."""
        return tuple(number for number, question in enumerate(self.questions, start=1) if self.is_open(question))

    def is_open(self, question: Question) -> bool:
        """Return whether the question is unknown or not answered."""
        response = self.given(question)
        return response is None or response.unknown is True

    def given(self, question: Question) -> Response | None:
        """Return the answer given to the question, if there is one that the bank has a place for."""
        response = self.assessment.responses.get(question.id) if self.assessment else None
        if response is None or not response.answered or (question.always and response.not_applicable):
            return None
        return response if response.level is None or question.level(response.level) else None

    def is_done(self, step: Step[StepKind]) -> bool:
        """Return whether what the step asks is answered; what may be left out counts once something after it is."""
        if self.assessment is None:
            return False
        if step.question:
            return self.given(step.question) is not None
        if step.profile:
            return self.profile.get(step.profile.id) in {option.id for option in step.profile.options}
        begun = bool(self.profile or self.assessment.responses)
        return step.kind is StepKind.NAME or (step.kind in _OPTIONAL and begun)

    @property
    def about_service(self) -> tuple[Step[StepKind], ...]:
        """What is asked about the service, before the questions: it can be looked at, and changed, from anywhere."""
        return tuple(step for step in self.steps if step.kind in _ABOUT)

    @property
    def left(self) -> str:
        """How many questions have no answer yet, and about how long they take; "" if all have one."""
        waiting = [question for question in self.questions if self.given(question) is None]
        if not waiting:
            return ""
        return f"{counted(len(waiting), 'question')} left: about {counted(minutes(waiting), 'minute')}."

    @property
    def left_open(self) -> tuple[int, ...]:
        """The numbers of the questions without an answer that stand before one that is answered."""
        given = [self.given(question) is not None for question in self.questions]
        last = max((number for number, is_given in enumerate(given, start=1) if is_given), default=0)
        return tuple(number for number, is_given in enumerate(given[:last], start=1) if not is_given)


def begin(bank: Bank, date: dt.date, assessment: Assessment | None, earlier: Assessment | None = None) -> Walk:
    """Return the walk at its beginning, or where ``assessment`` stopped.

    That is at the first open thing about the service, else after the last answered question. Where questions before
    that are open, the walk asks whether to begin with one of them. If none is left, it asks what to do; and with
    ``earlier`` answers, last time's, if they shall be shown.
    """
    walk = Walk(bank, date, assessment, earlier=earlier)
    if assessment is None:
        return walk
    at = next(at for at, step in enumerate(walk.steps) if not walk.is_done(step))
    skipped = walk.left_open if walk.steps[at].question else ()
    if skipped:
        at = next(at for at in range(walk.at_number(skipped[-1]), len(walk.steps)) if _is_new(walk, at))
    walk = replace(walk, at=at)
    if walk.step.kind is StepKind.SHOWN_ALONE:  # it is asked once: the review says what was chosen
        walk = replace(walk, at=walk.review)
    if walk.step.kind not in (StepKind.QUESTION, StepKind.REVIEW):  # how much is asked is not known yet
        return replace(walk, told=("Welcome back.",))
    done = sum(walk.given(question) is not None for question in walk.questions)
    told = f"Welcome back. {done} of {len(walk.questions)} questions are answered."
    if not walk.step.question and done == len(walk.questions):
        day = f"They were last saved on {in_long(assessment.date)}."
        return replace(walk, told=(f"{told} {day}",), asking=Asking.FINISHED)
    where = f" Going on with question {walk.number(walk.step.question)}." if walk.step.question and not skipped else ""
    if walk.step.question and earlier is not None:
        return replace(walk, told=(told + where,), asking=Asking.SHOW_EARLIER)
    if skipped and walk.step.question:
        return replace(walk, told=(told,), asking=Asking.RESUME)
    return replace(walk, told=(f"{told}{where} {walk.left}".rstrip(),))


def _is_new(walk: Walk, at: int) -> bool:
    """Return whether everything from the step on is not answered yet."""
    return not any(walk.is_done(step) for step in walk.steps[at:])


_OPTIONAL = frozenset({StepKind.ORGANISATION, StepKind.ROLE})
_ABOUT = (StepKind.NAME, StepKind.ORGANISATION, StepKind.ROLE, StepKind.PROFILE)
