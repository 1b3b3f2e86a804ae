"""The ways in which a workshop changes: its answers, and where it stands. Pure."""

from dataclasses import replace

from readiness.assessment.group import GroupAssessment, GroupResponse
from readiness.assessment.model import BankReference
from readiness.interview.asked import Asking, tell
from readiness.interview.workshop import Workshop
from readiness.language import _
from readiness.words import choice


def go_on_group(workshop: Workshop) -> Workshop:
    """Return the workshop at its next step, or where the step was opened from."""
    workshop = replace(workshop, counting=None)
    if workshop.returns is not None:
        return replace(workshop, at=min(workshop.returns, len(workshop.steps) - 1), returns=None)
    return replace(workshop, at=min(workshop.at + 1, len(workshop.steps) - 1))


def go_to_question(workshop: Workshop, line: str, returns: int | None = None) -> Workshop:
    """Return the workshop at the question whose number was typed, or at the review."""
    there = replace(workshop, counting=None, returns=returns)
    if line.casefold() in {"r", "review"}:
        return replace(there, at=workshop.review, returns=None)
    if (at := choice(line, len(workshop.questions))) is None:
        told = _("Please type a question's number, from 1 to {most}.", most=len(workshop.questions))
        return tell(workshop if returns is not None else replace(workshop, asking=Asking.JUMP), told)
    return replace(there, at=workshop.at_number(at + 1))


def group_changed(workshop: Workshop, **changes: object) -> Workshop:
    """Return the workshop with the answers changed; raises ValidationError if they do not allow that."""
    kept = {name: getattr(workshop.begun, name) for name in type(workshop.begun).model_fields}
    return replace(workshop, group=GroupAssessment.model_validate({**kept, **changes}))


def put_response(workshop: Workshop, response: GroupResponse | None) -> Workshop:
    """Return the workshop with the group's answer to the question asked now, or without one."""
    responses = {**workshop.begun.responses, workshop.step.asked_question.id: response}
    kept = {name: given for name, given in responses.items() if given is not None}
    changed = group_changed(workshop, responses=kept)
    if workshop.begun.bank.is_another_edition(workshop.bank):
        return changed  # one count for today's edition makes no counts for another into counts for this one
    return group_changed(changed, bank=BankReference.to(workshop.bank))
