"""What the fields of a bank are made of: ids, words, numbers, shares and conditions."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_ID = 64

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=LONGEST_ID)]
"""A name that never changes: small letters, digits and single hyphens."""

Text = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"\S")]
"""Words that a person reads."""

Number = Annotated[int | float, Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000)]
"""A level's value in answers; turned into an exact fraction before anything is computed with it."""

LevelValue = Annotated[str, Field(pattern=r"^-?[0-9]{1,9}(\.[0-9]{1,9})?$")]
"""A level's value as the key of a mapping. Python refuses to read numbers of thousands of digits."""

MOST_DECIMALS = 4
"""How many decimals a number of a bank may have: Python writes smaller ones as 1e-05, which nobody types."""


def _few_decimals(value: float) -> float:
    if exact(value) * 10**MOST_DECIMALS % 1:
        raise ValueError(f"it has more than {MOST_DECIMALS} decimals. Round it to {MOST_DECIMALS}")
    return value


_FEW_DECIMALS = AfterValidator(_few_decimals)

BankNumber = Annotated[Number, _FEW_DECIMALS]
"""A level's value in a bank, or a threshold."""

Weight = Annotated[int | float, Field(allow_inf_nan=False, gt=0, le=1_000_000), _FEW_DECIMALS]
"""How much something counts against its neighbours; above 0."""

MOST_LEVELS, MOST_OPTIONS = 100, 500
"""How many answers a question, and one about the service, can have: nobody could choose among more."""
MOST_PARTS, MOST_QUESTIONS = 100, 200
"""How many parts a question can have of one kind, or a bank of most kinds; and how many questions, or findings."""
MOST_PLANNED = 10_000
"""How many actions a plan can remember, and a migration lead over: more than any service will ever have had."""

Of = TypeVar("Of")
Few = Annotated[tuple[Of, ...], Field(max_length=MOST_PARTS)]
"""Some parts of one kind, in their order."""
Many = Annotated[tuple[Of, ...], Field(max_length=MOST_QUESTIONS)]
"""As many as there are questions, in their order."""

Condition = Annotated[
    Mapping[Id, Annotated[tuple[Text, ...], Field(max_length=MOST_OPTIONS)]], Field(max_length=MOST_PARTS)
]
"""Profile keys, each with the values that satisfy it."""


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("this is true or false. Write a number, such as 1")  # noqa: TRY004 — pydantic takes a ValueError
    return value


A_NUMBER = BeforeValidator(_no_truth)
"""For a field of which one number is allowed: Python takes true for 1, and so does pydantic there."""

Share = Annotated[int | float, Field(allow_inf_nan=False, ge=0, le=1), _FEW_DECIMALS]
"""A part of something, from 0 to 1."""


@lru_cache(maxsize=1_000)
def exact(number: float) -> Fraction:
    """Return the number as a person wrote it (0.1 is one tenth), to compute with exactly."""
    return Fraction(str(number))


def holds(condition: Condition | None, profile: Mapping[str, str]) -> bool:
    """Return whether every key's value in ``profile`` is in the condition's list; no condition always holds."""
    return condition is None or all(profile.get(key) in values for key, values in condition.items())


class BankModel(BaseModel):
    """A part of a bank: frozen, strict about types, and with no field that we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
