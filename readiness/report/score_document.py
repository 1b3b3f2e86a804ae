"""Sets a score out as text for a terminal; where several people answered, with where their views differ."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from readiness.bank.model import Bank
from readiness.document.blocks import of_numbers, of_words
from readiness.document.terminal import drawn, table_of
from readiness.report.model import ViewsView
from readiness.scoring.explain import explain
from readiness.scoring.model import Range, Score
from readiness.scoring.rounding import in_words
from readiness.text import safe


def score_table(bank: Bank, score: Score, views: ViewsView | None) -> str:
    """Return the score as tables and sentences, and ``views`` below it, where there are any."""
    return drawn((*_score(bank, score), *(_views(score, views) if views else ())))


def _score(bank: Bank, score: Score) -> Iterator[RenderableType]:
    yield Text(safe(str(score.team)), style="bold")
    if score.band:
        meaning = next(band.meaning for band in bank.bands if band.id == score.band.id)
        yield Text(safe(f"{score.band.label}: {_range(score.overall)}"), style="bold cyan")
        yield Text(safe(meaning))
    yield ""
    yield from (Text(safe(sentence)) for sentence in explain(bank, score))
    yield ""
    table = table_of((*of_words("Part"), *of_numbers("Score", "From", "To", "Answered")))
    for domain in score.domains:
        answered = f"{domain.coverage.answered} of {domain.coverage.applicable}"
        table.add_row(Text(safe(domain.title)), *_cells(domain), answered)
    table.add_section()
    table.add_row(Text("What helps (facilitators)"), *_cells(score.facilitators), "")
    table.add_row(Text("What gets in the way, guarded against (barriers)"), *_cells(score.barriers), "")
    yield table
    yield ""
    yield Text("From and To: the lowest and highest the score could be, for what is not known.")


def _views(score: Score, views: ViewsView) -> Iterator[RenderableType]:
    yield ""
    yield Text("Where views differ", style="bold")
    yield from (Text(safe(sentence)) for sentence in views.told)
    if views.groups:
        yield ""
        yield _groups(score, views)
        yield ""
        yield Text(safe(views.groups_note))
    if views.questions:
        yield ""
        yield _questions(views)
        yield ""
        yield Text(safe(views.measure))


def _groups(score: Score, views: ViewsView) -> Table:
    table = table_of(
        (
            *of_words("The parts, as each group sees them"),
            *of_numbers(*(f"{group.who} ({group.n})" for group in views.groups)),
        )
    )
    for at, domain in enumerate(score.domains):
        table.add_row(Text(safe(domain.title)), *(group.domains[at] for group in views.groups))
    table.add_row(Text("Overall"), *(group.overall for group in views.groups))
    return table


def _questions(views: ViewsView) -> Table:
    """Return every question, the least agreement first: how many people chose each step, and that in words."""
    table = table_of((*of_words("Question"), *of_numbers("People")))
    table.add_column("At each step", no_wrap=True)
    table.add_column("In words")
    for one in views.questions:
        spread = one.rows[0].text if one.rows else ""
        words = safe(" ".join((one.said, *one.gaps)))
        table.add_row(Text(safe(f"{one.number}. {one.label}")), str(one.n), Text(spread), Text(words))
    return table


def _cells(part: Range) -> tuple[str, str, str]:
    return in_words(part.score), in_words(part.low), in_words(part.high)


def _range(part: Range) -> str:
    score, low, high = _cells(part)
    return f"{score} out of 100" if low == high else f"{score} out of 100 (it could be from {low} to {high})"
