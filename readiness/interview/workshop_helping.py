"""The pages of help in a workshop: on what is asked just now, and on the keys. Pure."""

from collections.abc import Iterator, Mapping

from readiness.interview.asked import Asking
from readiness.interview.lines import Line
from readiness.interview.shared_lines import help_page, on_question
from readiness.interview.steps import GroupStepKind
from readiness.interview.workshop import Workshop
from readiness.language import N_, _


def workshop_help(workshop: Workshop) -> Iterator[Line]:
    """Return the page of help that the workshop is at: on what is asked first, then on the keys."""
    return help_page(workshop.explained, _about(workshop), _KEYS, _("Press Enter to go back to the question."))


def _about(workshop: Workshop) -> Iterator[str]:
    question = workshop.step.question
    if workshop.asking is not Asking.ANSWER or question is None:
        yield _(_ABOUT[workshop.step.kind] if workshop.asking is Asking.ANSWER else _ASIDE)
        return
    yield from on_question(question)
    if workshop.is_counted:  # before, it would give the hoped-for answer away
        why = workshop.bank.finding_by_id[question.findings[0]].statement
        yield _("Why we ask: {why}", why=why)
        yield _(_TALK)
    else:
        yield _(_COUNT)


_COUNT = N_(
    "Everybody chooses the answer closest to what happens today, and holds it up at the same moment: so nobody follows "
    "anybody. Those who can’t decide between two choose the one nearer the top. Then count role by role. With a number "
    "and a colon before the line, you count the roles in another order: 2: 0 1 0 0 0."
)
_TALK = N_(
    "Hear first who stands apart, and Peer Workers before managers. Nobody has to give a reason. If people see it "
    "differently now, count again (a): both shows of hands are kept, and the last one counts."
)
_ASIDE = N_("Enter alone, or b, leaves everything as it was.")
_KEYS = {
    "1 0 2 0 0": N_("how many hold up 1, 2, 3 and so on. Add d2 if two do not know, n1 if one says it does not apply"),
    "=3": N_("all hold up 3. d alone: nobody knows. n alone: all say that it does not apply"),
    "t": N_("count this question by role, or all hands together"),
    "a": N_("count a second show of hands. Both are kept, and the last one counts"),
    "c": N_("correct the last count: what you typed before is replaced"),
    "who": N_("say who is here now, when somebody comes or leaves"),
    "e": N_("one line of notes. It replaces the note before"),
    "s": N_("skip for now"),
    "b": N_("go back, as far as you like. No count is lost"),
    "j": N_("jump to a question by its number: j 12. To the review at the end: j r"),
    "q": N_("stop. All that was counted is saved. Run the same command again to go on"),
}
_ABOUT: Mapping[GroupStepKind, str] = {
    GroupStepKind.NAME: N_(
        "The name of the team or service that is talked about. It stands on the first page of the report."
    ),
    GroupStepKind.ORGANISATION: N_("The trust, charity or company that the team belongs to. It may be left out."),
    GroupStepKind.PROFILE: N_(
        "The answer decides which questions come. Agree on it together; b leads back to it later."
    ),
    GroupStepKind.PRESENT: N_(
        "Count everybody who will hold up a number, each in one role. The facilitator is counted only if they hold up "
        "one too. People who would rather not say their role go in the last line."
    ),
    GroupStepKind.BY_ROLE: N_(
        "If one person does not want it, say no. The score is the same. The report then says how many of each role "
        "were here, but not how they answered."
    ),
    GroupStepKind.QUESTION: _COUNT,
    GroupStepKind.SHOWN_ALONE: N_(
        "If you type a role's number, the report can show how that role sees the service next to the others. No is a "
        "good answer: all hands count in the score all the same."
    ),
    GroupStepKind.REVIEW: N_(
        "This lists what is not counted yet. You need not count everything: what is open is shown in the report as a "
        "range of scores. If much is open, there is no score yet."
    ),
    GroupStepKind.OFFER: N_(
        "This is the result as it stands now. y writes the report as a file beside the answers. Enter finishes."
    ),
}
