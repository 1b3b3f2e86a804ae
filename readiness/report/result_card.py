"""The result at a glance: the band reached, the score and where it lies among the bands."""

from collections.abc import Sequence

from readiness.bank.model import Bank
from readiness.document.blocks import ResultCard, ScaleMark
from readiness.document.charts import ScaleChart
from readiness.document.values import BandView, ScoreView
from readiness.language import _
from readiness.scoring.model import Score


def bands_of(bank: Bank, score: Score) -> tuple[BandView, ...]:
    """Return the bands from 0 to 100, and which of them is reached."""
    ends = [*(float(band.start) for band in bank.bands[1:]), 100.0]
    return tuple(
        BandView(
            id=band.id,
            label=band.label,
            meaning=band.meaning,
            start=band.start,
            end=end,
            reached=score.band is not None and score.band.id == band.id,
        )
        for band, end in zip(bank.bands, ends, strict=True)
    )


def result_card(title: str, overall: ScoreView, bands: Sequence[BandView], notes: Sequence[str] = ()) -> ResultCard:
    """Return the card; without a score it says so, and has neither a number nor what that is out of."""
    band = next((band for band in bands if band.reached), None)
    scored = overall.score is not None
    return ResultCard(
        title=title,
        label=band.label if band else _("No score yet"),
        meaning=band.meaning if band else "",
        number=overall.text if scored else None,
        unit=_("out of 100") if scored else "",
        range=_("{range}, for what is not known", range=overall.range_text) if overall.is_open else "",
        scale=ScaleChart(overall, bands),
        marks=[
            ScaleMark(_("{band}: from {start}", band=one.label, start=f"{one.start:g}"), one.reached) for one in bands
        ],
        notes=notes,
    )
