"""Says in plain sentences why a score and a band are what they are."""

from itertools import pairwise

from readiness.bank.model import Band, Bank, exact
from readiness.scoring.model import Gate, Score
from readiness.scoring.numbers import in_words
from readiness.text import counted, listed


def explain(bank: Bank, score: Score) -> tuple[str, ...]:
    """Return why the band is what it is, what holds it back, and what is not known: one sentence or two each."""
    if score.band is None or score.overall.score is None:
        return ("Nothing is scored yet. Answer at least one question with a level.",)
    return tuple(
        sentence for sentence in (_why(bank, score), _held(bank, score), _open(score), _provisional(score)) if sentence
    )


def _why(bank: Bank, score: Score) -> str:
    number = in_words(score.overall.score)
    reached = reached_band(bank, score)
    above = next((upper for lower, upper in pairwise(bank.bands) if lower.id == reached.id), None)
    start = f"The score is {number} out of 100. “{reached.label}” starts at {reached.start:g}"
    return f"{start}, “{above.label}” at {above.start:g}." if above else f"{start}."


def reached_band(bank: Bank, score: Score) -> Band:
    """Return the band that the score alone would reach, were no gate closed."""
    overall = score.overall.score or 0
    return [band for band in bank.bands if exact(band.start) <= overall][-1]


def _held(bank: Bank, score: Score) -> str:
    held_by = score.band.held_by if score.band else ()
    if held_by:
        names = listed([f"“{bank.question_by_id[name].name}”" for name in held_by])
        them = "this is" if len(held_by) == 1 else "these are"
        return f"“{reached_band(bank, score).label}” is held back until {them} in place: {names}."
    shut = [question.id for question in score.questions if question.gate in (Gate.CLOSED, Gate.UNKNOWN)]
    above = bank.bands[bank.bands.index(reached_band(bank, score)) + 1 :]
    gated = next((band for band in above if band.gated), None)
    if not shut or gated is None:
        return ""
    names = listed([f"“{bank.question_by_id[name].name}”" for name in shut])
    return f"“{gated.label}” will also need: {names}."


def _open(score: Score) -> str:
    coverage = score.coverage
    parts = []
    if coverage.unknown:
        parts.append(f"{counted(coverage.unknown, 'answer is', 'answers are')} not known")
    if coverage.unanswered:
        parts.append(f"{counted(coverage.unanswered, 'question is', 'questions are')} not answered")
    if not parts:
        return ""
    low, high = in_words(score.overall.low), in_words(score.overall.high)
    return f"{listed(parts)}, so the score could be anywhere from {low} to {high}."


def _provisional(score: Score) -> str:
    if score.band and score.band.provisional:
        return "The band is provisional: what is not known could change it."
    return ""


def minimum_in_words(bank: Bank, question_id: str) -> str:
    """Return what a gate asks for: the text of the level at its minimum."""
    question = bank.question_by_id[question_id]
    level = question.level(question.minimum) if question.minimum is not None else None
    return level.text if level else ""
