"""Lays a person's edits over a computed plan. Nothing that a person wrote is lost: what no longer fits is marked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from readiness.assessment.model import MAX_NOTE
from readiness.bank.action_words import TEXTS
from readiness.bank.model import FIND_OUT, OWN, Action, Question
from readiness.plan.basis import PlanBasis
from readiness.plan.find_out import find_out
from readiness.plan.model import ActionKind, Mark, Plan, PlannedAction
from readiness.plan.overlay import Edit, Overlay, SomeWords, Status, Wording
from readiness.plan.stretch import Stretch
from readiness.scoring.model import State
from readiness.scoring.standing import Standing


def live_plan(plan: Plan, overlay: Overlay, basis: PlanBasis) -> Plan:
    """Return ``plan`` with the edits of ``overlay``; ``basis`` is what the plan was built from.

    Open actions keep the plan's order, then come the team's own, then what is done. Dropped ones stand apart, and so
    do those that were edited and that today's plan does not have. An action keeps the number that it was given; what
    has none yet takes the next ones, in that order.
    """
    numbers = overlay.numbered(in_order_of_numbers(plan, overlay))
    known = {action.id for action in plan.actions}
    planned = [_edited(numbers[action.id], action, overlay.edit(action.id)) for action in plan.actions]
    own = [_own(numbers[name], name, overlay.edit(name)) for name in overlay.actions if name.startswith(OWN)]
    past = [
        _past(numbers[name], name, overlay.edit(name), basis)
        for name in sorted(overlay.actions, key=lambda name: numbers[name])
        if name not in known and not name.startswith(OWN)
    ]
    here = known | {*overlay.actions}
    left = sorted(number for name, number in numbers.items() if name not in here and not name.startswith(OWN))
    in_time = sorted(own, key=lambda action: action.horizon.order)
    actions = sorted([*planned, *in_time], key=lambda action: action.status is Status.DONE)
    return plan.model_copy(
        update={
            "actions": tuple(action for action in actions if action.dropped is None),
            "dropped": tuple(action for action in [*actions, *past] if action.dropped is not None),
            "past": tuple(action for action in past if action.dropped is None),
            "left": tuple(left),
        }
    )


def in_order_of_numbers(plan: Plan, overlay: Overlay) -> Iterable[str]:
    """Return the ids of actions in the order in which those without a number get one.

    First what is planned, then the team's own, then what was edited and is in the plan no more.
    """
    others = sorted(overlay.actions, key=lambda name: not name.startswith(OWN))
    return [*(action.id for action in plan.actions), *others]


def retold(overlay: Overlay, before: Plan, after: Plan) -> Overlay:
    """Return the edits of ``before``, so that they fit ``after``: the same computed plan in another language.

    An edit remembers what its action said. If that is what ``before`` says, it becomes what ``after`` says: another
    language is not taken for a change of the question bank. A person's own words stay as they are.
    """
    said = {action.id: wording_of(action) for action in before.actions}
    says = {action.id: wording_of(action) for action in after.actions}

    def told(name: str, edit: Edit) -> Edit:
        if edit.before is None or name not in said or name not in says or not edit.before.says(said[name]):
            return edit
        return edit.model_copy(update={"before": says[name]})

    return overlay.model_copy(update={"actions": {name: told(name, edit) for name, edit in overlay.actions.items()}})


def wording_of(action: PlannedAction) -> Wording:
    """Return what ``action``, as computed, says now: kept with an edit of it.

    What a bank says may be longer than what is kept. Whom to ask about what changes with every answer: so the questions
    that are asked are no part of it.
    """
    said = _cut(action, action.domain)
    return said.model_copy(update={"detail": None}) if action.kind is ActionKind.FIND_OUT else said


def _cut(action: PlannedAction | Action, domain: str | None) -> Wording:
    cut = {name: action.words[name][:MAX_NOTE] for name in TEXTS}
    return Wording(**{**action.words, **cut, "horizon": Stretch(action.horizon)}, domain=domain)


def _edited(number: int, action: PlannedAction, edit: Edit) -> PlannedAction:
    reworded = edit.before is not None and not edit.before.says(wording_of(action))
    mark = {"mark": Mark.REWORDED} if reworded else {}
    return action.model_copy(update={"number": number} | _changes(edit) | mark)


def _changes(edit: Edit) -> dict[str, object]:
    """Return the fields of an action that ``edit`` sets. ``owner`` of an edit is a person, not a role."""
    words = edit.model_dump(include={*SomeWords.model_fields} - {"owner"}, exclude_none=True)
    return words | {
        "placed": edit.horizon is not None,
        "assigned": edit.owner,
        "due": edit.due,
        "status": edit.status or Status.TODO,
        "comments": edit.comments,
        "dropped": edit.dropped,
    }


def _own(number: int, name: str, edit: Edit) -> PlannedAction:
    return PlannedAction(
        id=name,
        number=number,
        kind=ActionKind.OWN,
        questions=(),
        question_numbers=(),
        about="",
        question_kind=None,
        domain=edit.domain,
        holds_band=False,
        **_BLANK,
    ).model_copy(update={"title": name} | _changes(edit))


_BLANK: Mapping[str, Any] = {**dict.fromkeys(TEXTS, ""), "horizon": Stretch.NEXT, "effort": None}
"""The words of an action of which nobody has said anything."""


def _past(number: int, name: str, edit: Edit, basis: PlanBasis) -> PlannedAction:
    """Return an edited action that today's plan does not have.

    It says what it said when it was edited, and else what the bank says of it.
    """
    question = _question_of(name, basis)
    about = [] if question is None else _asked_about(name, question, basis)
    named = [standing.question for _, standing in about] or ([] if question is None else [question])
    before, said = edit.before, _wording(name, named)
    words = {**said, **(before.model_dump(exclude_none=True) if before else {})}
    return PlannedAction(
        id=name,
        number=number,
        kind=ActionKind.FIND_OUT if name.startswith(FIND_OUT) else ActionKind.STEP,
        questions=(),
        question_numbers=tuple(at for at, _ in about),
        about="; ".join(question.name for question in named),
        question_kind=None,
        holds_band=False,
        **{**_BLANK, "title": name, "domain": None, **words},
        mark=Mark.GONE if question is None else _why_past(name, question, [one for _, one in about], basis),
    ).model_copy(update=_changes(edit))


def _wording(name: str, questions: Sequence[Question]) -> Mapping[str, Any]:
    """Return what the bank says of the action of this id, which is about ``questions``; nothing if there are none."""
    if not questions:
        return {}
    if name.startswith(FIND_OUT):
        action = find_out(name.removeprefix(FIND_OUT), questions, kind=None, holds=False)
        return _cut(action, action.domain).model_dump(exclude_none=True)
    [question] = questions
    step = next(action for action in question.actions if action.id == name)
    return _cut(step, question.domain).model_dump(exclude_none=True)


def _question_of(name: str, basis: PlanBasis) -> Question | None:
    """Return the question that the action is about, in the words that fit; None if the bank no longer has it."""
    bank = basis.standings.bank
    found = (
        bank.question_by_id.get(name.removeprefix(FIND_OUT))
        if name.startswith(FIND_OUT)
        else next((question for question in bank.questions if _step_of(name, question)), None)
    )
    return found and found.worded(basis.standings.team.profile)


def _asked_about(name: str, question: Question, basis: PlanBasis) -> list[tuple[int, Standing]]:
    """Return the questions asked that the action is about, each with its number and where it stands."""
    together = {question.id}
    if name.startswith(FIND_OUT):
        together |= {one for one, first in basis.together.items() if first == question.id}
    standings = enumerate(basis.standings.questions, start=1)
    return [(at, standing) for at, standing in standings if standing.question.id in together]


def _step_of(name: str, question: Question) -> Action | None:
    return next((action for action in question.actions if action.id == name), None)


def _why_past(name: str, question: Question, standings: Sequence[Standing], basis: PlanBasis) -> Mark:
    """Return why an action about these ``standings`` is not in today's plan; ``question`` is the one in its id."""
    if not standings:
        return Mark.NOT_NOW
    step = _step_of(name, question)
    if step is None:
        open_ = any(standing.state in (State.UNKNOWN, State.UNANSWERED) for standing in standings)
        return Mark.NOT_NOW if open_ else Mark.REACHED
    start = basis.start(standings[0])
    return Mark.REACHED if start is not None and question.levels[start].value >= step.to else Mark.NOT_NOW
