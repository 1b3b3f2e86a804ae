"""What an action plan holds."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from readiness.assessment.model import BankReference, Team
from readiness.bank.model import Horizon, Kind
from readiness.plan.overlay import Status
from readiness.scoring.model import ScoreModel
from readiness.scoring.numbers import ShownScore


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


class PlannedAction(ScoreModel):
    """One thing to do.

    ``owner`` is who should do it by role, ``assigned`` the person named for it. ``gain``: points on the overall score
    (0 to 100) if the question reached the level that the action leads to; None where it is not known where the service
    stands, or where the action is the team's own. ``holds_band``: the question is a gate that holds the band back.
    ``dropped``: why it is not to be done.
    """

    id: str
    kind: ActionKind
    question: str | None
    question_kind: Kind | None
    domain: str | None
    title: str
    detail: str
    owner: str
    horizon: Horizon
    effort: int
    sign: str
    gain: ShownScore | None
    holds_band: bool
    assigned: str | None = None
    due: dt.date | None = None
    status: Status = Status.TODO
    comments: tuple[str, ...] = ()
    dropped: str | None = None
    mark: Mark | None = None


class Keep(ScoreModel):
    """Something that is as good as it can be, and what to keep doing."""

    question: str
    domain: str
    text: str


class Plan(ScoreModel):
    """What to do, in the order to do it; where to start; and what to keep.

    ``dropped``: actions that a person took out, with the reason. ``past``: actions that a person edited and that are
    not in today's plan; their ``mark`` says why.
    """

    actions: tuple[PlannedAction, ...]
    keep: tuple[Keep, ...]
    dropped: tuple[PlannedAction, ...] = ()
    past: tuple[PlannedAction, ...] = ()

    @property
    def start(self) -> tuple[PlannedAction, ...]:
        """The first three actions that are not done."""
        return tuple(action for action in self.actions if action.status is not Status.DONE)[:3]


class TeamPlan(Plan):
    """One team's plan. As JSON it is what ``readiness plan --format json`` prints: field names are a contract."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    bank: BankReference
    team: Team
