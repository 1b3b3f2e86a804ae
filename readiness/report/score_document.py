"""Score of one team as a document; if several people answered, with where their views differ."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from readiness.bank.model import Bank
from readiness.document.blocks import Block, Document, Heading, Paragraph, Tone
from readiness.document.charts import BarChart
from readiness.document.tables import Column, Table, of_numbers, of_words
from readiness.document.values import score_view
from readiness.language import _, in_long
from readiness.report.differences import views
from readiness.report.model import ViewsView
from readiness.report.result_card import bands_of, result_card
from readiness.report.who_answered import answered_by, older_bank
from readiness.scoring.explain import band_starts, explain
from readiness.scoring.model import Range, Score
from readiness.scoring.rounding import in_words
from readiness.team import AssessedTeam


def score_document(team: AssessedTeam) -> Document:
    """Return the score of the team with its reasons; if several answered, with where their views differ below it."""
    bank, score, date, said = team.bank, team.score, team.date, views(team)
    return Document(
        title=str(score.team),
        kicker=bank.title,
        lines=[
            _("{date}. Answered by: {who}.", date=in_long(date), who=answered_by(bank, score.voices)),
            *filter(None, [older_bank(bank, team.assessments)]),
        ],
        running=f"{score.team}, {in_long(date)}",
        date=date,
        blocks=[*_score(bank, score), *(_views(score, said) if said else ())],
    )


def _score(bank: Bank, score: Score) -> Iterator[Block]:
    starts = band_starts(bank)
    yield result_card(_("The result"), score_view(score.overall, starts), bands_of(bank, score))
    yield from explain(bank, score)
    columns = (
        Column(_("Part"), share=34, row_header=True),
        Column(_("From 0 to 100"), share=30, drawn=True),
        *of_numbers(_("Score"), _("From"), _("To"), share=9),
        *of_numbers(_("Answered"), share=12),
    )
    rows = [
        _row(one.title, one, starts, _("{known} of {all}", known=one.coverage.answered, all=one.coverage.applicable))
        for one in score.domains
    ]
    rows.append(_row(_("What helps (facilitators)"), score.facilitators, starts))
    rows.append(_row(_("What gets in the way, guarded against (barriers)"), score.barriers, starts))
    yield Table(columns, rows, _("The score of each part, from 0 to 100"), "bars scores")
    yield Paragraph(_("From and To: the lowest and highest the score could be, for what is not known."), Tone.NOTE)


def _row(
    title: str, part: Range, starts: Sequence[Fraction], answered: str = ""
) -> tuple[str, BarChart, str, str, str, str]:
    score, low, high = (in_words(each, starts) for each in (part.score, part.low, part.high))
    return title, BarChart(score_view(part, starts)), score, low, high, answered


def _views(score: Score, said: ViewsView) -> Iterator[Block]:
    yield Heading(_("Where views differ"), 2)
    yield from said.told
    if said.groups:
        yield _groups(score, said)
        yield Paragraph(said.groups_note, Tone.NOTE)
    if said.questions:
        yield _questions(said)
        yield Paragraph(said.measure, Tone.NOTE)


def _groups(score: Score, said: ViewsView) -> Table:
    columns = (
        Column(_("The parts, as each group sees them"), share=3, row_header=True),
        *of_numbers(*(f"{group.who} ({group.n})" for group in said.groups)),
    )
    rows: list[Sequence[str]] = [
        (domain.title, *(group.domains[at] for group in said.groups)) for at, domain in enumerate(score.domains)
    ]
    rows.append((_("Overall"), *(group.overall for group in said.groups)))
    return Table(columns, rows, name="groups", together=True)


def _questions(said: ViewsView) -> Table:
    """Return every question, the least agreement first: how many people chose each step, and that in words."""
    columns = (
        Column(_("Question"), share=3, row_header=True),
        *of_numbers(_("People"), share=0.8),
        *of_words(_("At each step"), share=1.4),
        *of_words(_("In words"), share=4),
    )
    rows = [
        (
            f"{one.number}. {one.label}",
            str(one.n),
            one.rows[0].text if one.rows else "",
            " ".join((one.said, *one.gaps)),
        )
        for one in said.questions
    ]
    return Table(columns, rows)
