"""What an action plan holds."""

from enum import StrEnum

from readiness.bank.model import Horizon, Kind
from readiness.scoring.model import ScoreModel
from readiness.scoring.numbers import ShownScore


class ActionKind(StrEnum):
    """Whether an action takes a step up, or finds out where the service stands."""

    STEP = "step"
    FIND_OUT = "find-out"


class PlannedAction(ScoreModel):
    """One thing to do.

    ``gain``: points on the overall score (0 to 100) if the question reached the level that the action leads to; None
    where it is not known where the service stands. ``holds_band``: the question is a gate that holds the band back.
    """

    id: str
    kind: ActionKind
    question: str
    question_kind: Kind
    domain: str
    title: str
    detail: str
    owner: str
    horizon: Horizon
    effort: int
    sign: str
    gain: ShownScore | None
    holds_band: bool


class Keep(ScoreModel):
    """Something that is as good as it can be, and what to keep doing."""

    question: str
    domain: str
    text: str


class Plan(ScoreModel):
    """What to do, in the order to do it; where to start; and what to keep."""

    actions: tuple[PlannedAction, ...]
    keep: tuple[Keep, ...]

    @property
    def start(self) -> tuple[PlannedAction, ...]:
        """The first three actions."""
        return self.actions[:3]
