"""The sheet of a report's workbook that says where views differ."""

from collections.abc import Iterator, Sequence

from readiness.language import N_, _
from readiness.report.differences import ENOUGH
from readiness.report.model import DifferenceView, ViewsView

VIEWS = (
    (N_("No."), 6),
    (N_("What"), 30),
    (N_("Who"), 24),
    (N_("People"), 8),
    (N_("People at each step, from step 1"), 20),
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
"""Headings, and widths in characters."""

_Row = Sequence[str | int | float | None]
_WIDE = len(VIEWS)


def view_rows(views: ViewsView, parts: Sequence[str]) -> Iterator[_Row]:
    """Yield what is told, the scores of each group, and a row for each question and each group that answered it.

    ``parts`` are the domains' titles.
    """
    for told in views.told:
        yield _padded(None, _("Who answered"), None, None, None, told)
    yield _padded(None, _("What differences mean"), None, None, None, views.meaning)
    yield _padded(None, _("What is called one"), None, None, None, views.measure)
    for group in views.groups:
        scores = zip((_("Overall"), *parts), (group.overall, *group.domains), strict=True)
        words = "\n".join(f"{part}: {score}" for part, score in scores)
        yield _padded(None, _("Scores from 0 to 100"), group.who, group.n, None, words)
    if views.groups:
        yield _padded(None, _("Scores from 0 to 100"), None, None, None, views.groups_note)
    for one in views.questions:
        yield from _question(one)


def _question(one: DifferenceView) -> Iterator[_Row]:
    first = one.rows[0] if one.rows else None
    yield (
        one.number,
        one.label,
        first.who if first else None,
        one.n,
        first.text if first else None,
        one.said,
        "\n".join(one.gaps),
        one.prompt,
        "\n".join(one.look_at),
        one.question,
        *(_measured(measure, one.n) for measure in (one.mean, one.sd, one.r_wg, one.ad)),
        one.id,
    )
    for row in one.rows[1:]:
        yield _padded(one.number, one.label, row.who, row.n, row.text)


def _measured(measure: float | None, n: int) -> float | None:
    """Return a measure; None where so few answered that it says nothing."""
    return measure if n >= ENOUGH else None


def _padded(*cells: str | float | None) -> _Row:
    return (*cells, *(None for _cell in range(_WIDE - len(cells))))
