"""Where a workshop stands: a group in a room that answers by a show of hands. Pure: nothing is read or shown here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from readiness.assessment.group import GroupAssessment, GroupResponse, Hands
from readiness.assessment.roles import NOT_SAID
from readiness.bank.model import Bank
from readiness.interview.asked import Asked
from readiness.interview.hands import hearing_order
from readiness.interview.steps import GroupStepKind, Step, workshop_steps
from readiness.language import _, n_
from readiness.scoring.disclosure import LEAST_GROUP, MIN_GROUP


@dataclass(frozen=True, slots=True)
class Counting:
    """A show of hands that is being counted, one group after the other.

    ``done`` has the hands of the roles that are counted. ``waiting`` has a group with fewer hands than people, if
    nobody has said yet that this is right. ``together``: all are one group. ``corrects``: it replaces the last show of
    hands.
    """

    together: bool
    done: tuple[tuple[str, Hands], ...] = ()
    waiting: tuple[str | None, Hands] | None = None
    corrects: bool = False


@dataclass(frozen=True)
class Workshop(Asked[GroupStepKind]):
    """Where a workshop stands.

    ``group`` is None until the team has a name. ``counting`` is the show of hands at this question; None if none or all
    of it is typed.
    """

    group: GroupAssessment | None = None
    counting: Counting | None = None

    @property
    def begun(self) -> GroupAssessment:
        """The group's answers. Raises ValueError before the name of the team, which they begin with."""
        if self.group is None:
            raise ValueError("the workshop has no name yet")
        return self.group

    @property
    def kept(self) -> GroupAssessment | None:
        """What is saved."""
        return self.group

    @property
    def way_out(self) -> str:
        """That q quits: a facilitator may be new to it."""
        return _("q quits.")

    @property
    def present(self) -> Mapping[str, int]:
        """How many people are here now, by role."""
        return self.group.present if self.group else {}

    @cached_property
    def steps(self) -> tuple[Step[GroupStepKind], ...]:
        """Everything that is asked, in order."""
        return workshop_steps(self.bank, self.profile, few=bool(self.few_roles))

    @property
    def few_roles(self) -> tuple[str, ...]:
        """The roles that too few people hold to be shown unless all agree, and of which all are here to agree."""
        return tuple(role for role in self._hidden_roles if role not in self.begun.left)

    @property
    def left_roles(self) -> tuple[str, ...]:
        """The roles that few people hold and of which somebody has left: nobody can agree for those."""
        return tuple(role for role in self._hidden_roles if role in self.begun.left)

    @property
    def _hidden_roles(self) -> tuple[str, ...]:
        """The roles that are counted by themselves, and that too few people hold to be shown unless all agree."""
        if self.group is None or not any(show.by_role is not None for show in self.group.counted.values()):
            return ()
        people = self.group.people
        few = {role: count for role, count in people.items() if role != NOT_SAID and count < MIN_GROUP}
        return hearing_order(few, self.bank) if sum(people.values()) >= LEAST_GROUP else ()

    @property
    def response(self) -> GroupResponse | None:
        """The group's answer to the question asked now, if there is one."""
        return self.group.responses.get(self.step.question.id) if self.group and self.step.question else None

    @property
    def counted_response(self) -> GroupResponse:
        """The group's answer to the question asked now. Raises ValueError if there is none."""
        if self.response is None:
            raise ValueError("nothing is counted yet")
        return self.response

    @property
    def is_counted(self) -> bool:
        """Whether the question asked now is counted, and not being counted again."""
        return self.counting is None and self.response is not None and bool(self.response.shows)

    @property
    def count(self) -> Counting:
        """The show of hands that is being counted at this question."""
        return self.counting or Counting(together=not (self.group and self.group.by_role))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of those who are here, in the order in which they are counted."""
        return hearing_order(self.present, self.bank)

    @property
    def next_role(self) -> str | None:
        """The role to count next; None stands for everybody."""
        done = dict(self.count.done)
        return None if self.count.together else next(role for role in self.roles if role not in done)

    def people(self, role: str | None) -> int:
        """Return how many people of the role are here; None stands for everybody."""
        return sum(self.present.values()) if role is None else self.present[role]

    @property
    def open_numbers(self) -> tuple[int, ...]:
        """The numbers (from 1) of the questions that are not counted."""
        counted = self.group.counted if self.group else {}
        return tuple(at for at, question in enumerate(self.questions, start=1) if question.id not in counted)

    def is_done(self, step: Step[GroupStepKind]) -> bool:
        """Return whether what the step asks is answered; what may be left out counts once something after it is."""
        group = self.group
        if group is None:
            return False
        if step.question:
            return step.question.id in group.counted
        if step.profile:
            return self.profile.get(step.profile.id) in {option.id for option in step.profile.options}
        return {
            GroupStepKind.NAME: True,
            GroupStepKind.ORGANISATION: bool(group.team.organisation or self.profile or group.present),
            GroupStepKind.PRESENT: bool(group.present),
            GroupStepKind.BY_ROLE: group.by_role is not None,
            GroupStepKind.SHOWN_ALONE: group.shown_alone is not None,
        }.get(step.kind, False)

    @property
    def is_ready(self) -> bool:
        """Whether all is said that questions depend on."""
        return all(self.is_done(step) for step in self.steps if step.kind in _NEEDED)

    def at_kind(self, kind: GroupStepKind) -> int:
        """Return the position of the only step of this kind."""
        return next(at for at, step in enumerate(self.steps) if step.kind is kind)


def begin_workshop(bank: Bank, date: dt.date, group: GroupAssessment | None) -> Workshop:
    """Return the workshop at its beginning, or at the first thing that is not said or counted yet."""
    workshop = Workshop(bank, date, group)
    if group is None:
        return workshop
    at = next(at for at, step in enumerate(workshop.steps) if not workshop.is_done(step))
    workshop = replace(workshop, at=at)
    if not workshop.is_ready:
        return replace(workshop, told=(_("Welcome back."),))
    of = len(workshop.questions)
    done = of - len(workshop.open_numbers)
    told = [_("Welcome back. {done} of {of} questions are counted.", done=done, of=of)]
    if done == of:
        told.append(_("This workshop is finished. You can look at any question, or count it a second time."))
    else:
        people = n_("{count} person", "{count} people", sum(group.present.values()))
        told.append(_("Here, as far as known: {people}. If that has changed, type who.", people=people))
    return replace(workshop, told=tuple(told))


_NEEDED = frozenset({GroupStepKind.NAME, GroupStepKind.PROFILE, GroupStepKind.PRESENT, GroupStepKind.BY_ROLE})
