"""The action plan, ready to be shown."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from readiness.assessment.roles import Roles, role_of_many
from readiness.bank.model import Bank
from readiness.language import N_, _, in_long, n_
from readiness.plan.edits import EFFORT_WORDS, HORIZON_WORDS, MARK_WORDS
from readiness.plan.model import ActionKind, Mark, Plan, PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Status
from readiness.plan.stretch import Stretch
from readiness.report.model import ActionView, HorizonView
from readiness.text import listed, safe_lines

WHEN: Mapping[str, str] = {
    Stretch.NOW: N_("in the next 3 months"),
    Stretch.ROOM: N_("once something under Now is done"),
    Stretch.NEXT: N_("in 3 to 6 months"),
    Stretch.LATER: N_("in more than 6 months"),
}


def action_views(
    actions: Iterable[PlannedAction], today: dt.date, bank: Bank, *, start: Iterable[PlannedAction] = ()
) -> tuple[ActionView, ...]:
    """Return the actions ready to be shown as of ``today``, in the stretches of time that they are in.

    Those of ``start`` are where to start.
    """
    first, every = {action.id for action in start}, [*actions]
    said = [
        _OfBank(_together(one, bank.roles), starts_from(one.starts_from, bank.roles), _holds(one, bank))
        for one in every
    ]
    return tuple(
        _action(one, today, _instead(one, every), facts, start_here=one.id in first)
        for one, facts in zip(every, said, strict=True)
    )


def _instead(action: PlannedAction, actions: Iterable[PlannedAction]) -> tuple[int, ...]:
    """Return the numbers of the other ways to the step that ``action`` takes: one of them is enough."""
    if action.kind is not ActionKind.STEP or not action.questions:
        return ()
    ways = (other for other in actions if other.questions == action.questions and other.kind is ActionKind.STEP)
    return tuple(sorted(other.number for other in ways if other.id != action.id))


class _OfBank(NamedTuple):
    """Who must be in on an action, whose answer it starts from, and which band waits for it; "" if nobody or none."""

    together: str
    starts_from: str
    holds: str


def _action(
    action: PlannedAction, today: dt.date, instead: tuple[int, ...], said: _OfBank, *, start_here: bool
) -> ActionView:
    own = action.kind is ActionKind.OWN
    label = _("Your own action") if own else action.about
    effort = _(EFFORT_WORDS[action.effort]) if action.effort else ""
    together, starts_from, holds = said
    mark = _(MARK_WORDS[action.mark]) if action.mark else None
    late = action.is_late(today)
    due = in_long(action.due) if action.due else None
    by = None if due is None else _("was due on {date}", date=due) if late else _("by {date}", date=due)
    status = _(STATUS_WORDS[action.status])
    begun = "" if action.status is Status.TODO and action.mark not in (None, Mark.REWORDED) else status
    words = {"owner": action.assigned or "", "horizon": _(HORIZON_WORDS[action.horizon]), "effort": effort}
    return ActionView(
        number=action.number,
        id=action.id,
        questions=action.questions,
        question_numbers=action.question_numbers,
        label=label,
        named=action.named,
        horizon_id=action.horizon,
        when=_(WHEN[action.horizon]),
        together=together,
        starts_from=starts_from,
        holds_band=action.holds_band,
        holds=holds,
        start_here=start_here,
        role=action.owner,
        by_whom=action.by_whom,
        due=action.due.isoformat() if action.due else None,
        due_text=due,
        due_words=None if due is None else _("Was due on {date}", date=due) if late else _("By {date}", date=due),
        late=late,
        time_frame=by or _("to do {when}", when=_(WHEN[action.horizon])),
        status=action.status,
        status_text=status,
        counts_as=action.counts_as,
        comments=tuple(line for comment in action.comments for line in safe_lines(comment)),
        own=own,
        mark=mark,
        dropped=action.dropped,
        facts=_facts(label, effort, (together, starts_from, mark or ""), instead),
        state=_state(begun, action.assigned, by),
        **{**action.words, **words},
    )


def _holds(action: PlannedAction, bank: Bank) -> str:
    """Return which band waits for an action; "" if none does."""
    bands = [f"“{band.label}”" for band in bank.bands if band.gated] if action.holds_band else []
    return (
        n_("{bands} waits for this", "{bands} wait for this", len(bands), bands=listed(bands, _("and")))
        if bands
        else ""
    )


def _together(action: PlannedAction, roles: Roles) -> str:
    """Return who must be in on an action; "" if anybody can do it alone. Nobody is asked to do it in their own time."""
    if not action.with_:
        return ""
    return _(
        "With {roles}, in work time.", roles=listed([role_of_many(role, roles) for role in action.with_], _("and"))
    )


def starts_from(role: str | None, roles: Roles) -> str:
    """Return that a step starts from where the role put its question; "" if no role did."""
    if role is None:
        return ""
    return _("Starts from where {role} put it.", role=role_of_many(role, roles))


def _facts(label: str, effort: str, besides: Iterable[str], instead: tuple[int, ...]) -> str:
    facts = [_("For: {what}.", what=label)] if label else []
    facts += [_("Effort: {effort}.", effort=effort)] if effort else []
    if instead:
        numbers = listed([f"{number}" for number in instead], _("or"))
        facts.append(
            n_("Or instead: action {numbers}.", "Or instead: actions {numbers}.", len(instead), numbers=numbers)
        )
    return " ".join([*facts, *filter(None, besides)])


def _state(status: str, owner: str | None, by: str | None) -> str:
    facts = ", ".join(fact for fact in (status, owner, by) if fact)
    return f"{facts}." if facts else ""


def progress(plan: Plan, today: dt.date) -> str:
    """Return in words how far the plan is, and what is late ``today``. What has been reached counts as done."""
    actions = [action for action in (*plan.actions, *plan.past) if action.counts_as is not None]
    count = {status: sum(action.counts_as is status for action in actions) for status in Status}
    named = sum(action.assigned is not None for action in actions)
    dated = sum(action.due is not None for action in actions)
    behind = sum(action.mark is Mark.REACHED and action.status is not Status.DONE for action in actions)
    told = n_(
        "Of {count} action, {done} done, {doing} doing, {stuck} stuck. {named} with a name, {dated} with a date.",
        "Of {count} actions, {done} done, {doing} doing, {stuck} stuck. {named} with a name, {dated} with a date.",
        len(actions),
        done=count[Status.DONE],
        doing=count[Status.DOING],
        stuck=count[Status.STUCK],
        named=named,
        dated=dated,
    )
    past = n_(
        "{count} of those done was not marked as done: your answers have moved past it.",
        "{count} of those done were not marked as done: your answers have moved past them.",
        behind,
    )
    late = sum(action.is_late(today) for action in actions)
    overdue = (
        n_("On {date}, {count} is late.", "On {date}, {count} are late.", late, date=in_long(today))
        if late
        else _("On {date}, none is late.", date=in_long(today))
    )
    left = n_(
        "Action {numbers} has left the plan, and nobody had worked on it.",
        "Actions {numbers} have left the plan, and nobody had worked on them.",
        len(plan.left),
        numbers=listed([f"{number}" for number in plan.left], _("and")) if plan.left else "",
    )
    said = (told, past if behind else "", overdue if dated else "", left if plan.left else "")
    return " ".join(sentence for sentence in said if sentence)


def behind(actions: Iterable[ActionView], past: Iterable[ActionView]) -> str | None:
    """Return which actions are late, and which are stuck; None if none is.

    ``past`` are those not in today's plan any more; one that the answers passed is neither.
    """
    planned = sorted(actions, key=lambda action: action.number)
    both = (*planned, *past)
    stuck = [f"{action.number}" for action in both if action.counts_as == Status.STUCK]
    late = [f"{action.number}" for action in both if action.late]
    told = []
    if late == stuck and late:
        words = ("Late and stuck: action {numbers}.", "Late and stuck: actions {numbers}.")
        return n_(*words, len(late), numbers=listed(late, _("and")))
    if late:
        told.append(
            n_("Late: action {numbers}.", "Late: actions {numbers}.", len(late), numbers=listed(late, _("and")))
        )
    if stuck:
        told.append(
            n_("Stuck: action {numbers}.", "Stuck: actions {numbers}.", len(stuck), numbers=listed(stuck, _("and")))
        )
    return " ".join(told) or None


def horizon_view(stretch: Stretch, actions: Iterable[ActionView]) -> HorizonView:
    """Return the actions for one stretch of time."""
    return HorizonView(
        id=stretch,
        title=_(HORIZON_WORDS[stretch]),
        when=_(WHEN[stretch]),
        actions=tuple(action for action in actions if action.horizon_id == stretch),
    )
