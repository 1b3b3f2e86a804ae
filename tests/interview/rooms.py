"""Workshops in the small bank's service: five people, who are asked three questions."""

from readiness.assessment.group import GroupAssessment, GroupResponse
from readiness.bank.model import Bank
from readiness.interview.workshop import Workshop, begin_workshop
from readiness.interview.workshop_advance import advance_workshop
from readiness.interview.workshop_screen import workshop_screen
from tests.conftest import DATE


def told(workshop: Workshop, *lines: str) -> Workshop:
    """Return the workshop after each of the lines was typed."""
    for line in lines:
        workshop = advance_workshop(workshop, line)
    return workshop


def in_room(bank: Bank, present: str = "2 3 0", by_role: str = "y") -> Workshop:
    """Return a workshop at the first question: two porters and three people who use the lift are here."""
    return told(begin_workshop(bank, DATE, None), "Northside", "", "1", present, by_role)


def group_of(workshop: Workshop) -> GroupAssessment:
    """Return what the workshop keeps, which must be there."""
    assert workshop.group is not None
    return workshop.group


def counted_of(workshop: Workshop, question: str) -> GroupResponse:
    return group_of(workshop).responses[question]


def place(workshop: Workshop) -> str:
    """Return the id of the question asked now, or else the sort of step."""
    return workshop.step.question.id if workshop.step.question else str(workshop.step.kind)


def shown(workshop: Workshop, *, bars: bool = True) -> str:
    """Return what the workshop shows, as text."""
    screen = workshop_screen(workshop, bars=bars)
    return "\n".join([*(f"{line.lead} {line.text}".strip() for line in screen.lines), screen.prompt])
