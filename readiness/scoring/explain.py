"""Says in plain sentences why a score and a band are what they are."""

from itertools import pairwise

from readiness.bank.model import Band, Bank, exact
from readiness.language import _, n_
from readiness.scoring.model import Gate, Score
from readiness.scoring.rounding import in_words
from readiness.text import listed


def explain(bank: Bank, score: Score) -> tuple[str, ...]:
    """Return why the band is what it is, what holds it back, and what is not known: one sentence or two each."""
    if score.band is None or score.overall.score is None:
        return (_("Nothing is scored yet. Answer at least one question with a level."),)
    return tuple(
        sentence for sentence in (_why(bank, score), held(bank, score), _open(score), _provisional(score)) if sentence
    )


def _why(bank: Bank, score: Score) -> str:
    number = in_words(score.overall.score)
    reached = reached_band(bank, score)
    above = next((upper for lower, upper in pairwise(bank.bands) if lower.id == reached.id), None)
    if above is not None and number == f"{above.start:g}":  # it was rounded up to what it has not reached
        number = _("just under {number}", number=number)
    said = {"score": number, "band": reached.label, "start": f"{reached.start:g}"}
    if above is None:
        return _("The score is {score} out of 100. “{band}” starts at {start}.", **said)
    above_start = f"{above.start:g}"
    return _(
        "The score is {score} out of 100. “{band}” starts at {start}, “{above}” at {above_start}.",
        above=above.label,
        above_start=above_start,
        **said,
    )


def reached_band(bank: Bank, score: Score) -> Band:
    """Return the band that the score alone would reach, were no gate closed."""
    overall = score.overall.score or 0
    return [band for band in bank.bands if exact(band.start) <= overall][-1]


def held(bank: Bank, score: Score) -> str:
    """Return which gates hold a band back, or will; empty where none does."""
    held_by = score.band.held_by if score.band else ()
    if held_by:
        names = _listed([f"“{bank.question_by_id[name].name}”" for name in held_by])
        return n_(
            "“{band}” is held back until this is in place: {names}.",
            "“{band}” is held back until these are in place: {names}.",
            len(held_by),
            band=reached_band(bank, score).label,
            names=names,
        )
    shut = [question.id for question in score.questions if question.gate in (Gate.CLOSED, Gate.UNKNOWN)]
    above = bank.bands[bank.bands.index(reached_band(bank, score)) + 1 :]
    gated = next((band for band in above if band.gated), None)
    if not shut or gated is None:
        return ""
    names = _listed([f"“{bank.question_by_id[name].name}”" for name in shut])
    return _("“{band}” will also need: {names}.", band=gated.label, names=names)


def _listed(words: list[str]) -> str:
    return listed(words, _("and"))


def _open(score: Score) -> str:
    coverage = score.coverage
    parts = []
    if coverage.unknown:
        parts.append(n_("{count} answer is not known", "{count} answers are not known", coverage.unknown))
    if coverage.unanswered:
        parts.append(n_("{count} question is not answered", "{count} questions are not answered", coverage.unanswered))
    if not parts:
        return ""
    low, high = in_words(score.overall.low), in_words(score.overall.high)
    what = _listed(parts)
    return _("{what}, so the score could be anywhere from {low} to {high}.", what=what, low=low, high=high)


def _provisional(score: Score) -> str:
    if score.band and score.band.provisional:
        return _("The band is provisional: what is not known could change it.")
    return ""


def minimum_in_words(bank: Bank, question_id: str) -> str:
    """Return what a gate asks for: the text of the level at its minimum."""
    question = bank.question_by_id[question_id]
    level = question.level(question.minimum) if question.minimum is not None else None
    return level.text if level else ""
