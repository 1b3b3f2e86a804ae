"""The roles that a respondent can have: the known ones in one place, and how any role is named in a report."""

import re
from dataclasses import dataclass

from readiness.language import N_, _

_GAPS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its id, as it stands in a file; its label, to choose it by; and its name for one person and for many."""

    id: str
    label: str
    one: str
    many: str


ROLES = (
    Role("service-manager", N_("Service manager"), N_("service manager"), N_("service managers")),
    Role("team-member", N_("Team member"), N_("team member"), N_("team members")),
    Role("peer-worker", N_("Peer Worker"), N_("Peer Worker"), N_("Peer Workers")),
    Role("senior-manager", N_("Senior manager"), N_("senior manager"), N_("senior managers")),
    Role(
        "service-user",
        N_("Person who uses the service"),
        N_("person who uses the service"),
        N_("people who use the service"),
    ),
    Role("other", N_("Other"), N_("person in another role"), N_("people in other roles")),
)
"""The known roles, in the order they are offered and shown in."""


def role_id(role: str | None) -> str | None:
    """Return what a role is grouped by, None where none is given: "Peer Workers" and "peer_worker" are one.

    A role that is not known stands for itself, whatever its capitals and spaces.
    """
    if role is None:
        return None
    plain = _plain(role)
    return next(
        (known.id for known in ROLES if plain in map(_plain, (known.id, known.label, known.one, known.many))), plain
    )


def role_of_one(role: str) -> str:
    """Return what one person in the role is called, in the middle of a sentence."""
    known = _known(role)
    return _(known.one) if known else _GAPS.sub(" ", role).strip()


def role_of_many(role: str) -> str:
    """Return what people in the role are called, in the middle of a sentence."""
    known = _known(role)
    return _(known.many) if known else _("people with the role “{role}”", role=_GAPS.sub(" ", role).strip())


def role_order(role: str) -> tuple[int, str]:
    """Return where a role stands among others: the known ones in their order, then the rest by name."""
    known = _known(role)
    return (ROLES.index(known) if known else len(ROLES), role)


def _known(role: str) -> Role | None:
    grouped = role_id(role)
    return next((known for known in ROLES if known.id == grouped), None)


def _plain(role: str) -> str:
    return _GAPS.sub("-", role.strip()).casefold()
