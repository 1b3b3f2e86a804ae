"""Whole sentences of ours that stand in a report in more than one format: each is written here, once."""

from collections.abc import Sequence
from typing import Any

from readiness.bank.action_words import ActionWords
from readiness.bank.model import Bank, Kind
from readiness.language import N_, _, n_
from readiness.report.model import Sentences
from readiness.text import listed

KEY_WORDS = {Kind.FACILITATOR: N_("Key facilitator"), Kind.BARRIER: N_("Key barrier")}
KIND_WORDS = {Kind.FACILITATOR: N_("Facilitator"), Kind.BARRIER: N_("Barrier")}

_SCORE = (
    N_(
        "Each answer counts from 0 (lowest level) to 100 (highest). A part’s score is the mean of its answers. The "
        "overall score is the mean of the parts. “Does not apply” is left out. “Don’t know” is left out of the score, "
        "and shown as a range: the lowest and highest the score could be."
    ),
    N_(
        "Barriers are asked the other way round, as how well you guard against them. So a higher number is always "
        "better."
    ),
    N_("The bands start at these scores:"),
)


def known_by(action: ActionWords[str, Any, Any]) -> str:
    """Return how people will know that the action worked; "" if nobody has said."""
    return f"You will know by: {action.sign}" if action.sign else ""


def sentences(bank: Bank, gates: Sequence[str], version: str, *, holds: bool) -> Sentences:
    """Return the sentences in the language that is spoken.

    ``gates`` names what must reach a minimum for a gated band; ``version`` is that of this program. ``holds`` says
    whether a step of the plan holds the next band back.
    """
    return Sentences(
        provisional=_("The band is provisional: what is not known could change it."),
        held=_("The score is high enough. These must be in place first:"),
        forces=_(
            "Under “What helps”, a long arrow is something well in place. Under “What gets in the way”, a long arrow "
            "is something that nobody guards against yet. Aim for long arrows in the first, and short ones in the "
            "second."
        ),
        guarded=_("Steps go up as a barrier is better guarded against."),
        nothing_known=_("Nothing is known yet."),
        first=_first(holds=holds),
        plan=_plan(holds=holds),
        worth=_("What a step is worth is in points of the overall score."),
        fill_in=_("Each step needs a name and a date."),
        nothing_to_plan=_("There is nothing left to plan: every question is at its highest level."),
        open=_(
            "“Don’t know” is a good answer: it shows what to find out. None of these counts as zero. They are why the "
            "score has a range."
        ),
        notes_left_out=_("Several people answered. Their notes are left out, because notes can hold personal data."),
        score=tuple(_(paragraph) for paragraph in _SCORE),
        bands=_bands(bank, gates),
        not_validated=_("This is a tool to plan with, not a validated measure."),
        claim=bank.caution
        or _(
            "The score predicts nothing, and it is not made for comparing services with each other. It is a way to "
            "talk about what you have in place, and what to do next."
        ),
        made_with=_(
            "Made with readiness {version} from the question bank {bank} (fingerprint {fingerprint}).",
            version=version,
            bank=f"{bank.id} {bank.version}",
            fingerprint=bank.fingerprint,
        ),
    )


def _first(*, holds: bool) -> str:
    if holds:
        return _("Steps that hold the next band back come first, then the quickest.")
    return _("Quickest first.")


def _plan(*, holds: bool) -> str:
    groups = _("Actions are grouped by how soon you can do them. In each group, begin at the top.")
    top = (
        _("Steps that hold the next band back come first; then what adds most to the score for the least effort.")
        if holds
        else _("What adds most to the score for the least effort comes first.")
    )
    choose = _("That order can’t know what matters most to you: begin elsewhere where you have a reason to.")
    numbers = _("Numbers are labels.")
    return f"{groups} {top} {choose} {numbers}"


def _bands(bank: Bank, gates: Sequence[str]) -> str:
    choice = _(
        "Bands and minimums are a choice of those who wrote the questions, to help you plan. The research names what "
        "helps and what gets in the way. It gives no numbers, and no cut-off."
    )
    gated = [f"“{band.label}”" for band in bank.bands if band.gated]
    if not gates:
        return choice
    needs = n_(
        "{bands} also needs this to reach a minimum: {names}.",
        "{bands} also needs these to reach a minimum: {names}.",
        len(gates),
        bands=listed(gated, _("and")),
        names=listed([f"“{name}”" for name in gates], _("and")),
    )
    return f"{needs} {choice}"
