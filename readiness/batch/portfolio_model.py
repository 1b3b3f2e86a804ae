"""What a portfolio of many teams holds: plain data, ready to be shown. Every text in it is safe to show as it is.

Nothing in it ranks teams: they stand in the order given, and what is counted is counted over all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import Field, SkipValidation

from readiness.bank.action_words import ActionWords
from readiness.document.values import ReportModel, Shown
from readiness.report.model import Sentences, SourceView


class Cell(NamedTuple):
    """A score of one team, from 0 to 100 with one decimal; all three None where nothing can be scored.

    ``score`` is None where nothing is answered. ``low`` and ``high`` lie apart where something is not known.
    """

    score: float | None
    low: float | None
    high: float | None

    @property
    def is_open(self) -> bool:
        """Whether something is not known, so that the score could be another."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One team: its scores, overall first and then domain by domain, and its band.

    ``profile`` has a value for each of the bank's profile questions, or None. ``held_by`` names what holds the band
    back; ``slug`` is what its files are called. Not a model, as there may be a hundred thousand of them.
    """

    team: str
    organisation: str | None
    respondents: int
    cells: tuple[Cell, ...]
    band: str | None
    provisional: bool
    held_by: tuple[str, ...]
    profile: tuple[str | None, ...]
    slug: str

    @property
    def is_open(self) -> bool:
        """Whether something about the team is not known."""
        return any(cell.is_open for cell in self.cells)


class BandCount(ReportModel):
    """How many teams are in a band, and for how many of them that could still change. ``start``: where it begins."""

    id: Shown
    label: Shown
    meaning: Shown
    start: float
    teams: int
    provisional: int


class ScoreSpread(ReportModel):
    """How the teams' scores lie from 0 to 100. ``id`` is the domain's, or "overall".

    ``bins`` counts teams in stretches of equal width; 100 belongs to the last. ``teams`` is their sum, ``none`` counts
    the teams without a score, ``open`` those whose score could be another. The quartiles and the ends are None where
    there are too few teams for them.
    """

    id: Shown
    title: Shown
    bins: tuple[int, ...]
    teams: int
    none: int
    open: int
    lowest: float | None
    quarter: float | None
    middle: float | None
    three_quarters: float | None
    highest: float | None


class Group(ReportModel):
    """Teams of one kind, or of one organisation. ``middles``: the middle score, overall and then for each domain."""

    label: Shown
    teams: int
    middles: tuple[float | None, ...]


class Grouping(ReportModel):
    """Groups of teams by one thing that is known of them. ``hidden`` counts teams in groups too small to be shown."""

    title: Shown
    groups: tuple[Group, ...]
    hidden: int


class GateCount(ReportModel):
    """A question with a minimum: for how many teams it is closed, open or not known. ``teams`` is their sum."""

    id: Shown
    label: Shown
    needs: Shown
    closed: int
    unknown: int
    teams: int


class QuestionCount(ReportModel):
    """A question and how many teams stand on each of its steps, lowest first.

    ``teams`` counts those it applies to, of which ``known`` gave a level and ``unknown`` did not. ``weak`` is how many
    stand below the middle of its scale: a barrier is then taken to be there, a facilitator not to be.
    """

    id: Shown
    label: Shown
    question: Shown
    barrier: bool
    steps: tuple[int, ...]
    known: int
    unknown: int
    weak: int
    who_knows: Shown | None

    @property
    def teams(self) -> int:
        """How many teams it applies to."""
        return self.known + self.unknown


class PooledAction(ReportModel, ActionWords[Shown, Shown, Shown]):
    """One action and the teams that it would take a step up. ``named``: the first of them; ``rows``: all, by place.

    ``holds`` is how many of them a band is held back for by the question. ``of`` counts the teams that the question
    applies to.
    """

    id: Shown
    label: Shown
    is_policy: bool
    teams: int
    of: int
    holds: int
    named: tuple[Shown, ...]
    rows: Annotated[SkipValidation[Sequence[int]], Field(exclude=True, repr=False)]

    @property
    def more(self) -> int:
        """How many teams are not named."""
        return self.teams - len(self.named)


class LevelView(ReportModel):
    """How far it makes a difference which team somebody is in, for one score.

    ``between`` is ICC(1) and ``firmness`` ICC(2), with two decimals, None where there is none; ``matters`` and ``firm``
    say what they mean. ``people`` and ``teams`` are what they were computed from.
    """

    title: Shown
    people: int
    teams: int
    between: float | None
    firmness: float | None
    matters: Shown
    firm: Shown


class TeamLevel(ReportModel):
    """Is "team" a level at all? ``scores`` is empty where too few teams have several respondents: ``teams`` of them."""

    teams: int
    people: int
    least: int
    scores: tuple[LevelView, ...]


class Portfolio(ReportModel):
    """Everything a portfolio shows. ``rows`` are the teams in the order given; ``least`` is the smallest group shown.

    ``date`` is that of the newest answers, where it is known.
    """

    title: Shown
    name: Shown
    date: Shown | None
    date_text: Shown | None
    language: Shown
    draft: Shown | None
    organisations: int
    respondents: int
    least: int
    domains: tuple[Shown, ...]
    profile: tuple[Shown, ...]
    bands: tuple[BandCount, ...]
    unscored: int
    provisional: int
    held: int
    overall: ScoreSpread
    spreads: tuple[ScoreSpread, ...]
    rows: Annotated[SkipValidation[Sequence[TeamRow]], Field(exclude=True, repr=False)]
    groupings: tuple[Grouping, ...]
    gates: tuple[GateCount, ...]
    questions: tuple[QuestionCount, ...]
    actions: tuple[PooledAction, ...]
    level: TeamLevel
    sources: tuple[SourceView, ...]
    sentences: Sentences
    version: Shown
