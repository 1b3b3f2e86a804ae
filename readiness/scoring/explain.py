"""Reasons for a score and a band, in plain sentences."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from readiness.assessment.roles import role_of_many
from readiness.bank.band import Band
from readiness.bank.fields import exact
from readiness.bank.model import Bank
from readiness.language import _, n_
from readiness.scoring.model import Gate, Score, State
from readiness.scoring.rounding import HUNDRED, in_words
from readiness.text import listed

NAMED = 6
"""How many questions are named in a sentence."""


def band_starts(bank: Bank) -> tuple[Fraction, ...]:
    """Return the scores that bands start at, but for the lowest."""
    return tuple(exact(band.start) for band in bank.bands[1:])


def explain(bank: Bank, score: Score) -> tuple[str, ...]:
    """Return what to know of the result, first what limits it most: one sentence or two each."""
    found = (
        unheard(bank, score),
        too_little_known(bank, score),
        _why(bank, score),
        held(bank, score),
        _open(bank, score),
        set_aside(bank, score),
        _provisional(score),
    )
    return tuple(sentence for sentence in found if sentence)


def unheard(bank: Bank, score: Score) -> str:
    """Return whom a result can't do without and nobody heard, and what to do; empty if all were heard."""
    if not score.voices_missing:
        return ""
    who = _listed([role_of_many(role, bank.roles) for role in score.voices_missing])
    return _(
        "None of your {who} has answered. Only they can say how it is for them, so the highest band is not reached "
        "without them. Ask them to answer before you act on this.",
        who=who,
    )


def too_little_known(bank: Bank, score: Score) -> str:
    """Return that there is no score, and why; empty if there is one."""
    if not score.too_little_known:
        return ""
    coverage = score.coverage
    known = _(
        "There is no score yet, as too little is known: {known} of {asked} questions.",
        known=coverage.answered,
        asked=coverage.applicable + coverage.not_applicable,
    )
    needs = _(
        "It takes {overall} in 100 of what is asked, and {domain} in 100 of each part.",
        overall=in_words(HUNDRED * exact(bank.enough.overall), ()),
        domain=in_words(HUNDRED * exact(bank.enough.domain), ()),
    )
    short = [f"“{domain.title}”" for domain in score.domains if domain.score is None]
    parts = " " + _("Too little is known of {parts}.", parts=_listed(short)) if short else ""
    return f"{known} {needs}{parts}"


def _why(bank: Bank, score: Score) -> str:
    if score.overall.score is None:
        return ""
    number = in_words(score.overall.score, band_starts(bank))
    reached = reached_band(bank, score)
    above = next((upper for lower, upper in pairwise(bank.bands) if lower.id == reached.id), None)
    said = {"score": number, "band": reached.label, "start": f"{reached.start:g}"}
    if above is None:
        return _("The score is {score} out of 100. “{band}” starts at {start}.", **said)
    return _(
        "The score is {score} out of 100. “{band}” starts at {start}, “{above}” at {above_start}.",
        above=above.label,
        above_start=f"{above.start:g}",
        **said,
    )


def reached_band(bank: Bank, score: Score) -> Band:
    """Return the band that the score alone would reach, with no gate closed and every voice heard."""
    overall = score.overall.score or 0
    return [band for band in bank.bands if exact(band.start) <= overall][-1]


def held(bank: Bank, score: Score) -> str:
    """Return which gates hold a band back, or will; empty if none does."""
    held_by = score.band.held_by if score.band else ()
    if held_by:
        return " ".join(_held(bank, score, held_by))
    shut = [question.id for question in score.questions if question.gate in (Gate.CLOSED, Gate.UNKNOWN)]
    if score.band is None or not shut:
        return ""
    above = bank.bands[bank.bands.index(reached_band(bank, score)) + 1 :]
    gated = next((band for band in above if band.gated), None)
    if gated is None:
        return ""
    return _("“{band}” will also need: {names}.", band=gated.label, names=_named(bank, shut))


def _held(bank: Bank, score: Score, held_by: Iterable[str]) -> Iterator[str]:
    band, gates = reached_band(bank, score).label, {question.id: question.gate for question in score.questions}
    closed, unknown = ([name for name in held_by if gates[name] is gate] for gate in (Gate.CLOSED, Gate.UNKNOWN))
    if closed:
        yield n_(
            "“{band}” is held back until this is in place: {names}.",
            "“{band}” is held back until these are in place: {names}.",
            len(closed),
            band=band,
            names=_named(bank, closed),
        )
    if unknown:
        yield n_(
            "“{band}” is held back until it is known that this is in place: {names}.",
            "“{band}” is held back until it is known that these are in place: {names}.",
            len(unknown),
            band=band,
            names=_named(bank, unknown),
        )


def _named(bank: Bank, questions: Iterable[str]) -> str:
    return _listed([f"“{bank.question_by_id[name].name}”" for name in questions])


def _listed(words: list[str]) -> str:
    return listed(words, _("and"))


def names_in_short(names: Iterable[str]) -> str:
    """Return names in quotes, the first few of them and how many more there are."""
    quoted = [f"“{name}”" for name in names]
    shown = quoted[:NAMED]
    if more := len(quoted) - len(shown):
        shown.append(n_("{count} more", "{count} more", more))
    return _listed(shown)


def _open(bank: Bank, score: Score) -> str:
    low, high = (in_words(bound, band_starts(bank)) for bound in (score.overall.low, score.overall.high))
    if score.overall.score is None or low == high:
        return ""
    what = open_in_words(score.coverage.unknown, score.coverage.unanswered)
    what = what or _("Not everybody knew every answer")
    return _("{what}. Allowing for that, the score is from {low} to {high}.", what=what, low=low, high=high)


def open_in_words(unknown: int, unanswered: int) -> str:
    """Return how many questions are not known, and not answered; empty if there is none."""
    parts = []
    if unknown:
        parts.append(n_("{count} question is not known", "{count} questions are not known", unknown))
    if unanswered:
        parts.append(n_("{count} question is not answered", "{count} questions are not answered", unanswered))
    return _listed(parts) if parts else ""


def set_aside(bank: Bank, score: Score) -> str:
    """Return which questions were set aside as not applying; empty if none was."""
    names = [
        bank.question_by_id[question.id].name for question in score.questions if question.state is State.NOT_APPLICABLE
    ]
    if not names:
        return ""
    return n_(
        "{count} question was set aside as not applying here: {names}.",
        "{count} questions were set aside as not applying here: {names}.",
        len(names),
        names=names_in_short(names),
    )


def _provisional(score: Score) -> str:
    if score.band and score.band.provisional:
        return _("The band is provisional: what is not known could change it.")
    return ""


def minimum_in_words(bank: Bank, question_id: str) -> str:
    """Return what a gate asks for: the text of the level at its minimum."""
    question = bank.question_by_id[question_id]
    level = question.level(question.minimum) if question.minimum is not None else None
    return level.text if level else ""
