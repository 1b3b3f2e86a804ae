"""What an action plan holds."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from readiness.assessment.model import BankReference, Team
from readiness.bank.action_words import ActionWords
from readiness.bank.model import Horizon, Kind
from readiness.language import _
from readiness.plan.overlay import Status
from readiness.scoring.model import ScoreModel
from readiness.scoring.rounding import ShownScore
from readiness.text import unended


class ActionKind(StrEnum):
    """Whether an action takes a step up, finds out where the service stands, or is the team's own."""

    STEP = "step"
    FIND_OUT = "find-out"
    OWN = "own"


class Mark(StrEnum):
    """Why an action that a person edited is not in today's plan, or what to look at in one that is.

    ``reached``: the answers have got there. ``not-now``: the bank has it, but today's answers do not ask for it.
    ``gone``: the bank no longer has it. ``reworded``: the bank says it in other words since it was edited.
    """

    REACHED = "reached"
    NOT_NOW = "not-now"
    GONE = "gone"
    REWORDED = "reworded"


class PlannedAction(ScoreModel, ActionWords[str, Horizon, int | None]):
    """One thing to do.

    ``number`` is the action's own, from 1, wherever it is shown: its place in the order that was suggested when the
    plan was first edited; what came later has a higher one. Once the plan is edited, the numbers that are shown are
    kept with it, and nothing moves them; until then it is the place in today's order. ``about`` says in a few words
    what it is for, ``question_number`` counts its question as it is asked; "" and None where it belongs to no question
    that is asked. ``effort`` is None where nobody gave one. ``owner`` is who should do it by role, ``assigned`` the
    person named for it. ``horizon`` is the stretch that was suggested or chosen; a date goes first (``horizon_on``).
    ``gain``: points on the overall score (0 to 100) if the question reached the level that the action leads to; None
    where it is not known where the service stands, or where the action is the team's own. ``holds_band``: the question
    is a gate that holds the band back. ``dropped``: why it is not to be done.
    """

    number: int
    kind: ActionKind
    question: str | None
    question_number: int | None
    about: str
    question_kind: Kind | None
    domain: str | None
    gain: ShownScore | None
    holds_band: bool
    assigned: str | None = None
    due: dt.date | None = None
    status: Status = Status.TODO
    comments: tuple[str, ...] = ()
    dropped: str | None = None
    mark: Mark | None = None

    @property
    def named(self) -> str:
        """The action as it is called where it stands alone: its title, and what it is for where that does not say."""
        return f"{unended(self.title)} ({self.about})" if self.about and self.kind is ActionKind.STEP else self.title

    @property
    def by_whom(self) -> str:
        """Who does it: the person named for it, or else the role that is suggested, which says so."""
        return self.assigned or (_("{role} (suggested)", role=self.owner) if self.owner else "")

    @property
    def taken_on(self) -> bool:
        """Whether somebody has taken it on: it has a name or a date, or was begun."""
        return self.assigned is not None or self.due is not None or self.status is not Status.TODO

    @property
    def counts_as(self) -> Status | None:
        """How far it is where progress is counted: what was reached is done. None where it is not to be done today.

        What somebody has taken on is to be done, whatever today's answers ask for.
        """
        if self.dropped is not None or (self.mark in (Mark.NOT_NOW, Mark.GONE) and not self.taken_on):
            return None
        return Status.DONE if self.mark is Mark.REACHED else self.status

    def horizon_on(self, today: dt.date) -> Horizon:
        """Return the stretch of time, from ``today``, that it falls into: by its date, or without one as it is.

        A date says more than a stretch that was suggested, or written before there was a date. What is done stays.
        """
        if self.due is None or self.status is Status.DONE:
            return self.horizon
        months = 12 * (self.due.year - today.year) + self.due.month - today.month + (self.due.day > today.day)
        return Horizon.NOW if months <= _NOW else Horizon.NEXT if months <= _NEXT else Horizon.LATER

    def is_late(self, today: dt.date) -> bool:
        """Return whether it is still to be done, and the day it was due on lies before ``today``."""
        return self.due is not None and self.due < today and self.counts_as not in (None, Status.DONE)


_NOW, _NEXT = 3, 6
"""Months that these stretches of time end with."""


class Keep(ScoreModel):
    """Something that is as good as it can be, and what to keep doing."""

    question: str
    domain: str
    text: str


class Plan(ScoreModel):
    """What to do, in the order to do it; where to start; and what to keep.

    ``dropped``: actions that a person took out, with the reason. ``past``: actions that a person edited and that are
    not in today's plan; their ``mark`` says why. ``left``: the numbers of those that have one, and that are neither in
    today's plan nor were edited: minutes may name them.
    """

    actions: tuple[PlannedAction, ...]
    keep: tuple[Keep, ...]
    dropped: tuple[PlannedAction, ...] = ()
    past: tuple[PlannedAction, ...] = ()
    left: tuple[int, ...] = ()

    def start_on(self, today: dt.date) -> tuple[PlannedAction, ...]:
        """Return the three to start with of those not done: what holds the band, then the soonest, in their order.

        Several actions for one question are different ways to the same step: the first of them stands for all.
        """
        to_do = (action for action in self.actions if action.status is not Status.DONE)
        soonest = sorted(to_do, key=lambda one: (not one.holds_band, [*Horizon].index(one.horizon_on(today))))
        begun: set[str] = set()
        start = []
        for action in soonest:
            if action.question not in begun:
                start.append(action)
            if action.question is not None:
                begun.add(action.question)
        return tuple(start[:3])

    @property
    def numbered(self) -> tuple[PlannedAction, ...]:
        """Every action, dropped and past ones too, in the order of their numbers."""
        return tuple(sorted((*self.actions, *self.past, *self.dropped), key=lambda action: action.number))


class TeamPlan(Plan):
    """One team's plan. As JSON it is what ``readiness plan --format json`` prints: field names are a contract."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    bank: BankReference
    team: Team
