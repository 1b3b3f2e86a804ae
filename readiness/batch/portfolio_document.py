"""Portfolio of many teams as a document: what they have in common, told once for every format."""

import datetime as dt
from collections.abc import Iterator, Sequence

from readiness.batch.portfolio_heatmaps import barriers_section, kinds_section, map_section
from readiness.batch.portfolio_model import PooledAction, Portfolio, QuestionCount, TeamLevel
from readiness.batch.portfolio_summary import out_of, summary, unknown
from readiness.document.blocks import Block, Document, Heading, Paragraph, Points, Section, Tone
from readiness.document.charts import HistogramChart, ShareChart
from readiness.document.spans import Line, Look, Span, quiet, spans, strong
from readiness.document.tables import Cell, Column, Lines, Table, of_numbers, of_words
from readiness.language import _, n_

_LISTED = 12
"""Entries of a list; the workbook has all."""
_ACTIONS_ON_PAPER, _ACTIONS_ON_SCREEN = 12, 40
_BLIESE = (
    "Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J. Klein and S. W. J. "
    "Kozlowski (eds), Multilevel theory, research, and methods in organizations. Jossey-Bass."
)
_LEBRETON = (
    "LeBreton, J. M. and Senter, J. L. (2008). Answers to 20 questions about interrater reliability and interrater "
    "agreement. Organizational Research Methods 11(4), 815–852."
)


def portfolio_document(portfolio: Portfolio, *, screen: bool, large: bool = False) -> Document:
    """Return the portfolio as a document.

    ``screen``: a web page has room for more teams and actions than paper. ``large``: the print is so large that
    domains head their columns with numbers.
    """
    return Document(
        title=portfolio.name,
        kicker=portfolio.title,
        lines=[*_lines(portfolio)],
        about=_("What many teams have in common, and what to change for all of them"),
        running=f"{portfolio.name}, {portfolio.date_text}" if portfolio.date_text else portfolio.name,
        date=dt.date.fromisoformat(portfolio.date) if portfolio.date else None,
        author=portfolio.name,
        nav=_("In this report"),
        blocks=[*_sections(portfolio, screen=screen, large=large)],
    )


def _lines(portfolio: Portfolio) -> Iterator[Line]:
    told = n_("{count} team", "{count} teams", len(portfolio.rows))
    if portfolio.organisations > 1:
        told += ", " + n_("{count} organisation", "{count} organisations", portfolio.organisations)
    people = n_("Answered by {count} person.", "Answered by {count} people.", portfolio.respondents)
    newest = _("Newest answers: {date}.", date=portfolio.date_text) if portfolio.date_text else None
    yield spans(f"{told}.", people, newest)
    yield strong(portfolio.sentences.not_validated)
    if portfolio.draft:
        yield portfolio.draft


def _sections(portfolio: Portfolio, *, screen: bool, large: bool) -> Iterator[Section]:
    """Yield the parts that there is something to say in."""
    yield Section("summary", _("Where the teams are"), [*summary(portfolio)], shown=False, listed=False)
    yield Section("spread", _("How the scores lie"), [*_spread(portfolio, large=large)], new_page=True)
    if any(grouping.groups for grouping in portfolio.groupings):
        yield kinds_section(portfolio, large=large)
    yield map_section(portfolio, screen=screen, large=large)
    if portfolio.gates:
        yield Section("gates", _("What holds bands back"), [*_gates(portfolio)])
    if any(question.barrier for question in portfolio.questions):
        yield barriers_section(portfolio)
    if questions := unknown(portfolio):
        yield Section("open", _("What nobody knows"), [*_open(questions)])
    if portfolio.actions:
        shown = portfolio.actions[: _ACTIONS_ON_SCREEN if screen else _ACTIONS_ON_PAPER]
        blocks = [*_actions(shown, len(portfolio.actions) - len(shown), large=large)]
        yield Section("actions", _("One change, many teams"), blocks, kind="pooled")
    yield Section("level", _("Does it matter which team you ask?"), [*_level(portfolio.level, large=large)])
    yield Section("method", _("How the score works, and what it does not claim"), [*_method(portfolio)])


def _spread(portfolio: Portfolio, *, large: bool) -> Iterator[Block]:
    yield _(
        "Each bar is a stretch of five points. Its height is the number of teams, on the same scale for all parts. The "
        "mark is the middle: half of the teams lie below it."
    )
    spreads = (portfolio.overall, *portfolio.spreads)
    tallest = max((count for each in spreads for count in each.bins), default=0)
    columns = (
        Column(_("Part"), share=23 if large else 22, row_header=True),
        Column(_("Teams, from 0 to 100"), share=20 if large else 31, drawn=True),
        *of_numbers(
            _("A quarter below"),
            _("Middle"),
            _("A quarter above"),
            _("Teams"),
            _("Not firm"),
            share=11.4 if large else 9.4,
        ),
    )
    rows: list[Sequence[Cell]] = [
        (
            each.title,
            HistogramChart(each.bins, None if each.middle is None else float(each.middle), tallest),
            *(portfolio.number(value) for value in (each.quarter, each.middle, each.three_quarters)),
            f"{each.teams}",
            f"{each.open}",
        )
        for each in spreads
    ]
    yield Table(columns, rows, _("How many teams score what, for each part"), "spreads", wide=True)
    yield Paragraph(" ".join(_below_spread(portfolio)), Tone.NOTE)


def _below_spread(portfolio: Portfolio) -> Iterator[str]:
    yield _("Not firm: teams that do not know something, so that their score could be another.")
    if portfolio.overall.none:
        yield n_(
            "{count} team is not counted, as too little is known there.",
            "{count} teams are not counted, as too little is known there.",
            portfolio.overall.none,
        )
    if portfolio.overall.middle is None:
        yield _("With fewer than {least} teams, no middle is given.", least=portfolio.least)


def _gates(portfolio: Portfolio) -> Iterator[Block]:
    yield _(
        "The highest band needs each of these to reach a minimum. Filled: teams below it. Hollow: teams that do not "
        "know, or say that it does not apply."
    )
    columns = (
        Column(_("What is needed"), share=46, row_header=True),
        Column(_("Share of teams"), share=24, drawn=True),
        *of_numbers(_("Below it"), _("Not known"), _("Teams"), share=10),
    )
    rows = [
        (
            Lines([gate.label, quiet(gate.needs)]),
            ShareChart(gate.closed, gate.teams, gate.unknown),
            strong(f"{gate.closed}"),
            f"{gate.unknown}",
            f"{gate.teams}",
        )
        for gate in portfolio.gates
    ]
    yield Table(columns, rows, name="gates")


def _open(questions: list[QuestionCount]) -> Iterator[Block]:
    yield _(
        "“Don’t know” is a good answer: it shows what to find out. Where many teams do not know the same thing, one "
        "person may be able to tell them all."
    )
    columns = (
        Column(_("Question"), share=50, row_header=True),
        Column(_("Not known in"), share=13),
        Column(_("Whom to ask"), share=37),
    )
    rows = [
        (
            Lines([question.label, quiet(question.question)]),
            out_of(question.unknown, question.teams),
            question.who_knows or _("The people who do the work."),
        )
        for question in questions[:_LISTED]
    ]
    yield Table(columns, rows)


def _actions(actions: tuple[PooledAction, ...], more: int, *, large: bool) -> Iterator[Block]:
    yield _(
        "Each action stands once, with the teams it would take a step up. What serves most teams comes first. Make it "
        "once for all of them, at the level that can: a change of policy or of money is the organisation’s."
    )
    columns = (
        Column(_("No."), share=8 if large else 5, label=True),
        Column(_("What to do"), share=44 if large else 48, row_header=True),
        Column(_("Teams it serves"), share=31 if large else 30),
        Column(_("Who"), share=17),
    )
    rows = [
        (f"{at}", _what(action), _serves(action), Lines([action.owner, quiet(action.horizon)]))
        for at, action in enumerate(actions, start=1)
    ]
    yield Table(columns, rows, name="pooled")
    if more:
        told = _(
            "{count} more actions serve two teams or more. The workbook has them all, with the names of all teams.",
            count=more,
        )
        yield Paragraph(told, Tone.NOTE)


def _what(action: PooledAction) -> Lines:
    named = spans(strong(action.title), Span(_("policy or money"), Look.KEY) if action.is_policy else None)
    label, effort = _("For: {label}.", label=action.label), _("Effort: {effort}.", effort=action.effort)
    return Lines([named, action.detail, quiet(f"{label} {effort}")])


def _serves(action: PooledAction) -> Lines:
    held = n_("It holds a band back in {count} of them.", "It holds a band back in {count} of them.", action.holds)
    teams = ", ".join(action.named)
    if action.more:
        teams += " " + _("and {count} more", count=action.more)
    return Lines([strong(out_of(action.teams, action.of)), *([held] if action.holds else []), quiet(teams)])


def _left_out() -> str:
    return _(
        "A team does not count if its report shows a role and somebody gave no level to a question: that could give a "
        "person’s answer away."
    )


def _level(level: TeamLevel, *, large: bool) -> Iterator[Block]:
    if not level.scores:
        told = n_("In {count} team several people answered.", "In {count} teams several people answered.", level.teams)
        least = _(
            "It takes at least {least} such teams to say how much the team matters, without giving away what one "
            "person said.",
            least=level.least,
        )
        yield f"{told} {least} {_left_out()}"
        return
    yield _(
        "In {teams} teams several people answered, {people} in all. If people in one team say much the same, and "
        "people in different teams do not, then the team makes a difference, and its score says something.",
        teams=level.teams,
        people=level.people,
    )
    columns = (
        Column(_("Score"), share=22, row_header=True),
        *of_numbers(_("People"), _("Teams"), "ICC(1)", "ICC(2)", share=12 if large else 8.5),
        *of_words(_("Does the team matter?"), _("Is a team’s score firm?"), share=15 if large else 22),
    )
    rows = [
        (
            score.title,
            f"{score.people}",
            f"{score.teams}",
            _measure(score.between),
            _measure(score.firmness),
            score.matters,
            score.firm,
        )
        for score in level.scores
    ]
    yield Table(columns, rows, name="level")
    note = _(
        "ICC(1) is the share of the differences that lies between teams. ICC(2) is how far a team’s mean would come "
        "out the same with other people of the team; 0.7 is a usual mark (Bliese 2000; LeBreton and Senter 2008). With "
        "few teams both are rough."
    )
    note = f"{note} {_left_out()}"
    yield Paragraph(note, Tone.NOTE)


def _measure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _method(portfolio: Portfolio) -> Iterator[Block]:
    sentences = portfolio.sentences
    yield from sentences.score
    yield Points(
        [
            spans(strong(band.label + _(", from {start}.", start=f"{band.start:g}")), band.meaning)
            for band in portfolio.bands
        ]
    )
    yield sentences.bands
    yield _(
        "The middle and the quarters are of the teams’ scores: each team counts once, however many people answered in "
        "it."
    )
    yield spans(strong(sentences.not_validated), sentences.claim)
    yield Heading(_("Sources"))
    ours = [spans(one.citation, Span(one.url or "", link=one.url), quiet(one.about or "")) for one in portfolio.sources]
    yield Points([*ours, _BLIESE, _LEBRETON], numbered=True, name="sources")
    yield Paragraph(sentences.made_with, Tone.MADE)
