"""A Delphi in forms instead of hands: the answers of people in several rounds, as a group's answers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from readiness.assessment.cells import NO_REASON
from readiness.assessment.group import MOST_PEOPLE, GroupAssessment, GroupResponse, Hands, ShowOfHands
from readiness.assessment.model import MAX_NOTE, Assessment, BankReference, Response
from readiness.assessment.reading import one_team
from readiness.assessment.roles import NOT_SAID, role_id, role_order
from readiness.bank.model import Bank, Question
from readiness.errors import Command, InputError, Problem
from readiness.text import counted, listed, some


def group_of_rounds(rounds: Sequence[Sequence[Assessment]], bank: Bank) -> GroupAssessment:
    """Return a group's answers from ``rounds``, the first one first: at each question, a show of hands for each.

    A round in which nobody answered a question has no show of hands there: so a question that is not asked again keeps
    the round before. A role may be shown alone if all who held it, in each round, agreed. Notes are kept as one, in
    the order of their letters, as many as fit: ``notes_left_out`` tells of the others.
    Raises InputError if two people contradict each other about the team's profile, if they answered several versions
    of the bank, or if there are too many answers.
    """
    everybody = [one for each in rounds for one in each]
    if len(everybody) > MOST_PEOPLE:
        what = f"These are the answers of more than {MOST_PEOPLE:,} people, which is no group"
        raise InputError(Problem(what, "Have them scored instead, one round at a time."))
    if several := _versions([one.bank for one in everybody], bank):
        raise InputError(several)
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
        note = "\n".join(_notes(question, everybody)[0]) or None
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
        rounds=len(rounds),
    )


def _versions(answered: Sequence[BankReference], bank: Bank) -> Problem | None:
    """Return the problem if the banks that were ``answered`` are several versions: the same number means two things."""
    editions = {one for one in answered if one.is_another_edition(bank)}
    versions = {one.version or bank.version for one in answered}
    if not editions or len(versions) == 1:
        return None
    what = f"These are answers to several versions of the questions: {listed(sorted(versions))}"
    todo = "Carry the older ones over first (OLD is the folder of that version)"
    return Problem(what, todo, command=Command("bank migrate", ("OLD", "NEW", "FOLDER"), ("--write",)))


def notes_left_out(rounds: Sequence[Sequence[Assessment]], bank: Bank) -> list[str]:
    """Return a notice for each question at which notes in ``rounds`` did not fit, with how many."""
    everybody = [one for each in rounds for one in each]
    left_out = ((question.id, len(_notes(question, everybody)[1])) for question in bank.ordered_questions)
    return [
        f'At "{name}", {counted(count, "note is", "notes are")} left out, the longest:'
        f" the notes at one question may have {MAX_NOTE:,} characters in all. Read the rest in the people’s own files."
        for name, count in left_out
        if count
    ]


def fewer_answered(group: GroupAssessment) -> list[str]:
    """Return a notice of the questions that fewer people answered in the round that counts than in one before."""
    fewer = []
    for name, response in group.responses.items():
        people = [show.total.people for show in response.shows]
        if people and people[-1] < max(people):
            fewer.append(f"{name} ({max(people)}, then {people[-1]})")
    if not fewer:
        return []
    what = f"Fewer people answered in the last round than before, and only the last one counts: {some(fewer)}"
    return [f"{what}. If the others see it as before, ask them to answer these again, and make the file anew."]


def is_untouched(data: bytes) -> bool:
    """Return whether ``data`` is a group's file as rounds of forms made it, and nobody has gone on from it."""
    try:
        group = GroupAssessment.model_validate_json(data)
    except ValueError:
        return False
    return group.rounds is not None and group.revision == 1


def _hands(question: Question, people: Sequence[Assessment]) -> Hands:
    given = [response for one in people if (response := one.responses.get(question.id))]
    found = Counter(response.level for response in given)
    return Hands(
        levels={str(level.value): found[level.value] for level in question.levels},
        unknown=sum(response.unknown is not None for response in given),
        not_applicable=sum(response.not_applicable is not None for response in given),
    )


def _notes(question: Question, people: Sequence[Assessment]) -> tuple[list[str], list[str]]:
    """Return the texts that people wrote at the question, each once: those that fit in one note, and the others."""
    texts = {text for one in people for text in _texts(one.responses.get(question.id))}
    shortest = sorted(texts, key=lambda text: (len(text), text))  # so as many as can be fit
    ends = accumulate(len(text) + len("\n") for text in shortest)
    fitting = sum(end - len("\n") <= MAX_NOTE for end in ends)
    kept = sorted(shortest[:fitting], key=lambda text: (text.casefold(), text))
    return kept, shortest[fitting:]


def _texts(response: Response | None) -> Iterator[str]:
    if response is None:
        return
    for text in (response.note, response.not_applicable):
        if text and text != NO_REASON:
            yield text
