"""Hands as they are counted: what a facilitator types, and what was seen, in words. Pure."""

import re
from collections.abc import Iterable, Sequence

from readiness.assessment.group import Hands, ShowOfHands
from readiness.assessment.roles import NOT_SAID, Roles, role_of_many, role_of_one, role_order
from readiness.bank.model import Bank, Question
from readiness.interview.changes import echoed
from readiness.language import N_, _, n_
from readiness.scoring.standing import APART_STEPS, DECIDE, low_median
from readiness.text import listed
from readiness.words import choice

_ASIDE = re.compile(r"([dn])([0-9]{0,4})", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,4}")


class NoHandsError(ValueError):
    """What was typed is no count of hands; its text says what to type."""


def typed_hands(line: str, question: Question, people: int) -> Hands:
    """Return the hands of ``people`` that were typed as a line.

    It is a count for each level, lowest first: "1 0 3 2 0". In any place, "d2" is for two who don't know, and "n1" for
    one to whom it does not apply. "=3" stands for all at 3, and "d" or "n" alone for all. For one person, the number
    held up alone is enough. Raises NoHandsError for anything else, or if it is more hands than people.
    """
    words = line.replace(",", " ").casefold().split()
    levels = len(question.levels)
    if len(words) == 1 and (all_at := _all_at(words[0], levels, people)) is not None:
        return _hands(question, [people if at == all_at else 0 for at in range(levels)])
    aside = {"d": 0, "n": 0}
    counts: list[int] = []
    for word in words:
        if found := _ASIDE.fullmatch(word):
            aside[found[1]] += int(found[2]) if found[2] else people if len(words) == 1 else 1
        elif _COUNT.fullmatch(word):
            counts.append(int(word))
        else:
            raise NoHandsError(_("“{word}” is no count. {how}", word=echoed(word), how=_how(levels)))
    if aside["n"] and question.always:
        raise NoHandsError(_(_ALWAYS))
    if counts and len(counts) != levels:
        one = _(" If everybody held up {number}, type ={number}.", number=counts[0]) if len(counts) == 1 else ""
        raise NoHandsError(_how(levels) + one)
    hands = _hands(question, counts or [0] * levels, aside["d"], aside["n"])
    if hands.people > people:
        typed = n_("You typed {count} hand", "You typed {count} hands", hands.people)
        here = n_("{count} person is here", "{count} people are here", people)
        raise NoHandsError(
            _("{typed}, but {here}. Type them again. If somebody came, type who.", typed=typed, here=here)
        )
    return hands


def _all_at(word: str, levels: int, people: int) -> int | None:
    """Return the position of the level that everybody held up, if the word says so."""
    if word.startswith("="):
        return choice(word[1:], levels)
    return choice(word, levels) if people == 1 else None


def _hands(question: Question, counts: Sequence[int], unknown: int = 0, not_applicable: int = 0) -> Hands:
    levels = {str(level.value): count for level, count in zip(question.levels, counts, strict=True)}
    return Hands(levels=levels, unknown=unknown, not_applicable=not_applicable)


def _how(levels: int) -> str:
    such = " ".join(map(str, [1, 0, 2, *[0] * levels][:levels]))
    return _(
        "Type {levels} numbers: how many held up 1, then 2, and so on, such as {such}. Add d1 if one person does not "
        "know.",
        levels=levels,
        such=such,
    )


_ALWAYS = N_(
    "This applies to every service, so “does not apply” is no answer to it. People who are not sure hold up the "
    "lower number, or say that they do not know (d)."
)


def counts_of(hands: Hands, question: Question) -> tuple[int, ...]:
    """Return how many people held up each level, lowest first."""
    return tuple(hands.at(level.value) for level in question.levels)


def hearing_order(people: Iterable[str], bank: Bank) -> tuple[str, ...]:
    """Return the roles in the order they are counted and heard: first those that a band needs.

    Then come the others in the bank's order, and last those who did not say.
    """
    return tuple(
        sorted(people, key=lambda role: (not _leads(role, bank), role == NOT_SAID, role_order(role, bank.roles)))
    )


def group_name(role: str, count: int, roles: Roles) -> str:
    """Return what so many people of one role are called, as a heading."""
    if role == NOT_SAID:
        return _("All others")
    name = role_of_one(role, roles) if count == 1 else role_of_many(role, roles)
    return name[:1].upper() + name[1:]


def role_names(held: Iterable[str], roles: Roles) -> str:
    """Return the roles as a list in a sentence, each as its people are called."""
    return listed([role_of_many(role, roles) for role in held], _("and"))


def told(hands: Hands, question: Question) -> str:
    """Return what people held up, in words: "1 held up 1, 3 held up 4, 1 does not know"."""
    counts = counts_of(hands, question)
    parts = [
        n_("{count} held up {number}", "{count} held up {number}", count, number=at)
        for at, count in enumerate(counts, start=1)
        if count
    ]
    if hands.unknown:
        parts.append(n_("{count} does not know", "{count} do not know", hands.unknown))
    if hands.not_applicable:
        parts.append(n_("{count} says it does not apply", "{count} say it does not apply", hands.not_applicable))
    return listed(parts, _("and")) if parts else _("nobody answered")


def middle(show: ShowOfHands, question: Question) -> int | None:
    """Return the number (from 1) of the middle answer, the low median; None if nobody held up any."""
    counts = counts_of(show.total, question)
    return low_median(counts) + 1 if any(counts) else None


def spread(show: ShowOfHands, question: Question) -> tuple[str, ...]:
    """Return how the hands of everybody spread, in sentences."""
    total = show.total
    counts = counts_of(total, question)
    given, people = sum(counts), sum(show.here.values())
    said = [_("{people}: {told}.", people=n_("{count} person", "{count} people", people), told=told(total, question))]
    if show.silent:
        said.append(n_("{count} gave no answer.", "{count} gave no answer.", show.silent))
    if total.not_applicable > given:
        said.append(_("More people say that it does not apply than held up a number. So it is left out of the score."))
    elif given < min(DECIDE, people):
        said.append(_("Too few held up a number to decide. So it counts as not known."))
    elif len([count for count in counts if count]) == 1:
        said.append(_("All who held up a number agree. Ask what shows it: agreement alone does not prove it."))
    else:
        at = low_median(counts)
        said.append(_("The middle answer is {number}.", number=at + 1))
        apart = sum(count for position, count in enumerate(counts) if abs(position - at) >= APART_STEPS)
        if given < DECIDE:
            return tuple(said)
        said.append(
            n_("{count} stands two or more away from it.", "{count} stand two or more away from it.", apart)
            if apart
            else _("Nobody stands two or more away from it.")
        )
    return tuple(said)


def hear_first(show: ShowOfHands, question: Question, bank: Bank) -> str | None:
    """Return whom to ask first, in a sentence: who stands furthest apart, and Peer Workers before others.

    None if there is nobody to ask first: nobody held up a number, or all the same.
    """
    counts = counts_of(show.total, question)
    given = [position for position, count in enumerate(counts) if count]
    if len(given) < 2:  # noqa: PLR2004 — a difference takes two
        return None
    at = low_median(counts)
    furthest = max(abs(position - at) for position in given)
    far = [position for position in given if abs(position - at) == furthest]
    if show.by_role is None:
        groups = [_("those who held up {number}", number=position + 1) for position in far]
        needed = [role_of_many(role, bank.roles) for role in hearing_order(show.here, bank) if _leads(role, bank)]
        first = _(" Among them, {roles} before others.", roles=listed(needed, _("and"))) if needed else ""
        return _("Hear first: {groups}.", groups=_(", then ").join(groups)) + first
    heard = [
        (role, position)
        for role in hearing_order(show.by_role, bank)
        for position in far
        if counts_of(show.by_role[role], question)[position]
    ]
    groups = [
        _("{role} who held up {number}", role=_in_role(role, bank.roles), number=position + 1)
        for role, position in heard
    ]
    return _("Hear first: {groups}.", groups=_(", then ").join(groups))


def _leads(role: str, bank: Bank) -> bool:
    """Return whether people of the role are heard before others: some band needs to hear them."""
    return role in bank.roles_needed


def _in_role(role: str, roles: Roles) -> str:
    return _("others") if role == NOT_SAID else role_of_many(role, roles)
