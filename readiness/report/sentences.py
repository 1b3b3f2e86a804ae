"""Whole sentences of ours that stand in a report in more than one format: each is written here, once."""

from collections.abc import Iterator, Sequence
from typing import Any

from readiness.bank.action_words import ActionWords
from readiness.bank.model import Bank, Kind
from readiness.language import N_, _, n_
from readiness.report.model import Sentences
from readiness.text import listed

KEY_WORDS = {Kind.FACILITATOR: N_("Key facilitator"), Kind.BARRIER: N_("Key barrier")}
KIND_WORDS = {Kind.FACILITATOR: N_("Facilitator"), Kind.BARRIER: N_("Barrier")}

_SCORE = N_(
    "Each level counts from 0 (the lowest) to 100 (the highest). A question’s score is the mean of what people chose. "
    "A part’s score is the mean of its questions, and the overall score is the mean of the parts."
)
_SEVERAL = N_(
    "If several people answer, a question is known once three of them gave a level. Fewer never decide a question, and "
    "what they said is shown nowhere. Where a question stands is the middle answer: with an even number of answers the "
    "lower of the two in the middle, so it is always a level that somebody chose."
)
_NOT_KNOWN = N_(
    "“Don’t know” is never counted as zero. The range says what the score would be if everybody who gave no level had "
    "chosen the lowest, and the highest (Manski 1989). “Does not apply” leaves a question out, if more people say so "
    "than give a level. If too little is known, there is no score."
)


def known_by(action: ActionWords[str, Any, Any]) -> str:
    """Return how people will know that the action worked; "" if nobody has said."""
    return f"You will know by: {action.sign}" if action.sign else ""


def sentences(
    bank: Bank, gates: Sequence[str], version: str, *, holds: bool, several: bool, first: str = ""
) -> Sentences:
    """Return the sentences in the language that is spoken: ours, and what the bank says of itself.

    ``gates`` names what must reach a minimum for a gated band; ``version`` is that of this program. ``holds``: the plan
    has something to do about a part that holds a band back. ``several``: several people answered; ``first`` why the
    actions to start with come first.
    """
    texts = bank.texts
    forces = " ".join(filter(None, (texts.helps, texts.hinders)))
    return Sentences(
        provisional=_("The band is provisional: what is not known could change it."),
        held=_("The score is high enough. What else it needs:"),
        forces=forces
        or _(
            "Under “What helps”, a long arrow is something well in place. Under “What gets in the way”, a long arrow "
            "is something that nobody guards against yet."
        ),
        guarded=texts.guarded or _("Steps go up as a barrier is better guarded against."),
        nothing_known=_("Nothing is known yet."),
        first=first,
        plan=_plan(holds=holds),
        fill_in=_("Each step needs a name and a date."),
        nothing_to_plan=_("There is nothing left to plan: every question is at its highest level."),
        open=_("“Don’t know” is a good answer: it shows what to find out. None of these counts as zero."),
        notes_left_out=_("Several people answered. Their notes are left out, because notes can hold personal data."),
        score=tuple(_score(bank, several=several)),
        bands=_bands(bank, gates),
        terms=texts.terms,
        not_validated=texts.not_validated or _("This is a tool to plan with, not a validated measure."),
        claim=texts.caution
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


def _score(bank: Bank, *, several: bool) -> Iterator[str]:
    """Yield how the score works, and what the bank says of its levels and of what a higher number means."""
    yield _(_SCORE)
    if several:
        yield _(_SEVERAL)
    yield _(_NOT_KNOWN)
    yield from filter(None, (bank.texts.ladder, bank.texts.score_basis))
    yield _("The bands start at these scores:")


def why_first(*, scored: bool, soonest: bool, holds: bool) -> str:
    """Return why the actions to start with come first, by what tells them from others.

    ``soonest``: some can be done sooner than others; ``holds``: a band waits for one of them.
    """
    if not scored:
        return _("Finding out comes first, as too little is known for a result.")
    if soonest:
        key = _("Quickest first. Of those, key parts below the level that they need, and then what is lowest.")
        return key if holds else _("Quickest first, and of those what is lowest.")
    if holds:
        return _("Key parts below the level that they need come first, and then what is lowest.")
    return _("What is lowest comes first.")


def _plan(*, holds: bool) -> str:
    groups = _("Actions are grouped by how soon you can do them. Now holds six; the rest wait until there is room.")
    top = (
        _("In each group, key parts below the level that they need come first, and then what is lowest.")
        if holds
        else _("In each group, what is lowest comes first.")
    )
    choose = _("We can’t know what matters most to you: begin elsewhere if you have a reason.")
    numbers = _("Each action keeps its number.")
    return f"{groups} {top} {choose} {numbers}"


def _bands(bank: Bank, gates: Sequence[str]) -> str:
    said = filter(None, (bank.texts.claims, bank.texts.own_choice, bank.texts.voices))
    choice = " ".join(said) or _("Bands and minimums are a choice of those who wrote the questions, to help you plan.")
    gated = [f"“{band.label}”" for band in bank.bands if band.gated]
    if not gates:
        return choice
    needs = n_(
        "{bands} also needs this to reach a minimum for more than half of all who answered: {names}.",
        "{bands} also needs these to reach a minimum for more than half of all who answered: {names}.",
        len(gates),
        bands=listed(gated, _("and")),
        names=listed([f"“{name}”" for name in gates], _("and")),
    )
    return f"{needs} {choice}"
