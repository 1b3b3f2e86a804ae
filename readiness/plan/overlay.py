"""A person's own edits of a plan: who does what by when, in whose words. They are kept apart from what is computed.

An edit belongs to an action's id, so it outlives new answers, a new score, other words in the bank and a new version
of the bank. The computed plan is made anew each time, and the edits are laid over it (see ``live``).
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field

from readiness.assessment.model import AssessmentModel, BankReference, Name, Note, Team, TeamName
from readiness.bank.action_words import Effort
from readiness.bank.fields import A_NUMBER, MOST_PLANNED, Id
from readiness.bank.model import OWN, Bank, PlannedId
from readiness.dates import EARLIEST, LATEST
from readiness.errors import InputError, Problem
from readiness.language import N_
from readiness.plan.stretch import Stretch
from readiness.text import kept_json


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


def _planned_for(due: dt.date) -> dt.date:
    if not EARLIEST <= due <= LATEST:
        raise ValueError(f"{due} is no day to plan for. Write one from {EARLIEST.year} to {LATEST.year}")
    return due


Due = Annotated[dt.date, AfterValidator(_planned_for)]
"""A day that something is to be done by."""

_HIGHEST = 99_999
Number = Annotated[int, Field(ge=1, le=_HIGHEST)]
"""What an action is called by, wherever it is shown."""


def _one_each(numbers: Mapping[str, int]) -> Mapping[str, int]:
    whose: dict[int, str] = {}
    for name, number in numbers.items():
        if number in whose:
            raise ValueError(f'"{whose[number]}" and "{name}" both have the number {number}. Give each its own')
        whose[number] = name
    return numbers


class SomeWords(AssessmentModel):
    """Some of an action's six words, and the part it belongs to; what is left out is not said."""

    title: Note | None = None
    detail: Note | None = None
    owner: Note | None = None
    horizon: Stretch | None = None
    effort: Effort | None = None
    sign: Note | None = None
    domain: Id | None = None


class Wording(SomeWords):
    """What an action said when it was last edited: it is still readable when the bank no longer has it.

    The words are a bank's, and may be longer than what a person types in their place.
    """

    title: Note

    def says(self, other: Self) -> bool:
        """Return whether both say to do the same, in the same words."""
        return (self.title, self.detail) == (other.title, other.detail)


class Edit(SomeWords):
    """What a person changed about one action; what is left out stays as the plan has it.

    ``owner`` is a person, and no role. ``dropped`` is the reason why the action is not to be done. ``before`` is what
    the action said when it was edited, or, for an action of the team's own, when it was written.
    """

    title: Name | None = None
    owner: Name | None = None
    due: Due | None = None
    status: Status | None = None
    comments: Annotated[tuple[Note, ...], Field(strict=False)] = ()
    dropped: Note | None = None
    before: Wording | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is changed."""
        return not self.model_dump(exclude={"before"}, exclude_defaults=True)


_MOST_EDITS = 2_000
"""More actions than anybody has; a plan of 30,000 took a minute and gigabytes to set out."""


class Overlay(AssessmentModel):
    """All edits of one team's plan, by action id. An id that begins with ``own-`` is an action of the team's own.

    ``id`` is the plan's own name for ever, whatever the team is called; it is made when the plan is first saved.
    ``organisation`` tells the team from others of its name; None if no answers said it when the plan was saved.
    ``numbers`` holds, by action, the number that it was given: minutes and task boards go on finding it by that.
    ``undated`` holds, by action, days that were taken back: calendars that have them must be told.
    ``revision`` counts how often the file was saved.
    """

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")] = 1
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    bank: BankReference
    team: Name
    organisation: TeamName | None = None
    actions: Annotated[Mapping[PlannedId, Edit], Field(max_length=_MOST_EDITS)] = {}
    undated: Annotated[Mapping[PlannedId, Due], Field(max_length=MOST_PLANNED)] = {}
    numbers: Annotated[Mapping[PlannedId, Number], Field(max_length=MOST_PLANNED), AfterValidator(_one_each)] = {}
    revision: Annotated[int, Field(ge=0)] = 0

    @classmethod
    def blank(cls, bank: Bank, team: str, organisation: str | None = None) -> Self:
        """Return an overlay without edits."""
        return cls(bank=BankReference.to(bank), team=team, organisation=organisation)

    @property
    def known_as(self) -> str:
        """The plan's ``id``; where it was written by hand and has none yet, one made of its bank and team."""
        return self.id or hashlib.sha256(f"{self.bank.id}\0{self.team}".encode()).hexdigest()[:16]

    def renamed(self, team: Team) -> Self:
        """Return the overlay of the same plan, whose team is now called as ``team`` is."""
        return self.model_copy(
            update={"id": self.known_as, "team": team.name, "organisation": team.organisation or self.organisation}
        )

    def edit(self, name: str) -> Edit:
        """Return the edit of an action; an empty one where nothing is changed."""
        return self.actions.get(name, Edit())

    def numbered(self, names: Iterable[str]) -> Mapping[str, int]:
        """Return the number of each action ``names``, and of each that has one: new ones come next, in their order.

        After the highest number come the free ones below it. Raises InputError if as many actions have one
        as may have.
        """
        new = [name for name in dict.fromkeys(names) if name not in self.numbers]
        taken = frozenset(self.numbers.values())
        last = max(taken, default=0)
        free = (number for number in chain(range(last + 1, _HIGHEST + 1), range(1, last)) if number not in taken)
        if new and len(taken) + len(new) > MOST_PLANNED:
            what = f"The plan of {self.team} has no number left for another action"
            raise InputError(Problem(what, "Take numbers of actions that are gone out of its file, under “numbers”."))
        return {**self.numbers, **dict(zip(new, free, strict=False))}

    def with_numbers(self, names: Iterable[str]) -> Self:
        """Return the overlay that keeps, from now on, the numbers of the actions ``names``."""
        return self.model_copy(update={"numbers": self.numbered(names)})

    def with_edit(self, name: str, edit: Edit) -> Self:
        """Return the overlay with that edit of the action; an empty edit takes the action out.

        Raises ValueError if it could not be read again: a value is not of its form, or an own action has no title.
        Raises InputError if there are as many edited actions as there may be.
        """
        if name.startswith(OWN) and edit.title is None and not edit.empty:
            raise ValueError(f"{name} does not say what to do")
        alone = self.model_copy(update={"actions": {name: edit}, "undated": {}, "numbers": {}})
        alone = self.model_validate(alone.model_dump(by_alias=True, warnings=False))  # the others were read before
        actions = {**self.actions, **alone.actions}
        if edit.empty:
            del actions[name]
        elif len(actions) > _MOST_EDITS:
            what = f"The plan of {self.team} can keep {_MOST_EDITS:,} actions that were added or changed"
            what += ", and this would be more, so nothing was changed"
            todo = "Take actions that nobody needs any more out of its file, under “actions”."
            raise InputError(Problem(what, todo))
        undated = {key: due for key, due in self.undated.items() if key != name or edit.due is None}
        if edit.due is None and (due := self.edit(name).due):
            undated[name] = due
        if len(undated) > MOST_PLANNED:
            del undated[next(iter(undated))]  # the day that was taken back first
        return self.model_copy(update={"actions": actions, "undated": undated})

    def to_json(self) -> str:
        """Return the overlay as it is kept in a file."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        for edit in data["actions"].values():
            if not edit["comments"]:
                del edit["comments"]
        for key in ("undated", "numbers"):
            if not data[key]:
                del data[key]
        return kept_json(data)


class OwnIds:
    """Ids for actions of a team's own, made from their titles. None is given twice, or is among those ``taken``."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._tried: dict[str, int] = {}

    def new(self, title: str) -> str:
        """Return an id that was free until now."""
        words = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")
        start = f"{OWN}{words[:40].strip('-') or 'action'}"
        number = self._tried.get(start, 1)
        while (name := start if number == 1 else f"{start}-{number}") in self._taken:
            number += 1
        self._tried[start] = number  # thousands of actions can have one title: no number is tried for each
        self._taken.add(name)
        return name
