"""Values that documents show: every text in them is safe to show as it is."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from readiness.language import _
from readiness.scoring.model import Range
from readiness.scoring.rounding import in_words, shown
from readiness.text import safe

Shown = Annotated[str, AfterValidator(safe)]

Rendered = tuple[bytes, tuple[str, ...]]
"""A file's bytes, and what the reader should be told about it."""


class ReportModel(BaseModel):
    """A part of a report: frozen, with every text in one line and without control characters."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class ScoreView(ReportModel):
    """A score with its range: as numbers from 0 to 100 (one decimal), and in words, as people see it."""

    score: float | None
    low: float | None
    high: float | None
    text: Shown
    low_text: Shown
    high_text: Shown
    range_text: Shown

    @property
    def is_open(self) -> bool:
        """Whether something is not known, so that people would see another score."""
        return self.low_text != self.high_text


def score_view(part: Range, starts: Sequence[Fraction]) -> ScoreView:
    """Return the score with the range it could lie in: as numbers to one decimal, and as people see it.

    ``starts`` are the scores that bands start at: see ``in_words``.
    """
    low, high = in_words(part.low, starts), in_words(part.high, starts)
    return ScoreView(
        score=shown(part.score),
        low=shown(part.low),
        high=shown(part.high),
        text=in_words(part.score, starts),
        low_text=low,
        high_text=high,
        range_text=low if low == high else _("{low} to {high}", low=low, high=high),
    )


class BandView(ReportModel):
    """A band, where it lies from 0 to 100, and whether it is the one reached."""

    id: Shown
    label: Shown
    meaning: Shown
    start: float
    end: float
    reached: bool


class SpreadView(ReportModel):
    """How a group of people answered a question: ``counts`` of them on its steps, lowest first; ``text`` says it.

    ``who`` names the group, with its ``n``.
    """

    who: Shown
    n: int
    counts: tuple[int, ...]
    text: Shown
