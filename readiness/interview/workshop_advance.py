"""What becomes of a workshop when a line is typed. Pure: nothing is read or shown here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import ValidationError

from readiness.assessment.group import MOST_PEOPLE, GroupAssessment, GroupResponse
from readiness.assessment.model import BankReference, Team
from readiness.assessment.roles import NOT_SAID
from readiness.interview.asked import Asking, Ending, back, heard, offered, quits, tell
from readiness.interview.changes import doubtful, echoed, several, taken
from readiness.interview.hands import role_names
from readiness.interview.steps import GroupStepKind
from readiness.interview.workshop import Workshop
from readiness.interview.workshop_changes import go_on_group, go_to_question, group_changed, put_response
from readiness.interview.workshop_counting import correct_count, count_again, count_line, count_other_way
from readiness.language import N_, _, n_
from readiness.text import safe
from readiness.words import NO, YES, choice, key_of, picked, spelled


def advance_workshop(workshop: Workshop, line: str) -> Workshop:
    """Return the workshop after ``line`` was typed. Any line is allowed; one that is not understood says so.

    The keys and their words mean what they mean in the walk; "who" says who is here now.
    """
    line = safe(line)
    here = replace(workshop, told=(), explained=0, again=True)
    asks_help = not group_takes_words(workshop) and spelled(line, "?") == "?"
    return heard(here, workshop, line, _typed, asks_help=asks_help)


def _typed(workshop: Workshop, line: str) -> Workshop:
    if workshop.asking is not Asking.ANSWER:
        return _aside(workshop, line)
    words, commands = group_takes_words(workshop), _commands(workshop)
    if not words:
        line = spelled(line, commands | _ALL_ALIKE if workshop.step.question and not workshop.is_counted else commands)
    word, _space, rest = line.partition(" ")
    letter = word.casefold()
    if letter in commands and (not rest or (letter in _WITH_WORDS and not words)):
        return _COMMANDS[letter](workshop, rest.strip())
    return _ANSWERS[workshop.step.kind](workshop, line)


def group_takes_words(workshop: Workshop) -> bool:
    """Return whether any words may be the answer."""
    if workshop.asking is not Asking.ANSWER:
        return workshop.asking is Asking.NOTE
    return workshop.step.kind in (GroupStepKind.NAME, GroupStepKind.ORGANISATION)


def _commands(workshop: Workshop) -> frozenset[str]:
    """Return the words that do something at this step."""
    if workshop.step.kind is not GroupStepKind.QUESTION:
        return _EVERYWHERE
    return _EVERYWHERE | (_COUNTED if workshop.is_counted else _COUNTING)


# --- about the service, and who is here ---


def _name(workshop: Workshop, line: str) -> Workshop:
    if not line:
        return go_on_group(workshop) if workshop.group else tell(workshop, _(_NAME_NEEDED))
    if doubt := _doubted(workshop, line):
        return doubt
    try:
        team = Team.model_validate({"name": line})
    except ValidationError:
        return tell(workshop, _(_TOO_LONG))
    if workshop.group is None:
        group = GroupAssessment(bank=BankReference.to(workshop.bank), team=team, date=workshop.date)
        return go_on_group(replace(workshop, group=group))
    return go_on_group(group_changed(workshop, team=workshop.group.team.model_copy(update={"name": line})))


def _organisation(workshop: Workshop, line: str) -> Workshop:
    if not line:
        return go_on_group(workshop)
    if doubt := _doubted(workshop, line):
        return doubt
    team = {**workshop.begun.team.model_dump(), "organisation": line}
    try:
        return go_on_group(group_changed(workshop, team=Team.model_validate(team)))
    except ValidationError:
        return tell(workshop, _(_TOO_LONG))


def _doubted(workshop: Workshop, line: str) -> Workshop | None:
    """Return the workshop that asks if so short a name is meant; None if there is no doubt. Typed twice, it is."""
    key = key_of(line)
    if not (doubtful(line) or key) or line == workshop.doubted:
        return None
    told = [_("Is the name really “{name}”? Then type it again. Otherwise type the name.", name=echoed(line))]
    if key:
        told.append(_("If you mean the key, type {key} alone.", key=key))
    return replace(tell(workshop, " ".join(told)), doubted=line)


def _profile(workshop: Workshop, line: str) -> Workshop:
    asked = workshop.step.asked_profile
    if not line and workshop.is_done(workshop.step):
        return go_on_group(workshop)
    labels = [option.label for option in asked.options]
    if (at := picked(line, labels)) is None:
        known = _("Please type a number from 1 to {most}.", most=len(labels))
        return tell(workshop, several(line, labels) or known)
    team = workshop.begun.team
    profile = {**team.profile, asked.id: asked.options[at].id}
    changed = group_changed(workshop, team=team.model_copy(update={"profile": profile}))
    still = {question.id for question in changed.questions}
    gone = sum(question.id in workshop.begun.counted and question.id not in still for question in workshop.questions)
    lost = n_(
        "{count} question that is counted does not fit this. It stays in your file, and is no longer asked.",
        "{count} questions that are counted do not fit this. They stay in your file, and are no longer asked.",
        gone,
    )
    return replace(go_on_group(changed), told=(*taken(line, at, labels), *([lost] if gone else [])))


def _present(workshop: Workshop, line: str) -> Workshop:
    if not line and workshop.present:
        return go_on_group(workshop)
    roles = [role.id for role in workshop.bank.roles] + [NOT_SAID]
    found = _people(line, roles, workshop.present)
    if found is None:
        such = " ".join(map(str, [3, 0, 1, *[0] * len(roles)][: len(roles)]))
        how = _("Please type how many people are here, such as 9.")
        by_role = _("Please type {count} numbers, one for each line, such as {such}.", count=len(roles), such=such)
        return tell(workshop, by_role if len(roles) > 1 else how)
    if sum(found.values()) < 2:  # noqa: PLR2004 — a group
        return tell(workshop, _("A workshop is for two people or more. One person answers with the command assess."))
    present = {role: count for role, count in found.items() if count}
    if sum(workshop.begun.people_with(present).values()) > MOST_PEOPLE:  # in other roles, others were here before
        most = _(
            "A group has at most {most} people. Those who were here at other questions count too.",
            most=f"{MOST_PEOPLE:,}",
        )
        return tell(workshop, most)
    if present == workshop.present:
        return go_on_group(workshop)
    # Somebody who comes has not agreed that the answers of their role may be shown: so all are asked again.
    changed = group_changed(workshop, present=present, shown_alone=None)
    gone = [role for role in changed.left_roles if role not in workshop.left_roles]
    told = (_(_LEFT, roles=role_names(gone, workshop.bank.roles)),) if gone else ()
    return replace(go_on_group(changed), told=told)


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
        return go_on_group(workshop)
    if line.casefold() not in YES | NO:
        return tell(workshop, _("Please type y for yes or n for no."))
    return go_on_group(group_changed(workshop, by_role=line.casefold() in YES))


def _shown_alone(workshop: Workshop, line: str) -> Workshop:
    if not line or line.casefold() in NO:
        kept = (workshop.begun.shown_alone or ()) if not line else ()
        return go_on_group(group_changed(workshop, shown_alone=kept))
    few = workshop.few_roles
    words = line.replace(",", " ").split()
    found = [0] if len(few) == 1 and line.casefold() in YES else [choice(word, len(few)) for word in words]
    if None in found:
        most = len(few)
        return tell(workshop, _("Please type the numbers of roles, from 1 to {most}, or n for none.", most=most))
    return go_on_group(group_changed(workshop, shown_alone=tuple(role for at, role in enumerate(few) if at in found)))


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
    return back(replace(workshop, counting=None))


def _skip(workshop: Workshop, _rest: str) -> Workshop:
    if workshop.group is None:
        return tell(workshop, _(_NAME_NEEDED))
    needed = (GroupStepKind.PROFILE, GroupStepKind.PRESENT, GroupStepKind.BY_ROLE)
    if workshop.step.kind in needed and not workshop.is_done(workshop.step):
        return tell(workshop, _("This one is needed: what is asked next depends on it."))
    return go_on_group(workshop)


def _jump(workshop: Workshop, rest: str) -> Workshop:
    if not workshop.is_ready:
        return tell(workshop, _(_FIRST))
    return go_to_question(workshop, rest) if rest else replace(workshop, asking=Asking.JUMP)


def _who(workshop: Workshop, _rest: str) -> Workshop:
    """Return the workshop asking who is here now; then it goes on where it was. Hands half counted are counted anew."""
    if not workshop.is_ready:
        return tell(workshop, _(_FIRST))
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
        return replace(put_response(workshop, left), told=(_("The note is removed."),))
    try:
        noted = put_response(workshop, GroupResponse(shows=shows, note=line))
    except ValidationError:
        return tell(workshop, _("That text is too long to keep here. Nothing was changed."))
    warning = () if workshop.warned else (_(_WARNING),)
    return replace(noted, told=(_("Noted."), *warning), warned=True)


def _aside(workshop: Workshop, line: str) -> Workshop:
    here = replace(workshop, asking=Asking.ANSWER)
    word = key_of(line, "bqs") or line.casefold()
    if word == "q":
        return replace(here, ending=Ending.QUIT)
    if word in {"", "b", "s"}:
        return replace(here, told=(_("Nothing was changed."),))
    return go_to_question(here, line) if workshop.asking is Asking.JUMP else _noted(here, line)


# --- the end ---


def _review(workshop: Workshop, line: str) -> Workshop:
    return go_to_question(workshop, line, returns=workshop.at) if line else go_on_group(workshop)


_NAME_NEEDED = N_("Please type the name of the team or service: the report is named after it.")
_TOO_LONG = N_("That name is too long. Please type a shorter one.")
_FIRST = N_("Please answer these first. They decide which questions you get.")
_LEFT = N_(
    "Somebody has left, and few hold their role: {roles}. The report will not show it by itself, as nobody can agree "
    "for those who have left."
)
_WARNING = N_("What you write here is printed in the report. Please do not write names of people in it.")
_PAIR = re.compile(r"[0-9]{1,2}=[0-9]{1,3}")
_NUMBER = re.compile(r"[0-9]{1,3}")
_WITH_WORDS = frozenset("je")
_EVERYWHERE = frozenset({"b", "j", "q", "s", "who"})
_COUNTED = frozenset("ace")
_COUNTING = frozenset("et")
_ALL_ALIKE = frozenset("dn")
"""The letters that stand for the hands of all where hands are counted."""
_ANSWERS: Mapping[GroupStepKind, Callable[[Workshop, str], Workshop]] = {
    GroupStepKind.NAME: _name,
    GroupStepKind.ORGANISATION: _organisation,
    GroupStepKind.PROFILE: _profile,
    GroupStepKind.PRESENT: _present,
    GroupStepKind.BY_ROLE: _by_role,
    GroupStepKind.QUESTION: count_line,
    GroupStepKind.SHOWN_ALONE: _shown_alone,
    GroupStepKind.REVIEW: _review,
    GroupStepKind.OFFER: offered,
}
_COMMANDS: Mapping[str, Callable[[Workshop, str], Workshop]] = {
    "a": count_again,
    "b": _back,
    "c": correct_count,
    "e": _note,
    "j": _jump,
    "q": quits,
    "s": _skip,
    "t": count_other_way,
    "who": _who,
}
