"""What an action plan holds."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field

from readiness.assessment.model import BankReference, Team
from readiness.bank.action_words import ActionWords
from readiness.bank.model import Kind
from readiness.language import _
from readiness.plan.overlay import Status
from readiness.plan.stretch import NOW_HOLDS, Stretch
from readiness.scoring.model import FirstSchema, ScoreModel
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


class PlannedAction(ScoreModel, ActionWords[str, Stretch, int | None]):
    """One thing to do.

    ``number`` is the action's own, from 1, wherever it is shown: its place in the order that was shown when the plan
    first left the machine, or was edited; what came later has a higher one. From then on numbers are kept with the
    plan, and nothing moves them. ``questions`` are ids: one of a step, several of what is found out, none of the team's
    own. ``question_numbers`` count them as they are asked, and ``about`` says in a few words what they are about.
    ``effort`` is None if nobody gave one. ``owner`` is who should do it by role, ``assigned`` the person named for it.
    ``horizon`` is the stretch that was suggested or, if ``placed``, chosen by a person; a date goes first
    (``stretch_on``). ``holds_band``: a question is a gate below its minimum or not known, so that a gated band waits.
    ``starts_from`` is the role from whose place the step starts, if that is lower than the team's. ``with`` are roles
    that must be in on it. ``dropped``: why it is not to be done.
    """

    number: int
    kind: ActionKind
    questions: tuple[str, ...]
    question_numbers: tuple[int, ...]
    about: str
    question_kind: Kind | None
    domain: str | None
    holds_band: bool
    starts_from: str | None = None
    with_: Annotated[tuple[str, ...], Field(alias="with")] = ()
    placed: bool = False
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

    def stretch_on(self, today: dt.date) -> Stretch:
        """Return the stretch of time, from ``today``, that it falls into: by its date, or without one as it is.

        A date says more than a stretch that was suggested, or written before there was a date. What is done stays.
        """
        if self.due is None or self.status is Status.DONE:
            return self.horizon
        months = 12 * (self.due.year - today.year) + self.due.month - today.month + (self.due.day > today.day)
        return Stretch.NOW if months <= _NOW else Stretch.NEXT if months <= _NEXT else Stretch.LATER

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

    def on(self, today: dt.date) -> Self:
        """Return the plan as it is shown on ``today``: each action in its stretch of time, in their order.

        Now has at most ``NOW_HOLDS`` that are not done; the rest of them wait until there is room. First come those
        that a person put there, by hand or by a date that falls in it: nobody's own choice is moved, and nothing that
        is due is hidden, even if that makes more of them. Then come those that somebody took on, then what is only
        suggested.
        """
        now = [one for one in self.actions if one.stretch_on(today) is Stretch.NOW and one.status is not Status.DONE]
        others = sorted((one for one in now if not one.placed and one.due is None), key=lambda one: not one.taken_on)
        left = max(0, NOW_HOLDS - (len(now) - len(others)))
        waiting = {one.id for one in others[left:]}

        def placed(actions: tuple[PlannedAction, ...]) -> tuple[PlannedAction, ...]:
            stretches = (Stretch.ROOM if one.id in waiting else one.stretch_on(today) for one in actions)
            pairs = zip(actions, stretches, strict=True)
            return tuple(one.model_copy(update={"horizon": stretch}) for one, stretch in pairs)

        shown = sorted(placed(self.actions), key=lambda one: one.horizon.order)
        update = {"actions": tuple(shown), "dropped": placed(self.dropped), "past": placed(self.past)}
        return self.model_copy(update=update)

    def start_on(self, today: dt.date) -> tuple[PlannedAction, ...]:
        """Return the three to start with: the first of those not done, as the plan is shown on ``today``.

        Several actions for one question are different ways to the same step: the first of them stands for all.
        """
        begun: set[str] = set()
        start = []
        for action in self.on(today).actions:
            if action.status is not Status.DONE and not begun.intersection(action.questions):
                start.append(action)
                begun.update(action.questions)
        return tuple(start[:3])

    @property
    def numbered(self) -> tuple[PlannedAction, ...]:
        """Every action, dropped and past ones too, in the order of their numbers."""
        return tuple(sorted((*self.actions, *self.past, *self.dropped), key=lambda action: action.number))


class TeamPlan(Plan):
    """One team's plan on a day. As JSON, ``readiness plan --format json`` prints it: field names are a contract."""

    schema_: FirstSchema = 1
    bank: BankReference
    team: Team
