"""What a blank form carries unseen, so that it can be read back: its bank, its team, and its names for the answers.

Every form has the same places to fill in, whatever its format: each has a name, and an answer has a code.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field

from readiness.assessment.model import AssessmentModel, BankReference, Name
from readiness.bank.fields import A_NUMBER, Id
from readiness.bank.model import Bank
from readiness.errors import InputError, Problem
from readiness.text import near, short, some

MARK = "readiness-form"
"""The hidden field of a PDF, and the hidden sheet of a workbook, that the mark stands in."""

CHOICES = "readiness-choices"
"""The hidden field of a PDF with the names of the places where something is chosen, a line each, in their order."""

TEAM, ORGANISATION, ROLE, DATE = "team", "organisation", "role", "date"
SHOWN_ALONE = "shown-alone"
"""The places that are no answers. The last: whether a role's answers may be shown although few people hold it."""

YES, NO = "yes", "no"
"""The codes of its two answers."""

UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"
"""The codes of the two answers that are no level."""

FormId = Annotated[str, Field(pattern=r"^[0-9a-f]{4}-[0-9a-f]{4}$")]


class FormMark(AssessmentModel):
    """The mark of a form. ``team`` is None where the form asks for it.

    ``id`` is made of all that the form asks, so that the same form always has the same.
    """

    schema_: Annotated[Literal[1], A_NUMBER, Field(alias="schema")] = 1
    id: FormId
    bank: BankReference
    team: Name | None = None
    organisation: Name | None = None
    profile: Mapping[Id, Name] = {}

    @classmethod
    def of(
        cls,
        bank: Bank,
        profile: Mapping[str, str],
        team: str | None = None,
        organisation: str | None = None,
        role: str | None = None,
    ) -> Self:
        """Return the mark of the form with the bank's questions, in today's words for ``profile`` and ``role``."""
        asks = {
            "bank": BankReference.to(bank).model_dump(),
            "team": team,
            "organisation": organisation,
            "profile": dict(profile),
        }
        questions = [question.model_dump(mode="json") for question in bank.asked(profile, role)]
        digits = hashlib.sha256(json.dumps([asks, questions, role], sort_keys=True).encode()).hexdigest()
        return cls.model_validate({"id": f"{digits[:4]}-{digits[4:8]}", **asks})

    def to_json(self) -> str:
        """Return the mark as it stands in a form: in one line, and in plain ASCII."""
        return json.dumps(self.model_dump(mode="json", by_alias=True, exclude_none=True))


def answer_place(question: str) -> str:
    """Return the name of the place where the question is answered."""
    return f"answer:{question}"


def why_place(question: str) -> str:
    """Return the name of the place for the reason why the question does not apply."""
    return f"why:{question}"


def note_place(question: str) -> str:
    """Return the name of the place for notes on the question."""
    return f"note:{question}"


def level_code(value: float) -> str:
    """Return the code of the level worth ``value``."""
    return str(value)


def checked_profile(bank: Bank, profile: Mapping[str, str]) -> Mapping[str, str]:
    """Return ``profile``, in the bank's order. Raises InputError with all that is missing from it or wrong in it."""
    problems = list(_profile_problems(bank, profile))
    if problems:
        raise InputError(problems)
    return {asked.id: profile[asked.id] for asked in bank.profile}


def _profile_problems(bank: Bank, profile: Mapping[str, str]) -> Iterator[Problem]:
    known = [asked.id for asked in bank.profile]
    for key in profile:
        if key not in known:
            todo = f"It has: {near(key, known)}." if known else "It has none."
            yield Problem(f'The profile has no "{short(key)}"', todo)
    for asked in bank.profile:
        options = some([f"{asked.id}={option.id} ({option.label})" for option in asked.options])
        if asked.id not in profile:
            yield Problem(f'The profile does not say "{asked.id}" ({asked.text})', f"Say one of: {options}.")
        elif profile[asked.id] not in [option.id for option in asked.options]:
            yield Problem(f'"{short(profile[asked.id])}" is not an option for "{asked.id}"', f"Say one of: {options}.")
