"""Whole sentences of ours that stand in a report in more than one format: each is written here, once."""

from readiness.bank.model import Kind
from readiness.language import N_, _
from readiness.report.model import Sentences

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
    N_("The bands start where the steps of the ladder do, on average:"),
)


def sentences(version: str, bank: str, fingerprint: str) -> Sentences:
    """Return the sentences in the language that is spoken; the last one names what the report was made with."""
    return Sentences(
        provisional=_("The band is provisional: what is not known could change it."),
        held=_("The score is high enough. These must be in place first:"),
        forces=_(
            "On the left is what helps: a long arrow is something well in place. On the right is what gets in the way: "
            "a long arrow is something that nobody guards against yet. Aim for long arrows on the left and short ones "
            "on the right."
        ),
        guarded=_("Steps go up as a barrier is better guarded against."),
        nothing_known=_("Nothing is known yet."),
        plan=_(
            "The numbers give the order. Steps that hold the next band back come first; then what adds most to the "
            "score for the least effort."
        ),
        fill_in=_("Fill in a name and dates in the last column."),
        nothing_to_plan=_("There is nothing left to plan: every question is at its highest level."),
        open=_(
            "“Don’t know” is a good answer: it shows what to find out. None of these counts as zero. They are why the "
            "score has a range."
        ),
        notes_left_out=_("Several people answered. Their notes are left out, because notes can hold personal data."),
        score=tuple(_(paragraph) for paragraph in _SCORE),
        bands=_(
            "The highest band also needs each key facilitator to reach a minimum. These bands and minimums are our own "
            "choice, to help you plan. The research names what helps and what gets in the way. It gives no numbers, "
            "and no cut-off."
        ),
        not_validated=_("This is not a validated instrument."),
        claim=_(
            "The score does not predict how well Peer Workers will do, and it is not made for comparing services with "
            "each other. It is a way to talk about what you have in place, and what to do next. The texts still want "
            "review by people with lived experience."
        ),
        made_with=_(
            "Made with readiness {version} from the question bank {bank} (fingerprint {fingerprint}).",
            version=version,
            bank=bank,
            fingerprint=fingerprint,
        ),
    )
