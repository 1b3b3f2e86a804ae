"""What a portfolio of many teams holds: plain data, ready to be shown. Every text in it is safe to show as it is.

Nothing in it ranks teams: they stand in the order given, and what is counted is counted over all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import Field, SkipValidation

from readiness.bank.action_words import ActionWords
from readiness.bank.fields import exact
from readiness.document.values import ReportModel, Shown
from readiness.report.model import Sentences, SourceView
from readiness.scoring.rounding import ShownScore, in_words


class Cell(NamedTuple):
    """A score of one team, from 0 to 100 and not rounded; all three None if nothing can be scored.

    ``score`` is None if too little is known. ``low`` and ``high`` lie apart if something is not known. They are plain
    numbers, as there may be a million: what is shown is the same as of the exact ones.
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
    back, ``voices_missing`` the roles that a band needs to hear and nobody answered in; ``slug`` is what its files are
    called. Not a model, as there may be a hundred thousand of them.
    """

    team: str
    organisation: str | None
    respondents: int
    cells: tuple[Cell, ...]
    band: str | None
    provisional: bool
    held_by: tuple[str, ...]
    voices_missing: tuple[str, ...]
    profile: tuple[str | None, ...]
    slug: str

    @property
    def too_little_known(self) -> bool:
        """Whether there is no score and no band, as too little is known."""
        return self.cells[0].score is None

    @property
    def is_open(self) -> bool:
        """Whether something about the team is not known."""
        return any(cell.is_open for cell in self.cells)


class NamedTeams(ReportModel):
    """Teams with something in common: how many, the first of them by name, and all of them by their place (from 0)."""

    named: tuple[Shown, ...]
    rows: Annotated[SkipValidation[Sequence[int]], Field(exclude=True, repr=False)]

    @property
    def teams(self) -> int:
        """How many teams there are."""
        return len(self.rows)

    @property
    def more(self) -> int:
        """How many teams are not named."""
        return self.teams - len(self.named)


class VoiceCount(ReportModel):
    """How many people answered in a role, in how many teams; ``label`` says both people and role."""

    role: Shown
    label: Shown
    people: int
    teams: int


class MissingVoice(NamedTeams):
    """The teams in which nobody answered in a role that a band needs to hear, of the ``of`` teams that need to.

    ``label`` is what people in the role are called.
    """

    role: Shown
    label: Shown
    of: int


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
    the teams of which too little is known for a score, ``open`` those whose score could be another. The quartiles and
    the ends are None if there are too few teams for them.
    """

    id: Shown
    title: Shown
    bins: tuple[int, ...]
    teams: int
    none: int
    open: int
    lowest: ShownScore | None
    quarter: ShownScore | None
    middle: ShownScore | None
    three_quarters: ShownScore | None
    highest: ShownScore | None


class Group(ReportModel):
    """Teams of one kind, or of one organisation. ``middles``: the middle score, overall and then for each domain."""

    label: Shown
    teams: int
    middles: tuple[ShownScore | None, ...]


class Grouping(ReportModel):
    """Groups of teams by one thing that is known of them. ``hidden`` counts teams in groups too small to be shown."""

    title: Shown
    groups: tuple[Group, ...]
    hidden: int


class GateCount(ReportModel):
    """A question with a minimum: for how many teams it is closed, open or not known. ``teams`` is their sum.

    It is not known, too, if a team says that it does not apply.
    """

    id: Shown
    label: Shown
    needs: Shown
    closed: int
    unknown: int
    teams: int


class QuestionCount(ReportModel):
    """A question and how many teams stand on each of its steps, lowest first.

    ``teams`` counts those it applies to: in ``known`` it is known, in ``unknown`` it is not. ``set_aside`` more said
    that it does not apply. ``weak`` is how many stand below the middle of its scale: a barrier is then taken to be
    there, a facilitator not to be.
    """

    id: Shown
    label: Shown
    question: Shown
    barrier: bool
    steps: tuple[int, ...]
    known: int
    unknown: int
    set_aside: int
    weak: int
    who_knows: Shown | None

    @property
    def teams(self) -> int:
        """How many teams it applies to."""
        return self.known + self.unknown


class PooledAction(NamedTeams, ActionWords[Shown, Shown, Shown]):
    """One action and the teams that it would take a step up.

    ``holds`` is in how many of them the question is a gate below its minimum. ``of`` counts the teams that the question
    applies to.
    """

    id: Shown
    label: Shown
    is_policy: bool
    of: int
    holds: int


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

    ``date`` is that of the newest answers, if it is known. ``unscored`` are the teams of which too little is known for
    a score and a band. ``voices`` says who answered, ``voices_missing`` who did not and would have to.
    """

    title: Shown
    name: Shown
    date: Shown | None
    date_text: Shown | None
    language: Shown
    draft: Shown | None
    organisations: int
    respondents: int
    voices: tuple[VoiceCount, ...]
    voices_missing: tuple[MissingVoice, ...]
    least: int
    domains: tuple[Shown, ...]
    profile: tuple[Shown, ...]
    bands: tuple[BandCount, ...]
    unscored: NamedTeams
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

    def number(self, score: Fraction | float | None) -> str:
        """Return a score as people see it, without decimals."""
        starts = [exact(band.start) for band in self.bands[1:]]
        return in_words(None if score is None else Fraction(score), starts)
