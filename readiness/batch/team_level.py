"""Is "team" a level at all? How much of the differences between people lies between teams, and not within them."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from readiness.batch.portfolio_model import LevelView, TeamLevel
from readiness.language import _
from readiness.scoring.agreement import icc1, icc2

_SEVERAL = 2
_NONE = -1
_FINENESS = 1000
"""Scores are kept as whole thousandths: neither measure depends on the unit."""
_SOME, _MUCH = Fraction(1, 20), Fraction(1, 4)
"""ICC(1): 0.05 is between a small and a medium effect, 0.25 a large one (LeBreton and Senter 2008)."""
_FIRM = Fraction(7, 10)
"""ICC(2) from which means are commonly taken to tell groups apart (LeBreton and Senter 2008)."""


class RespondentScores:
    """Keeps the scores of the people in teams where several answered: four bytes each.

    ``names`` are the keys of what a respondent scores, in the order to show them in.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._sizes = array("I")
        self._scores = {name: array("l") for name in names}

    def add(self, respondents: Sequence[Mapping[str, Fraction | None]]) -> None:
        """Take in the people of one team."""
        if len(respondents) < _SEVERAL:
            return
        self._sizes.append(len(respondents))
        for name, scores in self._scores.items():
            for each in respondents:
                score = each[name]
                scores.append(_NONE if score is None else round(score * _FINENESS))

    def level(self, titles: Sequence[str], least: int) -> TeamLevel:
        """Return the measures for each score. Where fewer than ``least`` teams have several people there are none.

        With few teams, what one person answered could be worked out from them.
        """
        views = [
            view
            for title, name in zip(titles, self._scores, strict=True)
            if (view := _view(title, [*self._groups(name)], least))
        ]
        return TeamLevel(teams=len(self._sizes), people=sum(self._sizes), least=least, scores=tuple(views))

    def _groups(self, name: str) -> Iterator[list[int]]:
        """Yield the scores of each team in which several people have one."""
        at = 0
        for size in self._sizes:
            group = [score for score in self._scores[name][at : at + size] if score != _NONE]
            if len(group) >= _SEVERAL:
                yield group
            at += size


def _view(title: str, groups: Sequence[Sequence[int]], least: int) -> LevelView | None:
    if len(groups) < least:
        return None
    between, firmness = icc1(groups), icc2(groups)
    return LevelView(
        title=title,
        people=sum(map(len, groups)),
        teams=len(groups),
        between=_hundredths(between),
        firmness=_hundredths(firmness),
        matters=_matters(between),
        firm=_firm(firmness),
    )


def _hundredths(value: Fraction | None) -> float | None:
    """Return a measure with two decimals; 1 and 0 only where they are exactly true."""
    if value is None:
        return None
    hundredths = round(abs(value) * 100)
    hundredths = max(hundredths, 1) if value else 0
    hundredths = min(hundredths, 99) if abs(value) < 1 else hundredths
    return -hundredths / 100 if value < 0 else hundredths / 100


def _matters(between: Fraction | None) -> str:
    if between is None:
        return _("Everybody has the same score.")
    if between < _SOME:
        return _("Hardly: people in one team differ as much as any.")
    return _("Somewhat.") if between < _MUCH else _("Much.")


def _firm(firmness: Fraction | None) -> str:
    return _("Yes.") if firmness is not None and firmness >= _FIRM else _("Not with so few people in a team.")
