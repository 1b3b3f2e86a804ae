"""One team, worked out: its score, what its respondents say, and its plan. Each is made once, when it is asked for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from gettext import NullTranslations

from readiness.assessment.model import Assessment, Team
from readiness.assessment.roles import known_role
from readiness.bank.model import Bank
from readiness.language import ENGLISH, speaking
from readiness.plan.apply import in_order_of_numbers, live_plan, retold
from readiness.plan.basis import PlanBasis
from readiness.plan.build import build_plan
from readiness.plan.find_out import asked_together
from readiness.plan.model import Plan
from readiness.plan.overlay import Overlay
from readiness.scoring.by_role import Voices, voices
from readiness.scoring.disclosure import MIN_GROUP
from readiness.scoring.model import Score
from readiness.scoring.score import Standings, standings
from readiness.scoring.team_score import shared_score

_OF_ANSWERS = ("standings", "voices", "_scored", "score", "asked_together", "basis", "computed")
"""What follows from the answers alone, whatever a person edits in the plan."""


@dataclass(frozen=True)
class AssessedTeam:
    """A team with the answers of its respondents, one or more, and all that follows from them.

    ``edits`` are a person's own of the plan, if there are any. The views of a role are shown by themselves from
    ``min_group`` people on (at least 3). Two respondents who contradict each other about the team's profile raise
    InputError, as soon as something is asked for. ``together`` says which questions the same people know about, if that
    follows from another bank than ``bank``: the one that ``bank`` is a translation of.
    """

    bank: Bank
    assessments: Sequence[Assessment]
    edits: Overlay | None = None
    min_group: int = MIN_GROUP
    together: Mapping[str, str] | None = None

    @property
    def team(self) -> Team:
        """Which team it is, with all that its respondents say of its profile."""
        return self.standings.team

    @property
    def date(self) -> dt.date:
        """The day of the newest answers."""
        return max(assessment.date for assessment in self.assessments)

    @property
    def of_another_edition(self) -> bool:
        """Whether some answers were given to another edition of the questions than ``bank``."""
        return any(assessment.bank.is_another_edition(self.bank) for assessment in self.assessments)

    @cached_property
    def standings(self) -> Standings:
        """Where every question stands that is asked of the team."""
        return standings(self.bank, self.assessments)

    @cached_property
    def voices(self) -> Voices | None:
        """What the respondents said, each and by role; None if one person answered."""
        return voices(self.standings, self.assessments, self.min_group) if len(self.assessments) > 1 else None

    @cached_property
    def score(self) -> Score:
        """The score; of several respondents, with how far they agree."""
        return self._scored if self.voices is None else shared_score(self.bank, self._scored, self.voices)

    @cached_property
    def _scored(self) -> Score:
        return self.standings.score()

    @cached_property
    def basis(self) -> PlanBasis:
        """What the plan is built from."""
        return PlanBasis.of(self.standings, self.voices, self.asked_together)

    @cached_property
    def asked_together(self) -> Mapping[str, str]:
        """By question, the first in the bank that the same people know about."""
        return self.together or asked_together(self.bank, self.team.profile)

    @cached_property
    def computed(self) -> Plan:
        """The plan before any edit."""
        return build_plan(self.basis)

    @cached_property
    def overlay(self) -> Overlay:
        """The edits of the plan; without any, an overlay that has none."""
        return self.edits or Overlay.blank(self.bank, self.team.name, self.team.organisation)

    @cached_property
    def plan(self) -> Plan:
        """The plan with the edits."""
        return live_plan(self.computed, self.overlay, self.basis)

    @property
    def numbered(self) -> Overlay:
        """The edits with the numbers that ``plan`` shows."""
        return self.overlay.with_numbers(in_order_of_numbers(self.computed, self.overlay))

    def with_edits(self, edits: Overlay) -> "AssessedTeam":
        """Return the team with these edits of its plan instead."""
        edited = replace(self, edits=edits)
        # Saving edits changes nothing that the plan is made of, so the plan stays as it was worked out.
        saved = self.overlay.model_copy(update={"id": edits.id, "revision": edits.revision})
        kept = (*_OF_ANSWERS, "plan") if saved == edits else _OF_ANSWERS
        vars(edited).update({name: made for name, made in vars(self).items() if name in kept})
        return edited

    def _with_role_id(self, one: Assessment) -> Assessment:
        known = known_role(one.respondent.role, self.bank.roles)
        if known is None:
            return one
        return one.model_copy(update={"respondent": one.respondent.model_copy(update={"role": known.id})})

    def told_in(self, bank: Bank) -> "AssessedTeam":
        """Return the team in the words of ``bank``, a translation of its own; the edits are made to fit them."""
        if bank is self.bank:
            return self
        # A role may stand there in the words of the bank it was given in, which are others now.
        said_by = [self._with_role_id(one) for one in self.assessments]
        told = replace(self, bank=bank, assessments=said_by, edits=None, together=self.asked_together)
        if self.edits is None:
            return told
        with speaking(ENGLISH, NullTranslations()):  # that is what a plan is edited in
            said = self.computed
        return told.with_edits(retold(self.edits, said, told.computed))
