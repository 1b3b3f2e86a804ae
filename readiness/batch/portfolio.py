"""Gathers what many teams have in common, team by team: a few hundred bytes of each are kept, and nothing else.

Teams stand in the order given and are never ranked. What is said of a group of teams, or of the people in teams, is
left out where the group is small (``least``).
"""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from readiness import __version__
from readiness.bank.model import Bank, Kind
from readiness.batch.portfolio_counts import QuestionTally, VoicesTally
from readiness.batch.portfolio_model import (
    BandCount,
    Cell,
    GateCount,
    Group,
    Grouping,
    NamedTeams,
    PooledAction,
    Portfolio,
    QuestionCount,
    ScoreSpread,
    TeamRow,
)
from readiness.batch.spread import middle, spread
from readiness.batch.team_level import RespondentScores
from readiness.batch.team_rows import TeamOutcome
from readiness.language import _, drafted, in_long, spoken
from readiness.plan.edits import EFFORT_WORDS
from readiness.report.actions import WHEN
from readiness.report.model import SourceView
from readiness.report.sentences import sentences
from readiness.scoring.disclosure import MIN_GROUP, People, shown_groups
from readiness.scoring.explain import minimum_in_words
from readiness.scoring.model import OVERALL, Gate, Range
from readiness.text import safe

NAMED = 8
"""How many of the teams that an action serves are named beside it; a workbook names all."""
_SHARED = 2
"""How many teams an action must serve to stand as the organisation's."""
_POLICY = 3
"""The effort that takes months, money or a change of policy."""


_Kept = TypeVar("_Kept", bound=Hashable)


class PortfolioBuilder:
    """Takes in one team after the other; ``build`` can be called at any time.

    ``least`` is the smallest group of teams, and of people, of which something is said (at least 3).
    """

    def __init__(self, bank: Bank, least: int = MIN_GROUP) -> None:
        self._bank = bank
        self._least = least
        self._rows: list[TeamRow] = []
        self._tallies = {question.id: QuestionTally(question) for question in bank.ordered_questions}
        self._voices = VoicesTally(bank)
        self._alone = RespondentScores((OVERALL, *(domain.id for domain in bank.domains)))
        self._known: dict[Any, Any] = {}

    def add(self, outcome: TeamOutcome) -> None:
        """Take in a team. Teams stand in the order in which they are added."""
        stands, band = outcome.basis.standings, outcome.band
        for standing in stands.questions:
            self._tallies[standing.question.id].add(standing, len(self._rows), outcome.basis.start(standing))
        self._voices.add(stands, len(self._rows))
        self._alone.add(outcome.by_respondent)
        self._rows.append(
            TeamRow(
                team=safe(stands.team.name),
                organisation=self._once(safe(stands.team.organisation)) if stands.team.organisation else None,
                respondents=stands.respondents,
                cells=tuple(self._once(_cell(part)) for part in outcome.ranges),
                band=self._once(band.id) if band else None,
                provisional=band is not None and band.provisional,
                held_by=self._once(band.held_by if band else ()),
                voices_missing=self._once(stands.voices_missing),
                profile=self._once(tuple(stands.team.profile.get(asked.id) for asked in self._bank.profile)),
                slug=outcome.slug,
            )
        )

    def _once(self, value: _Kept) -> _Kept:
        """Return the same value as before where it was met before: most are, and are then kept once."""
        known: _Kept = self._known.setdefault(value, value)
        return known

    def build(self, *, name: str = "", date: dt.date | None = None) -> Portfolio:
        """Return what has been gathered, in the language that is spoken.

        ``name`` is what the teams are called together; ``date`` that of the newest answers.
        """
        bank, rows = self._bank, tuple(self._rows)
        unscored = array("I", (at for at, row in enumerate(rows) if row.too_little_known))
        return Portfolio(
            title=bank.title,
            name=name or _("All teams together"),
            date=date.isoformat() if date else None,
            date_text=in_long(date) if date else None,
            language=spoken(),
            draft=_("This translation is a draft, for review. What is not translated yet stands in English.")
            if drafted()
            else None,
            organisations=len({row.organisation for row in rows} - {None}),
            respondents=sum(row.respondents for row in rows),
            voices=tuple(self._voices.counts()),
            voices_missing=tuple(self._voices.missing(self._named)),
            least=self._least,
            domains=tuple(domain.title for domain in bank.domains),
            profile=tuple(asked.text for asked in bank.profile),
            bands=tuple(self._bands()),
            unscored=NamedTeams(named=self._named(unscored), rows=unscored),
            provisional=sum(row.provisional for row in rows),
            held=sum(bool(row.held_by) for row in rows),
            overall=self._spread(0, OVERALL, _("Overall")),
            spreads=tuple(self._spread(at, domain.id, domain.title) for at, domain in enumerate(bank.domains, start=1)),
            rows=rows,
            groupings=tuple(self._groupings()),
            gates=tuple(self._gates()),
            questions=tuple(self._questions()),
            actions=tuple(sorted(self._actions(), key=lambda action: -action.teams)),
            level=self._alone.level((_("Overall"), *(domain.title for domain in bank.domains)), self._least),
            sources=tuple(
                SourceView(number=number, citation=source.citation, url=source.url, about=source.about)
                for number, source in enumerate(bank.sources, start=1)
            ),
            sentences=sentences(
                bank, [bank.question_by_id[name].name for name in self._gated()], __version__, holds=False, several=True
            ),
            version=__version__,
        )

    def _named(self, rows: Sequence[int]) -> tuple[str, ...]:
        """Return the names of the first of the teams at these places."""
        return tuple(self._rows[row].team for row in rows[:NAMED])

    def _bands(self) -> Iterator[BandCount]:
        reached = Counter(row.band for row in self._rows)
        unsure = Counter(row.band for row in self._rows if row.provisional)
        for band in self._bank.bands:
            yield BandCount(
                id=band.id,
                label=band.label,
                meaning=band.meaning,
                start=band.start,
                teams=reached[band.id],
                provisional=unsure[band.id],
            )

    def _spread(self, at: int, name: str, title: str) -> ScoreSpread:
        return spread(name, title, [row.cells[at] for row in self._rows], self._least)

    def _groupings(self) -> Iterator[Grouping]:
        for at, asked in enumerate(self._bank.profile):
            yield self._grouping(
                asked.text,
                {option.id: option.label for option in asked.options},
                [row.profile[at] for row in self._rows],
            )
        organisations = [row.organisation for row in self._rows]
        names = {name: name for name in organisations if name}
        if len(names) > 1:
            yield self._grouping(_("Organisation"), names, organisations)

    def _grouping(self, title: str, labels: Mapping[str, str], of: Sequence[str | None]) -> Grouping:
        """Return the groups that can be shown beside the total, in the order of ``labels``; ``of`` has each team's."""
        count = Counter(of)
        sizes = {name: count[name] for name in labels}
        found = shown_groups(
            {key: People(size) for key, size in sizes.items()},
            self._least,
            others=People(len(of) - sum(sizes.values())),
        )
        members = {name: list[TeamRow]() for name in found}
        for row, name in zip(self._rows, of, strict=True):
            if name in members:
                members[name].append(row)
        return Grouping(
            title=title,
            groups=tuple(
                Group(label=labels[name], teams=len(rows), middles=_middles(rows)) for name, rows in members.items()
            ),
            hidden=len(of) - sum(map(len, members.values())),
        )

    def _gated(self) -> list[str]:
        return [name for name, tally in self._tallies.items() if tally.gates]

    def _gates(self) -> Iterator[GateCount]:
        """Yield the gates that apply to any team, those most often closed or not known first."""
        found = [
            GateCount(
                id=name,
                label=self._bank.question_by_id[name].name,
                needs=minimum_in_words(self._bank, name),
                closed=tally.gates[Gate.CLOSED],
                unknown=tally.gates[Gate.UNKNOWN],
                teams=tally.gates.total(),
            )
            for name, tally in ((name, self._tallies[name]) for name in self._gated())
        ]
        yield from sorted(found, key=lambda gate: (-gate.closed, -gate.unknown))

    def _questions(self) -> Iterator[QuestionCount]:
        for name, tally in self._tallies.items():
            question = self._bank.question_by_id[name]
            if tally.known or tally.unknown or tally.set_aside:
                yield QuestionCount(
                    id=name,
                    label=question.name,
                    question=question.text,
                    barrier=self._bank.kind(question) is Kind.BARRIER,
                    steps=tuple(tally.steps),
                    known=tally.known,
                    unknown=tally.unknown,
                    set_aside=tally.set_aside,
                    weak=tally.weak,
                    who_knows=question.who_knows,
                )

    def _actions(self) -> Iterator[PooledAction]:
        """Yield the actions that serve several teams, each once, in the bank's order."""
        for name, tally in self._tallies.items():
            question = self._bank.question_by_id[name]
            for action in question.actions:
                rows = tally.served[action.id]
                horizon, effort = _(WHEN[action.horizon]), _(EFFORT_WORDS[action.effort])
                if len(rows) >= _SHARED:
                    yield PooledAction(
                        id=action.id,
                        label=question.name,
                        is_policy=action.effort == _POLICY,
                        of=tally.known + tally.unknown,
                        holds=tally.held[action.id],
                        named=self._named(rows),
                        rows=rows,
                        **{**action.words, "horizon": horizon, "effort": effort},
                    )


def _cell(part: Range) -> Cell:
    return Cell(*(None if score is None else float(score) for score in (part.score, part.low, part.high)))


def _middles(rows: Sequence[TeamRow]) -> tuple[Fraction | None, ...]:
    return tuple(middle([cell.score for cell in column]) for column in zip(*(row.cells for row in rows), strict=True))
