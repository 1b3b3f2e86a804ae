"""The bands of a score, and whom a band needs to hear."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from readiness.bank.fields import BankModel, BankNumber, Condition, Few, Id, Text, holds


class VoiceNeeded(BankModel):
    """Role of which somebody must have answered before a band is reached, by services that satisfy ``when``."""

    role: Id
    when: Condition | None = None


class Band(BankModel):
    """A named stretch of the score. ``from`` is its lowest score (0 to 100); a ``gated`` one waits for all gates.

    It is not reached either unless each of ``voices`` was heard.
    """

    id: Id
    label: Text
    meaning: Text
    start: Annotated[BankNumber, Field(alias="from", ge=0, le=100)]
    gated: bool = False
    voices: Few[VoiceNeeded] = ()

    def voices_needed(self, profile: Mapping[str, str]) -> tuple[str, ...]:
        """Return the roles of which somebody must have answered, in a service with ``profile``."""
        return tuple(voice.role for voice in self.voices if holds(voice.when, profile))
