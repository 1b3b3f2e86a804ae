"""The cheapest way to a band: which steps to take, what each costs in effort and gives in points. Exact.

A step takes everybody who stands below a level up to it; the first starts where the plan does. Within a domain the
score is a weighted mean, and so is the overall score over the domains. So each step up of a question that is known adds
points which depend on no other step.
What is left is to choose, for each question, how many steps to climb, so that the points suffice and the effort is
least: a multiple-choice knapsack, solved by dynamic programming over the effort (Kellerer, Pferschy and Pisinger 2004,
Knapsack Problems, chapter 11).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from readiness.assessment.roles import role_of_many
from readiness.bank.band import Band
from readiness.bank.fields import exact
from readiness.bank.model import Action, Level, Question
from readiness.errors import InputError, Problem
from readiness.plan.basis import PlanBasis
from readiness.plan.overlay import Edit, Status
from readiness.scoring.model import FirstSchema, Gate, Score, ScoreModel
from readiness.scoring.rounding import ShownScore
from readiness.scoring.score import Standings
from readiness.scoring.standing import Standing
from readiness.text import listed, near

FIND_OUT_EFFORT = 1
"""What it takes to find out where a question stands."""
_MOST_TRIED = 10_000_000
"""Efforts times questions that are tried: some seconds, for 3,000 questions of two levels, or 900 of five."""
_LONG_NUMBER = 10_000
"""Bits. Adding a number so long takes as long again: the points of weights that have little in common are such."""


class RouteStep(ScoreModel):
    """One step up of one question: what it takes, costs and gives.

    Several actions that lead to one level are different ways there: ``actions`` holds the one of least effort, or those
    that are ``done``, by their ids, which cost nothing more. ``gain`` is in points on the overall score. ``level`` is
    the value of the level that is reached, ``position`` counts it from 1, and ``question_number`` the question as it is
    asked. ``found_out``: too few know yet where the question stands, so that the others count at its lowest level.
    """

    question: str
    question_number: int
    label: str
    level: float
    position: int
    actions: tuple[str, ...]
    titles: tuple[str, ...]
    done: tuple[str, ...]
    effort: int
    gain: ShownScore
    found_out: bool

    @property
    def to_do(self) -> Mapping[str, str]:
        """The titles of the actions that are not done, by their ids."""
        return {name: title for name, title in self._titles.items() if name not in self.done}

    @property
    def already_done(self) -> Mapping[str, str]:
        """The titles of the actions that are done, by their ids."""
        return {name: title for name, title in self._titles.items() if name in self.done}

    @property
    def _titles(self) -> Mapping[str, str]:
        return dict(zip(self.actions, self.titles, strict=True))


class Route(ScoreModel):
    """The steps to a band in the order of the bank, what they cost together, and the score before and after.

    ``find_out``: ids of the gates that too few know, and that must be found out first: who gave no level counts at the
    lowest. A route without steps means that the band is reached today.
    """

    schema_: FirstSchema = 1
    band: str
    steps: tuple[RouteStep, ...]
    find_out: tuple[str, ...]
    effort: int
    before: Score
    after: Score


@dataclass(frozen=True, slots=True)
class _Ladder:
    """How a question can climb: ``costs[k]`` and ``points[k]`` for the first k steps, from ``least`` steps on.

    ``number`` counts the question as it is asked.
    """

    question: Question
    number: int
    at: int
    least: int
    costs: tuple[int, ...]
    points: tuple[Fraction, ...]


def target_band(standings: Standings, name: str) -> Band:
    """Return the band called ``name``; with no name, the one above today's.

    Raises InputError if there is no such band, no higher one, or no score yet.
    """
    bands = standings.bank.bands
    if name:
        found = next((band for band in bands if name.casefold() in (band.id, band.label.casefold())), None)
        if found is None:
            known = near(name, [f"{band.id} ({band.label})" for band in bands])
            raise InputError(Problem(f'There is no band "{name}"', f"Use one of: {known}."))
        return found
    reached = standings.score().band
    if reached is None:
        raise InputError(_nothing_scored())
    at = next(at for at, band in enumerate(bands) if band.id == reached.id)
    if at + 1 == len(bands):
        what = f"The highest band is reached: {reached.label}"
        raise InputError(Problem(what, "See the plan for what is left to do, and what to keep."))
    return bands[at + 1]


def cheapest_route(basis: PlanBasis, band: Band, edits: Mapping[str, Edit]) -> Route:
    """Return the steps of least effort that reach ``band`` or a band above it; of several, one that gives most points.

    A gated band is reached with its gates open, and any band only by a team in which its voices were heard. If a band
    above it is not gated, that one can be reached with gates closed, and may be cheaper: it is looked at too. Questions
    that nobody knows, or that are not answered, stay as they are, but for gates: of those that too few know to open
    them, the others are asked first if they must open, or if that is cheaper as steps of theirs are done already. Who
    gave no level counts at the lowest then.
    ``edits`` is what a person changed, by action id: an action that was dropped is not taken; its effort and title are
    the person's. One that is done costs nothing more, and is on the way wherever it adds points: the score does not
    know of it before its question is answered again.
    Raises InputError if nothing is scored, or if the band can't be reached.
    """
    standings = basis.standings
    before = standings.score()
    if before.band is None:
        raise InputError(_nothing_scored())
    if _at_least(standings, before.band.id, band):
        return Route(band=band.id, steps=(), find_out=(), effort=0, before=before, after=before)
    goals = [*_goals(standings, band)]
    if not goals:
        raise InputError(_not_heard(standings, band))
    ways = [route for goal, found_out in goals if (route := _route(basis, before, band, goal, edits, found_out))]
    if not ways:
        what = f"The band {band.label} can't be reached by the steps that are left"
        raise InputError(Problem(what, "Take back what was dropped from the plan, or answer more questions."))
    return min(ways, key=lambda route: (route.effort, -(route.after.overall.score or 0)))


def _goals(standings: Standings, band: Band) -> Iterator[tuple[Band, tuple[Standing, ...]]]:
    """Yield the bands to aim at: ``band``, and if it needs gates open, the first above it that does not.

    A band whose voices were not heard is none of them; the next one above stands for it. Each comes with what is found
    out on the way. Gates that nobody knows must be, if they are to open. If they need not, it can only be cheaper
    where steps of theirs are done already: both ways are looked at.
    """
    unknown = tuple(standing for standing in standings.questions if too_few_know(standing))
    bands = standings.bank.bands
    heard = [other for other in bands[bands.index(band) :] if not _silent(standings, other)]
    above = [other for other in heard[1:] if heard[0].gated and not other.gated]
    for goal in (*heard[:1], *above[:1]):
        if not goal.gated:
            yield goal, ()
        if unknown or goal.gated:
            yield goal, unknown


def too_few_know(standing: Standing) -> bool:
    """Return whether a gate stays shut even if everybody who gave a level gives the highest."""
    top = len(standing.question.levels) - 1
    return Gate.UNKNOWN in (standing.gate, standing.raised_to(top).gate)


def _route(
    basis: PlanBasis,
    before: Score,
    band: Band,
    goal: Band,
    edits: Mapping[str, Edit],
    unknown: Sequence[Standing],
) -> Route | None:
    """Return the cheapest steps to the start of ``goal``, with its gates open; None if none lead there.

    The gates ``unknown`` are found out first: who gave no level counts at the lowest.
    """
    start = basis.standings.with_standing(*(standing.found_out() for standing in unknown))
    ladders = [*_ladders(basis.changed_to(start), edits, gated=goal.gated)]
    climbs = _climbs(ladders, exact(goal.start) - _overall(start))
    if climbs is None:
        return None
    climbed = [(ladder, climb) for ladder, climb in zip(ladders, climbs, strict=True) if climb]
    raised = (start.questions[ladder.number - 1].raised_to(ladder.at + climb) for ladder, climb in climbed)
    found = {standing.question.id for standing in unknown}
    steps = tuple(
        step
        for ladder, climb in climbed
        for step in _steps(ladder, climb, edits, found_out=ladder.question.id in found)
    )
    return Route(
        band=band.id,
        steps=steps,
        find_out=tuple(standing.question.id for standing in unknown),
        effort=sum(step.effort for step in steps) + FIND_OUT_EFFORT * len(unknown),
        before=before,
        after=start.with_standing(*raised).score(),
    )


def _silent(standings: Standings, band: Band) -> list[str]:
    """Return the roles that the band needs to hear and that nobody answered in."""
    return [role for role in band.voices_needed(standings.team.profile) if not standings.voices.get(role)]


def _not_heard(standings: Standings, band: Band) -> Problem:
    names = [role_of_many(role, standings.bank.roles) for role in _silent(standings, band)]
    what = f"{band.label} also needs to hear from {listed(names)}, and none of them answered yet"
    return Problem(what, f"Ask one of {'them' if len(names) == 1 else 'each'} to answer the questions, too.")


def _nothing_scored() -> Problem:
    return Problem("Too little is known for a score yet", "Answer more of the questions first.")


def _at_least(standings: Standings, reached: str, band: Band) -> bool:
    order = [other.id for other in standings.bank.bands]
    return order.index(reached) >= order.index(band.id)


def _ladders(basis: PlanBasis, edits: Mapping[str, Edit], *, gated: bool) -> Iterator[_Ladder]:
    """Yield how each question that has a level can climb. A gate of a gated band must climb to its minimum."""
    standings = basis.standings
    per_weight = standings.points_per_weight()
    for number, standing in enumerate(standings.questions, start=1):
        start = basis.start(standing)
        if start is not None:
            points = per_weight[standing.question.domain] * exact(standing.question.weight)
            yield _ladder(standing, number, start, points, edits, gated=gated)


def _ladder(
    standing: Standing, number: int, at: int, per_share: Fraction, edits: Mapping[str, Edit], *, gated: bool
) -> _Ladder:
    question, share = standing.question, standing.share or Fraction(0)
    costs, points = [0], [Fraction(0)]
    for position, level in enumerate(question.levels[at + 1 :], start=at + 1):
        actions = _taken(question, level, edits)
        if not actions:
            break
        costs.append(costs[-1] + _effort(actions, edits))
        points.append(((standing.raised_to(position).share or Fraction(0)) - share) * per_share)
    least = 0
    if gated and standing.gate is Gate.CLOSED:
        least = (question.position(question.minimum or 0) or 0) - at
    return _Ladder(question, number, at, least, tuple(costs), tuple(points))


def _overall(standings: Standings) -> Fraction:
    return standings.overall or Fraction(0)


def _taken(question: Question, level: Level, edits: Mapping[str, Edit]) -> tuple[Action, ...]:
    """Return the actions that take the step to ``level``: those that are done, or the one of least effort.

    None where all were dropped.
    """
    ways = [action for action in question.actions_to(level) if not _edit(edits, action).dropped]
    done = tuple(action for action in ways if _is_done(edits, action))
    return done or tuple(sorted(ways, key=lambda action: _effort([action], edits))[:1])


def _effort(actions: Sequence[Action], edits: Mapping[str, Edit]) -> int:
    return sum(_edit(edits, action).effort or action.effort for action in actions if not _is_done(edits, action))


def _is_done(edits: Mapping[str, Edit], action: Action) -> bool:
    return _edit(edits, action).status is Status.DONE


def _edit(edits: Mapping[str, Edit], action: Action) -> Edit:
    return edits.get(action.id, Edit())


def _climbs(ladders: Sequence[_Ladder], needed: Fraction) -> list[int] | None:
    """Return how many steps each ladder is climbed: least effort first, then most points. None if none suffices.

    Raises InputError if there are too many steps to try them all.
    """
    if any(ladder.least >= len(ladder.costs) for ladder in ladders):
        return None
    # In whole numbers, which are quick to add and as exact.
    scale = lcm(*(points.denominator for ladder in ladders for points in ladder.points))
    budget = sum(ladder.costs[-1] for ladder in ladders)
    if budget * len(ladders) * (1 + scale.bit_length() // _LONG_NUMBER) > _MOST_TRIED:
        what = "This question bank has too many steps to find the ones of least effort"
        raise InputError(Problem(what, "See the plan itself: the first actions in it are the quickest."))
    best: list[int | None] = [0, *[None] * budget]
    chosen: list[list[int]] = []
    for ladder in ladders:
        options = [
            (climb, ladder.costs[climb], int(ladder.points[climb] * scale))
            for climb in range(ladder.least, len(ladder.costs))
        ]
        after: list[int | None] = [None] * (budget + 1)
        choice = [0] * (budget + 1)
        for climb, cost, points in options:
            for effort in range(cost, budget + 1):
                before = best[effort - cost]
                if before is None:
                    continue
                known = after[effort]
                if known is None or before + points > known:
                    after[effort] = before + points
                    choice[effort] = climb
        best = after
        chosen.append(choice)
    enough = ceil(needed * scale)
    suffice = [effort for effort, points in enumerate(best) if points is not None and points >= enough]
    if not suffice:
        return None
    left = suffice[0]
    climbs = []
    for ladder, choice in zip(reversed(ladders), reversed(chosen), strict=True):
        climbs.append(choice[left])
        left -= ladder.costs[choice[left]]
    return climbs[::-1]


def _steps(ladder: _Ladder, climb: int, edits: Mapping[str, Edit], *, found_out: bool) -> Iterator[RouteStep]:
    for step in range(1, climb + 1):
        level = ladder.question.levels[ladder.at + step]
        actions = _taken(ladder.question, level, edits)
        yield RouteStep(
            question=ladder.question.id,
            question_number=ladder.number,
            label=ladder.question.name,
            level=level.value,
            position=ladder.at + step + 1,
            actions=tuple(action.id for action in actions),
            titles=tuple(_edit(edits, action).title or action.title for action in actions),
            done=tuple(action.id for action in actions if _is_done(edits, action)),
            effort=_effort(actions, edits),
            gain=ladder.points[step] - ladder.points[step - 1],
            found_out=found_out,
        )
