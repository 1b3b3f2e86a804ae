"""A Delphi in forms instead of hands: the answers of people in several rounds, as a group's answers."""

from collections import Counter
from collections.abc import Iterator, Sequence

from readiness.assessment.cells import NO_REASON
from readiness.assessment.group import GroupAssessment, GroupResponse, Hands, ShowOfHands
from readiness.assessment.model import MAX_NOTE, Assessment, BankReference, Response
from readiness.assessment.reading import one_team
from readiness.assessment.roles import NOT_SAID, role_id, role_order
from readiness.bank.model import Bank, Question


def group_of_rounds(rounds: Sequence[Sequence[Assessment]], bank: Bank) -> GroupAssessment:
    """Return a group's answers from ``rounds``, the first one first: at each question, a show of hands for each.

    A round in which nobody answered a question has no show of hands there: so a question that is not asked again keeps
    the round before. A role may be shown alone if all who held it, in each round, agreed. Notes are kept as one, in
    the order of their letters. Raises InputError if two people contradict each other about the team's profile.
    """
    everybody = [one for each in rounds for one in each]
    roles = {id(one): role_id(one.respondent.role, bank.roles) or NOT_SAID for one in everybody}
    refused = {roles[id(one)] for one in everybody if not one.respondent.shown_alone}
    held = sorted({*roles.values()}, key=lambda role: role_order(role, bank.roles))
    by_role = [{role: [one for one in each if roles[id(one)] == role] for role in held} for each in rounds]
    here = [{role: len(people) for role, people in each.items() if people} for each in by_role]
    responses = {}
    for question in bank.ordered_questions:
        shows = []
        for present, each in zip(here, by_role, strict=True):
            hands = {role: _hands(question, each[role]) for role in present}
            if any(one.people for one in hands.values()):
                shows.append(ShowOfHands(here=present, by_role=hands))
        note = _note(question, everybody)
        if shows or note:
            responses[question.id] = GroupResponse(shows=tuple(shows), note=note)
    others = (one.bank for one in everybody if one.bank.is_another_edition(bank))
    return GroupAssessment(
        bank=next(others, BankReference.to(bank)),
        team=one_team(everybody),
        date=max(one.date for one in everybody),
        present=here[-1],
        by_role=True,
        shown_alone=tuple(role for role in held if role not in refused and role != NOT_SAID),
        responses=responses,
    )


def is_untouched(data: bytes) -> bool:
    """Return if ``data`` is a group's file that was saved once only: nobody has gone on from it in a room."""
    try:
        return GroupAssessment.model_validate_json(data).revision == 1
    except ValueError:
        return False


def _hands(question: Question, people: Sequence[Assessment]) -> Hands:
    given = [response for one in people if (response := one.responses.get(question.id))]
    found = Counter(response.level for response in given)
    return Hands(
        levels={str(level.value): found[level.value] for level in question.levels},
        unknown=sum(response.unknown is not None for response in given),
        not_applicable=sum(response.not_applicable is not None for response in given),
    )


def _note(question: Question, people: Sequence[Assessment]) -> str | None:
    """Return what people wrote at the question, each text once; None if nobody did, or if it is too long to keep."""
    texts = {text for one in people for text in _texts(one.responses.get(question.id))}
    note = "\n".join(sorted(texts, key=lambda text: (text.casefold(), text)))
    return note if 0 < len(note) <= MAX_NOTE else None


def _texts(response: Response | None) -> Iterator[str]:
    if response is None:
        return
    for text in (response.note, response.not_applicable):
        if text and text != NO_REASON:
            yield text
