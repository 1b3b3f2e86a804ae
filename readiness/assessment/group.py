"""What a group said in a room: hands counted for each question, by role or all together, on one date.

Hands are no people: who held up what for one question is not tied to what they held up for the next.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise, repeat
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from readiness.assessment.cells import NO_REASON
from readiness.assessment.model import (
    Assessment,
    AssessmentModel,
    BankReference,
    Name,
    Note,
    Respondent,
    Response,
    Team,
)
from readiness.assessment.roles import NOT_SAID
from readiness.bank.fields import A_NUMBER, Id, LevelValue
from readiness.text import counted, kept_json, parse_number

MOST_PEOPLE = 10_000
"""More than any group has; each becomes a respondent, and a million took 17 seconds and gigabytes."""


def _few_enough(people: Mapping[str, int]) -> Mapping[str, int]:
    if sum(people.values()) > MOST_PEOPLE:
        most = f"a group has at most {MOST_PEOPLE:,} people, and those who were here at other questions count too"
        raise ValueError(f"{most}. Check these counts")
    return people


Count = Annotated[int, Field(ge=0)]
Some = Annotated[int, Field(ge=1)]


class Hands(AssessmentModel):
    """How many people held up each level, by its value; did not know; or said that the question does not apply."""

    levels: Mapping[LevelValue, Count] = {}
    unknown: Count = 0
    not_applicable: Count = 0

    @property
    def people(self) -> int:
        """How many people answered."""
        return sum(self.levels.values()) + self.unknown + self.not_applicable

    def at(self, level: float) -> int:
        """Return how many people held up the level with this value."""
        return sum(count for value, count in self.levels.items() if parse_number(value) == level)

    def __add__(self, other: "Hands") -> "Hands":
        values = dict.fromkeys((*self.levels, *other.levels))
        return Hands(
            levels={value: self.levels.get(value, 0) + other.levels.get(value, 0) for value in values},
            unknown=self.unknown + other.unknown,
            not_applicable=self.not_applicable + other.not_applicable,
        )

    def responses(self) -> Iterator[Response]:
        """Yield the answers, lowest level first; those who set the question aside and did not know come last."""
        for value in sorted(self.levels, key=float):
            yield from repeat(Response(level=parse_number(value)), self.levels[value])
        yield from repeat(Response(not_applicable=NO_REASON), self.not_applicable)
        yield from repeat(Response(unknown=True), self.unknown)


class ShowOfHands(AssessmentModel):
    """One show of hands: counted ``by_role``, or all ``together``; ``here`` counts the people in the room by role.

    People who are here and whose hands are not counted gave no answer.
    """

    here: Annotated[Mapping[Name, Some], AfterValidator(_few_enough)]
    by_role: Mapping[Name, Hands] | None = None
    together: Hands | None = None

    @model_validator(mode="after")
    def _counted_once(self) -> Self:
        if (self.by_role is None) is (self.together is None):
            raise ValueError("give the hands once: by_role or together")
        groups = [("", self.together, sum(self.here.values()))] if self.together else []
        groups += [(f"{role}: ", hands, self.here.get(role, 0)) for role, hands in (self.by_role or {}).items()]
        for role, hands, here in groups:
            if hands.people > here:
                are = counted(hands.people, "hand is", "hands are")
                raise ValueError(f"{role}{are} counted, but {counted(here, 'person is', 'people are')} here")
        return self

    @property
    def total(self) -> Hands:
        """The hands of everybody."""
        return sum((self.by_role or {}).values(), self.together or Hands())

    @property
    def silent(self) -> int:
        """How many people who are here gave no answer."""
        return sum(self.here.values()) - self.total.people


class GroupResponse(AssessmentModel):
    """A group's answer to one question: its shows of hands, of which the last counts, and one note."""

    shows: Annotated[tuple[ShowOfHands, ...], Field(strict=False)] = ()
    note: Note | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.shows and self.note is None:
            raise ValueError("this is empty. Give a show of hands, or leave the question out")
        return self


class GroupMember(Assessment):
    """One person's share of a group's answers, dealt from counts.

    At each question, so many members answer as the count says, in each role. Which of them answer alike at the next
    question means nothing. Nor does the role at the questions that were ``counted_together``.
    """

    counted_together: tuple[Id, ...] = ()

    @property
    def dealt(self) -> frozenset[str]:
        """The questions that were not counted by role."""
        return frozenset(self.counted_together)


class GroupAssessment(AssessmentModel):
    """A group's answers about one team on one date. A question left out is not counted yet.

    ``present`` counts, by role, the people who are in the room now. ``by_role`` says how the next question is
    counted, None if the group has not been asked; ``shown_alone`` are roles whose people all agree that their answers
    may be shown although few hold it: it does not hold for a role of which somebody counted has left. ``rounds`` is
    how many rounds of forms it was made from, None if hands were counted from the start. ``revision`` counts how
    often the file was saved.
    """

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")] = 1
    bank: BankReference
    team: Team
    date: dt.date
    present: Annotated[Mapping[Name, Some], AfterValidator(_few_enough)] = {}
    by_role: bool | None = None
    shown_alone: Annotated[tuple[Name, ...], Field(strict=False)] | None = None
    responses: Mapping[Id, GroupResponse] = {}
    rounds: Annotated[int, Field(ge=1)] | None = None
    revision: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _few_took_part(self) -> Self:
        _few_enough(self.people_with(self.present))  # in each show other roles can be here
        return self

    def people_with(self, present: Mapping[str, int]) -> Mapping[str, int]:
        """Return how many people in each role take part if a question is counted with those ``present``."""
        return Counter(present) | Counter(self.people if self.counted else {})  # the most of each

    @property
    def counted(self) -> Mapping[str, ShowOfHands]:
        """The show of hands that counts, the last, by question."""
        return {name: response.shows[-1] for name, response in self.responses.items() if response.shows}

    @property
    def people(self) -> Mapping[str, int]:
        """How many people in each role took part: the most that were here when a question was counted.

        Nobody knows if somebody who comes is new or comes back, so the fewest people that explain the counts stand.
        """
        found: dict[str, int] = {}
        for here in [show.here for show in self.counted.values()] or [self.present]:
            for role, count in here.items():
                found[role] = max(count, found.get(role, 0))
        return found

    @property
    def left(self) -> frozenset[str]:
        """The roles of which somebody has left since a question was counted, as far as the counts of people tell.

        Whoever comes back could be somebody else, so a role that was fewer in between is among them.
        """
        rooms = [*(show.here for show in self.counted.values()), self.present]
        return frozenset(
            role for before, after in pairwise(rooms) for role in before if before[role] > after.get(role, 0)
        )

    @property
    def _agreed(self) -> frozenset[str]:
        """The roles that may be shown although few hold them: people in a room can't agree for those who have left."""
        of_forms = self.rounds is not None and self.revision <= 1  # where each person was asked
        return frozenset(self.shown_alone or ()) - (frozenset() if of_forms else self.left)

    @property
    def respondents(self) -> tuple[Assessment, ...]:
        """The people who took part, by role: their answers to each question together are what was counted."""
        people, counted, agreed = self.people, self.counted, self._agreed
        dealt = {name: _dealt(show, people) for name, show in counted.items()}
        for name, response in self.responses.items():
            if response.note is not None:  # it is the group's: it stands with the first, and reports say no name
                first = dealt.setdefault(name, [None] * sum(people.values()))
                first[0] = _noted(first[0], response.note)
        together = tuple(sorted(name for name, show in counted.items() if show.by_role is None))
        return tuple(
            GroupMember(
                bank=self.bank,
                team=self.team,
                respondent=_respondent(role, agrees=role in agreed),
                date=self.date,
                responses={name: given for name, answers in dealt.items() if (given := answers[at]) is not None},
                counted_together=together,
            )
            for at, role in enumerate(role for role, count in people.items() for _ in range(count))
        )

    def to_json(self) -> str:
        """Return the answers as they are kept in a file."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return kept_json(data)


def is_group(data: object) -> bool:
    """Return whether a document holds a group's answers: only these say who was present."""
    return isinstance(data, dict) and "present" in data


def _respondent(role: str, *, agrees: bool) -> Respondent:
    if role == NOT_SAID:
        return Respondent()
    return Respondent(role=role, shown_alone=True if agrees else None)


def _dealt(show: ShowOfHands, people: Mapping[str, int]) -> list[Response | None]:
    """Return an answer for each person who took part, role by role; None for those who gave none."""
    if show.together is not None:
        return _padded(show.together, sum(people.values()))
    by_role = show.by_role or {}
    return [*chain.from_iterable(_padded(by_role.get(role, Hands()), count) for role, count in people.items())]


def _padded(hands: Hands, count: int) -> list[Response | None]:
    return [*hands.responses(), *repeat(None, count - hands.people)]


def _noted(response: Response | None, note: str) -> Response:
    return Response(note=note) if response is None else response.model_copy(update={"note": note})
