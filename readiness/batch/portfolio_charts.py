"""Charts of many teams, drawn as those of one: SVG without text, with literal colours and a title that says it all."""

from readiness.batch.portfolio_model import ScoreSpread
from readiness.document.charts import box, path, svg
from readiness.language import _, n_
from readiness.theme.theme import Theme

_HEIGHT = 34.0
_LETTERS = "abcde"


def histogram(spread: ScoreSpread, tallest: int, theme: Theme, width: float = 240) -> str:
    """Return how many teams lie where from 0 to 100. ``tallest``: the count that is drawn at full height."""
    wide = width / len(spread.bins)
    shapes = "".join(
        path(f"M{width * quarter / 4:g} 0V{_HEIGHT:g}", f'stroke="{theme.line}" stroke-width="0.6" fill="none"')
        for quarter in (1, 2, 3)
    )
    for at, count in enumerate(spread.bins):
        if count:
            high = max(count / tallest * (_HEIGHT - 2), 1)
            shapes += box(at * wide + 0.6, _HEIGHT - high, wide - 1.2, high, f'fill="{theme.accent}"')
    shapes += path(f"M0 {_HEIGHT:g}H{width:g}", f'stroke="{theme.ink}" stroke-width="1" fill="none"')
    if spread.middle is not None:
        at_middle = spread.middle * width / 100
        shapes += path(
            f"M{at_middle:g} {_HEIGHT + 1:g}L{at_middle - 4:g} {_HEIGHT + 7:g}H{at_middle + 4:g}Z",
            f'fill="{theme.ink}"',
        )
    return svg(width, _HEIGHT + 8, in_words(spread), shapes)


def in_words(spread: ScoreSpread) -> str:
    """Return what a histogram shows."""
    each = len(spread.bins) // 5
    fifths = [sum(spread.bins[at : at + each]) for at in range(0, len(spread.bins), each)]
    counts = ", ".join(map(str, fifths))
    return n_(
        "{count} team. From 0 to 100, in steps of 20: {counts}.",
        "{count} teams. From 0 to 100, in steps of 20: {counts}.",
        spread.teams,
        counts=counts,
    )


def share(count: int, of: int, theme: Theme, unknown: int = 0, width: float = 190) -> str:
    """Return how many of ``of`` there are as a bar; behind it, hollow, those of which it is not known."""
    unit = (width - 1) / of if of else 0
    shapes = box(0.5, 0.5, width - 1, 9, f'fill="{theme.paper}" stroke="{theme.line}"')
    if count:
        shapes += box(0.5, 0.5, count * unit, 9, f'fill="{theme.accent}"')
    if unknown:
        shapes += box(0.5 + count * unit, 0.5, unknown * unit, 9, f'fill="{theme.tint}" stroke="{theme.accent}"')
    title = _("{count} of {all}", count=count, all=of)
    if unknown:
        title += ". " + _("Not known: {count}.", count=unknown)
    return svg(width, 10, title, shapes)


def shade_of_share(count: int, of: int) -> str:
    """Return the letter of the shade for ``count`` of ``of``, from "a" (none) to "e" (four fifths or more)."""
    return _LETTERS[min(count * 5 // of, 4)] if of else _LETTERS[0]
