"""A person's own edits of a plan: who does what by when, in whose words. They are kept apart from what is computed.

An edit belongs to an action's id, so it outlives new answers, a new score, other words in the bank and a new version
of the bank. The computed plan is made anew each time, and the edits are laid over it (see ``live``).
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field

from readiness.assessment.model import AssessmentModel, BankReference, Name, Note
from readiness.bank.model import OWN, Bank, Horizon, Id
from readiness.language import N_


class Status(StrEnum):
    """How far an action is."""

    TODO = "todo"
    DOING = "doing"
    STUCK = "stuck"
    DONE = "done"


STATUS_WORDS: Mapping[Status, str] = {
    Status.TODO: N_("To do"),
    Status.DOING: N_("Doing"),
    Status.STUCK: N_("Stuck"),
    Status.DONE: N_("Done"),
}
"""The statuses as a person reads and writes them."""


class Wording(AssessmentModel):
    """What an action said when it was last edited: it is still readable when the bank no longer has it."""

    title: Name
    detail: Note | None = None
    sign: Note | None = None
    owner: Name | None = None
    horizon: Horizon | None = None
    effort: Annotated[int, Field(ge=1, le=3)] | None = None
    domain: Id | None = None


class Edit(AssessmentModel):
    """What a person changed about one action; what is left out stays as the plan has it.

    ``dropped`` is the reason why the action is not to be done. ``before`` is what the action said when it was edited.
    """

    owner: Name | None = None
    due: dt.date | None = None
    status: Status | None = None
    title: Name | None = None
    detail: Note | None = None
    sign: Note | None = None
    horizon: Horizon | None = None
    effort: Annotated[int, Field(ge=1, le=3)] | None = None
    domain: Id | None = None
    comments: Annotated[tuple[Note, ...], Field(strict=False)] = ()
    dropped: Note | None = None
    before: Wording | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is changed."""
        return not self.model_dump(exclude={"before"}, exclude_defaults=True)


class Overlay(AssessmentModel):
    """All edits of one team's plan, by action id. An id that begins with ``own-`` is an action of the team's own.

    ``revision`` counts how often the file was saved.
    """

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    bank: BankReference
    team: Name
    actions: Mapping[Id, Edit] = {}
    revision: Annotated[int, Field(ge=0)] = 0

    @classmethod
    def blank(cls, bank: Bank, team: str) -> Self:
        """Return an overlay without edits."""
        return cls(bank=BankReference.to(bank), team=team)

    def edit(self, name: str) -> Edit:
        """Return the edit of an action; an empty one where nothing is changed."""
        return self.actions.get(name, Edit())

    def with_edit(self, name: str, edit: Edit) -> Self:
        """Return the overlay with that edit of the action; an empty edit takes the action out."""
        actions = {key: value for key, value in self.actions.items() if key != name or not edit.empty}
        if not edit.empty:
            actions[name] = edit
        return self.model_copy(update={"actions": actions})

    def to_json(self) -> str:
        """Return the overlay as it is kept in a file."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        for edit in data["actions"].values():
            if not edit["comments"]:
                del edit["comments"]
        return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def own_id(title: str, taken: Iterable[str]) -> str:
    """Return an id for an action of a team's own, made from its title, that is not among those ``taken``."""
    words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
    start = f"{OWN}{words[:40].strip('-') or 'action'}"
    known = frozenset(taken)
    if start not in known:
        return start
    return next(name for number in range(2, len(known) + 3) if (name := f"{start}-{number}") not in known)


_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


def parse_due(text: str) -> dt.date:
    """Return the date in ``text``: 2027-01-31, or as written in Britain, 31/1/2027. Raises ValueError for any other."""
    words = text.strip()
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year = map(int, found.groups())
        return dt.date(year, month, day)
    return dt.date.fromisoformat(words)


def parse_status(text: str) -> Status:
    """Return the status in ``text``, by its id or its words. Raises ValueError for any other."""
    words = text.strip().casefold()
    for status, shown in STATUS_WORDS.items():
        if words in (status, shown.casefold()):
            return status
    raise ValueError(text)
