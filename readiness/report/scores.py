"""A score, ready to be shown."""

from readiness.language import _
from readiness.report.model import ScoreView
from readiness.scoring.model import Range
from readiness.scoring.rounding import in_words, shown


def score_view(part: Range) -> ScoreView:
    """Return the score with the range it could lie in, as numbers and in words."""
    low, high = in_words(part.low), in_words(part.high)
    return ScoreView(
        score=shown(part.score),
        low=shown(part.low),
        high=shown(part.high),
        text=in_words(part.score),
        range_text=low if low == high else _("{low} to {high}", low=low, high=high),
    )
