"""What becomes of a workshop when a line is typed. Pure: nothing is read or shown here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from readiness.assessment.fitting import misfits
from readiness.assessment.group import GroupAssessment, GroupResponse, Hands, ShowOfHands
from readiness.assessment.model import BankReference, Team
from readiness.assessment.roles import NOT_SAID
from readiness.interview.changes import choice, doubtful, echoed
from readiness.interview.hands import NoHandsError, typed_hands
from readiness.interview.steps import GroupStepKind
from readiness.interview.walk import Asking, Ending
from readiness.interview.workshop import Counting, Workshop
from readiness.language import N_, _, n_
from readiness.text import safe

HELP_PAGES = 2
"""Of help: on what is asked, and on the keys."""


def advance_workshop(workshop: Workshop, line: str) -> Workshop:
    """Return the workshop after ``line`` was typed. Any line is allowed; one that is not understood says so.

    The keys mean what they mean in the walk; "who" says who is here now.
    """
    line = safe(line)
    here = replace(workshop, told=(), explained=0, again=True)
    if line and not line.strip("?"):
        return replace(here, explained=workshop.explained % HELP_PAGES + 1, doubted=None)
    if workshop.explained and not line:
        return here
    there = _typed(here, line)
    if there.doubted == workshop.doubted:
        there = replace(there, doubted=None)
    return replace(there, again=True) if workshop.explained else there


def _typed(workshop: Workshop, line: str) -> Workshop:
    if workshop.asking is not Asking.ANSWER:
        return _aside(workshop, line)
    kind = workshop.step.kind
    word, _space, rest = line.partition(" ")
    letter = word.casefold()
    named = kind in (GroupStepKind.NAME, GroupStepKind.ORGANISATION)
    if letter in _commands(workshop) and (not rest or (letter in _WITH_WORDS and not named)):
        return _COMMANDS[letter](workshop, rest.strip())
    return _ANSWERS[kind](workshop, line)


def _commands(workshop: Workshop) -> frozenset[str]:
    """Return the words that do something at this step."""
    if workshop.step.kind is not GroupStepKind.QUESTION:
        return _EVERYWHERE
    return _EVERYWHERE | (_COUNTED if workshop.is_counted else _COUNTING)


def _tell(workshop: Workshop, *told: str) -> Workshop:
    """Return the workshop with a word about the line that was typed; the question stands right above it."""
    return replace(workshop, told=told, again=False)


def _go_on(workshop: Workshop) -> Workshop:
    """Return the workshop at its next step, or where the step was opened from."""
    workshop = replace(workshop, counting=None)
    if workshop.returns is not None:
        return replace(workshop, at=min(workshop.returns, len(workshop.steps) - 1), returns=None)
    return replace(workshop, at=min(workshop.at + 1, len(workshop.steps) - 1))


def _changed(workshop: Workshop, **changes: object) -> Workshop:
    """Return the workshop with the answers changed; raises ValidationError if they do not allow that."""
    assert workshop.group is not None  # noqa: S101 — every step after the name has a group
    kept = {name: getattr(workshop.group, name) for name in type(workshop.group).model_fields}
    return replace(workshop, group=GroupAssessment.model_validate({**kept, **changes}))


# --- about the service, and who is here ---


def _name(workshop: Workshop, line: str) -> Workshop:
    if not line:
        return _go_on(workshop) if workshop.group else _tell(workshop, _(_NAME_NEEDED))
    if doubt := _doubted(workshop, line):
        return doubt
    try:
        team = Team.model_validate({"name": line})
    except ValidationError:
        return _tell(workshop, _(_TOO_LONG))
    if workshop.group is None:
        group = GroupAssessment(bank=BankReference.to(workshop.bank), team=team, date=workshop.date)
        return _go_on(replace(workshop, group=group))
    return _go_on(_changed(workshop, team=workshop.group.team.model_copy(update={"name": line})))


def _organisation(workshop: Workshop, line: str) -> Workshop:
    if not line:
        return _go_on(workshop)
    if doubt := _doubted(workshop, line):
        return doubt
    assert workshop.group is not None  # noqa: S101 — the name comes first
    team = {**workshop.group.team.model_dump(), "organisation": line}
    try:
        return _go_on(_changed(workshop, team=Team.model_validate(team)))
    except ValidationError:
        return _tell(workshop, _(_TOO_LONG))


def _doubted(workshop: Workshop, line: str) -> Workshop | None:
    """Return the workshop that asks if so short a name is meant; None if there is no doubt. Typed twice, it is."""
    if not doubtful(line) or line == workshop.doubted:
        return None
    told = _("Is the name really “{name}”? Then type it again. Otherwise type the name.", name=echoed(line))
    return replace(_tell(workshop, told), doubted=line)


def _profile(workshop: Workshop, line: str) -> Workshop:
    asked = workshop.step.profile
    assert asked is not None  # noqa: S101 — a profile step has its question
    assert workshop.group is not None  # noqa: S101 — the name comes first
    if not line and workshop.is_done(workshop.step):
        return _go_on(workshop)
    if (at := choice(line, len(asked.options))) is None:
        return _tell(workshop, _("Please type a number from 1 to {most}.", most=len(asked.options)))
    team = workshop.group.team
    profile = {**team.profile, asked.id: asked.options[at].id}
    changed = _changed(workshop, team=team.model_copy(update={"profile": profile}))
    still = {question.id for question in changed.questions}
    gone = sum(question.id in workshop.group.counted and question.id not in still for question in workshop.questions)
    told = n_(
        "{count} question that is counted does not fit this. It stays in your file, and is no longer asked.",
        "{count} questions that are counted do not fit this. They stay in your file, and are no longer asked.",
        gone,
    )
    return replace(_go_on(changed), told=(told,) if gone else ())


def _present(workshop: Workshop, line: str) -> Workshop:
    if not line and workshop.present:
        return _go_on(workshop)
    roles = [role.id for role in workshop.bank.roles] + [NOT_SAID]
    found = _people(line, roles, workshop.present)
    if found is None:
        such = " ".join(map(str, [3, 0, 1, *[0] * len(roles)][: len(roles)]))
        how = _("Please type how many people are here, such as 9.")
        by_role = _("Please type {count} numbers, one for each line, such as {such}.", count=len(roles), such=such)
        return _tell(workshop, by_role if len(roles) > 1 else how)
    if sum(found.values()) < 2:  # noqa: PLR2004 — a group
        return _tell(workshop, _("A workshop is for two people or more. One person answers with the command assess."))
    present = {role: count for role, count in found.items() if count}
    if present == workshop.present:
        return _go_on(workshop)
    # Somebody who comes has not agreed that the answers of their role may be shown: so all are asked again.
    return _go_on(_changed(workshop, present=present, shown_alone=None))


def _people(line: str, roles: list[str], present: Mapping[str, int]) -> dict[str, int] | None:
    """Return how many people there are in each role: a number for each, or only changes ("1=4"); None for all else."""
    words = line.replace(",", " ").split()
    if words and all(_PAIR.fullmatch(word) for word in words):
        found = {role: present.get(role, 0) for role in roles}
        for word in words:
            number, _equals, count = word.partition("=")
            if (at := choice(number, len(roles))) is None:
                return None
            found[roles[at]] = int(count)
        return found
    if len(words) not in (len(roles), max(1, len(roles) - 1)) or not all(_NUMBER.fullmatch(word) for word in words):
        return None
    return dict(zip(roles, map(int, words), strict=False))


def _by_role(workshop: Workshop, line: str) -> Workshop:
    if not line and workshop.group and workshop.group.by_role is not None:
        return _go_on(workshop)
    if line.casefold() not in _YES | _NO:
        return _tell(workshop, _("Please type y for yes or n for no."))
    return _go_on(_changed(workshop, by_role=line.casefold() in _YES))


def _shown_alone(workshop: Workshop, line: str) -> Workshop:
    assert workshop.group is not None  # noqa: S101 — the name comes first
    if not line or line.casefold() in _NO:
        kept = (workshop.group.shown_alone or ()) if not line else ()
        return _go_on(_changed(workshop, shown_alone=kept))
    few = workshop.few_roles
    words = line.replace(",", " ").split()
    found = [0] if len(few) == 1 and line.casefold() in _YES else [choice(word, len(few)) for word in words]
    if None in found:
        most = len(few)
        return _tell(workshop, _("Please type the numbers of roles, from 1 to {most}, or n for none.", most=most))
    return _go_on(_changed(workshop, shown_alone=tuple(role for at, role in enumerate(few) if at in found)))


# --- counting ---


def _question(workshop: Workshop, line: str) -> Workshop:
    if workshop.is_counted:
        if not line:
            return _go_on(workshop)
        return _tell(workshop, _("This is counted. Enter goes on, a counts again, c corrects the count."))
    if not line:
        return _enter(workshop)
    question, (role, line) = workshop.step.question, _whose(workshop, line)
    people = workshop.people(role)
    assert question is not None  # noqa: S101 — a question step has its question
    try:
        hands = typed_hands(line, question, people)
    except NoHandsError as error:
        return _tell(replace(workshop, counting=replace(workshop.count, waiting=None)), str(error))
    if missing := people - hands.people:
        typed = n_("You typed {count} hand", "You typed {count} hands", hands.people)
        here = n_("{count} person is here", "{count} people are here", people)
        more = _("{typed}; {here}. {missing} more?", typed=typed, here=here, missing=missing)
        how = _("Type the line again. Or press Enter: then {missing} gave no answer.", missing=missing)
        return _tell(replace(workshop, counting=replace(workshop.count, waiting=(role, hands))), more, how)
    return _group_counted(workshop, role, hands)


def _whose(workshop: Workshop, line: str) -> tuple[str | None, str]:
    """Return the role that a line is about, and its counts: the next, or the one whose number stands before ":"."""
    number, colon, rest = line.partition(":")
    if colon and not workshop.count.together and (at := choice(number.strip(), len(workshop.roles))) is not None:
        return workshop.roles[at], rest
    return workshop.next_role, line


def _enter(workshop: Workshop) -> Workshop:
    """Return the workshop after Enter alone, where hands are to be counted."""
    if workshop.count.waiting is not None:
        return _group_counted(workshop, *workshop.count.waiting)
    if workshop.response and workshop.response.shows:
        return replace(workshop, counting=None, told=(_("Nothing was changed."),))
    return _tell(workshop, _("Please type the counts, or s to skip. Type ? for help."))


def _group_counted(workshop: Workshop, role: str | None, hands: Hands) -> Workshop:
    """Return the workshop with one group's hands counted: at the next group, or with the whole show of hands."""
    count = workshop.count
    if role is None:
        return _counted(workshop, ShowOfHands(here=workshop.present, together=hands))
    done = {**dict(count.done), role: hands}
    if len(done) < len(workshop.present):
        return replace(workshop, counting=replace(count, done=tuple(done.items()), waiting=None))
    by_role = {name: done[name] for name in workshop.present}
    return _counted(workshop, ShowOfHands(here=workshop.present, by_role=by_role))


def _counted(workshop: Workshop, show: ShowOfHands) -> Workshop:
    before = workshop.response.shows if workshop.response else ()
    kept = before[:-1] if workshop.count.corrects else before
    note = workshop.response.note if workshop.response else None
    there = _put(workshop, GroupResponse(shows=(*kept, show), note=note))
    return replace(there, counting=None)


def _put(workshop: Workshop, response: GroupResponse | None) -> Workshop:
    assert workshop.group is not None  # noqa: S101 — the name comes first
    assert workshop.step.question is not None  # noqa: S101 — only a question has a response
    responses = {**workshop.group.responses, workshop.step.question.id: response}
    kept = {name: given for name, given in responses.items() if given is not None}
    changed = _changed(workshop, responses=kept)
    if changed.group is None or any(misfits(changed.group, workshop.bank)):
        return changed  # counts that this bank has no place for are kept, and so is which bank they fit
    return _changed(changed, bank=BankReference.to(workshop.bank))


def _again(workshop: Workshop, _rest: str) -> Workshop:
    return replace(workshop, counting=workshop.count)


def _correct(workshop: Workshop, _rest: str) -> Workshop:
    assert workshop.response is not None  # noqa: S101 — it is counted
    together = workshop.response.shows[-1].by_role is None
    return replace(workshop, counting=Counting(together=together, corrects=True))


def _turn(workshop: Workshop, _rest: str) -> Workshop:
    """Return the workshop counting the other way: by role, or all together."""
    count = workshop.count
    return replace(workshop, counting=Counting(together=not count.together, corrects=count.corrects))


# --- what can be asked for anywhere ---


def _back(workshop: Workshop, _rest: str) -> Workshop:
    if workshop.counting is not None:
        if workshop.counting.waiting is not None:
            return replace(workshop, counting=replace(workshop.counting, waiting=None))
        done = workshop.counting.done
        if done:
            return replace(workshop, counting=replace(workshop.counting, done=done[:-1], waiting=None))
        if workshop.response and workshop.response.shows:
            return replace(workshop, counting=None)
    workshop = replace(workshop, counting=None)
    if workshop.returns is not None:
        return replace(workshop, at=workshop.returns, returns=None)
    if workshop.at == 0:
        return _tell(workshop, _("This is the first question."))
    return replace(workshop, at=workshop.at - 1)


def _skip(workshop: Workshop, _rest: str) -> Workshop:
    if workshop.group is None:
        return _tell(workshop, _(_NAME_NEEDED))
    needed = (GroupStepKind.PROFILE, GroupStepKind.PRESENT, GroupStepKind.BY_ROLE)
    if workshop.step.kind in needed and not workshop.is_done(workshop.step):
        return _tell(workshop, _("This one is needed: what is asked next depends on it."))
    return _go_on(workshop)


def _quit(workshop: Workshop, _rest: str) -> Workshop:
    return replace(workshop, ending=Ending.QUIT)


def _jump(workshop: Workshop, rest: str) -> Workshop:
    if not workshop.is_ready:
        return _tell(workshop, _(_FIRST))
    return _go_to(workshop, rest) if rest else replace(workshop, asking=Asking.JUMP)


def _go_to(workshop: Workshop, line: str, returns: int | None = None) -> Workshop:
    """Return the workshop at the question whose number was typed, or at the review."""
    there = replace(workshop, counting=None, returns=returns)
    if line.casefold() in {"r", "review"}:
        return replace(there, at=workshop.at_kind(GroupStepKind.REVIEW), returns=None)
    if (at := choice(line, len(workshop.questions))) is None:
        told = _("Please type a question's number, from 1 to {most}.", most=len(workshop.questions))
        return _tell(workshop if returns is not None else replace(workshop, asking=Asking.JUMP), told)
    return replace(there, at=workshop.at_number(at + 1))


def _who(workshop: Workshop, _rest: str) -> Workshop:
    """Return the workshop asking who is here now; then it goes on where it was. Hands half counted are counted anew."""
    if not workshop.is_ready:
        return _tell(workshop, _(_FIRST))
    at = workshop.at_kind(GroupStepKind.PRESENT)
    returns = workshop.returns if at == workshop.at else workshop.at
    told = (_("Afterwards this question is counted from the start."),) if workshop.count.done else ()
    return replace(workshop, at=at, returns=returns, counting=None, told=told)


def _note(workshop: Workshop, rest: str) -> Workshop:
    if rest:
        return _noted(workshop, rest)
    told = () if workshop.warned else (_(_WARNING),)
    return replace(workshop, asking=Asking.NOTE, told=told, warned=True)


def _noted(workshop: Workshop, line: str) -> Workshop:
    """Return the workshop with a note on the question, in place of the one before; "-" removes it."""
    response = workshop.response
    shows = response.shows if response else ()
    if line == "-":
        left = GroupResponse(shows=shows) if shows else None
        return replace(_put(workshop, left), told=(_("The note is removed."),))
    try:
        noted = _put(workshop, GroupResponse(shows=shows, note=line))
    except ValidationError:
        return _tell(workshop, _("That text is too long to keep here. Nothing was changed."))
    warning = () if workshop.warned else (_(_WARNING),)
    return replace(noted, told=(_("Noted."), *warning), warned=True)


def _aside(workshop: Workshop, line: str) -> Workshop:
    here = replace(workshop, asking=Asking.ANSWER)
    if line.casefold() == "q":
        return replace(here, ending=Ending.QUIT)
    if line.casefold() in {"", "b", "s"}:
        return replace(here, told=(_("Nothing was changed."),))
    return _go_to(here, line) if workshop.asking is Asking.JUMP else _noted(here, line)


# --- the end ---


def _review(workshop: Workshop, line: str) -> Workshop:
    return _go_to(workshop, line, returns=workshop.at) if line else _go_on(workshop)


def _offer(workshop: Workshop, line: str) -> Workshop:
    if line.casefold() in _YES:
        return replace(workshop, ending=Ending.REPORT)
    if not line or line.casefold() in _NO:
        return replace(workshop, ending=Ending.FINISHED)
    return _tell(workshop, _("Please type y for yes, or press Enter to finish without a report."))


_NAME_NEEDED = N_("Please type the name of the team or service: the report is named after it.")
_TOO_LONG = N_("That name is too long. Please type a shorter one.")
_FIRST = N_("Please answer these first. They decide which questions you get.")
_WARNING = N_("What you write here is printed in the report. Please do not write names of people in it.")
_PAIR = re.compile(r"[0-9]{1,2}=[0-9]{1,3}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})
_WITH_WORDS = frozenset("je")
_EVERYWHERE = frozenset({"b", "j", "q", "s", "who"})
_COUNTED = frozenset("ace")
_COUNTING = frozenset("et")
_ANSWERS: Mapping[GroupStepKind, Callable[[Workshop, str], Workshop]] = {
    GroupStepKind.NAME: _name,
    GroupStepKind.ORGANISATION: _organisation,
    GroupStepKind.PROFILE: _profile,
    GroupStepKind.PRESENT: _present,
    GroupStepKind.BY_ROLE: _by_role,
    GroupStepKind.QUESTION: _question,
    GroupStepKind.SHOWN_ALONE: _shown_alone,
    GroupStepKind.REVIEW: _review,
    GroupStepKind.OFFER: _offer,
}
_COMMANDS: Mapping[str, Callable[[Workshop, str], Workshop]] = {
    "a": _again,
    "b": _back,
    "c": _correct,
    "e": _note,
    "j": _jump,
    "q": _quit,
    "s": _skip,
    "t": _turn,
    "who": _who,
}
