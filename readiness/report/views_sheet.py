"""The sheet of a report's workbook that says where views differ."""

from collections.abc import Iterator, Sequence

from readiness.language import N_, _
from readiness.report.model import DifferenceView, ViewsView
from readiness.report.spread_words import ENOUGH

_Row = Sequence[str | int | float | None]
_BEFORE = (
    (N_("No."), 6),
    (N_("What"), 30),
    (N_("Who"), 24),
    (N_("People"), 8),
    (N_("Score"), 9),
)
_AFTER = (
    (N_("In words"), 34),
    (N_("Between groups"), 44),
    (N_("To talk about"), 48),
    (N_("To look at together"), 44),
    (N_("Question"), 44),
    (N_("Mean step"), 9),
    (N_("SD"), 8),
    (N_("r_wg"), 8),
    (N_("AD"), 8),
    (N_("Id"), 26),
)
"""Headings, and widths in characters: before the columns of people at each step, and after them."""


def view_columns(views: ViewsView) -> Sequence[tuple[str, int]]:
    """Return the headings of the columns, with their widths in characters; one for the people at each step."""
    steps = [(_("Step {step}", step=number), 8) for number in range(1, _steps(views) + 1)]
    return [*((_(heading), width) for heading, width in _BEFORE), *steps, *((_(one), width) for one, width in _AFTER)]


def view_rows(views: ViewsView, parts: Sequence[str]) -> Iterator[_Row]:
    """Yield what is told, each group's scores, and a row for each question and group.

    Each number has a cell of its own, so that it can be sorted and counted. ``parts`` are the domains' titles.
    """
    steps = _steps(views)

    def row(what: str, words: str | None, *before: str | int | None) -> _Row:
        return _filled([None, what, *before], [words], steps)

    for told in views.told:
        yield row(_("Who answered"), told)
    yield row(_("What differences mean"), views.meaning)
    yield row(_("What is called one"), views.measure)
    for group in views.groups:
        for part, score in zip((_("Overall"), *parts), (group.overall, *group.domains), strict=True):
            number, stands_on, known = score.partition(" (")
            words = _("Scores from 0 to 100") + stands_on + known
            yield row(part, words, group.who, group.n, int(number) if number.isdecimal() else number)
    if views.groups:
        yield row(_("Scores from 0 to 100"), views.groups_note)
    for one in views.questions:
        yield from _question(one, steps)


def _steps(views: ViewsView) -> int:
    """Return how many steps the question with the most of them has, of those whose answers are shown."""
    return max((len(row.counts) for one in views.questions for row in one.rows), default=0)


def _question(one: DifferenceView, steps: int) -> Iterator[_Row]:
    first = one.rows[0] if one.rows else None
    yield _filled(
        [one.number, one.label, first.who if first else None, one.n],
        [
            one.said,
            "\n".join(one.gaps),
            one.prompt,
            "\n".join(one.look_at),
            one.question,
            *(_measured(measure, one.n) for measure in (one.mean, one.sd, one.r_wg, one.ad)),
            one.id,
        ],
        steps,
        first.counts if first else (),
    )
    for row in one.rows[1:]:
        yield _filled([one.number, one.label, row.who, row.n], [], steps, row.counts)


def _measured(measure: float | None, n: int) -> float | None:
    """Return a measure; None if so few answered that it says nothing."""
    return measure if n >= ENOUGH else None


def _filled(
    before: Sequence[str | int | None], after: Sequence[str | float | None], steps: int, counts: Sequence[int] = ()
) -> _Row:
    """Return a row of all columns; those that are not given are empty."""
    return (*_padded(before, len(_BEFORE)), *_padded(counts, steps), *_padded(after, len(_AFTER)))


def _padded(cells: _Row, width: int) -> _Row:
    return (*cells, *(None for _cell in range(width - len(cells))))
