"""Counts each respondent once: people save a form twice, and keep an old copy beside the new one.

An id tells what belongs together. Without one, only answers that are the same throughout are taken for a copy, and
only where there are enough of them (``BY_CHANCE``). What merely looks like one is said, and counts: nobody's answers
are left out on a likeness.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from readiness.assessment.model import Assessment
from readiness.assessment.roles import Roles, role_id
from readiness.assessment.saves import age, is_older, neither_counts
from readiness.errors import InputError, Place, Problem
from readiness.text import counted, listed

LEAST_LEFT = 3
"""How many of more people must be left without copies: of two people, each learns what the other said."""
BY_CHANCE = 10
"""Fewer answers than this can be the same by chance."""
FEWEST = 4
"""Of fewer answers than this, likeness says nothing at all."""
ALIKE = 9, 10
"""Where so many of so many answers are the same, one may be an older copy of the other."""
TAKEN_BACK = "the same answers came without the agreement to show them by role. It no longer counts."
"""What to say of answers if a save as old lacks their agreement."""
_MANY = 200
"""Among more people in one team, likeness proves nothing, and takes long to find."""
_TOLD = 5
"""How many likenesses are told one by one, and how many files of each."""


@dataclass(frozen=True, slots=True)
class Once:
    """The positions of the assessments that count, in order, and what to tell about the others.

    ``refused`` are those that count, of which the same answers came without the agreement to be shown.
    """

    kept: tuple[int, ...]
    notices: tuple[str, ...]
    refused: frozenset[int] = frozenset()

    def of(self, assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
        """Return those of the assessments that count, the ``refused`` ones without their agreement to be shown."""
        return tuple(refusing(assessments[at]) if at in self.refused else assessments[at] for at in self.kept)


def each_once(assessments: Sequence[Assessment], names: Sequence[str], roles: Roles) -> Once:
    """Return which of the assessments count, each respondent's once; ``names`` is what they are called in messages.

    Of several with one id and role the one saved most often counts, and of these the latest; without a role they are
    by whoever has the id. Of several that are the same but for how often they were saved, all with an id count, else
    the first. If nothing tells which of two is the newer, an agreement that one of them lacks does not count. Raises
    InputError if nothing tells which of two with one id is the newer, if one was saved more often and the other is of a
    later date, or if the newer leaves out answers of the older: then each was carried on apart from the other. And if
    two are the same throughout in two roles: the role was put right, and one person would be heard in both. And if
    fewer than three of a team of more would be left without copies: of two people nothing is hidden.
    """
    assessments = [_with_role_id(one, roles) for one in assessments]
    notices: list[str] = []
    refused: set[int] = set()
    newest, problems = _newest(assessments, names, notices, refused)
    problems += _same_in_two_roles(assessments, names, newest)
    if problems:
        raise InputError(problems)
    copies = _copies(assessments, names, newest, notices, refused)
    if problems := [*_too_few_left(assessments, names, newest, copies)]:
        raise InputError(problems)
    kept = [at for at in newest if at not in copies]
    notices += _in_two_roles(assessments, names, kept)
    notices += _much_alike(assessments, names, kept)
    refused = {at for at in kept if at in refused and assessments[at].respondent.shown_alone}
    notices += [f"{names[at]}: {TAKEN_BACK}" for at in sorted(refused)]
    return Once(tuple(kept), tuple(notices), frozenset(refused))


def _with_role_id(one: Assessment, roles: Roles) -> Assessment:
    """Return the assessment with the role that it is grouped by: one role may be written in several ways."""
    respondent = one.respondent.model_copy(update={"role": role_id(one.respondent.role, roles)})
    return one.model_copy(update={"respondent": respondent})


def _newest(
    assessments: Sequence[Assessment], names: Sequence[str], notices: list[str], refused: set[int]
) -> tuple[list[int], list[Problem]]:
    """Return the positions without older saves of the same answers, and where nothing tells which is older.

    Adds to ``refused`` those of which a save as old lacks the agreement to be shown.
    """
    older: set[int] = set()
    problems: list[Problem] = []
    for group in _shared(assessments, range(len(assessments)), _whose(assessments)):
        newest = max(group, key=lambda at: (age(assessments[at]), assessments[at].respondent.role is not None))
        for at in group:
            if at == newest:
                continue
            if problem := neither_counts(assessments[at], assessments[newest], (names[at], names[newest])):
                problems.append(problem)
            elif is_older(assessments[at], assessments[newest]):
                notices.append(f"{names[at]}: an older save of the answers in {names[newest]}. Only the newer counts.")
            else:
                notices.append(f"{names[at]}: the same as {names[newest]}. It counts once.")
                if not assessments[at].respondent.shown_alone:
                    refused.add(newest)
            older.add(at)
    return [at for at in range(len(assessments)) if at not in older], problems


def _same_in_two_roles(
    assessments: Sequence[Assessment], names: Sequence[str], kept: Sequence[int]
) -> Iterator[Problem]:
    """Yield who says the same throughout as somebody in another role, if no ids tell that these are two people."""
    for group in _shared(assessments, kept, said):
        first: dict[Hashable, dict[str | None, int]] = defaultdict(dict)  # by id; whose id is "" are all
        for at in group:
            id_, role = assessments[at].respondent.id, _role(assessments[at])
            others = first[None] | first[id_] if id_ else first[""]
            before = next((other for of, other in others.items() if of != role), None)
            if before is not None:
                yield same_in_another_role(names[at], names[before])
            for key in (id_, ""):
                first[key].setdefault(role, at)


def same_in_another_role(one: str, other: str) -> Problem:
    """Return the problem of two files, by what they are called, that differ in the role and not in the answers."""
    what = f"These are the same answers as in {other}, throughout, in another role"
    todo = "Take the wrong one out. If two people did answer alike, add a note to one of the two."
    return Problem(what, todo, Place(one))


def _copies(
    assessments: Sequence[Assessment],
    names: Sequence[str],
    kept: Sequence[int],
    notices: list[str],
    refused: set[int],
) -> Mapping[int, int]:
    """Return the positions in ``kept`` that have no id and say throughout what another says, and that of the other.

    Adds to ``refused`` those of which a copy lacks the agreement to be shown: nothing tells which is the newer.
    """
    copies: dict[int, int] = {}
    few = [
        _some([names[at] for at in group])
        for group in _shared(assessments, kept, _content)
        if _answers(assessments[group[0]]) < BY_CHANCE and not all(assessments[at].respondent.id for at in group)
    ]
    for group in _shared(assessments, kept, said):
        with_id = [at for at in group if assessments[at].respondent.id]
        if len(with_id) > 1:
            who = listed([names[at] for at in with_id])
            notices.append(f"{who} say the same throughout. They count as {len(with_id)} people. Was one sent twice?")
        first = (with_id or group)[0]
        for at in group:
            if at != first and at not in with_id:
                told = "They count once. If two people did answer alike, add a note to one of the two files"
                notices.append(f"{names[at]}: the same answers as in {names[first]}, throughout. {told}.")
                copies[at] = first
                if not assessments[at].respondent.shown_alone:
                    refused.update(with_id or [first])
    told = f"say the same throughout, in fewer than {BY_CHANCE} answers. Each counts. If one is a copy, take it out."
    notices += [f"{who} {told}" for who in few[:_TOLD]]
    if len(few) > _TOLD:
        notices.append(f"As alike: {counted(len(few) - _TOLD, 'more group')} of files.")
    return copies


def _too_few_left(
    assessments: Sequence[Assessment], names: Sequence[str], people: Sequence[int], copies: Mapping[int, int]
) -> Iterator[Problem]:
    """Yield the problem of each team of which too few would be left: two people can answer alike throughout."""
    for group in _shared(assessments, people, _team):
        taken = [at for at in group if at in copies]
        left = len(group) - len(taken)
        if taken and left < LEAST_LEFT <= len(group):
            what = f"These are the same answers as in {names[copies[taken[0]]]}, throughout. If such answers count once"
            who = f"{what}, only {counted(left, 'person', 'people')} of this team of {len(group)} would be left"
            todo = "Take the copy out. If two people did answer alike, add a note to one of the two"
            yield Problem(who, f"{todo}, or in a table a participant code.", Place(names[taken[0]]))


def _some(names: list[str]) -> str:
    more = [f"{len(names) - _TOLD} more"] if len(names) > _TOLD else []
    return listed([*names[:_TOLD], *more])


def _in_two_roles(assessments: Sequence[Assessment], names: Sequence[str], kept: Sequence[int]) -> Iterator[str]:
    for group in _shared(assessments, kept, _form):
        who = listed([names[at] for at in group])
        count = f"They count as {len(group)} people"
        yield f"{who} were saved from one form, in different roles. {count}. If it is one person, take the older out."


def _much_alike(assessments: Sequence[Assessment], names: Sequence[str], kept: Sequence[int]) -> Iterator[str]:
    """Yield which answers are nearly the same, in whatever role, if an id does not tell that two people gave them."""
    found = []
    for group in _shared(assessments, kept, _team):
        if len(group) > _MANY:
            continue
        answers = {at: _by_question(assessments[at]) for at in group}
        first: dict[Hashable, int] = {}
        content = {at: first.setdefault(_content(assessments[at]), at) for at in group}  # numbers are quickly compared
        for one, other in combinations(group, 2):
            if assessments[one].respondent.id and assessments[other].respondent.id:
                continue
            same, shared = _likeness(answers[one], answers[other])
            if _may_be_one(same, shared) and content[one] != content[other]:
                found.append(f"{names[one]} and {names[other]} give the same answer to {same} of {shared} questions")
    for told in found[:_TOLD]:
        yield f"{told}. They count as two people. If one is an older copy of the other, take it out."
    if len(found) > _TOLD:
        yield f"As alike: {counted(len(found) - _TOLD, 'more pair')} of files."


def _may_be_one(same: int, shared: int) -> bool:
    """Return whether one of two may be an older copy: of many answers most are the same, of few all but one."""
    if shared >= BY_CHANCE:
        return same * ALIKE[1] >= shared * ALIKE[0]
    return shared >= FEWEST and same >= shared - 1


def _likeness(one: Mapping[str, Hashable], other: Mapping[str, Hashable]) -> tuple[int, int]:
    """Return how many questions both answer in the same way, and how many both answer."""
    return len(one.items() & other.items()), len(one.keys() & other.keys())


def _by_question(one: Assessment) -> dict[str, Hashable]:
    """Return what was answered to each question: a level, or in which way none."""
    return {
        name: (given.level, given.unknown, given.not_applicable is not None)
        for name, given in one.responses.items()
        if given.answered
    }


def _shared(
    assessments: Sequence[Assessment], positions: Iterable[int], key_of: Callable[[Assessment], Hashable]
) -> Iterator[list[int]]:
    """Yield the positions of those that have a key in common; None is no key."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for at in positions:
        key = key_of(assessments[at])
        if key is not None:
            groups[key].append(at)
    return (group for group in groups.values() if len(group) > 1)


def _whose(assessments: Sequence[Assessment]) -> Callable[[Assessment], Hashable]:
    """Return what tells whose answers they are: another role is another person, who went on in a form that is begun.

    Answers without a role are by the one person who has their id; where several roles have it, nothing tells by whom.
    """
    roles: dict[Hashable, set[str | None]] = defaultdict(set)
    for one in assessments:
        if one.respondent.role is not None:
            roles[_form(one)].add(_role(one))

    def whose(one: Assessment) -> Hashable:
        form = _form(one)
        return None if form is None else (form, _role(one) if len(roles[form]) > 1 else None)

    return whose


def refusing(one: Assessment) -> Assessment:
    """Return the assessment without the agreement to be shown."""
    return one.model_copy(update={"respondent": one.respondent.model_copy(update={"shown_alone": None})})


def _form(one: Assessment) -> Hashable:
    """Return which form answers were saved from; None if no id tells it."""
    return one.respondent.id and (one.team.name, one.team.organisation, one.respondent.id)


def _content(one: Assessment) -> Hashable:
    """Return all that was answered, in whatever role; None if nothing was."""
    if _answers(one) == 0:
        return None
    return one.team.name, one.team.organisation, one.date, one.bank.version, frozenset(one.responses.items())


def said(one: Assessment) -> Hashable:
    """Return all that was answered, in whatever role; None if it can be the same as another's by chance."""
    return None if _answers(one) < BY_CHANCE else _content(one)


def _answers(one: Assessment) -> int:
    return sum(response.answered for response in one.responses.values())


def _team(one: Assessment) -> Hashable:
    return one.team.name, one.team.organisation


def _role(one: Assessment) -> str | None:
    return one.respondent.role
