"""Plan, way to a band and what-if as documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from readiness.bank.band import Band
from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.document.blocks import Block, Document, Heading, Paragraph, Points, Tone
from readiness.document.spans import Line, quiet, strong
from readiness.document.tables import Cell, Column, Lines, Table, of_numbers
from readiness.language import _, in_long, n_
from readiness.plan.basis import PlanBasis
from readiness.plan.edits import about
from readiness.plan.model import ActionKind, Plan
from readiness.plan.overlay import Status
from readiness.plan.route import Route, RouteStep
from readiness.plan.what_if import WhatIf
from readiness.report.actions import starts_from
from readiness.report.model import ActionView, Report
from readiness.report.who_answered import older_bank
from readiness.scoring.explain import band_starts
from readiness.scoring.model import Score
from readiness.scoring.rounding import in_tenths, in_words
from readiness.scoring.score import Standings
from readiness.team import AssessedTeam
from readiness.text import ended, listed, unended


def plan_document(report: Report) -> Document:
    """Return the plan of the report: what to do and what for, who, by when, and how far it is."""
    return Document(
        title=report.team,
        kicker=report.title,
        lines=[line for line in (report.organisation, report.date_text, report.older_bank) if line],
        running=f"{report.team}, {report.date_text}",
        date=report.day,
        author=report.organisation or report.team,
        blocks=[*_plan(report)],
    )


def _plan(report: Report) -> Iterator[Block]:
    if report.progress:
        yield report.progress
    if report.behind:
        yield Paragraph(report.behind, Tone.ALERT)
    if report.start:
        numbers = listed([str(action.number) for action in report.start], _("and"))
        yield _("Start with {numbers}.", numbers=numbers)
    for horizon in report.horizons:
        if horizon.actions:
            yield Heading(f"{horizon.title}: {horizon.when}", 2)
            yield _actions(horizon.actions)
    yield from _apart(_("Not in today’s plan any more"), report.past)
    yield from _apart(_("Taken out, and not to be done"), report.dropped)
    yield report.sentences.plan if report.planned else report.sentences.nothing_to_plan


def _actions(actions: Iterable[ActionView]) -> Table:
    columns = (
        Column(_("No."), share=0.6, label=True),
        Column(_("What to do"), share=5, row_header=True),
        Column(_("Who"), share=2, widest=18),
        Column(_("By when"), share=1.6),
        Column(_("Status"), share=1.4, widest=12),
    )
    rows = [
        (
            str(action.number),
            Lines(
                [
                    strong(action.title),
                    quiet(about(action.question_numbers, action.label)),
                    quiet(action.holds),
                    quiet(action.together),
                    quiet(action.starts_from),
                    action.mark or "",
                    *_notes(action),
                ]
            ),
            action.owner or Lines([action.role, _("suggested") if action.role else ""]),
            Lines([_("was due on") if action.late else "", action.due_text or ""]),
            _status(action),
        )
        for action in actions
    ]
    return Table(columns, rows)


def _notes(action: ActionView) -> Iterator[str]:
    yield from (_("Note: {text}", text=line) for line in action.comments)


def _apart(heading: str, actions: Sequence[ActionView]) -> Iterator[Block]:
    """Yield actions that are not in the plan, if there are any, with the reason."""
    if actions:
        yield Heading(heading, 2)
        yield Points([*map(_why_apart, actions)])


def _why_apart(action: ActionView) -> str:
    what = about(action.question_numbers, action.label)
    title = f"{action.number}. {unended(action.title)}"
    facts = [f"{title} ({what})." if what else ended(title), action.mark or ""]
    facts.append(" ".join([_("Why:"), action.dropped]) if action.dropped else action.state)
    facts += _notes(action)
    return " ".join(fact for fact in facts if fact)


def _status(action: ActionView) -> Cell:
    if action.status == Status.STUCK:
        return _("{status}: needs help", status=action.status_text)
    return action.status_text


def route_document(team: AssessedTeam, band: Band, route: Route) -> Document:
    """Return the way to a band: each step with what it costs and gives, and what is done already.

    Actions have their numbers in the plan, with its edits; those not in it yet have none.
    """
    title = _("{team}: the cheapest way to {band}", team=team.team.name, band=band.label)
    return _small(team, title, _route(team.basis, band, route, team.plan))


def _small(team: AssessedTeam, title: str, blocks: Iterable[Block]) -> Document:
    return Document(
        title=title,
        kicker=team.bank.title,
        lines=[in_long(team.date), *filter(None, [older_bank(team.bank, team.assessments)])],
        running=f"{title}, {in_long(team.date)}",
        date=team.date,
        blocks=[*blocks],
    )


def _numbers(plan: Plan) -> dict[str, str]:
    return {action.id: str(action.number) for action in plan.numbered}


def _route(basis: PlanBasis, band: Band, route: Route, plan: Plan) -> Iterator[Block]:
    numbers, standings = _numbers(plan), basis.standings
    if not route.steps and not route.find_out:
        score = in_words(route.before.overall.score, band_starts(standings.bank))
        yield _("{band} is reached today: {score} out of 100.", band=band.label, score=score)
        return
    yield _(
        "Total effort {effort} (our rough count: 1 is a meeting, 2 some weeks, 3 months or money).", effort=route.effort
    )
    asks = {name: str(one.number) for one in plan.actions if one.kind is ActionKind.FIND_OUT for name in one.questions}
    yield from _not_known(standings, band, route, asks)
    to_do = [step for step in route.steps if step.to_do]
    if to_do:
        columns = (
            Column(_("No."), share=0.6, label=True),
            Column(_("What to do"), share=6, row_header=True),
            *of_numbers(_("Answer"), _("Effort"), _("Points")),
        )
        yield Table(columns, [*_steps(to_do, numbers, basis)])
        points = _("Points are on the overall score, as of today’s answers.")
        numbers_ = _("Steps without a number join the plan when the step before is done.")
        yield Paragraph(f"{points} {numbers_}", Tone.NOTE)
    if done := [step for step in route.steps if step.already_done]:
        yield Heading(_("Already done on the way") if to_do else _("All of the way is done already"), 2)
        yield Points([*_done(done, numbers)])
        yield _("Finishing an action does not change the score. Answer its question again.")
    before, after = (_result(standings.bank, score) for score in (route.before, route.after))
    yield _("Then: {after}. Today: {before}.", after=after, before=before)


def _not_known(standings: Standings, band: Band, route: Route, asks: Mapping[str, str]) -> Iterator[str]:
    """Yield what to say of open questions: what to find out first, or that they might suffice.

    ``asks`` has, by question, the number of the action that asks about it.
    """
    high = standings.score().overall.high
    if route.find_out:
        labels = {standing.question.id: standing.question.name for standing in standings.questions}
        names = (_numbered(asks.get(name, ""), labels[name]) for name in route.find_out)
        yield _("Find out first: {names}.", names=", ".join(names))
        yield _("What is not known counts at the lowest level here. The way may be shorter.")
    elif high is not None and high >= exact(band.start):
        yield _(
            "What is not known could lift the score to {score} by itself: the report says whom to ask.",
            score=in_words(high, band_starts(standings.bank)),
        )


def _done(steps: Iterable[RouteStep], numbers: Mapping[str, str]) -> Iterator[str]:
    for step in steps:
        for name, title in step.already_done.items():
            what = ended(_numbered(numbers.get(name, ""), title))
            points = in_tenths(step.gain)
            gives = n_(
                "(to answer {answer}, {points} point)",
                "(to answer {answer}, {points} points)",
                1 if points == "1" else 2,  # as it is read: 1 point, but 0.9 points and 1.4 points
                answer=step.position,
                points=points,
            )
            yield f"{what} {_for(step)} {gives}"


def _steps(steps: Iterable[RouteStep], numbers: Mapping[str, str], basis: PlanBasis) -> Iterator[Sequence[Cell]]:
    for step in steps:
        put = basis.started_by(basis.standings.questions[step.question_number - 1])
        first = put is not None and step.position == put.at + 2  # counted from 1, and one step up
        starts = starts_from(put.role if put and first else None, basis.standings.bank.roles)
        facts = (str(step.position), str(step.effort), in_tenths(step.gain))
        for name, title in step.to_do.items():
            yield numbers.get(name, ""), Lines([title, quiet(_for(step)), quiet(starts)]), *facts
            facts = ("", "", "")  # they are the step's, whatever number of actions it takes


def _for(step: RouteStep) -> str:
    return about([step.question_number], step.label)


def _numbered(number: str, title: str) -> str:
    return f"{number}. {title}" if number else title


def change_document(team: AssessedTeam, change: WhatIf) -> Document:
    """Return what was changed, in words; the score before and after; and how the plan, with its edits, moves.

    Actions have the numbers that are kept for them, in the plan or not.
    """
    numbers = {name: str(number) for name, number in team.overlay.numbers.items()} | _numbers(team.plan)
    return _small(team, _("{team}: what if", team=team.team.name), _change(team.bank, change, numbers))


def _change(bank: Bank, change: WhatIf, numbers: Mapping[str, str]) -> Iterator[Block]:
    if change.answers:
        yield Points(
            [
                _(
                    "Question {number}, {name}: from “{before}” to “{after}”",
                    number=answer.question_number,
                    name=answer.label,
                    before=answer.before,
                    after=answer.after,
                )
                for answer in change.answers
            ]
        )
    else:
        yield _("That is what the answers say today, so nothing changes.")
    yield _("Before: {result}.", result=_result(bank, change.before))
    yield _("After: {result}.", result=_result(bank, change.after))
    starts = band_starts(bank)
    columns = (Column(_("Part"), share=4, row_header=True), *of_numbers(_("Before"), _("After")))
    rows = [
        (before.title, in_words(before.score, starts), in_words(after.score, starts))
        for before, after in zip(change.before.domains, change.after.domains, strict=True)
    ]
    yield Table(columns, rows)
    gained = n_("Comes into the plan: {count} action", "Comes into the plan: {count} actions", len(change.gained))
    lost = n_("Leaves the plan: {count} action", "Leaves the plan: {count} actions", len(change.lost))
    for words, actions in ((gained, change.gained), (lost, change.lost)):
        if actions:
            named = [f"{unended(one.title)} ({one.about})" if one.about else one.title for one in actions]
            points: list[Line] = [
                _numbered(numbers.get(one.id, ""), name) for one, name in zip(actions, named, strict=True)
            ]
            yield Heading(words, 2)
            yield Points(points)


def _result(bank: Bank, score: Score) -> str:
    if score.band is None:
        return _("no score")
    told = _(
        "{band}, {score} out of 100", band=score.band.label, score=in_words(score.overall.score, band_starts(bank))
    )
    if not score.band.held_by:
        return told
    names = listed([bank.question_by_id[name].name for name in score.band.held_by], _("and"))
    held = _("held back by {names}", names=names)
    return f"{told}, {held}"
