"""Lays a person's edits over a computed plan. Nothing that a person wrote is lost: what no longer fits is marked."""

from collections.abc import Iterable

from readiness.assessment.model import MAX_NOTE
from readiness.bank.model import FIND_OUT, OWN, Bank, Horizon, exact
from readiness.plan.model import ActionKind, Mark, Plan, PlannedAction
from readiness.plan.overlay import Edit, Overlay, Status, Wording
from readiness.scoring.score import Standing, Standings

_DEFAULT_EFFORT = 2


def live_plan(plan: Plan, overlay: Overlay, standings: Standings) -> Plan:
    """Return ``plan`` with the edits of ``overlay``; ``standings`` is what the plan was made from.

    Open actions keep the plan's order, then come the team's own, then what is done. Dropped ones stand apart, and so
    do those that were edited and that today's plan does not have.
    """
    planned = [_edited(action, overlay.edit(action.id)) for action in plan.actions]
    known = {action.id for action in plan.actions}
    own = [_own(name, edit) for name, edit in overlay.actions.items() if name.startswith(OWN)]
    past = [
        _past(name, edit, standings)
        for name, edit in overlay.actions.items()
        if name not in known and not name.startswith(OWN)
    ]
    actions = sorted([*planned, *sorted(own, key=_horizon)], key=_done)
    return plan.model_copy(
        update={
            "actions": tuple(action for action in actions if action.dropped is None),
            "dropped": tuple(action for action in [*actions, *past] if action.dropped is not None),
            "past": tuple(action for action in past if action.dropped is None),
        }
    )


def wording_of(action: PlannedAction) -> Wording:
    """Return what ``action``, as computed, says now: kept with an edit of it.

    What a bank says may be longer than what is kept: how to find out lists all the evidence there could be.
    """
    return Wording(
        title=action.title[:MAX_NOTE],
        detail=action.detail[:MAX_NOTE],
        sign=action.sign[:MAX_NOTE],
        owner=action.owner[:MAX_NOTE],
        horizon=action.horizon,
        effort=action.effort,
        domain=action.domain,
    )


def _done(action: PlannedAction) -> bool:
    return action.status is Status.DONE


def _horizon(action: PlannedAction) -> int:
    return list(Horizon).index(action.horizon)


def _edited(action: PlannedAction, edit: Edit) -> PlannedAction:
    reworded = edit.before is not None and not edit.before.says(wording_of(action))
    return action.model_copy(update=_changes(edit) | ({"mark": Mark.REWORDED} if reworded else {}))


def _changes(edit: Edit) -> dict[str, object]:
    """Return the fields of an action that ``edit`` sets. ``owner`` of an edit is a person, not a role."""
    words = edit.model_dump(include={"title", "detail", "sign", "horizon", "effort", "domain"}, exclude_none=True)
    return words | {
        "assigned": edit.owner,
        "due": edit.due,
        "status": edit.status or Status.TODO,
        "comments": edit.comments,
        "dropped": edit.dropped,
    }


def _own(name: str, edit: Edit) -> PlannedAction:
    return PlannedAction(
        id=name,
        kind=ActionKind.OWN,
        question=None,
        question_kind=None,
        domain=edit.domain,
        title=edit.title or name,
        detail=edit.detail or "",
        owner="",
        horizon=edit.horizon or Horizon.NEXT,
        effort=edit.effort or _DEFAULT_EFFORT,
        sign=edit.sign or "",
        gain=None,
        holds_band=False,
    ).model_copy(update=_changes(edit))


def _past(name: str, edit: Edit, standings: Standings) -> PlannedAction:
    before = edit.before or Wording(title=edit.title or name)
    return PlannedAction(
        id=name,
        kind=ActionKind.FIND_OUT if name.startswith(FIND_OUT) else ActionKind.STEP,
        question=None,
        question_kind=None,
        domain=before.domain,
        title=before.title,
        detail=before.detail or "",
        owner=before.owner or "",
        horizon=before.horizon or Horizon.NEXT,
        effort=before.effort or _DEFAULT_EFFORT,
        sign=before.sign or "",
        gain=None,
        holds_band=False,
        mark=_why_past(name, standings.bank, standings.questions),
    ).model_copy(update=_changes(edit))


def _why_past(name: str, bank: Bank, questions: Iterable[Standing]) -> Mark:
    """Return why an action is not in today's plan."""
    asked = {standing.question.id: standing for standing in questions}
    if name.startswith(FIND_OUT):
        question = name.removeprefix(FIND_OUT)
        if question not in bank.question_by_id:
            return Mark.GONE
        return Mark.REACHED if question in asked else Mark.NOT_NOW
    for entry in bank.questions:
        for action in entry.actions:
            if action.id == name:
                share = standing.share if (standing := asked.get(entry.id)) else None
                there = share is not None and share >= entry.share(exact(action.to))
                return Mark.REACHED if there else Mark.NOT_NOW
    return Mark.GONE
