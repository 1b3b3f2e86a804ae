"""The result at the end of a walk or a workshop: lines of plain text. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator

from readiness.interview.lines import Line, LinePart
from readiness.plan.model import PlannedAction
from readiness.plan.overlay import STATUS_WORDS, Status
from readiness.scoring.explain import explain, too_little_known, unheard
from readiness.team import AssessedTeam
from readiness.text import safe, unended

TWO_PEOPLE = "If only two people answer for a team, each can work out what the other said."


def result_lines(team: AssessedTeam, today: dt.date) -> Iterator[Line]:
    """Yield what the answers come to, and the first actions of the plan."""
    bank, score, plan = team.bank, team.score, team.plan
    yield Line(LinePart.HEADING, f"Your result: {score.band.label}" if score.band else "Your result")
    limits = [one for one in (unheard(bank, score), too_little_known(bank, score)) if one]
    meaning = [band.meaning for band in bank.bands if score.band and band.id == score.band.id]
    reasons = [one for one in explain(bank, score) if one not in limits]
    for sentence in (*limits, *meaning, *reasons):
        yield Line(LinePart.TEXT, sentence)
    start = plan.start_on(today)
    yield from _start(start, today)
    if plan.actions and not start:
        yield Line(LinePart.TEXT, "Every action of your plan is done.")


def _start(actions: Iterable[PlannedAction], today: dt.date) -> Iterator[Line]:
    for at, action in enumerate(actions):
        if at == 0:
            yield Line(LinePart.HEADING, "Start with these")
        facts = [safe(action.by_whom)]
        by = "was due on" if action.is_late(today) else "by"
        facts += [f"{by} {action.due.day} {action.due:%B %Y}"] if action.due else []
        facts += [STATUS_WORDS[action.status]] if action.status is not Status.TODO else []
        known = ", ".join(fact for fact in facts if fact)
        yield Line(
            LinePart.CHOICE,
            f"{unended(safe(action.title))}: {known}" if known else safe(action.title),
            f"{action.number}.",
        )
