"""Roles of respondents in the words of a bank: what a role is grouped by, how it is named, and in which order.

A role is written in many ways: "peer-worker", "Peer Worker" and "peer_workers" are one. A bank without roles takes any
words for a role, and so does each bank for a role that it does not have.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from readiness.bank.texts import BankRole
from readiness.language import _

NOT_SAID = "not-said"
"""What stands for a role in counts of people if somebody named none."""

Roles = tuple[BankRole, ...]
"""The roles of a bank, in the order they are offered and shown in."""

_GAPS = re.compile(r"[\s_-]+")


def role_id(role: str | None, roles: Roles) -> str | None:
    """Return what a role is grouped by; None if none is given.

    A role that the bank does not have stands for itself, however its capitals and spaces are written.
    """
    if role is None:
        return None
    known = known_role(role, roles)
    return known.id if known else _plain(role)


def known_role(role: str | None, roles: Roles) -> BankRole | None:
    """Return the bank's role that is meant by its id, its label, or its name for one or for many; None if none is."""
    return None if role is None else _by_name(roles).get(_plain(role))


def role_spellings(roles: Roles) -> Mapping[str, str]:
    """Return the id of each role by all that the role is called, as ``known_role`` knows it."""
    return {name: role.id for name, role in _by_name(roles).items()}


def role_of_one(role: str, roles: Roles) -> str:
    """Return what one person in the role is called, in the middle of a sentence."""
    known = known_role(role, roles)
    return known.one if known else _GAPS.sub(" ", role).strip()


def role_of_many(role: str, roles: Roles) -> str:
    """Return what people in the role are called, in the middle of a sentence."""
    known = known_role(role, roles)
    return known.many if known else _("people with the role “{role}”", role=_GAPS.sub(" ", role).strip())


def people_in(role: str, count: int, roles: Roles) -> str:
    """Return so many people in the role, such as "1 Peer Worker" or "3 Peer Workers"."""
    return f"{count} {role_of_one(role, roles) if count == 1 else role_of_many(role, roles)}"


def role_order(role: str, roles: Roles) -> tuple[int, str]:
    """Return where a role stands among others: those of the bank in its order, then the rest by name."""
    known = known_role(role, roles)
    return (roles.index(known) if known else len(roles), role)


@lru_cache(maxsize=20)
def _by_name(roles: Roles) -> Mapping[str, BankRole]:
    """Return the roles by all that each is called; if two share a name, it is the first one's."""
    return {_plain(name): one for one in reversed(roles) for name in (one.many, one.one, one.label, one.id)}


def _plain(role: str) -> str:
    return _GAPS.sub("-", role.strip()).casefold()
