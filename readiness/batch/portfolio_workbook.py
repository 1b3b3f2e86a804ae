"""The portfolio as a workbook: all teams, and each team that an action serves, to filter and to count in."""

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction

from readiness.batch.portfolio_model import Portfolio
from readiness.batch.spread import BINS
from readiness.document.table_workbook import Columns, DataSheet, Imprint, Value, data_workbook
from readiness.language import _, n_
from readiness.theme.theme import Theme

_PRINTED = 12
"""Columns of a sheet that are printed."""


def portfolio_xlsx(portfolio: Portfolio, theme: Theme) -> bytes:
    """Return the portfolio as an XLSX workbook. The same portfolio gives the same bytes."""
    title, author = f"{portfolio.title} {portfolio.name}", theme.name or portfolio.name
    day = dt.date.fromisoformat(portfolio.date) if portfolio.date else None
    imprint = Imprint(title, author, portfolio.name, portfolio.date_text or "", day)
    return data_workbook(_sheets(portfolio, theme), imprint, theme, streamed=True)


def _sheets(portfolio: Portfolio, theme: Theme) -> Iterator[DataSheet]:
    scores = slice(3, 4 + len(portfolio.domains))
    for name, columns, rows, shaded in (
        (_("Summary"), ((_("What"), 44), (_("Value"), 90)), _summary(portfolio, theme), None),
        (_("Teams"), _team_columns(portfolio), _teams(portfolio), scores),
        (_("How the scores lie"), _spread_columns(), _spreads(portfolio), None),
        (_("Kinds of team"), _kind_columns(portfolio), _kinds(portfolio), scores),
        (_("What is needed"), _gate_columns(), _gates(portfolio), None),
        (_("Questions"), _question_columns(portfolio), _questions(portfolio), None),
        (_("Actions"), _action_columns(), _actions(portfolio), None),
        (_("Teams and actions"), _served_columns(portfolio), _served(portfolio), None),
        (_("Does the team matter"), _level_columns(), _level(portfolio), None),
    ):
        yield DataSheet(name, columns, rows, shaded, _PRINTED)


def _summary(portfolio: Portfolio, theme: Theme) -> Iterator[Sequence[Value]]:
    words = portfolio.sentences
    yield _("About"), portfolio.title
    yield _("Together"), portfolio.name
    yield _("Newest answers"), portfolio.date_text
    if theme.name:
        yield _("Report by"), f"{theme.name}. {theme.contact}" if theme.contact else theme.name
    if theme.footer:
        yield _("Note"), theme.footer
    if portfolio.draft:
        yield _("Note"), portfolio.draft
    yield _("Teams"), len(portfolio.rows)
    yield _("Organisations"), portfolio.organisations
    yield _("People who answered"), portfolio.respondents
    for band in portfolio.bands:
        name = _("{band}: from {start}", band=band.label, start=f"{band.start:g}")
        yield (
            name,
            _("{count} teams, {provisional} of them provisional", count=band.teams, provisional=band.provisional),
        )
    yield _("No score yet, as too little is known"), portfolio.unscored.teams
    for voice in portfolio.voices_missing:
        name = _("None of the {who} has answered", who=voice.label)
        yield name, _("{count} of the {all} teams that need to hear them", count=voice.teams, all=voice.of)
    for one in portfolio.voices:
        yield (
            _("Who answered"),
            n_("{people} (in {count} team)", "{people} (in {count} teams)", one.teams, people=one.label),
        )
    yield _("A higher band is held back"), portfolio.held
    yield _("Not a ranking"), _("Teams stand in the order given. What a team is asked depends on where it starts.")
    yield from ((_("How the score works"), paragraph) for paragraph in words.score[:2])
    yield _("What this is not"), f"{words.not_validated} {words.claim}"
    for source in portfolio.sources:
        yield _("Source {number}", number=source.number), " ".join(filter(None, (source.citation, source.url)))
    yield _("Made with"), words.made_with


def _team_columns(portfolio: Portfolio) -> Columns:
    parts = (_("Overall"), *portfolio.domains)
    return (
        (_("Team"), 36),
        (_("Organisation"), 34),
        (_("People"), 8),
        *((part, 11) for part in parts),
        (_("Band"), 16),
        (_("Provisional"), 11),
        (_("Held back by"), 44),
        (_("Nobody answered of"), 24),
        *((asked, 24) for asked in portfolio.profile),
        *((_("{part}: low", part=part), 9) for part in parts),
        *((_("{part}: high", part=part), 9) for part in parts),
        (_("Files"), 48),
    )


def _teams(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    bands = {band.id: band.label for band in portfolio.bands}
    labels = {question.id: question.label for question in portfolio.questions}
    roles = {voice.role: voice.label for voice in portfolio.voices_missing}
    for row in portfolio.rows:
        yield (
            row.team,
            row.organisation,
            row.respondents,
            *(_whole(portfolio, cell.score, at) for at, cell in enumerate(row.cells)),
            bands[row.band] if row.band else _("No score yet"),
            _("yes") if row.provisional else None,
            "; ".join(labels[name] for name in row.held_by),
            "; ".join(roles[role] for role in row.voices_missing),
            *row.profile,
            *(_whole(portfolio, cell.low, at) for at, cell in enumerate(row.cells)),
            *(_whole(portfolio, cell.high, at) for at, cell in enumerate(row.cells)),
            row.slug,
        )


def _whole(portfolio: Portfolio, score: Fraction | float | None, part: int) -> int | None:
    """Return a score as people see it, as a number to sort and to filter by."""
    return None if score is None else int(portfolio.number(score, part))


def _spread_columns() -> Columns:
    width = 100 // BINS
    return (
        (_("Part"), 36),
        (_("Teams"), 8),
        (_("No score"), 8),
        (_("Not firm"), 8),
        (_("Lowest"), 9),
        (_("A quarter below"), 9),
        (_("Middle"), 9),
        (_("A quarter above"), 9),
        (_("Highest"), 9),
        *((_("From {start}", start=at * width), 6) for at in range(BINS)),
    )


def _spreads(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    for part, each in enumerate((portfolio.overall, *portfolio.spreads)):
        marks = (each.lowest, each.quarter, each.middle, each.three_quarters, each.highest)
        shown = (_whole(portfolio, mark, part) for mark in marks)
        yield each.title, each.teams, each.none, each.open, *shown, *each.bins


def _kind_columns(portfolio: Portfolio) -> Columns:
    parts = ((_("{part}: middle", part=part), 11) for part in (_("Overall"), *portfolio.domains))
    return (_("What is known of a team"), 44), (_("Kind"), 44), (_("Teams"), 8), *parts


def _kinds(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    blank = (None,) * (1 + len(portfolio.domains))
    for grouping in portfolio.groupings:
        for group in grouping.groups:
            middles = (_whole(portfolio, each, part) for part, each in enumerate(group.middles))
            yield grouping.title, group.label, group.teams, *middles
        if grouping.hidden:
            yield (
                grouping.title,
                _("Not shown: groups of fewer than {least}", least=portfolio.least),
                grouping.hidden,
                *blank,
            )


def _gate_columns() -> Columns:
    return (
        (_("What is needed"), 36),
        (_("The minimum"), 60),
        (_("Below it"), 9),
        (_("Not known"), 9),
        (_("Teams"), 9),
        (_("Id"), 26),
    )


def _gates(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    for gate in portfolio.gates:
        yield gate.label, gate.needs, gate.closed, gate.unknown, gate.teams, gate.id


def _question_columns(portfolio: Portfolio) -> Columns:
    steps = max((len(question.steps) for question in portfolio.questions), default=0)
    return (
        (_("What"), 34),
        (_("Question"), 50),
        (_("Kind"), 12),
        (_("Teams"), 8),
        (_("Not known"), 8),
        (_("Set aside"), 8),
        (_("Below the middle"), 9),
        *((_("Step {step}", step=step + 1), 8) for step in range(steps)),
        (_("Whom to ask"), 44),
        (_("Id"), 26),
    )


def _questions(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    most = max((len(question.steps) for question in portfolio.questions), default=0)
    for question in portfolio.questions:
        yield (
            question.label,
            question.question,
            _("Barrier") if question.barrier else _("Facilitator"),
            question.teams,
            question.unknown,
            question.set_aside,
            question.weak,
            *question.steps,
            *(None for _step in range(most - len(question.steps))),
            question.who_knows,
            question.id,
        )


def _action_columns() -> Columns:
    return (
        (_("What to do"), 40),
        (_("Teams it serves"), 9),
        (_("Of"), 8),
        (_("It holds a band back in"), 11),
        (_("Policy or money"), 10),
        (_("Details"), 60),
        (_("Who"), 22),
        (_("When"), 20),
        (_("Effort"), 26),
        (_("How you will know"), 40),
        (_("For"), 30),
        (_("Id"), 30),
    )


def _actions(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    for action in portfolio.actions:
        yield (
            action.title,
            action.teams,
            action.of,
            action.holds,
            _("yes") if action.is_policy else None,
            action.detail,
            action.owner,
            action.horizon,
            action.effort,
            action.sign,
            action.label,
            action.id,
        )


def _served_columns(portfolio: Portfolio) -> Columns:
    actions = ((f"{action.title} ({action.id})", 14) for action in portfolio.actions)
    return (_("Team"), 36), (_("Organisation"), 30), *actions


def _served(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    """Yield a row for each team, with a mark under each action that serves it: filter a column to see its teams."""
    served = [list[int]() for _row in portfolio.rows]
    for at, action in enumerate(portfolio.actions):
        for row in action.rows:
            served[row].append(at)
    for team, marked in zip(portfolio.rows, served, strict=True):
        marks: list[Value] = [None] * len(portfolio.actions)
        for at in marked:
            marks[at] = _("yes")
        yield team.team, team.organisation, *marks


def _level_columns() -> Columns:
    return (
        (_("Score"), 36),
        (_("People"), 9),
        (_("Teams"), 9),
        ("ICC(1)", 9),
        ("ICC(2)", 9),
        (_("Does the team matter?"), 40),
        (_("Is a team’s score firm?"), 40),
    )


def _level(portfolio: Portfolio) -> Iterator[Sequence[Value]]:
    level = portfolio.level
    for score in level.scores:
        yield score.title, score.people, score.teams, score.between, score.firmness, score.matters, score.firm
    if not level.scores:
        why = _("It takes at least {least} teams in which several people answered.", least=level.least)
        yield why, level.people, level.teams, None, None, None, None
