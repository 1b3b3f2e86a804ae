"""What was done of the plan between two dates, and what became of the questions that it was for."""

from collections.abc import Iterator

from readiness.bank.model import FIND_OUT, Bank
from readiness.plan.model import Plan, PlannedAction
from readiness.plan.overlay import Overlay, Status
from readiness.scoring.comparison import Comparison, Move
from readiness.scoring.model import ScoreModel


class DoneAction(ScoreModel):
    """An action done between the dates. ``question`` is None if it belongs to none, as a team's own does.

    ``move`` is what became of its question; None if that is not told.
    """

    id: str
    title: str
    question: str | None
    move: Move | None


class TeamComparison(Comparison):
    """Comparison of a team, with what was done of its plan since the first date.

    ``reworded`` are questions whose answers to an older version were left out: it meant something else by them.
    """

    reworded: tuple[str, ...]
    done: tuple[DoneAction, ...]

    @classmethod
    def of(
        cls, found: Comparison, bank: Bank, then: Overlay, now: Plan, reworded: tuple[str, ...] = ()
    ) -> "TeamComparison":
        """Return ``found`` with what is done in the plan ``now``, and was not with the edits of ``then``."""
        return cls(**dict(found), reworded=reworded, done=tuple(_done(found, bank, then, now)))


def _done(found: Comparison, bank: Bank, then: Overlay, now: Plan) -> Iterator[DoneAction]:
    moves = {question.id: question.move for question in found.questions}
    for action in _every(now):
        if action.status is Status.DONE and then.edit(action.id).status is not Status.DONE:
            question = _question_of(action.id, bank)
            yield DoneAction(
                id=action.id,
                title=action.title,
                question=question,
                move=None if question is None else moves.get(question),
            )


def _every(plan: Plan) -> Iterator[PlannedAction]:
    yield from plan.actions
    yield from plan.past


def _question_of(action: str, bank: Bank) -> str | None:
    if action.startswith(FIND_OUT):
        name = action.removeprefix(FIND_OUT)
        return name if name in bank.question_by_id else None
    found = (one.id for one in bank.questions if any(step.id == action for step in one.actions))
    return next(found, None)
