"""Which actions a report of two pages has room for, and which questions page one names beside where to start."""

from collections.abc import Iterable, Sequence

from readiness.language import _, n_
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import Status
from readiness.plan.stretch import Stretch
from readiness.report.model import ActionView, AnswerView
from readiness.text import listed

LOWEST = 4
"""How many questions on their lowest step are named beside where to start."""
FIRST = 9
"""How many actions a report of two pages has room for."""


def lowest_named(
    answers: Iterable[AnswerView], start: Iterable[PlannedAction], to_do: Iterable[ActionView]
) -> str | None:
    """Return which questions stand on their lowest step without an action in ``start``; None if none does.

    If everything about a question is done, or was taken out, the team has seen to it.
    """
    left = {name for action in to_do for name in action.questions}
    left -= {name for action in start for name in action.questions}
    names = [answer.label for answer in answers if answer.share == 0 and answer.id in left]
    if not names:
        return None
    shown = [f"“{name}”" for name in names[:LOWEST]]
    if more := len(names) - len(shown):
        shown.append(n_("{count} more", "{count} more", more))
    return n_(
        "Also look at the question with the lowest answer: {names}.",
        "Also look at the questions with the lowest answer: {names}.",
        len(names),
        names=listed(shown, _("and")),
    )


def first_actions(actions: Sequence[ActionView]) -> tuple[ActionView, ...]:
    """Return as many actions as there is room for, the soonest first.

    What page one names has room before what is taken on, and that before what is only suggested.
    """
    chosen = sorted(actions, key=lambda action: (_turn(action), _soon(action)))[:FIRST]
    return tuple(sorted(chosen, key=_soon))


def _turn(action: ActionView) -> int:
    if action.late or action.status == Status.STUCK or action.start_here:
        return 0
    return 1 if action.owner or action.due or action.status != Status.TODO else 2


def _soon(action: ActionView) -> int:
    return Stretch(action.horizon_id).order


def later_in_words(count: int) -> str | None:
    """Return how many actions only the full report has; None if it is the same."""
    if not count:
        return None
    return n_("{count} more action is in the full report.", "{count} more actions are in the full report.", count)
