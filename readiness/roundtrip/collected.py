"""What a file that was filled in elsewhere held."""

from dataclasses import dataclass

from readiness.assessment.model import Assessment


@dataclass(frozen=True, slots=True)
class Collected:
    """The assessments that a file held, in its order, and what a person should be told about it."""

    assessments: tuple[Assessment, ...]
    notices: tuple[str, ...] = ()
