"""Random banks, and what random people answered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from readiness.assessment.model import Assessment
from readiness.bank.model import Bank
from readiness.scoring.model import Range, Score
from readiness.scoring.score import standings
from tests.conftest import assessment
from tests.small import spelled_out

DOMAINS = ["d", "e"]
ROLES = ["peer-worker", "service-manager"]
UNKNOWN, SET_ASIDE = "unknown", "n/a: why"
Answers = Mapping[str, Any]

# Each example scores whole banks: fewer of them, and no deadline, which a busy machine would miss.
LAW = settings(max_examples=30, deadline=None)


@dataclass(frozen=True)
class Case:
    """A bank, and what each person answered: a level's value, "unknown", "n/a: why", or None if left out."""

    bank: Bank
    respondents: Sequence[Answers]
    roles: Sequence[str | None]

    @property
    def assessments(self) -> list[Assessment]:
        return [
            assessment(self.bank, {key: value for key, value in answers.items() if value is not None}, role=role)
            for answers, role in zip(self.respondents, self.roles, strict=True)
        ]

    @property
    def score(self) -> Score:
        return standings(self.bank, self.assessments).score()

    def level(self, who: int, question: str) -> float | None:
        """Return the level that a person gave; None if none."""
        value = self.respondents[who][question]
        return None if value is None or isinstance(value, str) else value

    def saying(self, who: int, question: str, answer: object) -> "Case":
        """Return the case as it would be had that person answered so."""
        said = [dict(one) for one in self.respondents]
        said[who][question] = answer
        return replace(self, respondents=said)


@st.composite
def banks(draw: st.DrawFn, enough: float | None = None) -> Bank:
    """Draw banks: uneven levels and weights, gates, questions that always apply, bands that need a voice."""
    weights = st.sampled_from([0.1, 0.5, 1, 2, 7])
    values = st.lists(st.sampled_from([-1, 0, 0.1, 0.25, 1, 1.5, 2, 4]), min_size=2, max_size=5, unique=True)
    entries = []
    for at in range(draw(st.integers(2, 5))):
        levels = sorted(draw(values))
        entry = {
            "id": f"q{at}",
            "domain": DOMAINS[at] if at < len(DOMAINS) else draw(st.sampled_from(DOMAINS)),
            "kind": draw(st.sampled_from(["facilitator", "barrier"])),
            "weight": draw(weights),
            "values": levels,
            "always": draw(st.booleans()),
        }
        if draw(st.booleans()):
            entry["minimum"] = draw(st.sampled_from(levels[1:]))
        entries.append(entry)
    shares = st.just(enough) if enough is not None else st.sampled_from([0.01, 0.34, 0.5, 0.65, 1])
    voices = [{"role": role} for role in ROLES if draw(st.booleans())]
    bands = [{"id": "low", "from": 0}, {"id": "middle", "from": 50}, {"id": "top", "from": 80, "voices": voices}]
    return Bank.model_validate_json(
        json.dumps(
            spelled_out(
                json.dumps(entries),
                domains=json.dumps({name: draw(weights) for name in DOMAINS}),
                bands=json.dumps(bands),
                enough=json.dumps({"domain": draw(shares), "overall": draw(shares)}),
                roles=json.dumps(ROLES),
            )
        )
    )


@st.composite
def cases(draw: st.DrawFn, most: int = 6, enough: float | None = None) -> Case:
    """Draw a bank with the answers of one to ``most`` people."""
    bank = draw(banks(enough))
    answers = {
        question.id: st.sampled_from([*(level.value for level in question.levels), UNKNOWN, SET_ASIDE, None])
        for question in bank.questions
    }
    people = draw(st.lists(st.fixed_dictionaries(answers), min_size=1, max_size=most))
    return Case(bank, people, [draw(st.sampled_from([*ROLES, None])) for _ in people])


def ranges(found: Score) -> list[Range]:
    return [found.overall, found.facilitators, found.barriers, *found.domains]


def numbers(found: Score) -> list[tuple[Fraction | None, ...]]:
    return [(one.score, one.low, one.high) for one in ranges(found)]


def place(bank: Bank, found: Score) -> int | None:
    """Return the place of the band reached among the bank's, from 0; None if there is none."""
    return None if found.band is None else [one.id for one in bank.bands].index(found.band.id)
