"""What the spread of people's answers to a question looks like, in words, and what to ask about it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from readiness.language import N_, _, n_
from readiness.scoring.by_role import Heard
from readiness.scoring.spread import Spread
from readiness.scoring.standing import APART_STEPS, DECIDE, low_median
from readiness.text import listed

APART, CLOSE = Fraction(1, 2), Fraction(7, 10)
"""Up to ``APART`` an r_wg means weak agreement or none, above ``CLOSE`` a strong one (LeBreton and Senter 2008)."""
ENOUGH = 5
"""From so many answers on, closeness is called agreement: of fewer, it may be chance."""
MIDDLE = Fraction(4, 5)
"""From this share of answers in the middle on, agreement may be a way not to choose."""
_CAMP = 2
"""How many people make a camp: one person alone is never pointed out."""
ONE_EXAMPLE = N_(
    "Ask each group for one example from the last few months, Peer Workers first and among themselves. What does each "
    "group see that the others do not?"
)
TWO_SIDES = N_(
    "Do people have different teams, or different times, in mind? Hear an example from each side before you look at "
    "the steps again."
)
IN_MIND = N_(
    "Hear what lies behind the answers: first from Peer Workers among themselves, then from the others. Then read the "
    "steps again together. Nobody has to explain their answer before their managers."
)
SHOW_IT = N_(
    "What would you show to somebody who asked to see it? If that is hard to say, the middle may have been the safe "
    "choice."
)


def spread_in_words(heard: Heard, *, by_group: bool) -> Iterator[str]:
    """Yield what the answers look like; and if groups are shown elsewhere but not here, that they are not."""
    spread = heard.spread
    if spread is None:
        few = _("Too few people gave a level, so it is not shown which.")
        yield few if heard.n else _("Nobody gave a level.")
        return
    agreement = spread.r_wg or Fraction(0)
    apart = _standing_apart(spread)
    if agreement > CLOSE:
        yield apart or _close_in_words(spread)
        return
    yield _apart_in_words(spread) if agreement <= APART else _("Views differ.")
    if apart and agreement > APART:
        yield apart
    if not by_group:
        yield _("Too few answered to show this by role.")


def _standing_apart(spread: Spread) -> str:
    """Return how many people chose a step two or more from where the question stands; "" if nobody did."""
    if spread.n < DECIDE:
        return ""
    at = low_median(spread.counts)
    low = sum(spread.counts[: max(at - APART_STEPS + 1, 0)])
    high = sum(spread.counts[at + APART_STEPS :])
    said = []
    if low:
        said.append(
            n_("{count} of {n} chose a step much lower", "{count} of {n} chose a step much lower", low, n=spread.n)
        )
    if high:
        said.append(
            n_("{count} of {n} chose a step much higher", "{count} of {n} chose a step much higher", high, n=spread.n)
        )
    if not said:
        return ""
    middle = _("The middle answer is step {step}", step=at + 1)
    who = listed(said, _("and"))
    return f"{middle}; {who}."


def _apart_in_words(spread: Spread) -> str:
    if _in_camps(spread):
        return _("Answers fall into two groups, with nobody in between.")
    low, *_between, high = _chosen(spread)
    return _("Views lie far apart, from step {low} to step {high}.", low=low, high=high)


def _close_in_words(spread: Spread) -> str:
    if spread.n < ENOUGH:
        return _("Too few answers to call this agreement.")
    if _in_the_middle(spread):
        if sum(_middle(spread)) == spread.n:
            return _("Everybody chose the middle. That can be agreement, or a way not to choose.")
        return _("Nearly everybody chose the middle. That can be agreement, or a way not to choose.")
    first, *more = _chosen(spread)
    return _("Views lie close together.") if more else _("Everybody chose step {step}.", step=first)


def _chosen(spread: Spread) -> list[int]:
    """Return the steps (from 1) that anybody chose, lowest first."""
    return [at for at, count in enumerate(spread.counts, start=1) if count]


def _in_camps(spread: Spread) -> bool:
    """Return whether nobody chose a step between two sides with some people each."""
    counts = spread.counts
    return any(
        counts[at] == 0 and sum(counts[:at]) >= _CAMP and sum(counts[at + 1 :]) >= _CAMP
        for at in range(1, len(counts) - 1)
    )


def _middle(spread: Spread) -> Sequence[int]:
    """Return how many chose each middle step: one of an odd number of steps, two of an even."""
    count = len(spread.counts)
    return spread.counts[(count - 1) // 2 : count // 2 + 1]


def _in_the_middle(spread: Spread) -> bool:
    """Return whether nearly all answers are in the middle."""
    middle = _middle(spread)
    return len(middle) < len(spread.counts) and sum(middle) >= MIDDLE * spread.n


def spread_prompt(spread: Spread, *, gaps: bool) -> str | None:
    """Return what to ask about the spread; None if nothing. ``gaps``: groups lie apart."""
    agreement = spread.r_wg or Fraction(0)
    if gaps:
        return _(ONE_EXAMPLE)
    if agreement <= APART:
        return _(TWO_SIDES if _in_camps(spread) else IN_MIND)
    return _(SHOW_IT) if spread.n >= ENOUGH and _in_the_middle(spread) else None
